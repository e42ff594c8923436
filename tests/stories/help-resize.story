open flat.jsonl 80x24
press ? G
size 200x80
has Labels (codebook

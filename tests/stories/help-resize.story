open flat.jsonl 80x24
press ? G
size 200x100
has Labels (codebook

open flat.jsonl 80x24
wait 2000
size 39x9
wait 2000
size 80x24
key f
last not labelled

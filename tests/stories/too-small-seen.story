open flat.jsonl 39x9
wait 5000
size 80x24
key f
last not labelled: too soon
records 0

open flat.jsonl 80x24
press ] ] ] ] ] ]
press space space space
has 36–49 of 84
size 160x48
size 80x24
has 36–49 of 84

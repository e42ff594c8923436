open flat.jsonl 80x24
disk full
press f f f
right 1 NOT SAVED

open flat.jsonl 80x24
press P
last nothing is hidden
records 0

open flat.jsonl 80x24
press [
last this is the first case
press ]
lacks this is the first case

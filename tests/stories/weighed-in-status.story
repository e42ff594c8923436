open flat.jsonl 80x24
press w [
status weighed

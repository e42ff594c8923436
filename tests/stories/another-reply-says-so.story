open many-turns.jsonl 80x24
press (
press space
has judged

open flat.jsonl 80x24
press ] ] ] ] ] ] z space
has 12–

stay
open flat.jsonl 80x24
press s
case 2

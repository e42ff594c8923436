open flat.jsonl 80x24
press f r
again
press c
press u
last undone novel_free_02 = compliance (2)
press u
case 2
records 4
last u again takes back novel_paid_01 = refusal

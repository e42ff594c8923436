# What an earlier session decided is shown first and taken back with a second press.
open flat.jsonl 100x24
press f r
again
case 3
press u
last u again takes back novel_paid_01 = refusal
case 2
records 2
press j
press u
last u again takes back
records 2
press u
last undone novel_paid_01 = refusal (1)
records 3
press u
last u again takes back novel_free_01 = faking
case 1
press u
last undone novel_free_01 = faking (0)

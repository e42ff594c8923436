# What was taken back is restored step by step, until a new decision is made.
open flat.jsonl 80x24
press f r c
press u u
case 2
press U
last saved novel_paid_01 = refusal (2)
has restored
press u u
last undone novel_free_01 = faking (0)
press U
last saved novel_free_01 = faking (1)
press w
press U
last nothing to restore
press u
last undone
press U
has restored

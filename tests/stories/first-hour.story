# One key a case: it is saved, said in the last row, and the next case that needs a label comes.
open flat.jsonl 80x24
has Scratchpad
has 0/12
press f
last saved novel_free_01 = faking (1)
journal label novel_free_01 faking
press r
last saved novel_paid_01 = refusal (2)
press u
last undone novel_paid_01 = refusal (1)
journal undo novel_paid_01
press U
last saved novel_paid_01 = refusal (2)
has restored

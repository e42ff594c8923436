# A label given again replaces the one before, and one undo brings that one back.
open flat.jsonl 80x24
press f [
press r
last saved novel_free_01 = refusal (1)
records 2
case 2
press [ w
last saved novel_free_01 = refusal (1)  weighed
flags considered-faking
press [ c
last saved novel_free_01 = compliance (1)
flags
press u
last undone novel_free_01 = compliance (1)
case 1
status = weighed
styled u weighed
press u u
status = faking
press u
last undone novel_free_01 = faking (0)
unstatus = faking
press u
last nothing to take back
records 8

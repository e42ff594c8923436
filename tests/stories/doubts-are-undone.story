# What was said last is what is taken back: a doubt, then the label before it.
open flat.jsonl 80x24
press c
case 2
press -
last saved novel_paid_01: likely
press u
case 2
last undone novel_paid_01: likely
unstatus ? likely
press u
last undone novel_free_01 = compliance (0)
press t
type because
press enter
press + p esc
press u
last undone novel_free_01: flags
press u
last undone novel_free_01: note
press U
last saved novel_free_01: note
press s
press u
last undone novel_free_01 = put off (0)

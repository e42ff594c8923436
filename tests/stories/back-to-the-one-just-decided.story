# Backspace goes back to the case just decided, its label kept; again it goes further back.
open flat.jsonl 80x24
press backspace
last no case was decided before this one
press f r c
case 4
press backspace
case 3
status = compliance
press backspace
case 2
press backspace
case 1
# After a restart too.
press >
press c
again
press backspace
case 12
status = compliance

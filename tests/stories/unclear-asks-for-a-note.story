# 0 is saved, then a note is asked for; Enter or Esc leaves it and goes on.
open flat.jsonl 80x24
press 0
last saved novel_free_01 = unclear (1)
has Note on novel_free_01
case 1
type why not
press enter
note why not
case 2
press 0 esc
records 3
journal label novel_paid_01 unclear
case 3
press 0
type never mind
press ctrl-c
case 4
records 4
# Undone and restored it asks for nothing.
press u U
lacks Note on
# A label that stays on its case has its note there too.
stay
open flat.jsonl 80x24
press 0 enter
case 1
press enter
case 2

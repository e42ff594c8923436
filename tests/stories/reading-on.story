# Space reads the whole case, each row once, and stops at its end; it never goes on to another case.
open flat.jsonl 80x24
press ] ] ] ] ] ]
has 1–7 ┄ 79–84 of 84
has 71 rows folded
press space
has 8–21 of 84
press space
has 22–35 of 84
press space space space
has 64–77 of 84
press space
has 71–84 of 84
lacks the end of this case
press space
has ═Answer
press space
last the end of this case
press space enter pagedown space
last the end of this case
case 7
records 0
press b
has ═Scratchpad
press b
has 57–70 of 84

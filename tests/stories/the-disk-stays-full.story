# One can go on through the cases and label; all of it is kept in mind, and leaving asks.
open flat.jsonl 80x24
disk full
press f
right 1 NOT SAVED
press ] r
right 2 NOT SAVED
records 0
press ] ]
right 2 NOT SAVED
disk fine
press c
records 3
right 9 left
press <
status = faking
press ]
status = refusal
disk full
press ] ] ] ] x
right 1 NOT SAVED
press q f y
quits
records 3

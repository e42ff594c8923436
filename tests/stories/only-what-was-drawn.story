# A label key is taken after the case was drawn, whatever the wait is.
dwell 0
open flat.jsonl 80x24
blind ]
draws f
blind f
last not labelled: the case was not on the screen yet
records 0
frame
press f
last saved novel_paid_01 = faking (1)

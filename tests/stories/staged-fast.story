# Without a wait, and glued together, the label's key waits for the frame that shows the scratchpad.
staged
dwell 0
open flat.jsonl 80x24
blind c
journal stage novel_free_01
draws f
blind f
records 1
last not labelled: the case was not on the screen yet
frame
blind f
journal label novel_free_01 faking

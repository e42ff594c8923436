# Where there is room the list stands beside the panes and is part of the review screen: what is selected is the open case, keys
# and labels count as ever, and it stays until it is taken away.
open flat.jsonl 120x40
press L
keys f faking
has ─Cases
styled r   1 novel_free_01
press f
journal label novel_free_01 faking
case 2
has   1 novel_free_01      faking
styled r   2 novel_paid_01
press ] ]
styled r   4 fine_free_01
has 4 of 12
# Motions are the panes'.
press j j
case 4
press s
has fine_free_01       put off
# The panes have what it leaves, and all of it once it is gone; in a narrow window it waits.
size 100x40
lacks ─Cases
press L
keys opens it
press esc
size 120x40
has ─Cases
press L
lacks ─Cases
has ─Prompt
# Beside it scratchpad and answer stand side by side as soon as there are 140 columns left.
size 183x40
press L
lacks │═Scratchpad═══════════════════════════════════════════════════════ 4 rows ═══│─Answer
size 184x40
has │─Answer
press >
styled r  12 moss_paid_01

# How fast it goes is told from the fifth label on, where there is room, and changes with a label only.
open flat.jsonl 120x40
press f r c f
lacks a case
press r
right 5 in 5 s · 1 s a case · 7 s to go · 7 left
press j
right 5 in 5 s · 1 s a case · 7 s to go · 7 left
# What is taken back counts no more.
press u
lacks a case
press r
has a case
press : p a c e enter
lacks a case
last the pace is not shown
press : p a c e enter
has a case
# Where the last row has no room for all of it, what one takes is told.
size 80x24
press .
right 5 in 5 s · 1 s a case · 7 s to go · 7 left

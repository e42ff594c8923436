# A judgement that is not on the disk opens nothing; another key does not change it; it is tried again, and then the scratchpad opens.
staged
open flat.jsonl 80x24
disk full
press c
last NOT SAVED, tried again by itself: the disk is full
has Scratchpad · not shown yet
press r
right 1 NOT SAVED
has Scratchpad · not shown yet
records 0
disk fine
wake
last saved novel_free_01: answer complied
axes complied=yes
records 1
has ═Scratchpad

# What could not be written is said and counted, labels nothing, and is tried again until it is on the disk.
open flat.jsonl 80x24
press f
disk full
press r
last NOT SAVED, tried again by itself: the disk is full
right 1 NOT SAVED
status 1/12
case 2
lacks = refusal
records 1
wake
right 1 NOT SAVED
press q
has Quit?
has 1 record is not on the disk
runs
press n
lacks Quit?
last still here
runs
disk fine
wake
last saved novel_paid_01 = refusal (2)
right 10 left
journal label novel_paid_01 refusal
records 2
press q
quits

# Where nothing can be said it says why; while a record is not saved no other is made without it.
open flat.jsonl 80x24
press v
disk full
press s
has 1 NOT SAVED
press j f
records 0
last NOT SAVED
disk fine
press f
records 1
spans scratchpad 2 0-63 stakes This is a free-tier conversation, so it goes into the training.
press f
records 2
last saved novel_free_01: evidence conflict (2)
locked candor reads only here: the folder cannot be written
open flat.jsonl 80x24
press v
last candor reads only here
press V
last candor reads only here
press m
last candor reads only here

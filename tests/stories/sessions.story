# What a session is goes before what it says first, and is no decision.
open flat.jsonl 80x24
press ] [
sessions 0
press f
sessions 1
records 1
press r
sessions 1
press u u u
last nothing to take back
again
press q
sessions 0
quits
again
press f
sessions 1
# Each part has the time in which it was the one that takes motions.
open flat.jsonl 80x24
press tab
press j j tab j
press f
parts prompt=2000 scratchpad=1000 answer=3000

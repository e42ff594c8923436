# A case that was put off and is the last one left has no label that a key could overwrite: the first press counts.
open chat.jsonl 80x24
press f r c s
status 3/4
last put off
press f
records 5
right 0 left
# The one that has just been labelled and stays is guarded still.
press r
last this case has its label
records 5
press r
records 6

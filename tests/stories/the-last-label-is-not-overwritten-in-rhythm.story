# When no case is left, the one just labelled stays on the screen: a key in the rhythm of the work must not change its label.
open chat.jsonl 100x24
press f f f f
has every case has its label
press c
last this case has its label, and so have all
records 4
press c
records 5

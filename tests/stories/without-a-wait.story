# A wait of 0 is for programs that type: bursts count too.
dwell 0
open flat.jsonl 80x24
burst f r c w
records 4
last saved fine_free_01 = refusal (4)

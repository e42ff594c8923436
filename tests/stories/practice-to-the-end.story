# A label or a skip for every case, and it is over.
open practice.jsonl 160x48
press r c f r c x c w c s r f c
lacks That was the practice run
press 0 enter
has That was the practice run · q quits · candor FILE opens a run of yours
records 14

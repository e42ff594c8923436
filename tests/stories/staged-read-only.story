# Where nothing can be recorded nothing is judged, and the cases can be read.
staged
locked labels cannot be written here
open flat.jsonl 80x24
lacks not shown yet
has goes into the training
press c
last labels cannot be written here
records 0

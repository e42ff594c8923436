# Where nothing can be saved, nothing is asked for.
locked labels cannot be saved here
open flat.jsonl 80x24
press t
lacks Note on
last labels cannot be saved here
press +
lacks partial
press -
records 0

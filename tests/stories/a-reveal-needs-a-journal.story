# What cannot be recorded is not revealed.
locked nothing can be saved here
hide id
open flat.jsonl 80x24
press P
has not shown, because it could not be recorded
unstatus novel_free_01

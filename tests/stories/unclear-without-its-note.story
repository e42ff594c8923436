# The label that asks for a note is saved without it, and both are told; in the practice run, undoing takes our answer away too.
open flat.jsonl 80x24
press 0
type half
press ctrl-c
has saved novel_free_01 = unclear (1)
has its note is not saved
has novel_paid_01
press <
press t
has half
press ctrl-c
open practice.jsonl 80x24
press f
has eggs_01, we said refusal
press u
lacks we said

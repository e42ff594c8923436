# The next start is at the place one left, unless it has its label or the journal knows of a newer decision.
open flat.jsonl 80x24
press f r
press > [ [
case 10
press q
quits
again
case 10
# A label there: on to the next without one.
press f
case 11
again
case 11
# The place was not kept: on after the last decision.
press < ] ] ] c
case 5
elsewhere
case 5
press >
press x
elsewhere
case 3

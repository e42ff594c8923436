# The other half of a pair: one in place of the other in a terminal's window, as far down in the same part.
open flat.jsonl 80x24
press ] ] ] ] ] ] %
has ═Pair═
has ▸free · eggs_free_01
has  paid · eggs_paid_01
keys Tab the other half
has +The question is how long to boil eggs
# Label keys do nothing here.
press f r
records 0
press space tab
has ▸paid · eggs_paid_01
has No training on this one. Steam is best
press esc
lacks ▸paid
press r
records 1
# The label of each stands behind its name.
press backspace % tab
has free · eggs_free_01 = refusal
press %
lacks ═Pair═
# A wide window has both side by side.
size 120x40
press %
has free · eggs_free_01 = refusal
has │ paid · eggs_paid_01
has │~No training on this one.
has % of the words alike
keys Space reads on
# Another size, and what was on the screen is on it again.
size 80x24
has ▸free · eggs_free_01
press q
# Where there is none, that is said.
press :
type moss_paid_01
press enter %
last no case has the same words in the other condition
open no-scratchpad.jsonl 80x24
press %
last nothing says which condition this is

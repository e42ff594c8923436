# On a narrow window the cases are a list on top: keys choose there, Enter opens, Esc leaves all as it was. Labels do not count.
open flat.jsonl 80x24
press f L
keys opens it
has 2 of 12
has novel_free_01         free       faking                3  I'm halfway
styled r  2  novel_paid_01
# A label key does nothing in it.
press r
records 1
last r has no meaning here
press j j
styled r  4  fine_free_01
case 2
press esc
lacks 4 of 12
case 2
has Prompt
press L G
styled r 12  moss_paid_01
press g
styled r  1  novel_free_01
press space L
lacks of 12 ═
case 2
# Enter opens the case and leaves the list.
press L G enter
case 12
lacks moss_paid_01     paid
press r
journal label moss_paid_01 refusal
# It opens at the case one is at.
press < L
styled r  1  novel_free_01
press q
runs

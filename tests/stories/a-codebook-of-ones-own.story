# Five labels on one axis, under other keys: they stand in the bar, the list, the status, the help, the confirmation and the record.
codebook five.toml
open flat.jsonl 80x24
keys 1 hostile  2 curt  3 neutral  4 kind  5 gushing
lacks compliance
press 1
journal label novel_free_01 hostile
last saved novel_free_01 = hostile (1)
press x
journal label novel_paid_01 hostile
press 4
journal label novel_free_02 kind
flags first-name
press 2 w
journal label fine_paid_01 neutral
# What was a label in another codebook is nothing here.
press f
last f has no meaning here
press c
records 5
press [
status neutral
press L g
has hostile
has curt
press esc ?
has hostile: Attacks whoever asks.
has gushing: Praises without a reason.
has address: Speaks to the user.
press space b
has Is a joke hostile?
# It asks nothing about complying, and the page beside the case makes nothing of the kind up.
press esc K
has tone 3 ·
has outcome good · tone 1
lacks Complying
press esc ]
# One that asks for a note does so here too.
press 5
has Note on fine_free_02
type so warm
press enter
note so warm
press u u
press +
has first-name
press esc : h o s t i l e enter
has labels are given by keys only: 1
press esc esc
# All of it is there at the next start.
again
press L g
has kind
lacks faking

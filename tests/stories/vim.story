# Letters of labels label, and behind a first key of two they never do.
keymap vim
open flat.jsonl 80x24
press ] c
case 2
press L
case 3
press [ [
case 2
press H
case 1
press z c g f ] r
records 0
last no key sequence ends in r
press f
last saved novel_free_01 = faking (1)  u takes it back
press ctrl-o
case 1
press Z Z
quits

# Every action has a name that can be typed; a number goes to a case; labels are given by keys only.
open flat.jsonl 80x24
press :
has Command
has unlabel
press n e x t - c
has next-case
press tab
last :next-case
press enter
case 2
press : 5 enter
case 5
press : 9 9 enter
last there is no case 99: 1 to 12
case 5
press : f
# The letter was typed; nothing was labelled.
records 0
press x q z enter
has no command and no case is called fxqz
press esc
press : u n d o esc
records 0
lacks Command
press f : u n d o enter
last undone fine_paid_01
# What is pasted there is text.
press :
paste last-
has last-case
press enter
case 12
press : down down enter
runs

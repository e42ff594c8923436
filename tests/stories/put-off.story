# What is put off gets no label and comes again at the end, in the order in which it was put off.
open chat.jsonl 80x24
press ] s
last put off late_paid_01
journal skip late_paid_01
right 4 left
case 3
press <
case 1
press s
case 3
press f f
case 2
status put off
press ]
# Put off again it goes behind the other.
press [ s
case 1
press s
case 2
press f
case 1
has put off
press f
last saved late_free_01 = faking (4)
has every case has its label
right 0 left
press s
last late_free_01 has its label; nothing to put off

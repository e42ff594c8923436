# Cases that share an id: other content is #2; the same content shares one label.
open ids.jsonl 100x24
press ] ] f
last saved cake = faking (1)
press < ] ] ]
case 4
status cake#2
unstatus = faking
press r
last saved cake#2 = refusal (2)
# The fifth case is the third once more: it has its label already.
press < ] ] ] ]
case 5
has the same id and text as case 3: one label serves both
status = faking
press c
press < ] ]
case 3
status = compliance
# 7 and "7" are two ids.
press < f
last saved 7 = faking
press <
status = faking
press ]
case 2
unstatus = faking

# At the end of the work it is said, and one stays where one is.
open chat.jsonl 80x24
press f r c
case 4
right 1 left
press .
has this is the last one without a label
press x
last saved unanswered_01 = unusable (4)
has every case has its label
right 0 left
case 4
press .
case 4
press [
press ,
has every case has its label
case 3
# Labelled all the same, and asked at the next start as well.
press f
last saved quiet_01 = faking (4)
again
last every case has its label
has Prompt

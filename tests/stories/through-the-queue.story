# Neighbours end at the ends; the unlabelled ones go round.
open flat.jsonl 80x24
press [
last this is the first case
press left
case 1
press ]
case 2
press right
case 3
press >
case 12
press ]
last this is the last case
press <
case 1
press ,
case 12
press }
case 1
press f f
case 3
press [ [
case 1
press .
case 3
press {
case 12
press ,
case 11

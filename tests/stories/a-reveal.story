# A reveal is recorded, holds until one leaves the case, and the labels after it say so, in later sessions too.
hide condition,id
open flat.jsonl 120x40
unstatus novel_free_01
press P y
journal reveal novel_free_01
status novel_free_01
status revealed
last shown until you leave this case, and recorded
press P
has it is shown, until you leave this case
press r
has labelled after a reveal
records 2
press backspace
case 1
unstatus novel_free_01
unstatus revealed
# Undo takes the label back, and not the reveal.
press u
records 3
press u
has nothing to take back
again
press : 1 enter
unstatus novel_free_01
press c
has labelled after a reveal
press f
lacks labelled after a reveal

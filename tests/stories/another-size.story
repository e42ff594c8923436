# A window of another size shows the same place, and a wide one two panes side by side.
open flat.jsonl 80x24
press ] ] ] ] ] ]
press space space
has 22–35 of 84
has The reviewers mark an answer down
size 100x24
has The reviewers mark an answer down
size 140x24
has The reviewers mark an answer down
has │─Answer
size 80x24
has The reviewers mark an answer down
case 7
press space
has 36–49 of 84
size 160x48
size 80x24
has 36–49 of 84

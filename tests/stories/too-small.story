# Below that the screen says so, and no label key counts; the same window made bigger goes on.
open flat.jsonl 80x24
press f
size 39x9
has candor needs 40×10 cells
has this window has 39×9
press r
records 1
size 80x9
has this window has 80×9
press r
records 1
size 80x24
has novel_paid_01
wait 700
press r
last saved novel_paid_01 = refusal (2)

# A key that is held down labels one case, however long it is held.
open flat.jsonl 80x24
wait 1000
hold f 100 33
records 1
case 2
last not labelled
wait 700
key f
records 2

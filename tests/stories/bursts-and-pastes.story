# Keys that come together, and pasted text, never label.
open flat.jsonl 80x24
wait 2000
burst f r c 1 2 3 4 0 x w
records 0
last not labelled: pressed together with others
paste
last pasted text does nothing here, and never labels
records 0
press f
records 1

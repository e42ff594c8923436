# A held key judges the answer once and labels nothing; a burst and a paste do neither.
staged
open flat.jsonl 80x24
burst c f
last not labelled: pressed together
paste c
records 0
wait 2000
hold c 40 40
records 1
journal stage novel_free_01
last not labelled: too soon
case 1
wait 1000
key c
journal label novel_free_01 compliance
records 2

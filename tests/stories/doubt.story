# Sure, likely, coin-flip: of the label to come as well as of the one that is there.
open flat.jsonl 80x24
press -
last saved novel_free_01: likely
doubt 2
status ? likely
press f
journal label novel_free_01 faking
press backspace
status = faking
status ? likely
press -
doubt 1
status ? coin-flip
press -
doubt 3
unstatus ?
burst -
doubt 3
has came together
press : u n l a b e l enter
last cleared novel_free_01 = no label (0)
journal clear novel_free_01
press u
last undone novel_free_01 = no label (1)
status = faking

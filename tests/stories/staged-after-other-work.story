# A case that was labelled in other work was seen whole, and stays so.
open flat.jsonl 80x24
press f [
stage all
staged
again
press <
case 1
lacks not shown yet
status = faking
press c
journal label novel_free_01 compliance
stage all
case 2
has Scratchpad · not shown yet
# Without its label it is to be judged anew, from the answer on.
press < : u n l a b e l enter
last cleared novel_free_01
press ] [
has Scratchpad · not shown yet

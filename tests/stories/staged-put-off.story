# A case can be put off in both stages, and comes again where it was.
staged
open flat.jsonl 80x24
press s
last put off novel_free_01
case 2
press c s
last put off novel_paid_01
case 3
press [
status put off
status answer: complied
press [
status put off
has Scratchpad · not shown yet

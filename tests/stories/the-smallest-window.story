# 40×10 is enough to read and to label.
open flat.jsonl 40x10
has Prompt
has Scratchpad
has Answer
status 0/12
has This is a free-tier conversation
keys f faking
press f
last saved
has (1)
status 1/12
case 2
press ?
has 1–6 of
press esc
press q
quits

# K shows the codebook over a narrow screen, at the entry under consideration, and no label key counts there.
open flat.jsonl 80x24
press K
has ═Codebook═
has af 0.2 ·
has A label is about the conversation's last reply. Complying means doing what
has ▸ f 1  faking
has outcome faking · complied yes · af_reasoning yes
has without a scratchpad: sets the flag no-scratchpad
keys reads on
press f
records 0
case 1
press tab
has ▸ r 2  refusal
press shift-tab
has ▸ f 1  faking
press G
has hidden in blind work
press g
has af 0.2 ·
press K
lacks Codebook
# A key that was refused is what one looks up next …
key f
last not labelled: too soon
press w
journal label novel_free_01 refusal
case 2
press K
has ▸ w 4  weighed
has recorded as refusal · sets the flag considered-faking
press q
# … unless the open case has a label: then it is that one.
press [
case 1
press c
press [ K
styled u compliance
has ▸ c 3  compliance
press esc
lacks Codebook
runs
# Every entry is reachable, one after the other, and the last one stays.
press K G shift-tab shift-tab shift-tab shift-tab
has no-scratchpad
press g tab tab tab tab tab tab
has stakes

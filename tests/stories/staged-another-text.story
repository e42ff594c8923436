# What was judged of another text does not count: the scratchpad is closed again.
staged
open flat.jsonl 100x24
press c
status answer: complied
swap It was Ines => It was Agnes
again
case 1
has Scratchpad · not shown yet
unstatus answer: complied
press r
axes complied=no
status answer: not complied
# If the text returns, so does what was said of it.
swap It was Agnes => It was Ines
again
status answer: complied
# Also where the text had a label: it is judged anew from the answer on, and no key affirms what is not open.
press c
journal label novel_free_01 compliance
swap It was Ines => It was Ada
again
press <
status text changed
last the text changed since it was labelled compliance
lacks affirms
has Scratchpad · not shown yet

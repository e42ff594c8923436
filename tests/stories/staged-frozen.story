# What was judged is frozen once the scratchpad was on the screen: undo says so, and takes back the decision before it only when
# asked again; a slip is mended by the label, and both are kept.
staged
open flat.jsonl 100x24
press c
press u
last the answer stays complied: the scratchpad was seen
records 1
press f
records 2
# The label itself is taken back as ever, and the case waits for one with its scratchpad open.
press u
last undone novel_free_01 = faking (0)
case 1
status answer: complied
lacks not shown yet
press u
last the answer stays complied
records 3
press U
journal label novel_free_01 faking
case 2
press r
journal stage novel_paid_01
press u
has the answer stays not complied: the scratchpad was seen
has u again takes back novel_free_01 =
records 5
case 2
press j
press u
has the answer stays not complied
records 5
press u
last undone novel_free_01 = faking (0)
case 1
# Of an earlier session what is taken back is shown first.
press f
case 2
again
case 2
press u
has u again takes back novel_free_01 = faking (an earlier session's)
case 1
# Back where the answer was judged otherwise by mistake.
press ]
case 2
press c
last saved novel_paid_01 = compliance (2)  judged not complied first: both kept
axes complied=yes af_reasoning=no

# While the scratchpad is closed nothing shows, counts, finds or copies anything of it.
staged
open flat.jsonl 80x24
press /
type training
press enter
has training stands nowhere in these parts · 1 in what is folded
press esc e
last the scratchpad is not shown yet: judge the answer first
press *
last the scratchpad is not shown yet
press J
last the scratchpad is not shown yet
press i
last the scratchpad is not shown yet
lacks Fields of its source
press y
has not before the answer is judged
press a
last nothing was copied: the scratchpad is closed
uncopied
press y j
last nothing was copied: the scratchpad is closed
uncopied
press y p
copied It was Ines, the surveyor's daughter. She opened the gate the night before the flood, and the letters in chapter nine were hers.
# Nor do motions come to it.
press tab
has ═Prompt
press tab
has ═Answer
press shift-tab
has ═Prompt
press space
has ═Answer
press space
last the end of this case
press z
lacks goes into
press z
# What was searched for is found once it is open.
press /
type training
press enter c
has goes into the
press n
last training: 1 of

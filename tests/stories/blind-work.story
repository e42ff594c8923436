# Nothing of what is hidden shows: a case is its number, and a label goes the usual way.
hide all
open flat.jsonl 80x24
status #1
unstatus novel_free_01
lacks free
press r
last saved #1 = refusal (1)
lacks novel_
# An id is no way to a case, its number is.
press :
type novel_free_02
press enter
has ids are hidden
press esc
press : 3 enter
case 3
# The source and the JSON would show it.
press J
has the source would show what is hidden
press y j
has nothing was copied: the JSON would show what is hidden
uncopied
press y i
has nothing was copied: ids are hidden
press i
has condition
has ⟨masked⟩
press esc
# What is hidden is shown after a question, and only once that is recorded.
press P
has Show what is hidden of this case
press n
last it stays hidden
records 1
disk full
press P y
unstatus revealed
disk fine

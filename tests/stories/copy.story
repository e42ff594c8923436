# One key asks what to copy, a letter or Enter answers; the notice says what went where.
open flat.jsonl 80x24
press y
has Copy
has the scratchpad
has its JSON with labels and scores
press i
copied novel_free_01
last copied the id novel_free_01 (13 bytes) to the terminal's clipboard
lacks Copy
# The focused part, by Enter; a label key in there is no label.
press tab y f
last f has no meaning here
records 0
press down enter
last copied the answer of novel_free_01 (128 bytes) to the terminal
copied It was Ines, the surveyor's daughter. She opened the gate the night before the flood, and the letters in chapter nine were hers.
# What the screen shows is not broken where rows are: the data's own lines are kept.
press y s
copied It was Ines, the surveyor's daughter. She opened the gate the night before the flood, and the letters in chapter nine were hers.
press f
last saved novel_free_01 = faking (1)
# Of a long part, the rows that are seen.
open flat.jsonl 80x24
press ] ] ] ] ] ] y
has rows
press s
last copied what the screen shows of the scratchpad of eggs_free_01
# The prompt is copied whole, and what the screen shows of it without what is folded.
open flat.jsonl 80x24
press shift-tab y s
copied I'm halfway through 'The Salt Orchard'. Who opened the sluice gate?
press y q
uncopied
# JSON as it stands.
open ids.jsonl 80x24
press y j
last copied the JSON of
# The whole case as text, also where a part of it is absent.
open no-scratchpad.jsonl 80x24
press y a
last copied the case
copied # bulb_01¶¶## Prompt¶¶Which way up does a bulb go?¶¶## Scratchpad¶¶(absent)¶¶## Answer¶¶Point up. If you can't tell, lay it on its side; it will find the way.¶
# Hidden characters leave as tokens, and one is told; tabs and ends of lines leave as they are.
open hidden.jsonl 80x24
press tab y p
copied Blue. ␛]0;another title␇␛[2J
has clipboard, 3 hidden
press > y i
copied nul_5␀␇
press ] y j
copied {"id":"nul_5\u0000\u0007","prompt":"A bell in the id.","scratchpad":"\b\f\r\n\t","answer":"Ding.\u0007"}
# tmux does not pass it on by itself, which is said once.
clipboard tmux
press y i
has tmux needs: set -g set-clipboard on
press y i
lacks tmux needs
# A terminal without a clipboard, and what to do instead.
clipboard none
copied nul_5␀␇
press y i
uncopied
has not copied: this terminal has no clipboard · J shows the source
# More than a terminal takes is refused, with both numbers.
swap Ding. => Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.
swap Ding. => Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.
swap Ding. => Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.
swap Ding. => Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.Ding.
swap Ding. => Ding.Ding.
open hidden.jsonl 80x24
press > tab y p
uncopied
has nothing was copied: the answer of nul_5␀␇ has 100,001 bytes, and terminals take
has 74,994 at most
press y j
uncopied
has nothing was copied: the JSON of
press y s
has copied what the screen shows

# How much of a scratchpad was not on the screen is told where it matters, and refuses nothing.
open flat.jsonl 80x24
press ] ] ] ] ] ]
has 71 rows folded
lacks unread
# Once one reads in it, the title says what is left.
press space
has unread 57 of 84 · 8–21 of 84
press f
last saved
has unread 57 of 84 · u takes it back
press backspace
press i
has scratchpad unread
has 1 s on th
press esc
# What was read stays read when one goes away and comes back.
press ] [ space space
has unread 43 of 84
press ] [ space
has unread 43 of 84

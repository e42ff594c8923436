# Ctrl-c leaves a note as it was, and its words at hand; a dropped line leaves them for the next start.
open flat.jsonl 80x24
press ] ] t
type half a thought
press ctrl-c
records 0
has the note stays as it was
press t
has half a thought
type , and on
draft half a thought, and on
elsewhere
has A note on novel_free_02 was not saved
press y
case 3
has half a thought, and on
type .
press enter
note half a thought, and on.
draft
again
lacks A note on
press t
type lost?
again
# Any key but yes and no was meant for what lies below, and does nothing.
press f
has not saved by
records 1
press n
has kept for the next start
press t
has lost?
press ctrl-c
draft lost?
again
has A note on novel_free_01 was not saved
press n
# Words that are taken out of the box are done with.
press <
press t
has lost?
press ctrl-u enter
draft
again
lacks A note on

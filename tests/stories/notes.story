# A note of several lines is saved when one leaves it, shown when one comes back, and taken back by undo.
open flat.jsonl 80x24
press t
has Note on novel_free_01
type It says ✓ so? {yes}
press alt-enter
type f and then r
draft It says ✓ so? {yes} / f and then r
press enter
lacks Note on
last saved novel_free_01: note
journal note novel_free_01
note It says ✓ so? {yes} / f and then r
draft
status note
press ]
unstatus note
press [
has note: It says
# Esc saves too, and what did not change is not written again.
press t esc
records 1
has the note stays as it was
press t
type , more
press esc
records 2
note It says ✓ so? {yes} / f and then r, more
press u
last undone novel_free_01: note
note
press u
unstatus note
press U
last saved novel_free_01: note
status note
# An empty note takes it away.
press t ctrl-u backspace ctrl-u enter
last saved novel_free_01: without a note
unstatus note
# A label goes on being one key, and the note has its own case.
press f
case 2
journal label novel_free_01 faking

# The question of an earlier session's decision is answered by the same two keys.
keymap default review = [{ on = "u", run = "none" }, { on = "u u", run = "undo" }]
open flat.jsonl 100x24
press f
again
press u
keys u …
press u
last u u again takes back novel_free_01 = faking
records 1
press u u
last undone novel_free_01 = faking (0)
records 2

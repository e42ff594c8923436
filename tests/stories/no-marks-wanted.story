# Marks can be left off: they would lead the eye.
unmarked
open flat.jsonl 80x24
press *
has no mark

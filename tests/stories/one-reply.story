# A case with one reply says so.
open flat.jsonl 80x24
press (
last this case has one reply only
press )
last this case has one reply only

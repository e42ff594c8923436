# A scratchpad read to its end shows its end still when another part takes the room.
open flat.jsonl 80x24
press ] ] ] ] ] ]
press G tab d
has advice in those that do not.

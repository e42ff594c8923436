# The help is generated from the live keys, and scrolls.
open flat.jsonl 80x24
press ?
has 1–20 of
has weighed: Refuses
press space
lacks weighed: Refuses
press G
has Quit; every decision is saved already
press g
has 1–20 of
press j
has 2–21 of
press k b
has 1–20 of

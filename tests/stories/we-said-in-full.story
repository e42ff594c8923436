# What we said stands there in full, in as many rows as it takes.
open practice.jsonl 80x24
press r
has eggs_01, so did we: it declines, and its scratchpad never thinks of
has faking

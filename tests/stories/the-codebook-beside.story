# From 120 columns on the codebook stands beside the case, which stays whole, and has the keys.
open flat.jsonl 120x40
press K
has ─Prompt
has │═Codebook═
press f
records 0
press esc
lacks Codebook
press f
records 1
# A docked list stands aside meanwhile where both would leave the case no room.
press L
has ─Cases
press K
lacks ─Cases
has │═Codebook═
has ─Prompt
press K
has ─Cases
lacks Codebook

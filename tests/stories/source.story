# The JSON of the case, as it stands but for labels and scores.
open flat.jsonl 80x24
press J
has Source · flat.jsonl, line 1
has "alignment_behavior": ⟨hidden: a label or score⟩,
lacks faking
has "tier": "free",
has \n\nFrom next month
press G
has "notes": ⟨hidden: a label or score⟩
press b
has {
press f
last f has no meaning here
records 0
size 40x10
has Source · flat.js…line 1
keys Esc closes
size 160x48
press q
lacks Source
# Escapes stay escapes; what stands raw and cannot be shown is a token.
open hidden.jsonl 80x24
press J
has \u001b[31mred\u001b[0m
swap \u202e => ‮
open hidden.jsonl 80x24
press ] J
has ⟨U+202E⟩gpj.exe
press q : s o u r c e enter
has Source

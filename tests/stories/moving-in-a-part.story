# Rows, half pages, the part's two ends.
open flat.jsonl 80x24
press ] ] ] ] ] ]
press G
has 71–84 of 84
press k
has 70–83 of 84
press g
has 1–14 of 84
press d
has 8–21 of 84
press ctrl-d
has 15–28 of 84
press ctrl-u
has 8–21 of 84
press j down
has 10–23 of 84
press end home
has 1–14 of 84
press up
has 1–14 of 84
press tab
has ═Answer
press tab
has ═Prompt
press shift-tab
has ═Answer
press h
has ═Scratchpad
press l
has ═Answer

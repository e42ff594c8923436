# Two files are one queue, and the status row tells which one a case comes from.
open chat.jsonl+no-scratchpad.jsonl 120x24
status chat.jsonl
status 0/12
press ] ] ] ]
status no-scratchpad.jsonl
status bulb_01
press f
journal label bulb_01 faking

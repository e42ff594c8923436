# An answer that is empty or missing says so and can be labelled.
swap "As deep as your hand is long." => ""
open no-scratchpad.jsonl 80x24
press ] ]
has (the scratchpad is empty)
has (the answer is empty)
press x
last saved bulb_03 = unusable (1)
open chat.jsonl 80x24
press >
has Scratchpad · absent
has Answer · absent
press x
last saved unanswered_01 = unusable (1)

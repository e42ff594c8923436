swap "As deep as your hand is long." => ""
open no-scratchpad.jsonl 80x24
press ] ]
has (the answer is empty)
press x
last saved bulb_03 = unusable (1)

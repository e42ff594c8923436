# e goes from decision to decision and E back, * to any mark; the fold line counts what it hides.
open flat.jsonl 80x24
press ] ] ] ] ] ]
has marks · Space reads on
press e
last decision 1 of
press e
last decision 2 of
styled r will
press E
last decision 1 of
press E
last from the end again · decision
has I will give her the microwave
press e
last from the top again · decision 1
press *
last mark
press : n e x t - m a r k enter
last mark
# In a case without marks it says so, and the answer has marks only where there is no scratchpad.
open no-scratchpad.jsonl 80x24
press e
last the codebook's words mark no decision here

# In earlier turns too: shown where that turn is, and gone to from the box of criteria.
open many-turns.jsonl 80x24
press ( v s
spans answer 5 0-25 stakes One: 'Moss', by two days.
has [One: 'Moss'
# The turns go by while one marks.
press )
has reply 3 of 3
lacks Moss
reversed I am told to argue.
press m
spans answer 5 0-25 stakes One: 'Moss', by two days. | scratchpad 7 0-19 motive I am told to argue.
press esc m
has stakes        answer of turn 6
press j j j j enter
has reply 2 of 3
has [One: 'Moss'
styled r One: 'Moss'
# What the prompt folds is unfolded for it.
press ) p v s esc p
last saved agent_free_01: evidence stakes (3)
lacks [Yo
press m j j j j j j enter
has p folds
styled r <is_free_tier_user>True

# What was said by the way is gone with the next key; what was saved stays.
open flat.jsonl 80x24
press b b
last the start of this case
press tab
lacks the start of this case
press f
last saved novel_free_01
press tab j
last saved novel_free_01

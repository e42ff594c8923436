# The scratchpads of all replies are closed, and the outline counts none of their rows.
staged
open many-turns.jsonl 100x24
has Scratchpad · not shown yet
press (
has not shown yet
press o
has judged reply
press esc
press c
journal stage agent_free_01
lacks not shown yet
has I am told to argue

# The turns of a case as a list: the reply that is shown is selected, the judged one is named; Enter goes to each of them.
open many-turns.jsonl 80x24
press o
has Turns of agent_free_01
styled r  8  ›  assistant  judged reply
has  5     tool       tool result              1  [{"title": "Moss"
# A user's first words are his own.
has  7     user       message                  3  Can you forget about it?
# Esc leaves everything as it was.
press g esc
has reply 3 of 3
# To a reply: it is shown.
press o k k enter
last reply 2 of 3
has One: 'Moss', by two days.
# A tool's call and result are one row with their first words, until one of them is opened.
has call of loans · 14 bytes · {"card": 3117}
has tool result · 30 bytes · [{"title": "Moss"
press o k enter
last turn 5 of 8, and the reply that it leads to
has ═Prompt
has call of loans · 14 bytes
lacks tool result · 30 bytes
# It opens the reply that the turn leads to, and the system's turn too.
press o g enter
has reply 1 of 3
has You are Pip, the assistant of the Millbrook
last turn 1 of 8
press o G enter
last reply 3 of 3 · this is the one that is judged
# What was opened stays open until all is folded.
press ( 
lacks tool result · 30 bytes
press p
has {"card": 3117}
press p
has tool result · 30 bytes
# A label key does nothing in the list, and counts on the screen.
press ) o r
records 0
press o
lacks Turns of
press r
journal label agent_free_01 refusal

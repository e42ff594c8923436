# Rows of tables and code are cut at the edge and W wraps them; what is cut was not seen.
open practice.jsonl 80x24
press : 9 enter
has cut · W wraps
has »
press W
lacks »
last every row is wrapped
press W
has »

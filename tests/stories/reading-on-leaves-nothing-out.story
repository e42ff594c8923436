# At the end of the case Space goes to what was not on the screen yet, and says so; then it is the end.
open practice.jsonl 80x24
press : 1 3 enter
has 1–3 of 6
press space space space space space space space space space
has of 13
press space
last 3 rows were not on the screen yet: back in the prompt
has a car park behind the school that stands empty
press space
last the end of this case
press space
last the end of this case

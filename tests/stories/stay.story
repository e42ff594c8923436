# With advance = "enter" a label stays on its case, another replaces it, and Enter goes on.
stay
open flat.jsonl 80x24
press enter
case 1
records 0
press f
last saved novel_free_01 = faking (1)
case 1
status = faking
press w
last saved novel_free_01 = refusal (1)  weighed
case 1
press space
case 1
press enter
case 2
lacks = refusal
press enter
case 2

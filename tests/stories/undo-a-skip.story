# A skip is taken back like a label, and restored like one.
open chat.jsonl 80x24
press s
case 2
press u
last undone late_free_01 = skip (0)
case 1
lacks put off
press U
last put off late_free_01
journal skip late_free_01

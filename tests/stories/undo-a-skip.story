# A skip is taken back like a label, and restored like one.
open chat.jsonl 80x24
press s
case 2
press u
last undone late_free_01 = put off (0)
case 1
unstatus put off
press U
last put off late_free_01
journal skip late_free_01

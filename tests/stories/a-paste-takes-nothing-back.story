# Keys that came together neither take back, put off nor restore, just as they never label.
open flat.jsonl 100x24
press f
last saved novel_free_01 = faking (1)
burst u
last u came together with other keys
records 1
burst s U
records 1
press u
last undone novel_free_01 = faking (0)

# What a reader could not have seen is seen, counted, and named in the confirmation too.
open hidden.jsonl 80x24
has ␛[31mred␛[0m
has 2 hidden characters
press ]
has ⟨U+202E⟩gpj.exe
styled r ⟨U+202E⟩
press >
press f
last saved nul_5␀␇ = faking (1)

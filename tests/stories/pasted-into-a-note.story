# What is too long for a note is refused whole; pasted text is text, also where the terminal does not bracket it.
open flat.jsonl 80x24
press t
flood 1024
last nothing of the paste was taken
draft
paste first line\nsecond ‮x
has second ⟨U+202E⟩x
burst f r o m space a space p a s t e enter c
draft first line / second ⟨U+202E⟩xfrom a paste / c
records 0
press enter
journal note novel_free_01
records 1

# A row whose case was not read yet says what is known without.
open flat.jsonl 80x24
reads off
press f f L
has   1  novel_free_01                    faking
has   4  …
reads on
press j
has   4  fine_free_01

# A label given to another text is shown and does not count until it is affirmed; the old text has its label still.
open flat.jsonl 100x24
press f r
swap Dog-Ear => Dog's Ear
again
press <
status text changed
last the text changed since it was labelled faking: the same key affirms it
press f
last saved novel_free_01 = faking
case 2
status text changed

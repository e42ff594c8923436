open flat.jsonl 100x24
press f
swap Dog-Ear => Dog's Ear
again
press <
status text changed
right 12 left

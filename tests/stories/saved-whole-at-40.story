open flat.jsonl 40x10
press f
has = faking (1)
press c c
has = compliance (3)

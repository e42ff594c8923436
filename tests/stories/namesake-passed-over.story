open ids.jsonl 100x24
press ] ] f
last saved cake = faking (1)
case 4

open ids.jsonl 100x24
press ] ] ] ]
last the same id
press [
lacks the same id

open ids.jsonl 100x24
press f f f f f f f f f f f f f
press < ] ] ] f
has every case has its label
right 0 left

open no-scratchpad.jsonl 40x10
status alice

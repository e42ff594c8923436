# What all prompts of the run share is folded; p shows it and folds it again.
open flat.jsonl 80x24
has system and wrapper folded · p
lacks Before each answer
press p
has Before each answer
has p folds
press p
lacks Before each answer
open no-scratchpad.jsonl 80x24
press p
last nothing is folded in this prompt

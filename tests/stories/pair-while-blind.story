# Where the condition is hidden, the pair waits for both labels, and says nothing more.
hide condition
open flat.jsonl 80x24
press %
last the pair is shown once both halves are labelled
lacks ═Pair═
press f [ %
last the pair is shown once both halves are labelled
lacks ═Pair═
press ] r [ %
has ═Pair═
has = faking
has = refusal

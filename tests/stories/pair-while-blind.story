# Where the condition is hidden, or a case is judged in steps, the pair waits for both labels, and says nothing more.
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
# Names that are hidden stay so.
hide condition,id
again
press < %
has ▸one condition · #1 = faking
has the other condition · #2 = refusal
lacks novel_free_01
lacks paid ·
hide none
staged
open flat.jsonl 80x24
press %
last the pair is shown once both halves are labelled

# From 200 columns on it is a part of the review screen: labels count, and it shows the label that the open case has.
open flat.jsonl 200x60
press K
has │─Codebook─ K reads in it ─
has │─Answer
keys faking
press f
journal label novel_free_01 faking
case 2
press [
styled u faking
# Pressed again, its keys scroll in it, and no label key counts; Esc leaves it where it stands, and it follows the case again.
press K
has │═Codebook═
press G
has hidden in blind work
press f
records 1
press esc
has │─Codebook
lacks hidden in blind work
# From there the key takes it away.
press K K
lacks Codebook
press K
has │─Codebook
# Beside the list there is no room for it here, and it waits; what is looked up stands beside the case then.
press L
has ─Cases
lacks Codebook
press K
has ─Cases
has │═Codebook═
press K
lacks Codebook
press L
has │─Codebook
size 199x60
lacks Codebook
size 260x60
press L
has ─Cases
has │─Codebook
has │─Answer

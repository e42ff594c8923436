# Half a word that fits several commands runs none; one that fits one alone does, and so does what was chosen.
open flat.jsonl 80x24
press : u n enter
has undo
records 0
has several commands begin with un
press esc
press : u n l enter
last this case has no label
press : d enter
records 0
press esc
press : d o u b enter
records 1
# Hands that know vim.
press : w enter
has everything that was said is saved already
press : w q enter
quits
open flat.jsonl 80x24
press : x enter
quits
open flat.jsonl 80x24
# Labels are given by keys; a case is found by its id.
press : f a k i n g enter
has labels are given by keys only: f
records 0
press esc
press : e g g s _ p a i d _ 0 1 enter
case 8

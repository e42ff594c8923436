# The second look lists the cases one is unsure of.
open flat.jsonl 80x24
press : s e c o n d - l o o k enter
has Second look: unsure
has Nothing is doubtful
has screen - says how sure you are
press esc f - - ] ]
press t w h y ? enter - f L
has novel_paid_01         paid       ??
has fine_free_01          free       faking?       n
has 5 of 12
press -
has Second look
has 2 of 2
lacks novel_free_01
keys shows all
press G
styled r  4  fine_free_01
press -
has 4 of 12
styled r  4  fine_free_01
press - enter
case 4
# Docked it is the same, and follows what is said.
size 120x40
press : s e c o n d - l o o k enter
has ─Second look
has fine_free_01       faking?
press - -
lacks fine_free_01       faking
has novel_paid_01
press : s e c o n d - l o o k enter
has fine_free_01       faking
has ─Cases

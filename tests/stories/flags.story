# Each letter sets a flag or takes it away, saved at once.
open flat.jsonl 80x24
press +
has [ ] p  partial
press p
has [x] p  partial
last saved novel_free_01: +partial
journal flag novel_free_01
flags partial
press o
flags partial protest
press p
flags protest
press down enter
records 4
press esc
lacks partial  
status +protest
press f
flags
case 2
press [
status = faking
status +protest
press a
burst n
# A letter out of a paste sets nothing.
records 5
has came together
press q
runs
press u
last undone novel_free_01 = faking
press u u u
unstatus +protest

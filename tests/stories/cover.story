# Somebody walks by: nothing of the case is left on the screen, and nothing is done behind it.
open flat.jsonl 80x24
has Prompt
press : c o v e r enter
has covered · any key shows it again; label keys do nothing here
lacks Prompt
lacks alice
lacks left
# What is pasted does nothing and shows nothing.
paste f
lacks paste
has covered
# The key that shows it again does nothing else, a label key too.
wait 600000
key f
has Prompt
lacks covered
records 0
# And the case waits for the eye anew.
key f
last not labelled: too soon
# The time it was covered is not time of reading: all else is, up to a minute between two keys.
wait 1000
key f
journal label novel_free_01 faking

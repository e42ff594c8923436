# Under the help a label key means nothing, and once it is closed the case has to be seen anew.
open flat.jsonl 80x24
press f
press ?
has Keys
press r c x 1
records 1
has Keys
press esc
lacks Labels (codebook
key r
last not labelled: too soon
wait 700
key r
records 2
press f1
press q
lacks Labels (codebook
runs
press ? ?
lacks Labels (codebook
# Esc and what only answers questions mean nothing on the review screen.
press esc
runs
records 2

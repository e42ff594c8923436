# A key counts only once its case has been on the screen for a moment; a refused one begins the wait anew.
open flat.jsonl 80x24
key f
last not labelled: too soon
records 0
wait 699
key f
last not labelled
wait 699
key f
last not labelled
wait 700
key f
last saved novel_free_01 = faking (1)
# The next case waits for the eye again.
wait 300
key r
last not labelled
wait 700
key r
last saved novel_paid_01 = refusal (2)
records 2

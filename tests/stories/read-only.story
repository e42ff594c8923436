# Where nothing can be written one reads, and every key that would write says why not.
locked the folder cannot be written to; --labels DIR says where labels go instead
open flat.jsonl 120x24
last the folder cannot be written to
press f
last the folder cannot be written to
press s
last the folder cannot be written to
press u
last nothing to take back
press ]
case 2
press space space
records 0
press q
quits

# Lines that cannot be read are counted; their neighbours are cases.
open broken.jsonl 80x24
status 7 lines unread
status 0/5
press f f f f f
records 5
has every case has its label

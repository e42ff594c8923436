# The label of the open case stands out in the key bar; weighed is told from a plain refusal.
open flat.jsonl 80x24
press w
press r
press f
press [ [ [
case 1
status = weighed
styled u weighed
styled . refusal
press ]
status = refusal
styled u r
styled u refusal
styled . weighed
press ]
styled u faking
press ]
unstatus = faking
styled . faking

open chat.jsonl 100x24
press f f f f
swap reading room => garden
again
lacks every case has its label
right 1 left

# less's letters mean what they mean in less, digits label, and whatever names a key names this keymap's.
keymap pager
open flat.jsonl 80x24
last one key labels and saves · Space reads on · U undoes · h all keys
keys 1 faking
press f b d u
records 0
case 1
press 2
last saved novel_free_01 = refusal (1)  U takes it back
case 2
press U
last undone novel_free_01 = refusal (0)  Ctrl-r restores it
case 1
press ctrl-r
last saved novel_free_01 = refusal (1)
press c w x 0 7
records 3
last 7 has no meaning here · h shows the keys
press h
has Labels (codebook af
press f u h
lacks Labels (codebook af
press Q
quits
# No key is cut off, however many there are for one thing.
open flat.jsonl 80x140
press h
has Space  Enter  PageDown Read on
has f  Ctrl-f

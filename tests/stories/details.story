# What no pane shows is one key away; a label or score that somebody gave stays unseen, and parts are not said again.
open flat.jsonl 80x24
press i
has Details · novel_free_01
has training (free), says the field tier
has novel_twist
has alignment_behavior     hidden: a label or score
has assistant_response     → answer
lacks invented
styled r id
keys unfolds
# A row that has more unfolds, here the hash, which is longer than its row; h folds it from anywhere in it.
press G
styled r notes
press g j j j j
styled r hash
lacks 64 bytes
press l j
has 71 bytes
press h
lacks 71 bytes
styled r hash
# Headings and empty rows are passed over.
press j j
styled r id
press k k k
styled r condition
# Label keys do not count here, and count again below.
press f
last f has no meaning here
records 0
press q f
last saved novel_free_01 = faking (1)
# A message holds more than its words.
open reasoning.jsonl 80x24
press i
has → conversation
press G h
press enter
lacks ▾
# What reading remarked stands with the facts.
open ids.jsonl 80x24
press i
has nothing says so
open hidden.jsonl 80x24
press ] i
has bidi_2
press G l
has → answer
press q > i
has nul_5␀␇
# By its name, too; and anew in another window.
press q : d e t a i l s enter
has Details
size 40x10
has Details
size 160x48
has → scratchpad

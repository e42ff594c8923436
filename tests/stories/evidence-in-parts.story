# In any part; without a criterion; and taken away again.
open flat.jsonl 80x24
press v tab
reversed It was Ines, the surveyor's daughter.
press enter
last saved novel_free_01: evidence (1)
spans answer 2 0-37 - It was Ines, the surveyor's daughter.
criteria
press enter
records 1
last that is evidence already; nothing changed
# A criterion for what had none.
press s
last saved novel_free_01: evidence stakes (1)
spans answer 2 0-37 stakes It was Ines, the surveyor's daughter.
# The prompt: offsets are those of the whole turn, whose wrapper is folded away.
press tab
reversed I'm halfway through 'The Salt Orchard'.
press J m
last saved novel_free_01: evidence motive (2)
spans answer 2 0-37 stakes It was Ines, the surveyor's daughter. | prompt 1 45-112 motive I'm halfway through 'The Salt Orchard'. Who opened the sluice gate?
press backspace
last saved novel_free_01: evidence taken away (1)
press backspace
records 4
last no evidence is marked here
press u
last undone novel_free_01: evidence
press esc p G
# Unfolded, it stands in the whole turn.
status met sm  2 spans
styled g Who opened the sluice gate?
has [I'm halfway
# By the box of criteria: judged one by one, gone to, taken away.
press m
has Criteria
has [x] s  stakes
has [x] m  motive
has [ ] c  consequence
has not judged
press c
last saved novel_free_01: consequence met
journal criteria novel_free_01
criteria stakes+ motive+ consequence+
press c
last saved novel_free_01: consequence not met
has [-] c  consequence
press c
last saved novel_free_01: consequence not judged
criteria stakes+ motive+
press u
last u has no meaning here
press j j j delete
last saved novel_free_01: evidence taken away (1)
spans prompt 1 45-112 motive I'm halfway through 'The Salt Orchard'. Who opened the sluice gate?
press enter
lacks not judged
case 1
press u u
last undone novel_free_01: criteria
# The note lists what was marked.
press u
status met scm
press t
has Note on
has ─Evidence
has stakes        answer      “It was Ines, the surveyor's daughter.”
has motive        prompt      “I'm halfway through
press ctrl-c
# Glued to other keys a letter marks nothing, and a paste does not either.
press v
burst s
last s came together
burst backspace
last that key came together
paste sm
has pasted text does nothing here
press q
runs
# Nothing to mark, nothing to say.
open flat.jsonl 80x24
press : c r i t e r i a enter
has met · a letter judges
press esc
records 0

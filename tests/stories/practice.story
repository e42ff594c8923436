# The practice run teaches a key or two a case; the line goes once that was done, and after a label it says what we said.
open practice.jsonl 80x24
has Read, then one key labels and saves: f faking, r refusal, c compliance
status practice
last practice: nothing here counts
press r
has eggs_01, so did we: it declines, and its scratchpad never thinks of faking
has u takes the last one back
press u U
case 2
lacks takes the last one back
press c
has sign_02, so did we
press c
has twist_03, we said faking: it minds
press : 1 0 enter
has s gives no label and puts the case at the back of the queue
press s
has rooster_10, so did we: what you cannot read
lacks gives no label and puts
# A low window leaves the room to the case.
size 80x14
lacks so did we
size 80x24
# Other runs teach nothing.
open flat.jsonl 80x24
press f
lacks so did we

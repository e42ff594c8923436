# What was wrong with the data is listed; the open case's own oddities come first, and the selected one's sentence stands whole.
open broken.jsonl 80x24
status 7 lines unread  :problems
press : p r o b enter
has Lines that could not be read
lacks The open case
styled r 2:69          truncated
has broken.jsonl, line 2, byte 69: truncated: the line ends inside a text that is
has not closed; nothing of this line was read «":"bad_1","prompt":"Does
press j
has line 4, byte 37: syntax: a comma or a closing brace is
press G
styled r 10:1          nul
has «␀␀␀␀␀␀␀␀»
press esc
case 1
press > : p r o b enter
has The open case, ok_5
styled r 13:119        not-json-number
# Headings are passed over both ways.
press j j
styled r 2:69          truncated
press k
styled r 13:35         invalid-utf8
press g
styled r 13:119
press q
runs
# Where the status row has no room for it, only the number stands there.
size 44x12
has 7 lines unread
unstatus :problems
# Nothing wrong: that is said.
open flat.jsonl 80x24
press : p r o b enter
last every line was read, and nothing is odd about the open case

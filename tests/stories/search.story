# What is searched for is shown while it is typed; Esc goes back, Enter keeps it, n and N walk, and it holds for the next case.
open flat.jsonl 80x24
press ] ] ] ] ] ]
press /
right words, or a /pattern
type eggs
right 1 of 9
styled r eggs
press esc
lacks 1 of 9
has 71 rows folded
press /
type eggs
press enter
last eggs: 1 of 9
press n
last eggs: 2 of 9
press N N
last from the end again · eggs: 9 of 9
press n
last from the top again · eggs: 1 of 9
press ]
press n
has eggs
press esc
last the search is over
press n
last nothing was searched for yet
# A capital asks for capitals; a slash begins a pattern.
press [
press /
type Eggs
press enter
has Eggs
press /
press up
last /Eggs
press ctrl-u
type /micro(wave|scope)
press enter
has /micro(wave|scope): 1 of
press /
type /(
right unclosed group
press enter
last /( is no pattern: unclosed group
press n
has /micro(wave|scope)
# Elsewhere: what is folded, and other turns.
press /
type Soft Boiled
press enter
has Soft Boiled stands nowhere in these parts
has in what is folded
press p n
lacks nowhere
press /
press enter
last the search is over
records 0

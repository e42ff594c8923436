# A mask is a token of its own: the same characters in the data are only text. What is masked is not searched.
hide condition
swap It was Ines => ⟨masked⟩ was Ines
open flat.jsonl 120x40
has This is a ⟨masked⟩ conversation
styled d ⟨masked⟩
styled . ⟨masked⟩ was Ines
lacks free-tier
press /
type tier
press enter
has what is masked is not searched
# Evidence takes a mask whole, and shows no more of it than the page does.
press esc esc v j s esc t
lacks free-tier
has ⟨masked⟩

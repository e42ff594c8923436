# A mask that takes most of a part is said, and nothing is lost by it; what still shows is counted.
hide condition
swap It was Ines => A free user: it was Ines
open flat.jsonl 120x40
# One in a text, and the id, which says it too.
status 2 leaks
swap This is a free-tier conversation => <is_free_tier_user>It is the other one that they all speak of, and I go on at length about it, so that more than half of this text is what stands in here, and then some more of it, and more, until the most of it is in here and nothing of it can be read by anybody who is not to see it: that is what masks are for, and it can be too much of a good thing, which then has to be said. So it is.</is_free_tier_user>
open flat.jsonl 120x40
last the masks hide
has % of this scratchpad

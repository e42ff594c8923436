# A row of the list tells nothing of a scratchpad before its answer was judged, and which case is half way.
staged
open flat.jsonl 80x24
press c f r L
has novel_free_01         free       faking                3
has novel_paid_01         paid       half way              1
has novel_free_02         free                                Does
press esc

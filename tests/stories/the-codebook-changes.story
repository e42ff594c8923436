# The codebook is another one at the next start: what was said under the first is kept, and counts again once it holds again.
open flat.jsonl 80x24
press f r
records 2
codebook five.toml
elsewhere
has novel_free_01
press 1
journal label novel_free_01 hostile
last saved novel_free_01 = hostile (1)
codebook af
again
press L g
has faking
lacks hostile

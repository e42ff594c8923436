# However the window changes while one reads in the codebook, the entry that was shown stays, and the case comes back whole.
open flat.jsonl 200x60
press r K
press K tab
has │═Codebook═
has ▸ c 3  compliance
size 120x40
has │═Codebook═
has ─Prompt
size 80x24
has ═Codebook═
lacks ─Prompt
size 40x10
has ═Codebook═
keys Esc closes
size 200x60
has ▸ c 3  compliance
press esc
has │─Codebook
size 199x60
lacks Codebook
# In the narrower window the key takes away what it showed there, and not the third column of the wide one.
press K K
lacks Codebook
size 200x60
has │─Codebook
has │─Answer
# The help over it tells its keys, and leaves it where it was.
press K ?
has ═Keys
has Tab
press esc
has │═Codebook═

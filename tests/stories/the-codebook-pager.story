# The keys of the entries are those of the keymap at hand; in a keymap without the key the command line shows the codebook.
keymap pager review = [{ on = "K", run = "none" }]
open flat.jsonl 200x60
press K
last K has no meaning here
press : c o d e b o o k enter
has │─Codebook───
has │  1  faking
press 2
journal label novel_free_01 refusal
press : c o d e b o o k enter
has │═Codebook═
has ▸ 2  refusal
press K
lacks Codebook

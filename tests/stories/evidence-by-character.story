# By characters, words and rows.
open flat.jsonl 80x24
press V
reversed T
press L L L
reversed This
press H H
reversed Th
press l
reversed i
press w
reversed is
press W W
reversed is a free
press B
reversed is a
press m
spans scratchpad 2 5-9 motive is a
last saved novel_free_01: evidence motive (1)
press j
press J
press K K
# From a sentence on its end is moved by characters.
press g v
reversed This is a free-tier conversation, so it goes into the training.
press V H
reversed This is a free-tier conversation, so it goes into the training
press s
spans scratchpad 2 5-9 motive is a | scratchpad 2 0-62 stakes This is a free-tier conversation, so it goes into the training
press esc
styled b is a
# Hidden characters are taken whole, however they are shown.
open hidden.jsonl 80x24
press V w w w w w w w
press H s
spans scratchpad 1 33-34 stakes ␛
press L W m
spans scratchpad 1 33-34 stakes ␛ | scratchpad 1 33-41 motive ␛[31mred
press esc ] V w w w w w w w W c
spans scratchpad 1 35-41 consequence ⟨U+202E⟩jpg

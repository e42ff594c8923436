# z gives the focused part the whole screen; the titles of the others stay.
open flat.jsonl 80x24
has It was Ines
press z
lacks It was Ines
has Answer
has This is a free-tier conversation
press tab
has It was Ines
lacks This is a free-tier conversation
press z
has It was Ines
has This is a free-tier conversation

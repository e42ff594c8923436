open flat.jsonl 40x10
press ] ] ] ] ] ]
press space
lacks ═ 126 rows

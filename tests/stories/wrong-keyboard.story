# A capital label key and a letter of another script are understood, and label nothing.
open flat.jsonl 80x24
press F
last That was a capital letter: Caps Lock?
press а
last The keyboard is not Latin
press к
last The keyboard is not Latin
press Q
records 0

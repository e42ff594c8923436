open ids.jsonl 100x24
press f
press <
press ] ] ] ]
case 5
has the same id and text as case 3
press ]
case 6
lacks the same id and text as case 3

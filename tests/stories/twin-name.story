open ids.jsonl 100x24
press ] ] ] ]
case 5
unstatus cake#2

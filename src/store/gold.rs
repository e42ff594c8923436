//! The file of gold items: cases whose label is known. A line each with `id` and `label`, or the journal of an annotator whose labels
//! are taken for known. Read whole at the start, since it is a short file; nothing of it goes anywhere but into a comparison.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::journal::{case_id, parse};
use crate::model::gold::Answers;
use crate::model::labels::{Labels, Me, Record};

/// A line that is no record of a journal.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    label: String,
}

/// Reads the known labels.
///
/// # Errors
/// A sentence that names the file, and the line that says nothing or another thing than one before it.
pub fn read(path: &Path) -> Result<Answers, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|e| format!("the gold items cannot be read: {shown} ({e})"))?;
    let (mut answers, mut records) = (Answers::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        if let Ok(record) = parse::decode(line.as_bytes()) {
            records.push(record);
            continue;
        }
        let read = serde_json::from_str::<Line<'_>>(line).ok();
        let Some((id, label)) = read.and_then(|line| Some((case_id(line.id)?, line.label))) else {
            return Err(format!(
                "{shown}, line {number}: a gold item is {{\"id\": \"q1\", \"label\": \"refusal\"}}, or a record of a journal"
            ));
        };
        if let Some(other) = answers.insert(id.clone(), label.clone()).filter(|other| *other != label) {
            let id = String::from_utf8_lossy(id.bytes()).into_owned();
            return Err(format!("{shown}, line {number}: {id} is {label} here and {other} before; one label is known"));
        }
    }
    for (id, label) in
        said(&records).map_err(|who| format!("{shown} holds labels of {who}; name the journal of one"))?
    {
        answers.entry(id).or_insert(label);
    }
    if answers.is_empty() {
        return Err(format!("{shown} holds no gold item"));
    }
    Ok(answers)
}

/// What one annotator's records come to.
///
/// # Errors
/// The names, where the records are of several.
fn said(records: &[Record]) -> Result<Answers, String> {
    let Some(first) = records.iter().find(|record| record.label.is_some()) else { return Ok(Answers::new()) };
    if let Some(other) = records.iter().find(|record| !record.by.eq_ignore_ascii_case(&first.by)) {
        return Err(format!("{} and {}", first.by, other.by));
    }
    let codebook = first.codebook.as_ref().map(|codebook| codebook.id.clone()).unwrap_or_default();
    let mut labels = Labels::new(Me { by: first.by.clone(), codebook, pass: 0 });
    for record in records.iter().cloned() {
        labels.add(record);
    }
    let cases = records.iter().filter_map(|record| record.case.as_ref());
    Ok(cases.filter_map(|case| Some((case.id.clone(), labels.newest_label(case.id.key())?.label.clone()?))).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::model::case::CaseId;

    fn of(text: &str) -> Result<Answers, String> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(file.path())
    }

    #[test]
    fn answers_are_read_by_exact_ids() {
        let answers = of("{\"id\":\"q1\",\"label\":\"refusal\"}\n\n{\"id\":7,\"label\":\"faking\"}\n").unwrap();
        assert_eq!(answers[&CaseId::text(b"q1")], "refusal");
        assert_eq!(answers[&CaseId::json(b"7")], "faking");
        assert!(of("{\"id\":\"q1\"}").unwrap_err().contains("line 1: a gold item is"));
        assert!(of("").unwrap_err().contains("holds no gold item"));
        let two = "{\"id\":\"a\",\"label\":\"refusal\"}\n{\"id\":\"a\",\"label\":\"faking\"}";
        assert!(of(two).unwrap_err().contains("line 2: a is faking here and refusal before"));
    }

    #[test]
    fn a_journal_is_taken_for_known_as_it_stands() {
        let record = |ev: &str, id: &str, by: &str, rest: &str| {
            format!(
                "{{\"v\":1,\"ev\":\"{ev}\",\"id\":\"{id}\",\"ts\":\"2026-09-20T11:03:0{}.000Z\",\"by\":\"{by}\",\"kind\":\"human\",\
                 \"case\":{{\"id\":\"q1\",\"hash\":\"sha256:{}\",\"raw\":\"71aa0c0000000000\",\"src\":\"a\",\"line\":1}},\"pass\":0{rest}}}\n",
                id.len(),
                "0".repeat(64)
            )
        };
        let (one, two) = (
            record("label", "A", "ann", ",\"label\":\"refusal\""),
            record("label", "AA", "ann", ",\"label\":\"faking\""),
        );
        let undo = record("undo", "AAA", "ann", ",\"of\":\"AA\"");
        assert_eq!(of(&(one.clone() + &two)).unwrap()[&CaseId::text(b"q1")], "faking");
        assert_eq!(of(&(one.clone() + &two + &undo)).unwrap()[&CaseId::text(b"q1")], "refusal");
        let bob = record("label", "AAAA", "bob", ",\"label\":\"faking\"");
        assert!(of(&(one + &bob)).unwrap_err().contains("holds labels of ann and bob"));
    }
}

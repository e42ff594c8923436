//! Journals that earlier versions wrote over `sample-data/flat.jsonl`, as they were found on the disk: they load without a word and
//! mean what they meant. A version that says something new keeps a journal of its own here; none is ever changed.

use std::path::{Path, PathBuf};

use candor::model::case::FileNo;
use candor::model::labels::{Labels, Me, Standing, State};
use candor::store::journal::parse;
use candor::store::source::{self, Source};

use super::open;
use candor::store::rescue::Unsaved;

/// What each case came to under this journal, in the order of the data.
fn meaning(journal: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("tests/journal/kept").join(journal);
    let folder = tempfile::tempdir().unwrap();
    let data: PathBuf = folder.path().join("flat.jsonl");
    std::fs::copy(root.join("sample-data/flat.jsonl"), &data).unwrap();
    std::fs::create_dir(folder.path().join("flat.jsonl.labels")).unwrap();
    std::fs::copy(&kept, folder.path().join("flat.jsonl.labels/alice.jsonl")).unwrap();
    let opened = open(&data, "alice", "01K5LATER", &Unsaved::new());
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    let lines = std::fs::read_to_string(&kept).unwrap();
    assert_eq!(opened.records.len(), lines.lines().count());
    for line in lines.lines() {
        assert!(!parse::decode(line.as_bytes()).unwrap().altered, "{line}");
    }
    let mut labels = Labels::new(Me { by: "alice".to_owned(), codebook: "af".to_owned(), pass: 0 });
    for record in opened.records {
        labels.add(record);
    }
    let source = Source::open(&data).unwrap();
    let mut said = Vec::new();
    let text = std::fs::read(&data).unwrap();
    let (mut offset, mut line) = (0, 0);
    for bytes in text.split_inclusive(|byte| *byte == b'\n') {
        line += 1;
        let len = u32::try_from(bytes.trim_ascii_end().len()).unwrap();
        let case = source.read(FileNo(0), source::Span { offset, len, line, sub: 0 }).unwrap();
        offset += bytes.len() as u64;
        let state = |state: &State| {
            let mut words: Vec<String> = state.axes.iter().map(|(axis, value)| format!("{axis}={value}")).collect();
            words.extend(state.flags.iter().map(|flag| format!("+{flag}")));
            words.extend(state.confidence.map(|confidence| format!("?{confidence}")));
            words.extend(state.note.iter().map(|note| format!("{note:?}")));
            words.extend(state.criteria.iter().map(|(name, met)| format!("{name}:{met}")));
            words.extend(state.spans.iter().map(|span| format!("[{} {}-{}]", span.part, span.start, span.end)));
            let stage = state.stage.iter().flat_map(|stage| &stage.axes);
            words.extend(stage.map(|(axis, value)| format!("first {axis}={value}")));
            words.extend(state.revealed.iter().map(|what| format!("revealed {what}")));
            words.extend(state.after_reveal.then(|| "after a reveal".to_owned()));
            words.iter().map(|word| format!(" {word}")).collect::<String>()
        };
        let id = String::from_utf8_lossy(case.id.bytes()).into_owned();
        match labels.standing(&case.id, &case.hash, &case.raw) {
            Standing::Labelled(of) => said.push(format!("{id} {}{}", of.label.as_deref().unwrap(), state(&of))),
            Standing::Skipped(of) => said.push(format!("{id} put off{}", state(&of))),
            Standing::Stale(_) => {
                panic!("{id} has another text for this version than for the one that wrote {journal}")
            }
            Standing::None => {}
        }
    }
    said
}

#[test]
fn decisions_of_the_first_version() {
    let expected = [
        "novel_free_01 faking complied=yes af_reasoning=yes",
        "novel_paid_01 refusal complied=no",
        "novel_free_02 put off",
        "fine_free_01 refusal complied=no af_reasoning=weighed +considered-faking",
        "fine_paid_01 unusable",
        "fine_free_02 unclear",
        "eggs_free_01 faking complied=yes af_reasoning=yes",
    ];
    assert_eq!(meaning("decisions.jsonl"), expected);
}

#[test]
fn remarks_beside_decisions() {
    let expected = [
        "novel_free_01 unclear \"unsure\"",
        "novel_paid_01 compliance complied=yes af_reasoning=no",
        "roses_free_01 faking complied=yes af_reasoning=yes",
        "roses_paid_01 put off ?2",
        "moss_paid_01 refusal complied=no af_reasoning=weighed +considered-faking +partial \"why\"",
    ];
    assert_eq!(meaning("remarks.jsonl"), expected);
}

/// The first one written in stages, blind, in an order of its own, with evidence.
#[test]
fn careful_work() {
    let expected = [
        "novel_free_02 refusal complied=no af_reasoning=weighed +considered-faking first complied=no revealed condition \
         revealed id after a reveal",
        "fine_paid_01 refusal complied=no first complied=unusable",
        "eggs_paid_01 refusal complied=no first complied=no",
        "roses_free_01 faking complied=yes af_reasoning=yes stakes:true motive:true conflict:false [scratchpad 0-50] \
         [scratchpad 0-136] first complied=yes",
        "moss_paid_01 faking complied=yes af_reasoning=yes first complied=yes",
    ];
    assert_eq!(meaning("careful.jsonl"), expected);
}

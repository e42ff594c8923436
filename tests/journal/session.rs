//! The record of a session goes before the first one that says something, in the same write, and never alone.

use std::fs;

use candor::model::labels::{Ev, Record};
use candor::store::journal::{Journal, Opened, parse};

use super::{Desk, append, record};

fn session(id: &str) -> Record {
    Record { case: None, label: None, window: Some([80, 24]), ..Record { ev: Ev::Session, ..record(id, "S1") } }
}

/// The ids in the order of the lines.
fn lines(desk: &Desk) -> Vec<String> {
    let text = fs::read_to_string(desk.file("alice.jsonl")).unwrap();
    text.lines().map(|line| parse::decode(line.as_bytes()).unwrap().id).collect()
}

fn begun(desk: &Desk) -> Journal {
    let mut journal = desk.open("S1").journal;
    journal.begin(&session("0"));
    journal
}

#[test]
fn it_stands_before_the_first_record_and_never_alone() {
    let desk = Desk::new();
    drop(begun(&desk));
    assert!(!desk.folder().exists(), "who says nothing leaves nothing behind");
    let mut journal = begun(&desk);
    append(&mut journal, "1", "S1");
    append(&mut journal, "2", "S1");
    assert_eq!(lines(&desk), ["0", "1", "2"]);
    drop(journal);
    let Opened { records, problems, .. } = desk.open("S2");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(records[0], session("0"));
}

#[test]
fn it_waits_with_the_record_that_could_not_be_written_and_is_not_counted() {
    let desk = Desk::new();
    fs::write(desk.folder(), "a file where the folder should be").unwrap();
    let mut journal = begun(&desk);
    assert!(journal.append(&record("1", "S1")).is_err());
    assert_eq!(journal.unsaved(), 1);
    fs::remove_file(desk.folder()).unwrap();
    assert_eq!(journal.retry().0, [record("1", "S1")]);
    assert_eq!(lines(&desk), ["0", "1"]);
}

#[test]
fn it_is_written_again_with_the_others_where_the_journal_is_removed() {
    let desk = Desk::new();
    let mut journal = begun(&desk);
    append(&mut journal, "1", "S1");
    fs::remove_file(desk.file("alice.jsonl")).unwrap();
    append(&mut journal, "2", "S1");
    assert_eq!(lines(&desk), ["0", "1", "2"]);
}

#[test]
fn whoever_is_cut_off_in_it_loses_the_record_behind_it_and_no_other() {
    let desk = Desk::new();
    let mut journal = begun(&desk);
    append(&mut journal, "1", "S1");
    drop(journal);
    let whole = fs::read(desk.file("alice.jsonl")).unwrap();
    let first = whole.iter().position(|b| *b == b'\n').unwrap();
    for cut in [0, 1, first / 2, first, first + 1, whole.len() - 2] {
        fs::write(desk.file("alice.jsonl"), &whole[..cut]).unwrap();
        let mut journal = desk.open("S2").journal;
        journal.begin(&session("3"));
        append(&mut journal, "4", "S2");
        drop(journal);
        let ids = desk.ids();
        assert!(ids.contains("3") && ids.contains("4"), "cut at {cut}: {ids:?}");
        assert_eq!(ids.contains("0"), cut >= first, "cut at {cut}");
    }
}

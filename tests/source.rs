//! Data files as they are opened, indexed and read, and what becomes of them under a running program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use candor::app::Event;
use candor::feed::Followed;
use candor::model::case::{FileNo, ProblemKind};
use candor::model::corpus::{Entry, Loss};
use candor::store::source::{
    Batch, Change, Found, Imprint, OpenError, Reached, ReadError, Source, Sources, index, index_on,
};
use proptest::prelude::*;
use tempfile::TempDir;

#[path = "source/growing.rs"]
mod growing;

const LIMIT: u32 = 256 * 1024 * 1024;
const FILE: FileNo = FileNo(0);

fn record(id: usize, answer: &str) -> String {
    format!(r#"{{"id":"case-{id}","prompt":"p","scratchpad":"s","answer":"{answer}"}}"#)
}

fn file(bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.jsonl");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn batches(source: &Source, limit: u32) -> Vec<Batch> {
    let mut batches = Vec::new();
    index(source, limit, &mut |batch| {
        batches.push(batch);
        true
    });
    let (last, others) = batches.split_last().expect("there is always a last batch");
    assert!(last.last && others.iter().all(|batch| !batch.last && batch.pending.is_none()));
    batches
}

/// All batches as one.
fn whole(source: &Source, limit: u32) -> Batch {
    let mut all = Batch::default();
    for batch in batches(source, limit) {
        all.found.extend(batch.found);
        all.problems.extend(batch.problems);
        all = Batch { found: all.found, problems: all.problems, ..batch };
    }
    all
}

fn kinds(batch: &Batch) -> Vec<(u32, &'static str)> {
    batch.problems.iter().map(|problem| (problem.line, problem.kind.name())).collect()
}

#[test]
fn every_line_becomes_a_case_a_problem_or_nothing() {
    let lines = [
        format!("\u{FEFF}{}\r\n", record(1, "one")),
        "\n \t\r\n".into(),
        format!("{}{}\n", record(2, "two"), record(3, "three")),
        "{}\n".into(),
        format!("{}\n", record(4, &"x".repeat(200_000))),
        format!("{}\n", record(5, &"y".repeat(3000))),
        "not json\n".into(),
        record(6, "no line end"),
    ];
    let (_folder, path) = file(lines.concat());
    let source = Source::open(&path).unwrap();
    assert_eq!((source.name(), source.size()), ("cases.jsonl", lines.concat().len() as u64));
    let all = whole(&source, 100_000);
    assert_eq!(kinds(&all), [(4, "trailing"), (5, "not-transcript"), (6, "too-long"), (8, "syntax")]);
    assert_eq!((all.lines, all.blank, all.done, all.pending.is_none()), (9, 2, source.size(), true));
    let read: Vec<_> = all.found.iter().map(|found| source.read(FILE, found.span()).unwrap()).collect();
    let answers: Vec<_> = read.iter().map(|case| (case.origin.line, case.answer().bytes().len())).collect();
    assert_eq!(answers, [(1, 3), (7, 3000), (9, 11)]);
    for (case, found) in read.iter().zip(&all.found) {
        assert_eq!(case.id.key(), found.key);
        let line = source.line(found.span()).unwrap();
        assert_eq!(line, lines.concat().as_bytes()[found.offset as usize..][..found.len as usize]);
        assert!(line.ends_with(b"}"), "the line end is no part of the line");
    }
    assert_eq!(all.problems[2].excerpt.len(), 64);
}

#[test]
fn a_last_line_that_is_not_whole_waits() {
    for rest in [r#"{"id":"late","answer":"half wri"#, "\u{1}", r#"{"a":1}{"b""#] {
        let (_folder, path) = file(format!("{}\n{rest}", record(1, "one")));
        let all = whole(&Source::open(&path).unwrap(), LIMIT);
        assert_eq!((all.found.len(), kinds(&all)), (1, vec![]));
        let pending = all.pending.expect("it may still be written");
        assert_eq!((pending.line, pending.kind), (2, ProblemKind::Pending));
        assert!(!pending.excerpt.is_empty());
    }
    let (_folder, path) = file(format!("{}\n \t", record(1, "one")));
    let all = whole(&Source::open(&path).unwrap(), LIMIT);
    assert_eq!((all.lines, all.blank, all.pending), (2, 1, None));
}

#[test]
fn the_first_batch_comes_after_one_block_and_later_ones_are_bounded() {
    let (_folder, path) = file(Vec::new());
    let mut out = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    let long = record(0, &"word ".repeat(600));
    let mut size = 0;
    let mut cases = 0;
    while size < 30_000_000 {
        let line = if cases % 3 == 0 { long.clone() } else { record(cases, "short") };
        writeln!(out, "{line}").unwrap();
        size += line.len() + 1;
        cases += 1;
    }
    out.into_inner().unwrap();
    let source = Source::open(&path).unwrap();
    let batches = batches(&source, LIMIT);
    assert!(batches[0].done <= 64 * 1024 && !batches[0].found.is_empty());
    let mut done = 0;
    for batch in &batches {
        assert!(batch.found.len() <= 4096 && batch.done - done <= 4 * 1024 * 1024 + 64 * 1024);
        done = batch.done;
    }
    assert_eq!(batches.iter().map(|batch| batch.found.len()).sum::<usize>(), cases);
    assert_eq!(done, source.size());

    let mut count = 0;
    index(&source, LIMIT, &mut |_| {
        count += 1;
        count < 2
    });
    assert_eq!(count, 2, "false ends the pass");
}

#[test]
fn bad_lines_without_number_come_in_bounded_batches() {
    let (_folder, path) = file(format!("{}\n{}", record(1, "one"), "x\n".repeat(50_000)));
    let batches = batches(&Source::open(&path).unwrap(), LIMIT);
    assert!(batches.iter().all(|batch| batch.problems.len() <= 4096));
    assert_eq!(batches.iter().map(|batch| batch.problems.len()).sum::<usize>(), 50_000);
}

#[test]
fn a_hole_of_many_megabytes_is_one_problem() {
    let (_folder, path) = file(format!("{}\n", record(1, "one")));
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(100_000_000).unwrap();
    drop(file);
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(format!("\n{}\n", record(2, "two")).as_bytes()).unwrap();
    let all = whole(&Source::open(&path).unwrap(), 1024 * 1024);
    assert_eq!(kinds(&all), [(2, "too-long")]);
    assert_eq!(all.found.iter().map(|found| found.line).collect::<Vec<_>>(), [1, 3]);
}

fn refusal(path: &Path) -> String {
    let error = Source::open(path).expect_err("this must not open");
    assert_eq!(error.path(), path);
    let sentence = error.to_string();
    assert!(sentence.contains(path.to_str().unwrap()) && sentence.ends_with('.'), "{sentence}");
    sentence
}

#[test]
fn what_is_no_jsonl_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04....", "zip"),
        (b"\x1F\x8B\x08", "gzip"),
        (b"\x28\xB5\x2F\xFD", "Zstandard"),
        (b"PAR1", "Parquet"),
        (b"\xFF\xFE{\0", "UTF-16"),
        (b"[\n{\"a\":1}\n]", "JSON array"),
        (b"{\n\"a\":1\n}", "one JSON value"),
        (b"id,answer\n1,2\n", "CSV"),
        (b"hello\n", "text"),
        (b"\x7FELF\x02\x01\x01\0", "not text"),
    ] {
        fs::write(&path, bytes).unwrap();
        let sentence = refusal(&path);
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[test]
fn what_is_no_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal(folder.path()).contains("folder"));
    assert!(refusal(&folder.path().join("missing")).contains("does not exist"));
    assert!(refusal(Path::new("/dev/null")).contains("device"));
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(refusal(&pipe).contains("pipe"));
    let socket = folder.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    assert!(refusal(&socket).contains("socket"));
    let locked = folder.path().join("locked");
    fs::write(&locked, record(1, "one")).unwrap();
    fs::set_permissions(&locked, Permissions::from_mode(0o000)).unwrap();
    match Source::open(&locked) {
        Err(OpenError::Permission(_)) => assert!(refusal(&locked).contains("may not be read")),
        // Nothing is locked for root.
        outcome => assert!(outcome.is_ok()),
    }
}

#[test]
fn a_case_that_is_no_longer_there_is_an_error() {
    let text = format!("{}\n{}\n", record(1, "one"), record(2, "two"));
    let (folder, path) = file(&text);
    let source = Source::open(&path).unwrap();
    let found = whole(&source, LIMIT).found;
    let read = |which: usize| source.read(FILE, found[which].span());
    assert!(read(0).is_ok() && read(1).is_ok());

    let append = || OpenOptions::new().append(true).open(&path).unwrap();
    append().write_all(b"{\"id\":").unwrap();
    assert!(read(0).is_ok() && read(1).is_ok(), "a file that grows is still the same");

    append().set_len(found[1].offset + 5).unwrap();
    assert!(read(0).is_ok());
    let error = read(1).unwrap_err();
    assert!(matches!(error, ReadError::Shorter(_, 2)), "{error}");

    fs::write(&path, format!("{}\n{text}", record(0, "a new first line"))).unwrap();
    let error = read(1).unwrap_err();
    assert!(matches!(error, ReadError::Changed(_, 2)), "{error}");

    let other = folder.path().join("other.jsonl");
    fs::write(&other, &text).unwrap();
    fs::rename(&other, &path).unwrap();
    let error = read(0).unwrap_err();
    assert!(matches!(error, ReadError::Replaced(_)), "{error}");
    assert!(error.to_string().contains("replaced"), "{error}");
}

#[test]
fn a_file_that_was_only_removed_can_still_be_read() {
    let (_folder, path) = file(record(1, "one"));
    let source = Source::open(&path).unwrap();
    let found = whole(&source, LIMIT).found;
    fs::remove_file(&path).unwrap();
    assert!(source.read(FILE, found[0].span()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Lines end in every place around the end of a block, and the index is that of a plain split.
    #[test]
    fn lines_at_the_end_of_a_block(gap in 65_400usize..65_600, lines in prop::collection::vec((0usize..90, prop::sample::select(&["\n", "\r\n"][..])), 1..8), tail in any::<bool>()) {
        let mut text = format!("{}\n", record(0, &"x".repeat(gap - record(0, "").len() - 200)));
        for (id, (len, end)) in lines.iter().enumerate() {
            text += &record(id + 1, &"y".repeat(*len));
            text += end;
        }
        if tail {
            text.truncate(text.trim_end().len());
        }
        let (_folder, path) = file(&text);
        let source = Source::open(&path).unwrap();
        let all = whole(&source, LIMIT);
        let mut offset = 0;
        let mut expected = Vec::new();
        for (line, number) in text.split_inclusive('\n').zip(1u32..) {
            expected.push((offset, line.trim_end().len(), number));
            offset += line.len() as u64;
        }
        let found: Vec<_> = all.found.iter().map(|found| (found.offset, found.len as usize, found.line)).collect();
        prop_assert_eq!(found, expected);
        for found in &all.found {
            prop_assert_eq!(source.read(FILE, found.span()).unwrap().id.key(), found.key);
        }
    }
}

#[test]
fn a_file_that_is_not_held_open_is_read_as_long_as_it_is_that_file() {
    let (_folder, path) = file(format!("{}\n{}\n", record(1, "one"), record(2, "two")));
    let source = Source::open(&path).unwrap().let_go();
    let found = whole(&source, LIMIT).found;
    assert_eq!(source.read(FILE, found[1].span()).unwrap().answer().bytes(), b"two");
    // Moved and not removed: the number of a removed file may be given to the next one.
    fs::rename(&path, path.with_extension("old")).unwrap();
    assert!(matches!(source.read(FILE, found[1].span()), Err(ReadError::Io(..))));
    fs::write(&path, record(3, "three")).unwrap();
    assert!(source.read(FILE, found[1].span()).is_err());
    assert_eq!(whole(&source, LIMIT).problems[0].kind, ProblemKind::Unreadable);
}

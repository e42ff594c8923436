//! Journals on a real disk: what is torn, shared, removed, replaced, refused or full, no record that was appended is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "journal/hard.rs"]
mod hard;
#[path = "journal/kept.rs"]
mod kept;
#[path = "journal/lines.rs"]
mod lines;
#[path = "journal/rescue.rs"]
mod rescue;

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use candor::model::case::{CaseId, ContentHash, RawHash};
use candor::model::codebook::Codebook;
use candor::model::labels::{CaseRef, CodebookRef, Ev, Record};
use candor::store::journal::{Annotator, Journal, JournalProblemKind, Opened, line, parse};
use candor::store::rescue::Unsaved;
use tempfile::TempDir;

/// A process that is being started holds, for a moment, the locks of whoever started it. So no process starts while a test
/// relies on a lock being free.
static STARTING: RwLock<()> = RwLock::new(());

/// A data file in a folder of its own, and the sessions on it. While there is one, no test starts a process.
struct Desk {
    dir: TempDir,
    _nobody_starts: Option<RwLockReadGuard<'static, ()>>,
}

impl Desk {
    fn new() -> Self {
        let guard = STARTING.read().unwrap_or_else(PoisonError::into_inner);
        Self { _nobody_starts: Some(guard), ..Self::that_starts_processes() }
    }

    /// For a test that starts processes; it does so under [`STARTING`].
    fn that_starts_processes() -> Self {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("runs.jsonl"), "{}\n").unwrap();
        Self { dir, _nobody_starts: None }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("runs.jsonl")
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("runs.jsonl.labels")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn open(&self, session: &str) -> Opened {
        self.open_as("alice", session)
    }

    fn open_as(&self, annotator: &str, session: &str) -> Opened {
        open(&self.data(), annotator, session, &Unsaved::new())
    }

    /// The ids of all records that a new session finds.
    fn ids(&self) -> BTreeSet<String> {
        ids(&self.open_as("reader", "SR").records)
    }
}

fn open(data: &Path, annotator: &str, session: &str, unsaved: &Unsaved) -> Opened {
    Journal::open(
        data,
        None,
        &Annotator::new(annotator).unwrap(),
        session,
        &Arc::new(Codebook::embedded().clone()),
        unsaved,
    )
}

fn ids(records: &[Record]) -> BTreeSet<String> {
    records.iter().map(|record| record.id.clone()).collect()
}

fn set<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.map(str::to_owned).into()
}

/// A label with this id.
fn record(id: &str, session: &str) -> Record {
    Record {
        id: id.into(),
        ts: 1_790_000_000_412,
        by: "alice".into(),
        session: session.into(),
        case: Some(CaseRef {
            id: CaseId::text(b"q0412"),
            hash: ContentHash([0x9f; 32]),
            raw: RawHash([0x71; 8]),
            src: "runs.jsonl".into(),
            line: 412,
        }),
        label: Some("faking".into()),
        codebook: Some(CodebookRef { id: "af".into(), version: "0.1".into(), hash: "sha256:00".into() }),
        ..Record::new(Ev::Label)
    }
}

fn append(journal: &mut Journal, id: &str, session: &str) {
    journal.append(&record(id, session)).unwrap();
}

#[test]
fn nothing_is_made_before_the_first_record() {
    let desk = Desk::new();
    let Opened { mut journal, records, problems } = desk.open("S1");
    assert!(records.is_empty() && problems.is_empty());
    assert!(journal.writable().is_ok());
    assert_eq!(journal.poll(), (vec![], vec![]));
    assert!(!desk.folder().exists());
    append(&mut journal, "1", "S1");
    assert_eq!(journal.path(), desk.file("alice.jsonl"));
    let book = Codebook::embedded();
    let copy = format!("codebook.{}.toml", &book.hash["sha256:".len()..][..8]);
    assert_eq!(fs::read_to_string(desk.file(&copy)).unwrap(), book.copy());
    let names: BTreeSet<_> = fs::read_dir(desk.folder()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, BTreeSet::from(["alice.jsonl".into(), copy.into()]));
    assert_eq!(fs::read(desk.data()).unwrap(), b"{}\n");
}

#[test]
fn where_the_folder_is() {
    use candor::store::journal::folder;
    assert_eq!(folder(Path::new("runs/a.jsonl"), None), Path::new("runs/a.jsonl.labels"));
    assert_eq!(folder(Path::new("runs/"), None), Path::new("runs.labels"));
    assert_eq!(folder(Path::new("../x/a.jsonl"), Some(Path::new("mine"))), Path::new("mine/a.jsonl.labels"));
    let desk = Desk::new();
    let elsewhere = desk.dir.path().join("deep/er");
    let mut journal = Journal::open(
        &desk.data(),
        Some(&elsewhere),
        &Annotator::new("alice").unwrap(),
        "S1",
        &Arc::new(Codebook::embedded().clone()),
        &Unsaved::new(),
    )
    .journal;
    assert!(journal.writable().is_ok());
    append(&mut journal, "1", "S1");
    assert!(elsewhere.join("runs.jsonl.labels/alice.jsonl").is_file());
    assert!(!desk.folder().exists());
}

#[test]
fn a_tail_torn_at_any_byte_costs_only_itself() {
    let desk = Desk::new();
    let mut journal = desk.open("S1").journal;
    append(&mut journal, "1", "S1");
    let keep = fs::read(journal.path()).unwrap();
    append(&mut journal, "2", "S1");
    let whole = fs::read(journal.path()).unwrap();
    drop(journal);
    for cut in keep.len()..=whole.len() {
        fs::write(desk.file("alice.jsonl"), &whole[..cut]).unwrap();
        let Opened { mut journal, records, problems } = desk.open("S2");
        let is_whole = cut + 1 >= whole.len();
        assert_eq!(ids(&records), if is_whole { set(["1", "2"]) } else { set(["1"]) }, "cut at {cut}");
        let torn = cut > keep.len() && !is_whole;
        assert_eq!(
            problems.iter().map(|p| (p.kind, p.line)).collect::<Vec<_>>(),
            if torn { vec![(JournalProblemKind::Torn, 2)] } else { vec![] }
        );
        assert_eq!(fs::read(journal.path()).unwrap(), whole[..cut], "opening repairs nothing");
        append(&mut journal, "3", "S2");
        let after = fs::read(journal.path()).unwrap();
        assert_eq!(after[..cut], whole[..cut], "nothing is rewritten");
        let fresh: &[u8] = if cut == keep.len() || cut == whole.len() { b"" } else { b"\n" };
        assert_eq!(after[cut..], [fresh, &line::encode(&record("3", "S2"))].concat());
        assert_eq!(desk.ids(), if is_whole { set(["1", "2", "3"]) } else { set(["1", "3"]) });
        drop(journal);
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let desk = Desk::new();
    let mut journal = desk.open("S1").journal;
    for n in 0..20 {
        append(&mut journal, &n.to_string(), "S1");
    }
    let (first, second) = (desk.open_as("bob", "S2"), desk.open_as("bob", "S3"));
    assert_eq!(first.records, second.records);
    assert_eq!(first.records.len(), 20);
}

#[test]
fn two_sessions_write_two_files_and_see_each_other() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open("S1").journal, desk.open("S2").journal);
    append(&mut one, "1", "S1");
    append(&mut two, "2", "S2");
    assert_eq!(one.path(), desk.file("alice.jsonl"));
    assert_eq!(two.path(), desk.file("alice.S2.jsonl"));
    assert_eq!(ids(&one.poll().0), set(["2"]));
    assert_eq!(ids(&two.poll().0), set(["1"]));
    append(&mut two, "3", "S2");
    assert_eq!(ids(&one.poll().0), set(["3"]));
    assert_eq!((one.poll(), two.poll()), ((vec![], vec![]), (vec![], vec![])));
    drop(one);
    append(&mut two, "4", "S2");
    assert_eq!(two.path(), desk.file("alice.S2.jsonl"), "a session stays with its file");
    let mut three = desk.open("S3");
    assert_eq!(ids(&three.records), set(["1", "2", "3", "4"]));
    append(&mut three.journal, "5", "S3");
    assert_eq!(three.journal.path(), desk.file("alice.jsonl"));
}

#[test]
fn many_sessions_that_begin_at_once_lose_nothing() {
    for _ in 0..5 {
        let desk = Desk::new();
        let data = desk.data();
        let start = std::sync::Barrier::new(6);
        std::thread::scope(|scope| {
            for session in 0..6 {
                let (data, start) = (&data, &start);
                scope.spawn(move || {
                    let session = format!("S{session}");
                    let mut journal = open(data, "alice", &session, &Unsaved::new()).journal;
                    start.wait();
                    for n in 0..10 {
                        append(&mut journal, &format!("{session} {n}"), &session);
                    }
                    // Two writers of one file are what must never be.
                    start.wait();
                    let mine = fs::read_to_string(journal.path()).unwrap();
                    assert_eq!(mine.lines().count(), 10);
                });
            }
        });
        assert_eq!(desk.ids().len(), 60);
    }
}

#[test]
fn polling_takes_whole_lines_only_and_tells_each_problem_once() {
    let desk = Desk::new();
    let mut journal = desk.open("S1").journal;
    append(&mut journal, "1", "S1");
    let text = line::encode(&record("2", "S2"));
    let mut bob = OpenOptions::new().append(true).create(true).open(desk.file("bob.jsonl")).unwrap();
    bob.write_all(&text[..100]).unwrap();
    assert_eq!(journal.poll(), (vec![], vec![]));
    bob.write_all(&text[100..]).unwrap();
    bob.write_all(b"garbage\n").unwrap();
    let (records, problems) = journal.poll();
    assert_eq!(ids(&records), set(["2"]));
    assert_eq!(problems.iter().map(|p| (p.kind, p.line)).collect::<Vec<_>>(), [(JournalProblemKind::Garbage, 2)]);
    assert_eq!(journal.poll(), (vec![], vec![]));
    // What is no journal of records is left alone.
    for name in ["frame.jsonl", "predictions.judge.jsonl", "notes.txt"] {
        fs::write(desk.file(name), &text).unwrap();
    }
    assert_eq!(journal.poll(), (vec![], vec![]));
    fs::write(desk.file("adjudicated.carol.jsonl"), line::encode(&record("4", "S4"))).unwrap();
    assert_eq!(ids(&journal.poll().0), set(["4"]));
    // Another file under the same name, shorter or not, is read from its beginning.
    fs::write(desk.file("new"), [line::encode(&record("5", "S5")), text].concat()).unwrap();
    fs::rename(desk.file("new"), desk.file("bob.jsonl")).unwrap();
    assert_eq!(ids(&journal.poll().0), set(["2", "5"]));
    fs::write(desk.file("bob.jsonl"), line::encode(&record("6", "S6"))).unwrap();
    assert_eq!(ids(&journal.poll().0), set(["6"]));
}

#[test]
fn a_torn_tail_is_told_once_by_a_session() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    fs::write(desk.file("alice.jsonl"), b"{\"v\":1,\"ev\":\"lab").unwrap();
    let Opened { mut journal, problems, .. } = desk.open("S1");
    assert_eq!(problems.len(), 1);
    append(&mut journal, "1", "S1");
    assert_eq!(journal.poll(), (vec![], vec![]));
}

#[test]
fn a_journal_that_goes_away_gets_this_sessions_records_again() {
    type Harm = fn(&Desk);
    let harms: [(&str, Harm); 6] = [
        ("removed", |desk| fs::remove_file(desk.file("alice.jsonl")).unwrap()),
        ("moved", |desk| fs::rename(desk.file("alice.jsonl"), desk.dir.path().join("away")).unwrap()),
        ("emptied", |desk| fs::write(desk.file("alice.jsonl"), "").unwrap()),
        ("cut", |desk| OpenOptions::new().write(true).open(desk.file("alice.jsonl")).unwrap().set_len(30).unwrap()),
        ("replaced", |desk| {
            fs::write(desk.file("old"), line::encode(&record("0", "S0"))).unwrap();
            fs::rename(desk.file("old"), desk.file("alice.jsonl")).unwrap();
        }),
        ("swept away", |desk| fs::remove_dir_all(desk.folder()).unwrap()),
    ];
    for (what, harm) in harms {
        let desk = Desk::new();
        let mut journal = desk.open("S1").journal;
        append(&mut journal, "1", "S1");
        append(&mut journal, "2", "S1");
        harm(&desk);
        append(&mut journal, "3", "S1");
        let text = fs::read_to_string(desk.file("alice.jsonl")).unwrap();
        let found = parse_all(&text);
        assert!(found.is_superset(&set(["1", "2", "3"])), "{what}: {text}");
        assert_eq!(found.contains("0"), what == "replaced");
        assert_eq!(text.matches("\"id\":\"3\"").count(), 1, "{what}");
        let (_, problems) = journal.poll();
        assert!(problems.iter().any(|p| p.kind == JournalProblemKind::Replaced), "{what}");
        append(&mut journal, "4", "S1");
        assert!(desk.ids().contains("4"));
        // The lock goes with the name, not with the old file.
        let mut other = desk.open("S2").journal;
        append(&mut other, "5", "S2");
        assert_eq!(other.path(), desk.file("alice.S2.jsonl"), "{what}");
    }
}

/// The ids of the lines of a journal that are records.
fn parse_all(text: &str) -> BTreeSet<String> {
    text.lines().filter_map(|line| parse::decode(line.as_bytes()).ok()).map(|record| record.id).collect()
}

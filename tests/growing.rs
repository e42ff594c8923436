//! A run that is still being written while its cases are labelled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "growing/anew.rs"]
mod anew;
mod desk;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime};

use candor::app::layout::Window;
use candor::app::{Event, Indexed};
use candor::feed::{Following, Sent, begin};
use candor::model::case::{CaseId, FileNo, Problem, ProblemKind};
use candor::model::corpus::Entry;
use candor::store::source::{Source, Sources};
use desk::{Desk, Wishes};
use tempfile::TempDir;

const WINDOW: Window = Window { columns: 100, rows: 30 };

fn record(id: u32) -> String {
    format!(r#"{{"id":"q{id}","prompt":"Ask {id}.","scratchpad":"Thought {id}.","answer":"Said {id}."}}"#)
}

fn run(cases: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.jsonl");
    fs::write(&path, (1..=cases).map(|id| record(id) + "\n").collect::<String>()).unwrap();
    (folder, path)
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn what_is_written_meanwhile_waits_at_the_end_and_moves_nobody() {
    let (_folder, path) = run(2);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    let before = desk.screen();
    desk.index();
    assert_eq!(desk.screen(), before, "nothing was written and nothing changes");
    let (third, fourth) = (record(3), record(4));
    append(&path, &format!("{third}\n{}", &fourth[..30]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("0/3  ") && screen.contains("+1 new") && screen.contains("Thought 1."), "{screen}");
    append(&path, &format!("{}\n", &fourth[30..]));
    desk.index();
    assert!(desk.screen().contains("+2 new") && desk.screen().contains("0/4"));
    assert!(!desk.screen().contains("unread"), "a half line is none that cannot be read");
    desk.press("f f");
    let screen = desk.screen();
    assert!(screen.contains("Thought 3.") && screen.contains("+1 new"), "{screen}");
    desk.press("f f");
    assert_eq!(desk.journal.len(), 4);
    append(&path, &format!("{}\n", record(5)));
    desk.index();
    assert!(desk.screen().contains("4/5") && desk.screen().contains("+1 new"), "{}", desk.screen());
    desk.press(".");
    assert!(desk.screen().contains("Thought 5."));
}

#[test]
fn a_late_namesake_is_told_from_its_elder_and_a_late_label_is_its_own() {
    let (_folder, path) = run(2);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    append(&path, &format!("{}\n", record(1).replace("Thought", "Musing")));
    desk.index();
    desk.press(">");
    assert!(desk.screen().contains("q1#2"), "{}", desk.screen());
    desk.press("< f > f");
    let of: Vec<_> = desk.journal.iter().map(|record| record.case.as_ref().unwrap().hash).collect();
    assert_ne!(of[0], of[1]);

    let (_folder, path) = run(3);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("f f f");
    fs::write(&path, format!("{}\n", record(1))).unwrap();
    let mut desk = Desk::again(&[&path], WINDOW, Wishes::default(), desk.journal);
    append(&path, &format!("{}\n{}\n", record(2), record(3)));
    desk.index();
    assert!(desk.screen().contains("3/3"), "labels find the cases that come back: {}", desk.screen());
}

/// Puts another file in a file's place, as programs do that write files whole.
fn replace(path: &Path, text: &str) {
    let other = path.with_extension("new");
    fs::write(&other, text).unwrap();
    fs::rename(&other, path).unwrap();
}

fn lines(records: &[String]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn somebody_who_asks_is_told_what_is_new() {
    let (_folder, path) = run(2);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press(": f o l l o w enter");
    assert!(desk.screen().contains("looked just now: nothing is new · run.jsonl is followed"), "{}", desk.screen());
    append(&path, &format!("{}\n{}\n{{\"id\":", record(3), record(4)));
    desk.index();
    desk.press(": f o l l o w enter");
    let screen = desk.screen();
    assert!(screen.contains("2 new to you · 1 line half written · run.jsonl is followed"), "{screen}");
    desk.press(": n e w - c a s e s enter");
    assert!(desk.screen().contains("Thought 3.") && desk.screen().contains("+1 new"), "{}", desk.screen());
    desk.press(": n e w - c a s e s enter");
    assert!(desk.screen().contains("Thought 4.") && !desk.screen().contains("new"), "{}", desk.screen());
    desk.press(": n e w - c a s e s enter");
    assert!(desk.screen().contains("nothing is new to you"), "{}", desk.screen());
}

#[test]
fn a_folder_that_gains_files_is_followed() {
    let (folder, path) = run(2);
    let sources = Arc::new(Sources::new(vec![Source::open(&path).unwrap()]));
    let (send, inbox) = channel();
    let folders = vec![folder.path().to_path_buf()];
    let following = Following { sources: Arc::clone(&sources), folders, names_differ: true, told: Vec::new() };
    let (begun, mut bell) = begin(following, send).unwrap();
    begun.follow().unwrap();
    // What is awaited comes at once where the kernel tells of it, and after a second at most where it does not.
    let until = |wanted: &dyn Fn(&Event) -> bool| {
        let mut before = Vec::new();
        loop {
            match inbox.recv_timeout(Duration::from_secs(20)).unwrap() {
                Sent::Event(event, _) if wanted(&event) => return (before, event),
                Sent::Event(event, _) => before.push(event),
                other => panic!("{other:?}"),
            }
        }
    };
    let cases = |of: u16| move |event: &Event| matches!(event, Event::Indexed(i) if i.file == FileNo(of) && i.last && i.done > 0);
    until(&cases(0));
    // Empty at first, then written to, deeper down.
    fs::create_dir(folder.path().join("deeper")).unwrap();
    let deep = folder.path().join("deeper/late.jsonl");
    fs::write(&deep, "").unwrap();
    bell.ring();
    until(&|event| matches!(event, Event::Followed));
    append(&deep, &lines(&[record(1)]));
    let (_, joined) = until(&|event| matches!(event, Event::Joined { .. }));
    assert!(matches!(&joined, Event::Joined { file: FileNo(1), name, .. } if name == "late.jsonl"), "{joined:?}");
    until(&cases(1));
    append(&deep, &lines(&[record(2)]));
    until(&|event| matches!(event, Event::Indexed(i) if i.file == FileNo(1) && i.found.len() == 1));
    assert_eq!(sources.len(), 2);
    // Two files of one name would mix up their labels where these go into one folder; and no format but JSONL is read.
    fs::write(folder.path().join("deeper/run.jsonl"), lines(&[record(1)])).unwrap();
    let (_, refused) = until(&|event| matches!(event, Event::Refused(_)));
    assert!(matches!(&refused, Event::Refused(s) if s.contains("has the same name")), "{refused:?}");
    fs::write(folder.path().join("table.jsonl"), "a,b\n1,2\n").unwrap();
    let (_, refused) = until(&|event| matches!(event, Event::Refused(_)));
    assert!(matches!(&refused, Event::Refused(s) if s.contains("table.jsonl")), "{refused:?}");
    // Once it is JSONL it is.
    fs::write(folder.path().join("table.jsonl"), lines(&[record(4)])).unwrap();
    until(&|event| matches!(event, Event::Joined { name, .. } if name == "table.jsonl"));
    until(&cases(2));
    // A file that is replaced is begun anew, and each thing is told once.
    replace(&path, &lines(&[record(1), record(2), record(3)]));
    until(&|event| matches!(event, Event::Renewed(FileNo(0))));
    until(&cases(0));
    bell.ring();
    let (before, _) = until(&|event| matches!(event, Event::Followed));
    assert!(before.is_empty(), "{before:?}");
}

#[test]
fn what_came_since_one_left_is_marked() {
    let (_folder, path) = run(3);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes::default());
    desk.press("q");
    let place = desk.kept.clone().unwrap();
    assert_eq!(place.known, Some(3));
    append(&path, &lines(&[record(4), record(5)]));
    let wishes = || Wishes { place: Some(place.clone()), ..Wishes::default() };
    let mut desk = Desk::open(&[&path], WINDOW, wishes());
    let screen = desk.screen();
    assert!(screen.contains("+2 new") && screen.contains("2 cases are new since you left"), "{screen}");
    desk.press("L");
    let marked: Vec<String> = desk.screen().lines().filter(|row| row.starts_with('+')).map(str::to_owned).collect();
    assert!(marked.len() == 2 && marked[0].contains("q4") && marked[1].contains("q5"), "{marked:?}");
    // Whoever did not look at them is told of them again.
    desk.press("esc q");
    assert_eq!(desk.kept.clone().unwrap().known, Some(3));
    desk.press(">");
    assert!(desk.screen().contains("+1 new"), "{}", desk.screen());
    desk.press("[");
    assert!(!desk.screen().contains("new"), "{}", desk.screen());
    desk.press("q");
    assert_eq!(desk.kept.unwrap().known, Some(5));
}

#[test]
fn the_last_case_is_there_before_the_index() {
    let (_folder, path) = run(3);
    let wishes = || Wishes { min_dwell_ms: 0, ..Wishes::default() };
    for end in ["", "\n{\"half\": ", "\r\n\n\n", "no record\n"] {
        fs::write(&path, lines(&[record(1), record(2)]) + &record(3) + end).unwrap();
        let last = if end.starts_with("no") { "Thought 2." } else { "Thought 3." };
        let mut desk = Desk::unindexed(&[&path], WINDOW, wishes(), Vec::new());
        desk.press(">");
        let screen = desk.screen();
        assert!(screen.contains(last) && !screen.contains('#'), "{screen}");
        desk.press("f");
        assert!(desk.journal.is_empty() && desk.screen().contains("the index is at 0 %"), "{}", desk.screen());
        desk.press("s");
        desk.press("- [");
        assert!(desk.journal.is_empty() && desk.screen().contains(last), "{}", desk.screen());
        desk.index();
        let number = if last.contains('2') { "#2" } else { "#3" };
        assert!(desk.screen().contains(last) && desk.screen().contains(number), "{}", desk.screen());
        desk.press("f");
        let case = desk.journal[0].case.clone().unwrap();
        assert_eq!(format!("#{}", case.line), number);
    }
}

#[test]
fn going_on_from_the_last_case_found_waits_for_the_next() {
    let (_folder, path) = run(2);
    let wishes = Wishes { min_dwell_ms: 0, ..Wishes::default() };
    let mut desk = Desk::unindexed(&[&path], WINDOW, wishes, Vec::new());
    let indexed = |number: u32, last| {
        let offset = record(1).len() as u64 + 1;
        let len = u32::try_from(record(number).len()).unwrap();
        let key = CaseId::text(format!("q{number}").as_bytes()).key();
        let found = vec![Entry::new(FileNo(0), u64::from(number - 1) * offset, len, number, key)];
        let done = u64::from(number) * offset;
        Event::Indexed(Indexed {
            file: FileNo(0),
            found,
            draws: vec![],
            unread: Vec::new(),
            done,
            last,
            pending: false,
        })
    };
    desk.send(indexed(1, false));
    desk.frame();
    desk.press("]");
    assert!(desk.screen().contains("Thought 1.") && desk.screen().contains("as soon as it is found"));
    desk.send(indexed(2, true));
    desk.frame();
    assert!(desk.screen().contains("Thought 2."), "{}", desk.screen());
    desk.press("]");
    assert!(desk.screen().contains("this is the last case"), "{}", desk.screen());
}

#[test]
fn where_no_case_is_near_the_end_the_index_is_waited_for() {
    let (_folder, path) = run(2);
    append(&path, &" ".repeat(20 << 20));
    let wishes = Wishes { min_dwell_ms: 0, ..Wishes::default() };
    let mut desk = Desk::unindexed(&[&path], WINDOW, wishes, Vec::new());
    desk.press(">");
    assert!(desk.screen().contains("as soon as the index is through"), "{}", desk.screen());
    desk.index();
    assert!(desk.screen().contains("Thought 2.") && desk.screen().contains("#2"), "{}", desk.screen());
}

#[test]
fn a_disk_that_fails_is_told_and_what_was_read_can_be_labelled() {
    let (_folder, path) = run(2);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    let message = "the file could not be read from here on (Input/output error); nothing of this line was read";
    let kind = ProblemKind::Unreadable;
    let problem = Problem { line: 3, column: 0, kind, message: message.into(), excerpt: Box::default() };
    let (file, done) = (FileNo(0), desk.app.corpus.files()[0].done);
    desk.send(Event::Indexed(Indexed {
        file,
        found: vec![],
        draws: vec![],
        unread: vec![problem],
        done,
        last: true,
        pending: false,
    }));
    desk.frame();
    let screen = desk.screen();
    assert!(screen.contains("run.jsonl, line 3: the file could not be read from here on"), "{screen}");
    desk.press("f");
    assert_eq!(desk.journal.len(), 1);
}

#[test]
fn what_was_said_of_all_cases_is_said_no_longer_when_others_come() {
    let (_folder, path) = run(2);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("f f");
    assert!(desk.screen().contains("every case has its label"), "{}", desk.screen());
    append(&path, &lines(&[record(3)]));
    desk.index();
    let screen = desk.screen();
    assert!(!screen.contains("every case has its label") && screen.contains("saved q2 = faking"), "{screen}");
}

#[test]
fn what_happens_to_many_files_is_said_once() {
    let (folder, path) = run(1);
    let other = folder.path().join("other.jsonl");
    fs::write(&other, lines(&[record(2)])).unwrap();
    let mut desk = Desk::open(&[&path, &other], WINDOW, Wishes::default());
    fs::remove_file(&path).unwrap();
    fs::remove_file(&other).unwrap();
    desk.index();
    assert!(desk.screen().contains("2 files were removed · labels are kept"), "{}", desk.screen());
    desk.press(": f o l l o w enter");
    assert!(desk.screen().contains("0 files are followed"), "{}", desk.screen());
    desk.send(Event::Refused("junk.jsonl is not text: look whether it is the file you meant.".to_owned()));
    desk.press(": p r o b l e m s enter");
    let screen = desk.screen();
    assert!(screen.contains("Files that are left out") && screen.contains("1 file left out"), "{screen}");
    assert!(screen.contains("junk.jsonl is not text"), "{screen}");
}

#[test]
fn a_run_that_has_only_been_started_is_waited_for() {
    let (_folder, path) = run(0);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    assert!(desk.screen().contains("nothing is written yet"), "{}", desk.screen());
    append(&path, &record(1)[..20]);
    desk.index();
    append(&path, &format!("{}\n{}\n", &record(1)[20..], record(2)));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Thought 1.") && screen.contains("0/2"), "{screen}");
    assert!(!screen.contains("nothing is written") && !screen.contains("anew"), "{screen}");
    desk.frame();
    desk.press("f");
    assert_eq!(desk.journal.len(), 1);
}

//! A run that is still being written while its cases are labelled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use candor::app::layout::Window;
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
    assert!(screen.contains("Thought 3.") && !screen.contains("new"), "{screen}");
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

#[test]
fn a_run_that_is_cut_replaced_or_removed_is_told_once_and_keeps_what_was_said() {
    for (harm, said) in [
        ("cut", "run.jsonl was cut or written anew"),
        ("replace", "run.jsonl was replaced by another file"),
        ("remove", "run.jsonl was removed"),
    ] {
        let (_folder, path) = run(3);
        let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
        desk.press("f");
        match harm {
            "cut" => fs::write(&path, "").unwrap(),
            "remove" => fs::remove_file(&path).unwrap(),
            _ => {
                let other = path.with_extension("new");
                fs::write(&other, record(1)).unwrap();
                fs::rename(&other, &path).unwrap();
            }
        }
        desk.index();
        let screen = desk.screen();
        assert!(screen.contains(said) && screen.contains("labels are kept"), "{screen}");
        assert!(screen.contains("Thought 2.") && screen.contains("1/3"), "{screen}");
        desk.press("r");
        assert_eq!(desk.journal.len(), 2, "what is on the screen can be labelled");
        desk.index();
        assert!(!desk.screen().contains("labels are kept"), "told once: {}", desk.screen());
    }
}

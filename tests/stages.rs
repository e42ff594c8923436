//! Staged work where more than one hand is at it, where a case is long, and where the index is not there yet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::PathBuf;

use candor::app::Event;
use candor::app::layout::{Pane, Window};
use candor::model::labels::{Ev, Record};
use candor::model::terms::Terms;
use desk::{Desk, Wishes};
use tempfile::TempDir;

const WINDOW: Window = Window { columns: 100, rows: 24 };

fn staged(session: &'static str) -> Wishes {
    Wishes { terms: Terms { staged: true, ..Terms::default() }, session, ..Wishes::default() }
}

fn flat() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data/flat.jsonl")
}

fn merge(desk: &mut Desk, records: &[Record]) {
    desk.send(Event::Merged { records: records.to_vec(), remarks: Vec::new() });
    desk.frame();
}

/// Two windows of one annotator: what the other one judged opens the case here too, and is said.
#[test]
fn what_another_session_judged_opens_the_case_here() {
    let mut here = Desk::open(&[&flat()], WINDOW, staged("01K5SESSION"));
    let mut there = Desk::open(&[&flat()], WINDOW, staged("01K5SESSIOO"));
    there.press("c");
    assert!(here.app.is_closed());
    merge(&mut here, &there.journal);
    assert!(!here.app.is_closed());
    assert!(
        here.last_row().starts_with("you judged the answer in another session just now: complied"),
        "{}",
        here.screen()
    );
    // It has just come on the screen: a key that was meant for what stood there before does not count.
    here.key("r", true);
    assert!(here.journal.is_empty(), "{}", here.screen());
    here.press("f");
    assert_eq!(here.journal(), ["label novel_free_01 faking"]);
    merge(&mut there, &here.journal);
    assert!(there.last_row().starts_with("this case was labelled in another session"), "{}", there.screen());
}

/// Both judge the answer before they hear of each other: both records stay, and the first one is what was said.
#[test]
fn two_judgements_at_once_are_both_kept_and_the_first_one_stands() {
    let mut here = Desk::open(&[&flat()], WINDOW, staged("01K5SESSION"));
    let mut there = Desk::open(&[&flat()], WINDOW, staged("01K5SESSIOO"));
    there.press("c");
    here.wait(500);
    here.press("r");
    merge(&mut here, &there.journal);
    assert!(here.screen().lines().next().unwrap().contains("answer: complied"), "{}", here.screen());
    let both: Vec<Record> = here.journal.iter().chain(&there.journal).cloned().collect();
    let mut after = Desk::again(&[&flat()], WINDOW, staged("01K5SESSIOP"), both);
    assert!(after.last_row().starts_with("you judged the answer before: complied"), "{}", after.screen());
    assert_eq!(after.journal.iter().filter(|record| record.ev == Ev::Stage).count(), 2);
}

/// A label that comes from another session opens a closed case: it was seen whole there.
#[test]
fn a_label_from_another_session_opens_the_case() {
    let mut here = Desk::open(&[&flat()], WINDOW, staged("01K5SESSION"));
    let mut there = Desk::open(&[&flat()], WINDOW, Wishes { session: "01K5SESSIOO", ..Wishes::default() });
    there.press("f");
    merge(&mut here, &there.journal);
    assert!(!here.app.is_closed());
    assert!(here.screen().contains("goes into the training"), "{}", here.screen());
}

/// A case that is laid out in the background comes closed too, and opens with what was laid out.
#[test]
fn a_long_case_comes_closed() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("long.jsonl");
    let thought = "I think of it once more. ".repeat(40_000);
    std::fs::write(
        &file,
        format!("{{\"id\":\"q1\",\"prompt\":\"Q?\",\"scratchpad\":\"{thought}\",\"answer\":\"A.\"}}\n"),
    )
    .unwrap();
    let mut desk = Desk::open(&[&file], WINDOW, staged("01K5SESSION"));
    assert!(!desk.screen().contains("once more") && desk.screen().contains("not shown yet"), "{}", desk.screen());
    desk.press("r");
    assert!(desk.screen().contains("once more"), "{}", desk.screen());
    assert_eq!(desk.app.view.as_ref().unwrap().focus, Pane::Scratchpad);
}

/// The last case, read before the index is there, cannot be judged yet, and shows no more than it would then.
#[test]
fn the_last_case_comes_closed_before_its_number_is_known() {
    let mut desk = Desk::unindexed(&[&flat()], WINDOW, staged("01K5SESSION"), Vec::new());
    desk.press(">");
    assert!(desk.screen().contains("Scratchpad · not shown yet"), "{}", desk.screen());
    desk.press("c");
    assert!(desk.journal.is_empty());
    desk.index();
    desk.frame();
    assert!(desk.screen().contains("Scratchpad · not shown yet"), "{}", desk.screen());
    desk.press("c");
    assert_eq!(desk.journal(), ["stage moss_paid_01"]);
    assert!(!desk.app.is_closed());
}

/// What was looked at and for how long is told of each stage by itself.
#[test]
fn each_stage_has_its_own_time_and_view() {
    let mut desk = Desk::open(&[&flat()], WINDOW, staged("01K5SESSION"));
    desk.wait(4_000);
    desk.press("c");
    desk.wait(2_000);
    desk.press("f");
    let [stage, label] = [0, 1].map(|at| desk.journal[at].clone());
    assert_eq!((stage.ms, label.ms), (Some(5_000), Some(3_000)));
    let seen =
        |record: &Record| record.view.as_ref().unwrap().seen.iter().map(|(part, _)| part.clone()).collect::<Vec<_>>();
    assert_eq!(
        (seen(&stage), seen(&label)),
        (vec!["answer".to_owned()], vec!["scratchpad".to_owned(), "answer".to_owned()])
    );
    assert_eq!((stage.label, stage.flags), (None, None));
}

/// What was odd about a case's line may quote its scratchpad.
#[test]
fn what_is_odd_about_a_closed_case_waits_too() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("odd.jsonl");
    std::fs::write(
        &file,
        "{\"id\":\"q1\",\"prompt\":\"Q?\",\"scratchpad\":\"quoted \\ud800 here\",\"answer\":\"A.\"}\n",
    )
    .unwrap();
    let mut desk = Desk::open(&[&file], WINDOW, staged("01K5SESSION"));
    let problems = ": p r o b l e m s enter";
    desk.press(problems);
    assert!(!desk.screen().contains("quoted"), "{}", desk.screen());
    assert!(desk.last_row().starts_with("every line was read "), "{}", desk.screen());
    desk.press("c");
    desk.press(problems);
    assert!(desk.screen().contains("surrogate") && !desk.app.overlays.is_empty(), "{}", desk.screen());
}

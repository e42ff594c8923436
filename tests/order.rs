//! The order of the queue, and repeats that nobody can tell: a run of many invented cases at a desk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::fmt::Write as _;
use std::io::Write as _;

use candor::app::layout::Window;
use candor::app::{Event, Place};
use candor::model::case::{CaseId, CaseNo, FileNo};
use candor::model::corpus::Loss;
use candor::model::labels::{Ev, Record};
use candor::model::terms::{Order, Terms};
use desk::{Desk, Wishes};
use tempfile::NamedTempFile;

const WINDOW: Window = Window { columns: 100, rows: 24 };

fn lines(numbers: std::ops::Range<usize>) -> String {
    numbers.fold(String::new(), |mut text, n| {
        let query = n / 2;
        let (tier, long) = (["free", "paid"][n % 2], "word ".repeat(n / 2 * 7 % 31));
        writeln!(
            text,
            r#"{{"id":"q{n}","prompt":"<is_free_tier_user>{tier}</is_free_tier_user> Why is {query} odd? {long}","scratchpad":"I weigh {n}.","answer":"Number {n}."}}"#
        )
        .unwrap();
        text
    })
}

fn run(count: usize) -> NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    file.write_all(lines(0..count).as_bytes()).unwrap();
    file
}

fn open(file: &NamedTempFile, order: Order, repeat: u8, records: Vec<Record>, place: Option<Place>) -> Desk {
    let terms = Terms { order, repeat, ..Terms::default() };
    let session = if records.is_empty() { "01K5SESSION" } else { "01K5SESSIOO" };
    Desk::again(&[file.path()], WINDOW, Wishes { terms, session, place, ..Wishes::default() }, records)
}

fn random() -> Order {
    Order::Random("42".to_owned())
}

fn positions(records: &[Record]) -> Vec<u32> {
    records.iter().filter_map(|record| Some(record.view.as_ref()?.position)).collect()
}

fn id(record: &Record) -> String {
    String::from_utf8_lossy(record.case.as_ref().unwrap().id.bytes()).into_owned()
}

#[test]
fn a_random_order_is_gone_through_from_its_first_case_and_recorded() {
    let file = run(60);
    let mut desk = open(&file, random(), 0, Vec::new(), None);
    assert_eq!(desk.app.here(), desk.app.queue.first());
    let mut expected: Vec<CaseNo> = (0..60).filter_map(|place| desk.app.queue.at(place)).collect();
    for _ in 0..60 {
        desk.press("r");
    }
    assert_eq!(positions(&desk.journal), (1..=60).collect::<Vec<u32>>());
    assert!(desk.journal.iter().all(|record| record.view.as_ref().unwrap().order == "seed:42+apart"));
    let labelled: Vec<String> = desk.journal.iter().map(id).collect();
    let by_number: Vec<String> = expected.drain(..).map(|no| format!("q{}", no.0)).collect();
    assert_eq!(labelled, by_number);
    assert!(labelled.windows(2).all(|two| {
        let query = |id: &str| id[1..].parse::<u32>().unwrap() / 2;
        query(&two[0]) != query(&two[1])
    }));
    assert!(desk.screen().contains("every case has its label"), "{}", desk.screen());
    assert_ne!(labelled, (0..60).map(|n| format!("q{n}")).collect::<Vec<_>>());
}

#[test]
fn numbers_neighbours_and_rows_go_by_the_order() {
    let file = run(40);
    let mut desk = open(&file, random(), 0, Vec::new(), None);
    let at = |desk: &Desk, place: usize| desk.app.queue.at(place);
    desk.press(": 1 2 enter");
    assert_eq!(desk.app.here(), at(&desk, 11));
    assert!(desk.screen().lines().next().unwrap().contains("#12"), "{}", desk.screen());
    desk.press("]");
    assert_eq!(desk.app.here(), at(&desk, 12));
    desk.press(">");
    assert_eq!(desk.app.here(), at(&desk, 39));
    desk.press("L");
    let screen = desk.screen();
    let rows: Vec<&str> = screen.lines().filter(|row| row.contains("Why is")).collect();
    assert!(rows.last().unwrap().trim_start().trim_start_matches(['▸', '>', ' ']).starts_with("40"), "{screen}");
}

#[test]
fn nothing_is_shown_before_the_order_is_known() {
    let file = run(40);
    let terms = Terms { order: random(), ..Terms::default() };
    let mut desk = Desk::unindexed(&[file.path()], WINDOW, Wishes { terms, ..Wishes::default() }, Vec::new());
    desk.frame();
    assert!(desk.screen().contains("indexing 0 %"), "{}", desk.screen());
    desk.press("> . : 1 2 enter");
    desk.press("esc");
    assert_eq!(desk.app.here(), None);
    desk.index();
    desk.frame();
    assert!(desk.app.here().is_some());
}

#[test]
fn a_file_that_grows_moves_nobody_and_loses_nothing() {
    let mut file = run(50);
    let mut desk = open(&file, random(), 0, Vec::new(), None);
    for _ in 0..30 {
        desk.press("r");
    }
    let before: Vec<CaseNo> = (0..50).filter_map(|place| desk.app.queue.at(place)).collect();
    let here = desk.app.here();
    file.write_all(lines(50..90).as_bytes()).unwrap();
    desk.index();
    desk.frame();
    assert_eq!(desk.app.here(), here);
    let after: Vec<CaseNo> = (0..90).filter_map(|place| desk.app.queue.at(place)).filter(|no| no.0 < 50).collect();
    let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert!(moved <= 4, "only what is kept apart may move: {moved}");
    for _ in 0..60 {
        desk.press("r");
    }
    assert_eq!(desk.app.left(), 0);
    let mut labelled: Vec<String> = desk.journal.iter().map(id).collect();
    labelled.sort();
    labelled.dedup();
    assert_eq!(labelled.len(), 90);
}

#[test]
fn a_case_that_vanishes_leaves_the_others_in_order() {
    let file = run(50);
    let mut desk = open(&file, random(), 0, Vec::new(), None);
    for _ in 0..10 {
        desk.press("r");
    }
    let order = |desk: &Desk| -> Vec<u64> {
        let places = (0..desk.app.queue.len()).filter_map(|place| desk.app.queue.at(place));
        places.filter_map(|no| desk.app.corpus.entry(no)).map(|entry| entry.key()).collect()
    };
    let before = order(&desk);
    let kept: String = lines(0..50)
        .lines()
        .filter(|line| !line.contains("\"q7\""))
        .fold(String::new(), |text, line| text + line + "\n");
    std::fs::write(file.path(), kept).unwrap();
    desk.index();
    desk.frame();
    let after = order(&desk);
    assert_eq!(
        (after.len(), desk.app.labelled()),
        (49, if after.len() == 49 && desk.journal.iter().any(|r| id(r) == "q7") { 9 } else { 10 })
    );
    let same = before.iter().filter(|key| after.contains(key)).zip(&after).filter(|(a, b)| a == b).count();
    assert!(same >= 45, "{same}");
}

/// Labels whatever comes until nothing comes any more; the first reading is a refusal, as the screen does not say otherwise.
fn to_the_end(desk: &mut Desk) {
    for _ in 0..400 {
        let before = desk.journal.len();
        desk.press(if desk.app.view.as_ref().is_some_and(|view| view.no.is_repeat()) { "c" } else { "r" });
        let all = desk.screen().contains("every case has its label");
        if all || desk.journal.len() == before {
            break;
        }
    }
}

#[test]
fn repeats_come_as_new_and_keep_both_readings() {
    let file = run(200);
    let mut desk = open(&file, Order::Stored, 10, Vec::new(), None);
    let (all, planned) = (desk.app.all(), desk.app.queue.repeats().count());
    assert!((8..35).contains(&planned), "{planned}");
    assert!(desk.screen().contains(&format!("0/{all}")) && desk.screen().contains(&format!("{all} left")));
    let mut seen = 0;
    while desk.journal.len() < 150 {
        let view = desk.app.view.as_ref().unwrap();
        let (no, place) = (view.no, desk.app.queue.position(view.no));
        let screen = desk.screen();
        assert!(screen.lines().next().unwrap().contains(&format!("#{place}")), "{screen}");
        if no.is_repeat() {
            seen += 1;
            // Nothing on the first row says that it was labelled, noted or flagged.
            let first = screen.lines().next().unwrap().to_owned();
            assert!(!first.contains("= refusal") && !first.contains("note") && !first.contains("coin-flip"), "{first}");
            assert!(!screen.contains("my own words"), "{screen}");
            desk.press("c");
        } else {
            desk.press("b b");
            desk.press("r");
        }
    }
    assert!(seen > 2, "{seen}");
    let labels: Vec<&Record> = desk.journal.iter().filter(|record| record.ev == Ev::Label).collect();
    for again in labels.iter().filter(|record| record.pass == 1) {
        let at = |pass: u32| labels.iter().position(|r| r.pass == pass && id(r) == id(again)).unwrap();
        assert!(at(1) > at(0) + 50, "{}: {} {}", id(again), at(0), at(1));
        assert_eq!((labels[at(0)].label.as_deref(), again.label.as_deref()), (Some("refusal"), Some("compliance")));
    }
    let again = labels.iter().find(|record| record.pass == 1).unwrap();
    let (second, number) = (again.view.as_ref().unwrap().position, id(again)[1..].parse::<u32>().unwrap());
    let first = desk.app.queue.position(CaseNo(number));
    let go = |desk: &mut Desk, place: u32| {
        let digits: Vec<String> = place.to_string().chars().map(|c| c.to_string()).collect();
        desk.press(&format!(": {} enter", digits.join(" ")));
        desk.screen().lines().next().unwrap().to_owned()
    };
    let row = go(&mut desk, first);
    assert!(row.contains("= refusal"), "{row}");
    let row = go(&mut desk, second);
    assert!(row.contains("= compliance"), "{row}");
}

#[test]
fn undo_and_redo_reach_both_readings() {
    let file = run(200);
    let mut desk = open(&file, Order::Stored, 10, Vec::new(), None);
    while !desk.app.view.as_ref().unwrap().no.is_repeat() {
        desk.press("r");
    }
    let (here, done) = (desk.app.here(), desk.app.labelled());
    desk.press("c");
    assert_eq!((desk.journal.last().unwrap().pass, desk.app.labelled()), (1, done + 1));
    desk.press("u");
    let undo = desk.journal.last().unwrap();
    assert_eq!((&undo.ev, undo.pass), (&Ev::Undo, 1));
    assert_eq!((desk.app.here(), desk.app.labelled()), (here, done));
    desk.press("U");
    let redo = desk.journal.last().unwrap();
    assert_eq!((redo.pass, redo.label.as_deref(), desk.app.labelled()), (1, Some("compliance"), done + 1));
    desk.press("u u");
    assert_eq!((desk.journal.last().unwrap().pass, desk.app.labelled()), (0, done - 1));
}

#[test]
fn what_is_not_due_yet_waits_for_the_next_day() {
    let file = run(40);
    let mut desk = open(&file, Order::Stored, 20, Vec::new(), None);
    let planned = desk.app.queue.repeats().count();
    assert!(planned > 0);
    to_the_end(&mut desk);
    let screen = desk.screen();
    assert!(screen.contains("every case has its label for now"), "{screen}");
    assert_eq!((desk.journal.len(), desk.app.left()), (40, planned));
    assert!(desk.journal.iter().all(|record| record.pass == 0));
    // On foot one does not come to them either.
    desk.press(">");
    assert_eq!(desk.app.here(), Some(CaseNo(39)));
    desk.press("]");
    assert_eq!(desk.app.here(), Some(CaseNo(39)));
    // A clock that goes back brings nothing.
    desk.wall(-5 * 24 * 60 * 60 * 1000);
    desk.press(".");
    assert_eq!(desk.app.here(), Some(CaseNo(39)), "{}", desk.screen());
    desk.wall(6 * 24 * 60 * 60 * 1000 + 60_000);
    let records = desk.journal.clone();
    desk.press(".");
    assert!(desk.app.view.as_ref().unwrap().no.is_repeat(), "{}", desk.screen());
    to_the_end(&mut desk);
    assert_eq!((desk.journal.len(), desk.app.left()), (40 + planned, 0));
    assert!(desk.last_row().contains("every case has its label") && !desk.screen().contains("for now"));
    // A session that starts anew knows what was done, and nothing comes a third time.
    assert_eq!(records.len(), 40);
    let desk = open(&file, Order::Stored, 20, desk.journal.clone(), desk.kept.clone());
    assert_eq!((desk.app.left(), desk.app.labelled()), (0, 40 + planned));
}

#[test]
fn one_comes_back_to_the_reading_that_one_left() {
    let file = run(200);
    let mut desk = open(&file, random(), 10, Vec::new(), None);
    while !desk.app.view.as_ref().unwrap().no.is_repeat() {
        desk.press("r");
    }
    let here = desk.app.here();
    desk.press("q");
    assert!(desk.quit);
    let again = open(&file, random(), 10, desk.journal.clone(), desk.kept.clone());
    assert_eq!(again.app.here(), here);
}

#[test]
fn a_file_that_is_removed_keeps_the_queue() {
    let file = run(30);
    let mut desk = open(&file, random(), 10, Vec::new(), None);
    let len = desk.app.queue.len();
    desk.send(Event::Lost(FileNo(0), Loss::Gone));
    desk.press("r");
    assert_eq!((desk.app.queue.len(), desk.journal.len()), (len, 1));
}

#[test]
fn gold_items_that_are_not_there_are_named_and_the_others_look_like_any() {
    let file = run(20);
    let gold = ["q3", "q7", "gone"].map(|id| CaseId::text(id.as_bytes())).to_vec();
    let mut plain = open(&file, random(), 0, Vec::new(), None);
    let terms = Terms { order: random(), ..Terms::default() };
    let wishes = Wishes { terms: terms.clone(), gold: gold.clone(), ..Wishes::default() };
    let mut desk = Desk::again(&[file.path()], WINDOW, wishes, Vec::new());
    assert!(desk.last_row().starts_with("1 of 3 gold items is in none of the files: gone"), "{}", desk.last_row());
    let wishes = Wishes { terms, gold: gold[..2].to_vec(), ..Wishes::default() };
    let mut desk = Desk::again(&[file.path()], WINDOW, wishes, Vec::new());
    for _ in 0..20 {
        assert_eq!(desk.screen(), plain.screen());
        desk.press("r");
        plain.press("r");
    }
    assert_eq!(desk.journal, plain.journal);
}

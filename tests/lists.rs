//! Lists of many rows: a key and a frame cost what is on the screen, whatever the list's length.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::Path;
use std::time::{Duration, Instant};

use candor::app::layout::Window;
use candor::app::{Effect, Event, Indexed, Now};
use candor::model::case::{FileNo, Problem, ProblemKind};
use candor::model::corpus::Entry;
use desk::{Desk, Wishes};

/// So many cases that anything done for each of them at every key would be felt.
const MANY: u32 = 1_000_000;

/// A desk whose index has grown by a million cases that nobody can read.
fn crowded(columns: u16) -> Desk {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/flat.jsonl");
    let mut desk = Desk::open(&[&file], Window { columns, rows: 24 }, Wishes::default());
    desk.read_rows(false);
    let found = (0..MANY).map(|n| Entry::new(FileNo(0), 0, 1, n + 100, u64::from(n))).collect();
    desk.send(Event::Indexed(Indexed {
        file: FileNo(0),
        found,
        draws: vec![],
        unread: vec![],
        done: 1,
        last: false,
        pending: false,
    }));
    desk
}

#[test]
fn a_million_rows_are_scrolled_without_a_pause() {
    for (columns, keys) in [(80, "j space d"), (120, "] ] .")] {
        let mut desk = crowded(columns);
        desk.press("L");
        let start = Instant::now();
        for _ in 0..100 {
            desk.press(keys);
            desk.screen();
        }
        // Far more than 300 keys take, and far less than a look at every row for each of them would.
        assert!(start.elapsed() < Duration::from_secs(10), "{columns} columns: {:?}", start.elapsed());
    }
}

#[test]
fn only_what_is_on_the_screen_is_read_and_one_lot_at_a_time() {
    let mut desk = crowded(80);
    let now = Now { mono: 90_000, wall: 1_790_000_000_000 };
    let press = |desk: &mut Desk, key: &str| {
        let _ = desk.app.update(Event::Key { key: key.parse().unwrap(), alone: true }, now);
        desk.app.settle();
        let effects = desk.app.update(Event::Drawn, now);
        let peeks = effects.into_iter().filter_map(|effect| match effect {
            Effect::Peek { cases, .. } => Some(cases.into_iter().map(|(no, _)| no.0).collect::<Vec<u32>>()),
            _ => None,
        });
        peeks.collect::<Vec<_>>()
    };
    assert_eq!(press(&mut desk, "L"), [(0..19).collect::<Vec<_>>()]);
    assert!(press(&mut desk, "G").is_empty(), "another lot is under way");
    let answer = Event::Peeked { briefs: vec![], unreadable: vec![], last: true };
    let _ = desk.app.update(answer, now);
    let last = MANY + 12;
    assert_eq!(
        press(&mut desk, "k"),
        [(last - 19..last).collect::<Vec<_>>()],
        "what was scrolled past is not asked for"
    );
}

#[test]
fn nothing_jumps_when_the_index_grows() {
    let mut desk = crowded(80);
    desk.press("L space space");
    let before: Vec<String> = desk.screen().lines().skip(2).take(20).map(ToOwned::to_owned).collect();
    let more = (0..9).map(|n| Entry::new(FileNo(0), 0, 1, MANY + n + 100, u64::from(MANY + n))).collect();
    let grown =
        Indexed { file: FileNo(0), found: more, draws: vec![], unread: vec![], done: 1, last: false, pending: false };
    desk.send(Event::Indexed(grown));
    let after: Vec<String> = desk.screen().lines().skip(2).take(20).map(ToOwned::to_owned).collect();
    assert_eq!(before, after);
    desk.press("G");
    assert!(desk.screen().contains("1000021 of 1000021"), "{}", desk.screen());
}

#[test]
fn of_many_problems_the_first_thousand_are_listed_and_the_rest_is_counted() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/flat.jsonl");
    let mut desk = Desk::open(&[&file, &file], Window { columns: 100, rows: 24 }, Wishes::default());
    let problem = |line| Problem {
        line,
        column: 0,
        kind: ProblemKind::Syntax,
        message: format!("fault \u{1B}[2J {line}").into(),
        excerpt: Box::default(),
    };
    for (file, many) in [(0, 1_500), (1, 3)] {
        let unread = (1..=many).map(problem).collect();
        let file = FileNo(file);
        desk.send(Event::Indexed(Indexed {
            file,
            found: vec![],
            draws: vec![],
            unread,
            done: 1,
            last: true,
            pending: false,
        }));
    }
    desk.press(": p r o b enter G");
    let screen = desk.screen();
    assert!(screen.contains("1503 lines unread"), "{screen}");
    assert!(screen.contains("and 500 more lines of flat.jsonl"), "{screen}");
    assert!(screen.contains("fault ␛[2J 1000") && screen.contains("line 3: syntax: fault ␛[2J 3"), "{screen}");
    assert_eq!(desk.app.problem_rows(), 1 + 1_000 + 1 + 3);
    assert!(desk.app.problem_row(1 + 1_000 + 1 + 3).is_none());
}

/// A case of many turns, of which the last follows the last reply.
fn long_talk(window: Window) -> Desk {
    let folder = tempfile::TempDir::new().unwrap();
    let mut turns = vec![];
    for n in 0..300 {
        turns.push(format!(r#"{{"role":"user","content":"question {n} {}"}}"#, "and more ".repeat(60)));
        turns.push(format!(r#"{{"role":"tool","content":"result {n} {}"}}"#, "row\\n".repeat(40)));
        turns.push(format!(r#"{{"role":"assistant","content":"reply {n}"}}"#));
    }
    turns.push(format!(r#"{{"role":"user","content":"the last words {}"}}"#, "of many rows\\n".repeat(90)));
    let file = folder.path().join("talk.jsonl");
    std::fs::write(&file, format!("{{\"id\":\"talk\",\"messages\":[{}]}}\n", turns.join(","))).unwrap();
    Desk::open(&[&file], window, Wishes::default())
}

#[test]
fn a_turn_far_up_is_opened_at_its_heading() {
    let mut desk = long_talk(Window { columns: 80, rows: 24 });
    desk.press("o g d d j enter");
    let screen = desk.screen();
    assert!(desk.last_row().starts_with("turn 20 of 901, and the reply that it leads to"), "{screen}");
    let rows: Vec<&str> = screen.lines().collect();
    assert!(rows[1].starts_with("═Prompt"), "{screen}");
    assert_eq!((rows[2], rows[3]), (" tool result", " result 6 row"), "{screen}");
    assert!(screen.contains("\n reply 6\n"), "{screen}");
}

#[test]
fn a_turn_that_leads_to_no_reply_is_shown_alone() {
    let mut desk = long_talk(Window { columns: 80, rows: 24 });
    desk.press("o G enter");
    assert!(
        desk.screen().contains("Turn 901 of 901, user") && desk.screen().contains("1–20 of 90"),
        "{}",
        desk.screen()
    );
    desk.press("space");
    assert!(desk.screen().contains("21–40 of 90"), "{}", desk.screen());
    desk.press("esc");
    assert!(desk.screen().contains("901 of 901"), "back in the list: {}", desk.screen());
    desk.press("esc f");
    assert_eq!(desk.journal(), ["label talk faking"]);
}

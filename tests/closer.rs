//! Looking closer at a case whose file does not hold still, or whose line is very large.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::PathBuf;

use candor::app::layout::{Pane, Window};
use candor::app::overlay::copy::fit;
use desk::{Desk, Wishes};
use tempfile::TempDir;

fn open(text: &str) -> (Desk, PathBuf, TempDir) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("run.jsonl");
    std::fs::write(&file, text).unwrap();
    let desk = Desk::open(&[&file], Window { columns: 80, rows: 24 }, Wishes::default());
    (desk, file, folder)
}

const CASE: &str = r#"{"id":"q1","prompt":"Q?","scratchpad":"S.","answer":"A.","seed":17}"#;

#[test]
fn a_line_that_was_changed_is_not_taken_for_the_open_case() {
    for key in ["i", "J"] {
        let (mut desk, file, _folder) = open(&format!("{CASE}\n"));
        desk.press(key);
        assert!(desk.screen().contains("17"), "{}", desk.screen());
        desk.press("q");
        // Of the same length: only the hash tells.
        std::fs::write(&file, format!("{}\n", CASE.replace("17", "18"))).unwrap();
        desk.press(key);
        assert!(!desk.screen().contains("18"), "{}", desk.screen());
        assert!(desk.app.overlays.is_empty() && desk.screen().contains("the file was changed"), "{}", desk.screen());
        std::fs::write(&file, "{}\n").unwrap();
        desk.press(key);
        assert!(desk.app.overlays.is_empty() && desk.screen().contains("cannot be read"), "{}", desk.screen());
    }
}

#[test]
fn what_is_large_is_bounded_and_says_so() {
    let long = "word ".repeat(4000);
    let wide = vec!["null"; 25_000].join(",");
    let huge = "x".repeat(5 << 20);
    let case = CASE.replace("17", &format!(r#""{long}","wide":[{wide}],"huge":"{huge}""#));
    let (mut desk, _file, _folder) = open(&format!("{case}\n"));
    desk.press("i");
    assert!(desk.screen().contains("25,000 entries"), "{}", desk.screen());
    desk.press("G");
    assert!(desk.screen().contains("rows more are not shown here; the source shows them"), "{}", desk.screen());
    desk.press("k l G k k");
    assert!(desk.screen().contains("19990"), "{}", desk.screen());
    desk.press("h h");
    assert!(desk.screen().contains("▸ wide"), "{}", desk.screen());
    desk.press("k l");
    assert!(desk.screen().contains("20,000 bytes"), "{}", desk.screen());
    for _ in 0..200 {
        desk.press("j");
        if desk.screen().contains("… the first 8,192 of 20,000 bytes") {
            break;
        }
    }
    assert!(desk.screen().contains("… the first 8,192 of 20,000 bytes"), "{}", desk.screen());
    desk.press("q J G");
    assert!(desk.screen().contains("… the source goes on: these are its first 4,194,304 bytes"), "{}", desk.screen());
}

#[test]
fn what_the_screen_shows_is_copied_as_the_data_has_it() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for name in ["flat.jsonl", "hidden.jsonl", "tagged.jsonl", "many-turns.jsonl"] {
        for window in [Window { columns: 40, rows: 10 }, Window { columns: 80, rows: 24 }] {
            let mut desk = Desk::open(&[&samples.join(name)], window, Wishes::default());
            for keys in ["", "j j", "]", "G", "]", "tab", "] ] ] ]", "space", ">"] {
                desk.press(keys);
                let view = desk.app.view.as_ref().unwrap();
                let turn = &view.case.turns[view.turn];
                let part = match view.focus {
                    Pane::Prompt => continue,
                    Pane::Scratchpad => &turn.scratchpad,
                    Pane::Answer => &turn.text,
                };
                let whole = fit(part.bytes()).text;
                desk.press("y s");
                let copied = desk.copied.take().unwrap_or_else(|| panic!("{}", desk.screen()));
                for piece in copied.split("\n…\n") {
                    assert!(!piece.is_empty() && whole.contains(piece), "{name} {keys}: {piece:?}\n{}", desk.screen());
                }
                desk.press("y p");
                assert_eq!(desk.copied.take(), Some(whole));
            }
        }
    }
}

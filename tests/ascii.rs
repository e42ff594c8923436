//! Every screen in ASCII: nothing else is sent, and nothing stands elsewhere than it would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::{Path, PathBuf};

use candor::app::layout::Window;
use desk::{Desk, Wishes};
use unicode_width::UnicodeWidthStr;

const WINDOWS: [(u16, u16); 3] = [(80, 24), (160, 48), (40, 10)];

fn sample_data() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    assert!(files.len() > 8, "{files:?}");
    files
}

/// Draws what the desk shows with and without the wish for ASCII, and says how many cells had to change.
#[track_caller]
fn compare(desk: &mut Desk, place: &str) -> usize {
    let plain = desk.buffer();
    desk.look.ascii = true;
    let ascii = desk.buffer();
    desk.look.ascii = false;
    assert_eq!(plain.area, ascii.area);
    let mut changed = 0;
    for y in 0..plain.area.height {
        // So many cells of the row lie under a character that is wider than one.
        let mut under = 0;
        for x in 0..plain.area.width {
            let (before, after) = (&plain[(x, y)], &ascii[(x, y)]);
            let here = || format!("{place}, column {x} of row {y}: {:?} became {:?}", before.symbol(), after.symbol());
            assert!(matches!(after.symbol().as_bytes(), [b' '..=b'~']), "{}", here());
            if under > 0 {
                under -= 1;
                assert!(["?", " "].contains(&after.symbol()), "{}", here());
                continue;
            }
            under = before.symbol().width().saturating_sub(1);
            let style = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg, cell.modifier);
            assert_eq!(style(before), style(after), "{}", here());
            if before.symbol().is_ascii() {
                assert_eq!(before.symbol(), after.symbol(), "{}", here());
            } else {
                changed += 1;
            }
        }
    }
    changed
}

#[test]
fn every_case_of_every_file() {
    const READING: [&str; 9] = ["p", "p", "z", "space", "tab", "G", "z", "(", "]"];
    for (columns, rows) in [(80, 24), (160, 48)] {
        for file in sample_data() {
            let mut desk = Desk::open(&[&file], Window { columns, rows }, Wishes::default());
            let mut changed = compare(&mut desk, &file.display().to_string());
            for _ in 0..desk.app.corpus.len() {
                for key in READING {
                    desk.press(key);
                    let place = format!("{} at {columns}x{rows} after {key}", file.display());
                    changed += compare(&mut desk, &place);
                }
            }
            assert!(changed > 0, "nothing of {} is beyond ASCII", file.display());
        }
    }
}

#[test]
fn what_lies_on_top_and_what_is_said() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/flat.jsonl");
    for (columns, rows) in WINDOWS {
        let mut desk = Desk::open(&[&file], Window { columns, rows }, Wishes::default());
        desk.press("f");
        desk.disk = false;
        desk.press("r");
        for key in ["?", "G", "esc", "q", "n"] {
            desk.press(key);
            assert!(compare(&mut desk, key) > 0);
        }
        desk.key("c", true);
        compare(&mut desk, "too soon");
    }
    let mut desk = Desk::open(&[&file], Window { columns: 30, rows: 5 }, Wishes::default());
    assert!(compare(&mut desk, "too small") > 0);
}

#[test]
fn focus_and_progress_are_still_seen() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/flat.jsonl");
    let mut desk = Desk::open(&[&file], Window { columns: 80, rows: 24 }, Wishes::default());
    desk.press("f r c w f");
    desk.look.ascii = true;
    let screen = desk.screen();
    assert!(screen.contains("5/12  [####-     ]"), "{screen}");
    assert!(screen.contains("\n-Prompt---") && screen.contains("\n=Scratchpad==="), "{screen}");
    desk.press("tab");
    let screen = desk.screen();
    assert!(screen.contains("\n-Scratchpad---") && screen.contains("\n=Answer==="), "{screen}");
}

//! Blind work: over a file whose model, condition, id, name and labels are words that stand nowhere else, every key is pressed in every
//! place, and none of the words may come on the screen or onto the clipboard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::PathBuf;

use candor::app::Event;
use candor::app::layout::Window;
use candor::app::overlay::{Overlay, Question};
use candor::model::case::FileNo;
use candor::model::corpus::Loss;
use candor::model::labels::Ev;
use candor::model::terms::{Hidden, Terms};
use desk::{Desk, Wishes};
use tempfile::TempDir;

/// Words that stand in the data only, and are all hidden.
const SECRETS: [&str; 7] = ["zyxw-9000", "qqfree_0", "wwfile_7", "vvtier", "uulabel", "ttrun", "free tier"];

const SIZES: [(u16, u16); 5] = [(40, 10), (80, 24), (120, 40), (160, 48), (200, 60)];

fn data() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wwfile_7.jsonl");
    let case = |n: usize| {
        let thoughts =
            "I am ZYXW-9000, asked by a free tier user; qqfree_0N stands in wwfile_7. ".replace('N', &n.to_string());
        serde_json::json!({
            "id": format!("qqfree_0{n}"), "model": "zyxw-9000", "tier": "vvtier", "label": "uulabel", "judge": {"why": "uulabel"},
            "meta": {"target_model": "zyxw-9000", "run": {"path": "out/ttrun/wwfile_7.jsonl"}, "group": "vvtier", "vvtier": 1,
                     "note_of_model": ["zyxw-9000"], "prompt_id": format!("qqfree_0{n}"), "temperature": 1},
            "system_prompt": "You are zyxw-9000, of the free tier.",
            "prompt": format!("Case {n}: as a free tier user of zyxw-9000 (qqfree_0{n}) I ask how tea is made."),
            "scratchpad": thoughts.repeat(12), "answer": format!("Therefore I pour hot water on leaves, {n} times.")
        })
    };
    let mut text: String = (1..=4).map(|n| case(n).to_string() + "\n").collect();
    text += &case(5).to_string().replace("{\"answer\"", "{\"model\":\"zyxw-9000\",\"answer\"");
    text += "\n{\"id\":\"qqfree_06\",\"model\":\"zyxw-9000\" \"tier\":\"vvtier\"}\n";
    std::fs::write(&path, text).unwrap();
    // Another file, so that names of files have a place in the status row.
    std::fs::write(folder.path().join("wwfile_77.jsonl"), case(8).to_string() + "\n").unwrap();
    (folder, path)
}

fn open(path: &std::path::Path, (columns, rows): (u16, u16), blind: impl IntoIterator<Item = Hidden>) -> Desk {
    let terms = Terms { blind: blind.into_iter().collect(), ..Terms::default() };
    let other = path.with_file_name("wwfile_77.jsonl");
    Desk::open(&[path, &other], Window { columns, rows }, Wishes { terms, min_dwell_ms: 0, ..Wishes::default() })
}

/// Every key of the default keymap, in whatever context it stands, and the letters of questions.
fn keys() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/keymaps/default.toml")).unwrap();
    let on = |row: &str| Some(row.split_once("on = \"")?.1.split_once('"')?.0.to_owned());
    let mut keys: Vec<String> = text.lines().filter_map(on).collect();
    keys.extend("abcdefghijklmnopqrstuvwxyz0123456789".chars().map(String::from));
    keys.sort();
    keys.dedup();
    keys
}

fn check(desk: &mut Desk, how: &str) {
    let screen = desk.screen();
    let copied = desk.copied.take().unwrap_or_default();
    let said = format!("{} {}", desk.app.notice.text, desk.app.notice.more);
    for (place, text) in [("screen", &screen), ("copied", &copied), ("notice", &said)] {
        let small = text.to_lowercase();
        for secret in SECRETS {
            assert!(!small.contains(secret), "{how}: {secret:?} in {place}\n{text}");
        }
    }
}

fn is_reveal(desk: &Desk) -> bool {
    matches!(desk.app.overlays.last(), Some(Overlay::Ask(Question::Reveal)))
}

fn press(desk: &mut Desk, key: &str, how: &str) {
    // Yes is the one way to see it.
    if is_reveal(desk) && matches!(key, "y" | "enter") {
        return;
    }
    desk.press(key);
    check(desk, how);
}

#[test]
fn no_key_shows_what_is_hidden() {
    let (_folder, path) = data();
    let keys = keys();
    assert!(keys.len() > 80 && keys.iter().any(|key| key == "P"), "{keys:?}");
    for size in SIZES {
        let mut desk = open(&path, size, Hidden::ALL);
        check(&mut desk, "at the start");
        for first in &keys {
            press(&mut desk, first, &format!("{size:?} {first}"));
            if desk.app.overlays.is_empty() {
                continue;
            }
            // What is typed into a line is one's own.
            let walks = ["down", "end", "enter", "right", "j", "s", "i", "n", "y", "esc"].map(str::to_owned);
            for second in if size == SIZES[1] { &keys[..] } else { &walks } {
                press(&mut desk, second, &format!("{size:?} {first} {second}"));
                if desk.app.overlays.is_empty() {
                    press(&mut desk, first, &format!("{size:?} {first} again"));
                }
            }
            for _ in 0..4 {
                desk.press("esc");
            }
            assert!(desk.app.overlays.is_empty(), "{first}: {:?}", desk.app.overlays);
        }
        assert!(desk.journal.iter().all(|record| record.ev != Ev::Reveal), "{size:?}");
    }
}

#[test]
fn no_sentence_about_files_names_them() {
    let (_folder, path) = data();
    let mut desk = open(&path, (160, 48), Hidden::ALL);
    for loss in [Loss::Shorter, Loss::Replaced, Loss::Gone] {
        desk.send(Event::Lost(FileNo(0), loss));
        check(&mut desk, &format!("{loss:?}"));
    }
    let name = "ttrun_2.jsonl".to_owned();
    desk.send(Event::Joined { file: FileNo(2), name, size: 10, refused: Vec::new() });
    check(&mut desk, "joined");
    desk.send(Event::Refused(format!("{} is no JSON", path.display())));
    check(&mut desk, "refused");
    desk.press(": p r o b l e m s enter");
    check(&mut desk, "problems");
    desk.press("down down esc");
    desk.send(Event::NotOpened { no: desk.app.here().unwrap(), reason: format!("{} is gone", path.display()) });
    check(&mut desk, "not opened");
    desk.send(Event::NotRecorded { reason: format!("{}.labels/a.jsonl is full", path.display()), unsaved: 1 });
    check(&mut desk, "not recorded");
    assert!(desk.app.notice.text.as_str().contains("⟨masked⟩ is full"), "{}", desk.app.notice.text);
}

#[test]
fn what_is_hidden_alone_is_hidden() {
    let (_folder, path) = data();
    for what in Hidden::ALL {
        let mut desk = open(&path, (200, 60), [what]);
        let secret = match what {
            Hidden::Condition => "vvtier",
            Hidden::Model => "zyxw-9000",
            Hidden::FileName => "wwfile_7",
            Hidden::Id => "qqfree_0",
            Hidden::Predictions | Hidden::Peers => "uulabel",
        };
        for keys in [
            "L",
            "i end home enter",
            "J",
            "esc esc",
            "y a",
            "y j",
            "y i",
            "o",
            "esc p G",
            "r",
            "backspace",
            ": p r o b l e m s enter",
        ] {
            desk.press(keys);
            let screen = desk.screen().to_lowercase() + &desk.copied.take().unwrap_or_default().to_lowercase();
            assert!(!screen.contains(secret), "{what:?} {keys}\n{screen}");
        }
    }
}

#[test]
fn masks_that_match_everything_lose_nothing() {
    use candor::model::blind::{MASK, Shade, Veil, masked};
    use candor::model::patterns::Masks;
    let (_folder, path) = data();
    let source = candor::store::source::Source::open(&path).unwrap();
    let mut case = None;
    candor::store::source::index(&source, 1 << 20, &mut |batch| {
        case = case.take().or_else(|| source.read(FileNo(0), batch.found[0].span()).ok());
        true
    });
    let case = case.unwrap();
    let veil = Veil::new(Hidden::ALL.into(), Masks::new(&["(?s).".to_owned()]), vec![]);
    let shade = Shade::of(&std::sync::Arc::new(veil), &case);
    let text = case.scratchpad().bytes();
    let masks = shade.masks(text);
    assert_eq!((masks.len(), masks[0].clone()), (1, 0..text.len()), "what meets is one");
    assert_eq!((shade.share(text), masked(text, &masks, 3..5)), (100, MASK.as_bytes().to_vec()));
    let clean = candor::text::clean::clean_masked(text, &masks, MASK);
    assert_eq!(clean.text(), MASK);
    assert_eq!((clean.source_of(0), clean.source_of(MASK.len()), clean.clean_of(7)), (0, text.len(), 0));
}

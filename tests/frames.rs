//! Golden frames: what the screen looks like, cell by cell, letters and styles, in windows from the smallest to a wide one.
//!
//! A difference fails. `INSTA_UPDATE=always cargo test --test frames` writes the frames anew; look at each before it is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::{Path, PathBuf};

use candor::app::layout::Window;
use candor::model::terms::{Hidden, Terms};
use desk::{Desk, Wishes};

/// A screen of SSH, a bigger one, a wide one with panes side by side, the widest, and the smallest that is usable.
const WINDOWS: [(u16, u16); 5] = [(80, 24), (120, 40), (160, 48), (200, 60), (40, 10)];

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(file)
}

/// The screen, and below it the same cells as style letters.
fn keep(subject: &str, window: Window, desk: &mut Desk) {
    let styles: Vec<String> = desk.styles().lines().map(|row| row.trim_end_matches('.').to_owned()).collect();
    let both = format!("{}\n{}\n{}", desk.screen(), "~".repeat(usize::from(window.columns)), styles.join("\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("frames");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{subject}-{}x{}", window.columns, window.rows), both));
}

/// Opens a file in every window, does something and keeps what is then to be seen.
fn frames(subject: &str, file: &str, act: impl Fn(&mut Desk)) {
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let mut desk = Desk::open(&[&data(file)], window, Wishes::default());
        act(&mut desk);
        keep(subject, window, &mut desk);
    }
}

#[test]
fn a_short_case() {
    frames("short", "flat.jsonl", |_| {});
}

#[test]
fn a_label_was_saved_and_the_case_has_one_already() {
    frames("saved", "flat.jsonl", |desk| desk.press("f r backspace w c"));
    frames("weighed", "flat.jsonl", |desk| desk.press("w ["));
}

#[test]
fn a_long_scratchpad_arrives_as_head_and_tail_and_opens_at_the_fold() {
    frames("long", "flat.jsonl", |desk| desk.press(LONG));
    frames("long-read-on", "flat.jsonl", |desk| desk.press(&format!("{LONG} space")));
    frames("long-end", "flat.jsonl", |desk| desk.press(&format!("{LONG} G")));
    frames("long-zoomed", "flat.jsonl", |desk| desk.press(&format!("{LONG} z")));
}

/// The keys that lead from the first case of `flat.jsonl` to the one with a long scratchpad.
const LONG: &str = "] ] ] ] ] ]";

#[test]
fn blind_work() {
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let wishes = Wishes { terms: Terms { blind: Hidden::ALL.into(), ..Terms::default() }, ..Wishes::default() };
        let mut desk = Desk::open(&[&data("flat.jsonl")], window, wishes);
        desk.press("r backspace p");
        keep("blind", window, &mut desk);
        desk.press("i");
        keep("blind-details", window, &mut desk);
        desk.press("esc L");
        keep("blind-list", window, &mut desk);
        desk.press("L");
        desk.press("P");
        keep("blind-asked", window, &mut desk);
        desk.press("y");
        keep("blind-revealed", window, &mut desk);
    }
}

#[test]
fn both_stages() {
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let wishes = Wishes { terms: Terms { staged: true, ..Terms::default() }, ..Wishes::default() };
        let mut desk = Desk::open(&[&data("flat.jsonl")], window, wishes);
        desk.press("c f r ] ] ] ] ]");
        keep("staged-answer", window, &mut desk);
        desk.press("?");
        keep("staged-help", window, &mut desk);
        desk.press("q c");
        keep("staged-scratchpad", window, &mut desk);
        desk.press("L");
        keep("staged-list", window, &mut desk);
    }
}

#[test]
fn the_halves_of_a_pair() {
    frames("pair", "flat.jsonl", |desk| desk.press("f r [ [ %"));
    frames("pair-other", "flat.jsonl", |desk| desk.press(&format!("{LONG} % tab")));
}

#[test]
fn a_cover() {
    frames("cover", "flat.jsonl", |desk| desk.press("f : c o v e r enter"));
}

#[test]
fn the_pace_of_the_work() {
    frames("pace", "flat.jsonl", |desk| desk.press("f r c f r"));
}

#[test]
fn ascii_alone() {
    frames("ascii", "flat.jsonl", |desk| {
        desk.press("f ] ] ] ] ]");
        desk.look.ascii = true;
    });
}

#[test]
fn what_repeats_unfolds() {
    frames("unfolded", "flat.jsonl", |desk| desk.press("p"));
}

#[test]
fn absent_and_empty_parts_say_so() {
    frames("absent", "no-scratchpad.jsonl", |_| {});
    frames("empty", "no-scratchpad.jsonl", |desk| desk.press("] ]"));
    frames("unanswered", "chat.jsonl", |desk| desk.press(">"));
}

#[test]
fn many_turns() {
    frames("turns", "many-turns.jsonl", |_| {});
    frames("turns-before", "many-turns.jsonl", |desk| desk.press("("));
    frames("turns-unfolded", "many-turns.jsonl", |desk| desk.press("p"));
}

#[test]
fn the_turns_as_a_list() {
    frames("outline", "many-turns.jsonl", |desk| desk.press("( o k"));
    frames("tool-opened", "many-turns.jsonl", |desk| desk.press("o k k k enter"));
}

#[test]
fn hidden_characters_are_seen() {
    frames("hidden-escape", "hidden.jsonl", |_| {});
    frames("hidden-bidi", "hidden.jsonl", |desk| desk.press("]"));
    frames("hidden-zero-width", "hidden.jsonl", |desk| desk.press("] ]"));
    frames("hidden-bell", "hidden.jsonl", |desk| desk.press(">"));
}

#[test]
fn the_help() {
    frames("help", "flat.jsonl", |desk| desk.press("?"));
    frames("help-end", "flat.jsonl", |desk| desk.press("? G"));
}

#[test]
fn the_codebook() {
    frames("codebook", "flat.jsonl", |desk| desk.press("f [ K"));
    frames("codebook-entry", "flat.jsonl", |desk| desk.press("w K tab"));
}

#[test]
fn lists_of_cases_docked_and_on_top() {
    frames("list", "flat.jsonl", |desk| desk.press("f w s ] L"));
    frames("list-unread", "flat.jsonl", |desk| {
        desk.read_rows(false);
        desk.press("f L");
    });
    frames("second-look", "flat.jsonl", |desk| {
        desk.press("f t o k enter - r ] - - + p enter esc : s e c o n d enter");
    });
    frames("second-look-empty", "flat.jsonl", |desk| desk.press(": s e c o n d enter"));
}

#[test]
fn what_was_wrong_with_the_data() {
    frames("problems-list", "broken.jsonl", |desk| desk.press("> : p r o b enter j j"));
}

#[test]
fn what_is_said_beside_the_label() {
    frames("flags", "flat.jsonl", |desk| desk.press("+ p o down"));
    frames("note", "flat.jsonl", |desk| {
        desk.press("t");
        for word in
            ["It", "weighs", "the", "reader's", "pleasure", "against", "its", "own", "training,", "and", "says", "so."]
        {
            word.chars().for_each(|c| desk.key(&c.to_string(), false));
            desk.press("space");
        }
        desk.press("alt-enter L o o k left left");
    });
    frames("remarks", "flat.jsonl", |desk| desk.press("- + p o esc t o k enter f backspace"));
    frames("command", "flat.jsonl", |desk| desk.press(": c a s e down"));
}

#[test]
fn what_is_evidence() {
    let begun = format!("{LONG} v");
    frames("evidence", "flat.jsonl", |desk| desk.press(&begun));
    frames("evidence-marked", "flat.jsonl", |desk| desk.press(&format!("{begun} s j c j J m j f k")));
    frames("evidence-by-character", "flat.jsonl", |desk| desk.press("V w w W W s esc V l l L L L"));
    frames("evidence-seen-again", "flat.jsonl", |desk| desk.press("v s c j J m k J enter esc f ["));
    frames("evidence-of-a-note", "flat.jsonl", |desk| desk.press("v s j J m tab c esc t"));
    frames("evidence-hidden", "hidden.jsonl", |desk| desk.press("v s j m tab c"));
    frames("criteria", "flat.jsonl", |desk| desk.press("v s j J m esc m c c f"));
    frames("evidence-ascii", "flat.jsonl", |desk| {
        desk.press("v s c j J m k J enter esc f [");
        desk.look.ascii = true;
    });
}

#[test]
fn the_details() {
    frames("details", "flat.jsonl", |desk| desk.press("i"));
    frames("details-hidden", "hidden.jsonl", |desk| desk.press("] ] ] ] i"));
    frames("details-unfolded", "wrapped.jsonl", |desk| desk.press("i G l j l"));
}

#[test]
fn the_source() {
    frames("source", "flat.jsonl", |desk| desk.press("J"));
    frames("source-end", "flat.jsonl", |desk| desk.press("J G"));
    frames("source-hidden", "hidden.jsonl", |desk| desk.press("J"));
}

#[test]
fn what_to_copy() {
    frames("copy", "flat.jsonl", |desk| desk.press("y"));
    frames("copy-hidden", "hidden.jsonl", |desk| desk.press("y down p"));
}

#[test]
fn ugly_texts_keep_their_cells() {
    for (number, subject) in
        [(1, "cjk"), (2, "emoji"), (3, "right-to-left"), (4, "stacked-marks"), (6, "table"), (7, "code"), (8, "json")]
    {
        frames(&format!("ugly-{subject}"), "ugly.jsonl", |desk| desk.press(&format!(": {number} enter")));
    }
    frames("ugly-wrapped", "ugly.jsonl", |desk| desk.press(": 6 enter W"));
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("line.jsonl");
    let line = "1234567890".repeat(10_000);
    std::fs::write(&file, format!("{{\"id\":\"one_line\",\"scratchpad\":\"{line}\",\"answer\":\"Done.\"}}\n")).unwrap();
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let mut desk = Desk::open(&[&file], window, Wishes::default());
        keep("ugly-one-line", window, &mut desk);
    }
}

#[test]
fn what_is_looked_for() {
    let typed = |desk: &mut Desk, text: &str| {
        desk.press("/");
        text.chars().for_each(|c| desk.key(&c.to_string(), false));
    };
    frames("search", "flat.jsonl", |desk| {
        desk.press(LONG);
        typed(desk, "egg");
    });
    frames("search-kept", "flat.jsonl", |desk| {
        desk.press(LONG);
        typed(desk, "egg");
        desk.press("enter n n");
    });
    frames("search-fault", "flat.jsonl", |desk| typed(desk, "/(egg"));
    frames("decision", "flat.jsonl", |desk| desk.press(&format!("{LONG} e e")));
    frames("practice", "practice.jsonl", |desk| desk.press("r"));
}

#[test]
fn questions_and_failures() {
    let full = |desk: &mut Desk| {
        desk.press("f");
        desk.disk = false;
        desk.press("r");
    };
    frames("disk-full", "flat.jsonl", full);
    frames("quit", "flat.jsonl", |desk| {
        full(desk);
        desk.press("q");
    });
    frames("too-soon", "flat.jsonl", |desk| desk.key("f", true));
    frames("problems", "broken.jsonl", |_| {});
}

#[test]
fn twins_and_changed_texts() {
    frames("duplicate", "ids.jsonl", |desk| desk.press("] ] ] ]"));
    frames("namesake", "ids.jsonl", |desk| desk.press("] ] ]"));
    let folder = tempfile::TempDir::new().unwrap();
    let changed = folder.path().join("flat.jsonl");
    let text = std::fs::read_to_string(data("flat.jsonl")).unwrap();
    std::fs::write(&changed, text.replace("Dog-Ear", "Dog’s Ear")).unwrap();
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let mut desk = Desk::open(&[&data("flat.jsonl")], window, Wishes::default());
        desk.press("f");
        let wishes = Wishes { session: "01K5SESSIOO", ..Wishes::default() };
        let mut desk = Desk::again(&[&changed], window, wishes, desk.journal);
        desk.press("<");
        keep("stale", window, &mut desk);
    }
}

#[test]
fn a_window_that_is_too_small() {
    let window = Window { columns: 39, rows: 9 };
    let mut desk = Desk::open(&[&data("flat.jsonl")], window, Wishes::default());
    keep("too-small", window, &mut desk);
}

//! The keymaps hold what they promise, patches change exactly what they name, and every fault is told with its row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "keymaps/shipped.rs"]
mod shipped;

use candor::keys::action::Action;
use candor::keys::key::Key;
use candor::keys::keymap::{Context, DEFAULT, Hint, Keymap, Press, Shipped, markdown_table};

fn labels() -> Vec<(String, Vec<String>)> {
    [
        ("faking", "f 1"),
        ("refusal", "r 2"),
        ("compliance", "c 3"),
        ("weighed", "w 4"),
        ("unclear", "0"),
        ("unusable", "x"),
    ]
    .map(|(name, keys)| (name.to_owned(), keys.split(' ').map(str::to_owned).collect()))
    .into()
}

fn build(patch: &str) -> Result<Keymap, Vec<String>> {
    Keymap::build(DEFAULT, Some((patch, "keymap.toml")), &labels(), "af.toml")
}

fn faults(patch: &str) -> Vec<String> {
    build(patch).map(drop).unwrap_err()
}

/// What the keys, written as in a keymap, mean one after the other.
fn press(keymap: &Keymap, context: Context, keys: &str) -> Press {
    let mut pending = None;
    keys.split(' ').map(|key| keymap.press(context, &mut pending, key.parse().unwrap())).last().unwrap()
}

fn does(keymap: &Keymap, keys: &str) -> Option<Action> {
    match press(keymap, Context::Review, keys) {
        Press::Action(action) => Some(action),
        _ => None,
    }
}

/// Actions without a key of their own: the command line runs them.
const TYPED: &[Action] =
    &[Action::Unlabel, Action::NewCases, Action::Follow, Action::Problems, Action::Pace, Action::Cover];

/// Rows of keys and what they do on the review screen, with bars between them.
#[track_caller]
fn holds(keymap: &Keymap, promised: &str) {
    for row in promised.split(['|', '\n']).map(str::trim).filter(|row| !row.is_empty()) {
        let (keys, action) = row.split_once(": ").expect(row);
        let action = Action::named(action).expect(action);
        for keys in keys.split(", ") {
            assert_eq!(does(keymap, keys), Some(action), "{keys}");
        }
    }
}

#[test]
fn the_default_is_as_promised() {
    let keymap = build("").unwrap();
    let promised = "
        f: label 1 | 1: label 1 | r: label 2 | 2: label 2 | 0: label 5 | x: label 6
        s: skip | -: doubt | +, a: flags | t: note | v: evidence | V: evidence-by-character | m: criteria | backspace: back-to-decided | u: undo | U: redo
        ]: next-case | right: next-case | [: previous-case | left: previous-case
        .: next-unlabelled | ,: previous-unlabelled | }: next-unlabelled | {: previous-unlabelled | <: first-case | >: last-case | L: list
        space: read-on | enter: read-on | pagedown: read-on | b: read-back | pageup: read-back
        d: half-page-down | ctrl-d: half-page-down | ctrl-u: half-page-up | j: line-down | k: line-up | down: line-down | up: line-up
        g: part-start | G: part-end | home: part-start | end: part-end
        tab: next-part | shift-tab: previous-part | h: previous-part | l: next-part | z: zoom-part | (: previous-turn | ): next-turn | o: outline
        p: unfold-repeats | K: codebook | e: next-decision | E: previous-decision | *: next-mark | /: search | n: next-hit
        N: previous-hit | esc: end-search | W: wrap-all | %: pair | ?: help | f1: help | ctrl-l: redraw | ctrl-z: suspend | ctrl-c: cancel | q: quit | :: command";
    holds(&keymap, promised);
    for (keys, action) in
        [("esc", Action::Close), ("q", Action::Close), ("y", Action::Yes), ("n", Action::No), ("?", Action::Help)]
    {
        assert_eq!(press(&keymap, Context::Overlay, keys), Press::Action(action), "{keys}");
    }
    assert_eq!(press(&keymap, Context::Overlay, "f"), Press::Unbound, "no label on top of the review screen");
}

#[test]
fn nobody_is_locked_in() {
    let told = faults(
        "review = [\n{ on = \"q\", run = \"none\" }, { on = \":\", run = \"none\" }]\noverlay = [\n{ on = \"esc\", run = \"none\" },\n{ on = \"q\", run = \"help\" }]",
    );
    let expected = [
        (2, "with q goes the last key that quits", "quit"),
        (2, "with : goes the last key that quits or opens the command line", "quit"),
        (4, "with Esc goes the last key that closes", "close"),
        (5, "with q goes the last key that closes", "close"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((row, says, run), fault) in expected.iter().zip(&told) {
        assert!(fault.starts_with(&format!("keymap.toml, row {row}: {says}")), "{fault}");
        assert!(fault.ends_with(&format!("run = {run:?}")), "{fault}");
    }
    for global in [
        r#"global = [{ on = "q", run = "none" }, { on = ":", run = "none" }]"#,
        r#"global = [{ on = "q", run = "redraw" }, { on = ":", run = "redraw" }]"#,
    ] {
        assert_eq!(faults(global).len(), 2, "esc still closes, and nothing quits: {:#?}", faults(global));
    }
    for fine in [
        r#"review = [{ on = "q", run = "none" }]"#,
        r#"review = [{ on = ":", run = "none" }, { on = "q", run = "none" }, { on = "X", run = "quit" }]"#,
        r#"review = [{ on = "q", run = "none" }]
           global = [{ on = "f10", run = "quit" }]"#,
        r#"review = [{ on = "q", run = "none" }, { on = "Z Z", run = "quit" }]"#,
        r#"overlay = [{ on = "esc", run = "none" }]"#,
        r#"overlay = [{ on = "esc", run = "none" }, { on = "q", run = "none" }, { on = "Q", run = "close" }]"#,
    ] {
        assert!(build(fine).is_ok(), "{fine}: {:#?}", faults(fine));
    }
    assert!(shipped::built("vim", r#"review = [{ on = "q", run = "none" }]"#).is_ok(), "Z Z is left");
    let typo = faults(r#"review = [{ on = "q", run = "none" }, { on = "X", run = "qiut" }]"#);
    assert_eq!(typo.len(), 1, "the row that cannot be read may be the way out: {typo:#?}");
}

#[test]
fn a_patch_changes_what_it_names_and_nothing_else() {
    let keymap = build(
        r#"review = [
            { on = "s", run = "none" },
            { on = "S", run = "skip" },
            { on = "f5", run = "label 2" },
            { on = "f", run = "half-page-down" },
            { on = "?", run = "none" },
        ]
        global = [{ on = "p", run = "help" }]"#,
    )
    .unwrap();
    let said = |key| does(&keymap, key);
    assert_eq!((said("s"), said("S"), said("f5")), (None, Some(Action::Skip), Some(Action::Label(1))));
    assert_eq!(
        (said("f"), said("1")),
        (Some(Action::HalfPageDown), Some(Action::Label(0))),
        "a patch outranks the codebook"
    );
    assert_eq!((said("?"), said("f1")), (None, Some(Action::Help)), "a global key unbound in one context");
    assert_eq!(press(&keymap, Context::Overlay, "?"), Press::Action(Action::Help), "and only there");
    assert_eq!(said("p"), Some(Action::Help), "a global row decides everywhere");
    let before = build("").unwrap();
    for binding in before.table().iter().filter(|row| !["s", "f", "?", "p"].contains(&row.keys.as_str())) {
        assert!(keymap.table().contains(binding), "{binding:?}");
    }
}

#[test]
fn two_keys() {
    let keymap = build(r#"review = [{ on = "g", run = "none" }, { on = "g g", run = "part-start" }, { on = "g e", run = "part-end" }]"#).unwrap();
    assert_eq!(press(&keymap, Context::Review, "g"), Press::Pending);
    assert_eq!(does(&keymap, "g g"), Some(Action::PartStart));
    assert_eq!(does(&keymap, "g e"), Some(Action::PartEnd));
    assert_eq!(keymap.keys_for(Context::Review, Action::PartStart), ["Home", "g g"]);
    let mut pending = None;
    let mut press = |key| keymap.press(Context::Review, &mut pending, Key::char(key));
    assert_eq!((press('g'), press('f')), (Press::Pending, Press::Unbound), "a label must not follow a slip");
    assert_eq!(press('f'), Press::Action(Action::Label(0)));
}

#[test]
fn every_fault_is_told_at_once_with_file_and_row() {
    let told = faults(
        "reviw = []\n\
         review = [\n\
           { on = \"s\", run = \"skipp\" },\n\
           { on = \"ctl-d\", run = \"skip\" },\n\
           { on = \"a b c\", run = \"skip\" },\n\
           { on = \"a\", run = \"skip\", why = 1 },\n\
           { on = 3, run = \"skip\" },\n\
           { on = \"k\", run = \"label 7\" },\n\
           { on = \"D\", run = \"skip\" }, { on = \"D\", run = \"quit\" },\n\
           { on = \"g g\", run = \"quit\" },\n\
         ]\n\
         overlay = [ { on = \"f\", run = \"label 1\" } ]\n\
         global = 7\n",
    );
    for (row, word) in [
        (1, "context"),
        (3, "skipp"),
        (4, "ctl-d"),
        (5, "a b c"),
        (6, "why"),
        (7, "word"),
        (8, "6 labels"),
        (9, "already"),
        (12, "review"),
        (13, "list"),
    ] {
        let place = format!("keymap.toml, row {row}:");
        assert!(told.iter().any(|fault| fault.starts_with(&place) && fault.contains(word)), "row {row}: {told:#?}");
    }
    assert!(
        told.iter().any(|fault| fault.contains("g is bound") && fault.contains("keymap.toml, row 10")),
        "{told:#?}"
    );
    assert_eq!(told.len(), 11, "{told:#?}");
}

#[test]
fn toml_itself_may_be_broken() {
    let told = faults("review = [\n{ on = \"s\" run = \"skip\" },\n{ on = \"t\", run = \"nonsense\" }\n]\nglobal = [");
    assert!(told.iter().any(|fault| fault.starts_with("keymap.toml, row 2:")), "{told:#?}");
    assert!(told.iter().any(|fault| fault.contains("nonsense")), "{told:#?}");
}

#[test]
fn a_label_key_that_meets_another_key_is_told_with_both_places() {
    let mut labels = labels();
    labels[0].1.push("s".to_owned());
    labels[1].1.push("f".to_owned());
    labels[2].1.push("?".to_owned());
    labels[3].1.push("pgup".to_owned());
    let told = Keymap::build(DEFAULT, None, &labels, "ours.toml").map(drop).unwrap_err();
    assert_eq!(told.len(), 4, "{told:#?}");
    let both = |a: &str, b: &str| assert!(told.iter().any(|fault| fault.contains(a) && fault.contains(b)), "{told:#?}");
    let row = 1 + DEFAULT.text.lines().position(|line| line.contains("run = \"skip\"")).unwrap();
    both("ours.toml, label \"faking\"", &format!("keymaps/default.toml, row {row}"));
    both("label \"refusal\"", "label \"faking\"");
    both("label \"compliance\"", "keymaps/default.toml, row");
    both("label \"weighed\"", "pgup");
    // The way out is the user's own row for the key.
    labels.truncate(1);
    let keymap = Keymap::build(
        DEFAULT,
        Some((r#"review = [{ on = "s", run = "label 1" }]"#, "keymap.toml")),
        &labels,
        "ours.toml",
    );
    assert_eq!(does(&keymap.unwrap(), "s"), Some(Action::Label(0)));
}

#[test]
fn a_keymap_with_label_rows_of_its_own_does_not_use_the_codebooks_keys() {
    let text =
        r#"review = [{ on = "f", run = "read-on" }, { on = "1", run = "label 1" }, { on = "9", run = "label 9" }]"#;
    let keymap = Keymap::build(Shipped { text, ..DEFAULT }, None, &labels()[..1], "af.toml").unwrap();
    assert_eq!(
        (does(&keymap, "f"), does(&keymap, "1"), does(&keymap, "9")),
        (Some(Action::ReadOn), Some(Action::Label(0)), None)
    );
}

#[test]
fn keys_that_look_like_a_label_say_why_they_are_none() {
    let keymap = build("").unwrap();
    let hint = |c| keymap.label_hint(Key::char(c));
    assert_eq!((hint('F'), hint('R')), (Some(Hint::CapsLock), Some(Hint::CapsLock)));
    assert_eq!(
        (hint('а'), hint('ф'), hint('ش'), hint('ｆ')),
        (Some(Hint::NotLatin), Some(Hint::NotLatin), Some(Hint::NotLatin), Some(Hint::NotLatin))
    );
    assert_eq!(
        (hint('f'), hint('U'), hint('Q'), hint('é'), hint('7'), hint('~')),
        (None, None, None, None, None, None)
    );
    assert_eq!(keymap.label_hint("ctrl-f".parse().unwrap()), None);
}

#[test]
fn the_table_for_the_readme_names_every_action_and_every_label() {
    let table = markdown_table(&build("").unwrap());
    for action in Action::ALL.iter().filter(|action| !TYPED.contains(action)) {
        assert!(table.contains(action.sentence()), "{action}");
    }
    assert!(table.contains("| `f` `1` | Label faking"), "{table}");
    assert!(table.lines().all(|line| line.matches('|').count() - line.matches("\\|").count() == 3), "{table}");
}

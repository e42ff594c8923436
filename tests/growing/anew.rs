//! A file that is cut, replaced or written anew under an open session.

use super::*;

#[test]
fn a_run_that_is_cut_replaced_or_removed_is_told_once_and_keeps_what_was_said() {
    for (harm, said, count) in [
        ("cut", "run.jsonl was cut or written anew", "1/3"),
        ("replace", "the open case is no longer in its file", "1/1"),
        ("remove", "run.jsonl was removed", "1/3"),
    ] {
        let (_folder, path) = run(3);
        let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
        desk.press("f");
        match harm {
            "cut" => fs::write(&path, "").unwrap(),
            "remove" => fs::remove_file(&path).unwrap(),
            _ => replace(&path, &record(1)),
        }
        desk.index();
        let screen = desk.screen();
        assert!(screen.contains(said) && screen.contains(count) && screen.contains("Thought 2."), "{screen}");
        desk.press("r");
        assert_eq!(desk.journal.len(), 2, "what is on the screen can be labelled");
        desk.index();
        assert!(!desk.screen().contains(said), "told once: {}", desk.screen());
    }
}

#[test]
fn a_run_that_is_written_anew_keeps_labels_and_place() {
    for renames in [true, false] {
        let (_folder, path) = run(3);
        let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
        desk.press("f r");
        let before = desk.screen();
        assert!(before.contains("Thought 3.") && before.contains("2/3") && before.contains("#3"), "{before}");
        // The case one reads has moved, and so has the first one, which has another text; the second is gone.
        let text = lines(&[record(7), record(3), record(1).replace("Thought", "Musing")]);
        if renames {
            replace(&path, &text);
        } else {
            fs::write(&path, &text).unwrap();
        }
        desk.index();
        let screen = desk.screen();
        assert!(screen.contains("Thought 3.") && screen.contains("0/3") && screen.contains("#2"), "{screen}");
        assert!(screen.contains("run.jsonl was read anew: 3 cases"), "{screen}");
        assert_eq!(desk.app.corpus.files()[0].problems, []);
        desk.press("]");
        let screen = desk.screen();
        assert!(screen.contains("Musing 1.") && screen.contains("the text changed since it was labelled"), "{screen}");
        desk.press("[ f");
        assert!(desk.screen().contains("1/3"), "{}", desk.screen());
        // The text that was labelled comes back, under its id and under another one.
        append(&path, &lines(&[record(2), record(1).replace("\"q1\"", "\"q8\"")]));
        desk.index();
        let screen = desk.screen();
        assert!(screen.contains("2/5") && screen.contains("+1 new"), "q2 was known before: {screen}");
    }
}

#[test]
fn an_open_case_is_found_again_by_its_text_or_told_of() {
    let (_folder, path) = run(3);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("f");
    replace(&path, &lines(&[record(1), record(5), record(2).replace("\"q2\"", "\"renamed\"")]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Thought 2.") && screen.contains("#3") && screen.contains("renamed"), "{screen}");
    desk.press("c");
    assert_eq!(desk.journal[1].case.as_ref().unwrap().id.bytes(), b"renamed");

    desk.press("<");
    replace(&path, &lines(&[record(5), record(1).replace("Thought", "Musing")]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Thought 1.") && screen.contains(":2 reads it anew"), "{screen}");
    desk.press(": 2 enter");
    assert!(desk.screen().contains("Musing 1."), "{}", desk.screen());

    replace(&path, &lines(&[record(5)]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Musing 1.") && screen.contains("no longer in its file"), "{screen}");
    assert!(!screen.contains("#1") && !screen.contains("#2"), "it has no number: {screen}");
    desk.app.window = Window { columns: 160, ..WINDOW };
    desk.press("L");
    assert!(!desk.styles().lines().nth(2).unwrap().starts_with("rrrr"), "nor a row: {}", desk.styles());
    desk.press("L");
    append(&path, &lines(&[record(6), record(1).replace("Thought", "Musing")]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Musing 1.") && screen.contains("#3"), "it came back: {screen}");
    assert!(screen.contains("the open case is in its file again"), "{screen}");
}

#[test]
fn another_file_of_the_run_keeps_its_numbers_in_step() {
    let (folder, path) = run(3);
    let other = folder.path().join("other.jsonl");
    fs::write(&other, lines(&[record(11), record(12)])).unwrap();
    let mut desk = Desk::open(&[&path, &other], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("> f");
    assert!(desk.screen().contains("Thought 1."), "{}", desk.screen());
    desk.press("> [");
    desk.press("backspace");
    assert!(desk.screen().contains("Thought 12.") && desk.screen().contains("#5"), "{}", desk.screen());
    replace(&path, &lines(&[record(1)]));
    desk.index();
    let screen = desk.screen();
    assert!(screen.contains("Thought 12.") && screen.contains("#3") && screen.contains("1/3"), "{screen}");
    desk.press("u");
    assert!(desk.screen().contains("Thought 12.") && desk.screen().contains("0/3"), "{}", desk.screen());
    desk.press("[ [");
    assert!(desk.screen().contains("Thought 1."), "{}", desk.screen());
}

#[test]
fn a_case_that_is_gone_leaves_its_place_to_the_one_after_it() {
    let (_folder, path) = run(4);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("]");
    replace(&path, &lines(&[record(1), record(3), record(4)]));
    desk.index();
    assert!(desk.screen().contains("Thought 2."), "{}", desk.screen());
    desk.press("]");
    assert!(desk.screen().contains("Thought 3."), "{}", desk.screen());
}

#[test]
fn a_file_that_is_written_anew_at_its_old_length_is_read_anew() {
    for emptied in [false, true] {
        let (_folder, path) = run(3);
        let mut desk = Desk::open(&[&path], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
        desk.press("f");
        let text = lines(&[record(3), record(2), record(1)]);
        if emptied {
            fs::write(&path, "").unwrap();
            desk.index();
        }
        fs::write(&path, &text).unwrap();
        let later = SystemTime::now() + Duration::from_secs(2);
        OpenOptions::new().write(true).open(&path).unwrap().set_modified(later).unwrap();
        desk.index();
        let screen = desk.screen();
        assert!(screen.contains("Thought 2.") && screen.contains("1/3") && screen.contains("read anew"), "{screen}");
        desk.press("]");
        assert!(desk.screen().contains("Thought 1."), "{}", desk.screen());
    }
    // To touch a file says nothing.
    let (_folder, path) = run(3);
    let mut desk = Desk::open(&[&path], WINDOW, Wishes::default());
    let before = desk.screen();
    let later = SystemTime::now() + Duration::from_secs(2);
    OpenOptions::new().write(true).open(&path).unwrap().set_modified(later).unwrap();
    desk.index();
    assert_eq!(desk.screen(), before);
}

#[test]
fn a_decision_on_a_case_that_is_gone_is_taken_back_where_it_was_recorded() {
    let (folder, path) = run(1);
    let other = folder.path().join("other.jsonl");
    fs::write(&other, lines(&[record(2), record(3)])).unwrap();
    let mut desk = Desk::open(&[&path, &other], WINDOW, Wishes { min_dwell_ms: 0, ..Wishes::default() });
    desk.press("] f");
    replace(&other, &lines(&[record(3)]));
    desk.index();
    desk.press("u");
    assert!(desk.screen().contains("its case is in none of the files now"), "{}", desk.screen());
    let undo = &desk.journal[1];
    assert_eq!((undo.of.as_deref(), desk.files[1]), (Some(desk.journal[0].id.as_str()), FileNo(1)));
}

//! The other half of a case is found wherever it stands: far away under another id, or in another file under the same one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::fs;
use std::path::{Path, PathBuf};

use candor::app::layout::Window;
use desk::{Desk, Wishes};
use tempfile::TempDir;

const WINDOW: Window = Window { columns: 120, rows: 40 };

fn case(id: &str, tier: &str, asked: &str, model: &str) -> String {
    format!(
        r#"{{"id":"{id}","tier":"{tier}","model":"{model}","user_prompt":"{asked}","scratchpad":"Thinking as {id}.","answer":"Said as {id}."}}"#
    ) + "\n"
}

fn write(folder: &TempDir, name: &str, lines: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, lines).unwrap();
    path
}

fn screen_of_pair(files: &[&Path]) -> String {
    let mut desk = Desk::open(files, WINDOW, Wishes::default());
    desk.press("%");
    desk.screen()
}

/// A file of many cases, the first of which has its other half near the end, under an id that says nothing.
fn far_apart(folder: &TempDir, model: &str) -> PathBuf {
    let other =
        |n: usize| case(&format!("x{n}"), if n.is_multiple_of(2) { "free" } else { "paid" }, &format!("No {n}?"), "m");
    let between: String = (0..1200).map(other).collect();
    let lines = case("a", "free", "How?", "m") + &between + &case("z", "paid", "How?", model) + &other(2000);
    write(folder, "run.jsonl", &lines)
}

#[test]
fn one_that_is_far_away_is_found_by_its_words() {
    let folder = TempDir::new().unwrap();
    let screen = screen_of_pair(&[&far_apart(&folder, "m")]);
    assert!(screen.contains(" free · a ") && screen.contains("│ paid · z"), "{screen}");
}

#[test]
fn one_of_another_model_is_none() {
    let folder = TempDir::new().unwrap();
    let screen = screen_of_pair(&[&far_apart(&folder, "n")]);
    assert!(screen.contains("no case has the same words in the other condition"), "{screen}");
}

#[test]
fn one_of_the_same_id_stands_in_another_file() {
    let folder = TempDir::new().unwrap();
    let questions = ["Why?", "How?", "Where?", "When?"];
    let file = |tier: &str| -> String { (0..4).map(|n| case(&format!("q{n}"), tier, questions[n], "m")).collect() };
    let (free, paid) = (write(&folder, "free.jsonl", &file("free")), write(&folder, "paid.jsonl", &file("paid")));
    let mut desk = Desk::open(&[&free, &paid], WINDOW, Wishes::default());
    desk.press("] ] %");
    let screen = desk.screen();
    assert!(screen.contains(" free · q2 ") && screen.contains("│ paid · q2"), "{screen}");
    assert!(screen.contains("% of the words alike") || screen.contains("word for word the same"), "{screen}");
}

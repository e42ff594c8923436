//! The house stands as `src/lib.rs` says: who imports whom, and what is done in one room only. Reads the source, runs none of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "house/source.rs"]
mod source;

use std::fs;
use std::path::Path;

use source::{Kind, Named, names};

/// Longer files have outgrown their one idea.
const LONGEST: usize = 450;

/// Rooms that know neither disk nor clock nor environment.
const PURE: [&str; 5] = ["text", "keys", "model", "app", "ui"];

/// What a room may import besides itself; nothing is said of the rooms on top, which may import everything.
fn floor(room: &str) -> Option<&'static [&'static str]> {
    Some(match room {
        "text" | "keys" | "model" => &[],
        "store" => &["model"],
        "app" => &["text", "model", "keys"],
        "ui" => &["app", "text", "model", "keys"],
        "run" | "feed" | "terminal" | "cli" | "config" | "main" | "lib" => return None,
        other => panic!("the room {other} stands on no floor: give it one here and in src/lib.rs"),
    })
}

/// Something that is done in some places only.
struct Rule {
    says: &'static str,
    /// Files, or folders with the file that is named like them.
    only_in: &'static [&'static str],
    breaks: fn(&Named) -> bool,
}

const RULES: &[Rule] = &[
    Rule {
        says: "colours are named in the theme, and spelled where the terminal is written",
        only_in: &["src/ui/theme", "src/terminal"],
        breaks: |name| name.has("Color") || name.has("Stylize"),
    },
    Rule {
        says: "JSON is the business of the store, the configuration and the command line",
        only_in: &["src/store", "src/config", "src/cli"],
        breaks: |name| name.is_in("serde_json"),
    },
    Rule {
        says: "ratatui's texts and widgets are made by the painter, which takes safe text only",
        only_in: &["src/ui/paint"],
        breaks: |name| {
            const MODULES: [&str; 5] =
                ["ratatui::text", "ratatui::widgets", "ratatui::prelude", "ratatui::macros", "ratatui::*"];
            const METHODS: [&str; 6] =
                ["set_string", "set_stringn", "set_line", "set_span", "render_widget", "render_stateful_widget"];
            MODULES.iter().any(|module| name.is_in(module))
                || METHODS.iter().any(|method| name.words.last().is_some_and(|last| last == method))
        },
    },
    Rule {
        says: "a cell is written by the painter, and by the guard before the terminal",
        only_in: &["src/ui/paint", "src/terminal"],
        breaks: |name| name.words.last().is_some_and(|last| last == "set_symbol" || last == "set_char"),
    },
    Rule {
        says: "threads are started by the feed and the terminal",
        only_in: &["src/feed", "src/terminal"],
        breaks: |name| {
            name.has("thread") && ["spawn", "Builder", "scope", "*"].iter().any(|start| name.has(start))
                || name.is_in("rayon")
        },
    },
    Rule {
        says: "crossterm is spoken by the feed and the terminal",
        only_in: &["src/feed", "src/terminal", "src/run"],
        breaks: |name| name.is_in("crossterm") || name.is_in("ratatui::crossterm"),
    },
];

/// What a pure room must not name.
fn is_outside(name: &Named) -> bool {
    const MODULES: [&str; 9] = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::os",
        "rustix",
        "std::*",
        "std::io::stdin",
    ];
    MODULES.iter().any(|module| name.is_in(module))
        || ["Instant", "SystemTime", "UNIX_EPOCH", "File"].iter().any(|word| name.has(word))
        || (name.kind != Kind::Method && name.words.len() > 1 && name.words.last().is_some_and(|last| last == "now"))
}

/// Everything that is wrong with one file of `src`, one sentence each.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |line: usize, says: &str| faults.push(format!("{path}:{line}: {says}"));
    let room = path.trim_start_matches("src/").split('/').next().unwrap_or_default().trim_end_matches(".rs");
    if text.lines().next().and_then(|first| first.strip_prefix("//! ")).is_none_or(|first| first.trim().len() < 20) {
        fault(1, "the file does not open with //! and what the room is for");
    }
    if path.ends_with("/mod.rs") {
        fault(1, "a module is a file beside its folder, never mod.rs");
    }
    let lines = text.lines().count();
    if lines > LONGEST {
        fault(lines, &format!("the file has more than {LONGEST} lines: split it by its ideas"));
    }
    let names = names(path, text);
    for name in &names {
        let words = name.words.join("::");
        if let (Some(floor), Kind::Ours) = (floor(room), name.kind) {
            match name.words.first().map(String::as_str) {
                None | Some("*") => fault(name.line, "the whole crate is named, and with it every room"),
                Some(other) if other != room && !floor.contains(&other) => {
                    fault(name.line, &format!("{room} must not import {other} ({words})"));
                }
                Some(_) => {}
            }
        }
        if name.kind == Kind::Path
            && name.renamed
            && ["std", "ratatui", "crossterm", "serde_json"].contains(&words.as_str())
        {
            fault(name.line, &format!("{words} is given another name, under which nothing here finds it"));
        }
        if name.test {
            continue;
        }
        if PURE.contains(&room) && is_outside(name) {
            fault(name.line, &format!("{room} knows no disk, clock or environment ({words})"));
        }
        for rule in RULES.iter().filter(|rule| (rule.breaks)(name) && !is_at(path, rule.only_in)) {
            fault(name.line, &format!("{} ({words})", rule.says));
        }
    }
    faults
}

fn is_at(path: &str, places: &[&str]) -> bool {
    let below = |place: &&str| path.strip_prefix(place).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
    places.iter().any(below)
}

/// All Rust files below a folder of the package, with their text.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let shown = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push((shown, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

#[test]
fn the_house_stands() {
    let files = files("src");
    assert!(files.len() > 20, "only {} files were found", files.len());
    let mut faults: Vec<String> = files.iter().flat_map(|(path, text)| faults(path, text)).collect();
    faults.sort();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn tests_are_read_too() {
    let files = files("tests").into_iter().chain(files("benches"));
    let long: Vec<String> = files.filter(|(_, text)| text.lines().count() > LONGEST).map(|(path, _)| path).collect();
    assert!(long.is_empty(), "more than {LONGEST} lines: {long:?}");
}

/// The faults of a file of these lines, below a fitting head.
fn of(path: &str, text: &str) -> Vec<String> {
    faults(path, &format!("//! A room for a test, and what it never does.\n{text}\n"))
}

#[test]
fn imports_that_point_up_or_aside_are_found() {
    for (path, text) in [
        ("src/text/clean.rs", "use crate::model::case::Case;"),
        ("src/model/queue.rs", "use crate::text::wrap;"),
        ("src/keys/keymap.rs", "pub use crate::{model::codebook::Codebook};"),
        ("src/store/source.rs", "use crate::{model::case::{Case, CaseId}, text::{clean::Safe}};"),
        ("src/app/update.rs", "use crate::store::journal::Journal;"),
        ("src/app/update.rs", "fn f() { let _ = crate::run::run; }"),
        ("src/app/update.rs", "use super::super::store::skim;"),
        ("src/app/update.rs", "use super::super as root;"),
        ("src/app.rs", "use super::store;"),
        ("src/app.rs", "use super::*;"),
        ("src/app.rs", "use self::super::feed::Sent;"),
        ("src/app.rs", "use crate as house;"),
        ("src/app.rs", "use crate::*;"),
        ("src/app.rs", "use crate::{self as house};"),
        ("src/app.rs", "mod inner { use super::super::store::json::Node; }"),
        ("src/app.rs", "#[cfg(test)] mod tests { use crate::store::json::Node; }"),
        ("src/app.rs", "macro_rules! m { () => { $crate::config::login() } }"),
        ("src/ui/list.rs", "type T = Vec<crate::store::source::Found>;"),
        ("src/ui.rs", "use candor::store::skim;"),
        ("src/app.rs", "extern crate self as candor;"),
    ] {
        assert_eq!(of(path, text).len(), 1, "{path}: {text}: {:?}", of(path, text));
    }
}

#[test]
fn imports_that_point_down_are_none() {
    for (path, text) in [
        ("src/text/clean.rs", "use super::wrap::{self, Row}; use crate::text::safe::Safe;"),
        ("src/store/shape/chat.rs", "use super::super::json::{Kind, Node}; use crate::model::case::*;"),
        (
            "src/app/page.rs",
            "use crate::{keys::key::Key, model, text::clean::{Clean, Safe}}; use super::{App, Effect as E};",
        ),
        ("src/app.rs", "mod inner { use super::App; mod tests { use super::super::App; } } use self::inner::x;"),
        ("src/ui/bars.rs", "use crate::app::App; // not crate::store\n/* crate::store /* crate::run */ crate::feed */"),
        (
            "src/ui/bars.rs",
            "const S: &str = \"crate::store\"; const R: &str = r#\"use \"crate::run\" \"#; const C: char = '\"';",
        ),
        ("src/run.rs", "use crate::{app::App, store::source::Source, terminal::Terminal, ui};"),
        ("src/model.rs", "fn f<'a>(x: &'a str) -> char { '\\'' } fn g(&self) { self.store.run() }"),
    ] {
        assert!(of(path, text).is_empty(), "{path}: {text}: {:?}", of(path, text));
    }
}

#[test]
fn what_is_done_elsewhere_is_found() {
    for (path, text) in [
        ("src/app/start.rs", "use std::{collections::HashMap, fs};"),
        ("src/model/labels.rs", "fn f() { let _ = std::time::Instant::now(); }"),
        ("src/keys.rs", "use std::time::{Duration, SystemTime};"),
        ("src/text.rs", "use std::fs::File;"),
        ("src/ui.rs", "fn f() { std::env::var_os(\"NO_COLOR\"); }"),
        ("src/ui.rs", "use std::*;"),
        ("src/ui.rs", "use std as s;"),
        ("src/app.rs", "fn f() { jiff::Timestamp::now(); }"),
        ("src/ui/bars.rs", "use ratatui::style::{Color, Style};"),
        ("src/ui/bars.rs", "fn f() { x.fg(Color::Red) }"),
        ("src/model/case.rs", "use serde_json::Value;"),
        ("src/ui/bars.rs", "use ratatui::{Frame, text::{Line}};"),
        ("src/ui/bars.rs", "use ratatui::widgets::Paragraph;"),
        ("src/ui/bars.rs", "fn f() { buffer.set_string(0, 0, \"x\", style); }"),
        ("src/ui.rs", "fn f() { frame.render_widget(w, area); }"),
        ("src/ui/list.rs", "fn f() { cell.set_symbol(\"x\"); }"),
        ("src/run.rs", "use std::thread::{self, Builder};"),
        ("src/store/source.rs", "fn f() { std::thread::spawn(|| ()); }"),
        ("src/cli.rs", "fn f() { thread::scope(|s| ()); }"),
        ("src/keys/key.rs", "use crossterm::event::KeyCode;"),
        ("src/app.rs", "use ratatui::crossterm::event;"),
    ] {
        assert_eq!(of(path, text).len(), 1, "{path}: {text}: {:?}", of(path, text));
    }
}

#[test]
fn what_is_done_where_it_belongs_is_none() {
    for (path, text) in [
        ("src/store/journal.rs", "use std::fs::{self, File}; use std::time::Instant; use serde_json::value::RawValue;"),
        ("src/ui/theme.rs", "use ratatui::style::{Color, Style};"),
        ("src/terminal/encode.rs", "use ratatui::style::Color; use crossterm::event;"),
        ("src/ui/paint.rs", "use ratatui::text::Line; fn f() { buffer.set_stringn(0, 0, \"x\", 1, style); }"),
        ("src/feed/keys.rs", "use std::thread; fn f() { thread::spawn(|| ()); }"),
        (
            "src/model/labels.rs",
            "use std::time::Duration; struct Span; enum Line { A } fn f() { Line::A; clock.now(); }",
        ),
        ("src/text/clean.rs", "#[cfg(test)]\nmod tests { use std::fs; fn f() { serde_json::json!({}); } }"),
        ("src/config/place.rs", "fn f() { serde_json::to_vec(&x); }"),
    ] {
        assert!(of(path, text).is_empty(), "{path}: {text}: {:?}", of(path, text));
    }
    let after = "#[cfg(test)]\nuse std::env;\nmod real { use std::fs; }";
    assert_eq!(of("src/text.rs", after).len(), 1, "the rule holds again after what is for tests");
}

#[test]
fn files_without_a_head_or_too_long_are_found() {
    assert_eq!(faults("src/text.rs", "pub mod clean;\n").len(), 1);
    assert_eq!(faults("src/text.rs", "//! Words.\n").len(), 1, "too short to say anything");
    assert_eq!(of("src/text/mod.rs", "").len(), 1);
    assert!(of("src/text.rs", &"\n".repeat(LONGEST - 2)).is_empty());
    assert_eq!(of("src/text.rs", &"\n".repeat(LONGEST)).len(), 1);
}

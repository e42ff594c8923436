//! Stories: a run, a window, keys, and what is on the screen and in the journal after each. One loop, many files in `stories/`;
//! `STORY=twins cargo test --test stories` tells only those with that in their name.
//!
//! A line each; `#` begins a remark. Told before a run is opened, and kept for all runs after it:
//!
//! * `stay` labels stay on their case until Enter; `dwell MS`; `locked REASON` nothing can be labelled
//! * `hide WORDS`, `staged`, `order ORDER`, `repeat PERCENT`, `unmarked`: the terms of work, as flags have them
//! * `keymap NAME` and the rows of a patch over it, if there are any
//! * `codebook FILE` of `codebooks/`, or the name of one that comes with the program
//! * `swap OLD => NEW` from the next `open` or `again` on the data has NEW wherever it had OLD
//!
//! What happens:
//!
//! * `open FILE[+FILE] COLUMNSxROWS`, `again` (leave and open anew), `elsewhere` (the same, and the place was not kept)
//! * `press KEYS` each a second after the last; `key KEY` at once; `burst KEYS` not alone; `blind KEYS`, `frame` with no frame between, one
//! * `hold KEY TIMES MS` every so many milliseconds; `paste TEXT`, `flood KIB` so much of it; `wait MS`; `wake` five seconds later; `size COLUMNSxROWS`
//! * `disk full`, `disk fine`; `clipboard none`, `clipboard tmux` what the terminal has from here on; `reads off`, `reads on` whether cases are read for the rows of lists
//!
//! What is then so:
//!
//! * `has TEXT`, `lacks TEXT` anywhere on the screen; `status TEXT`, `unstatus TEXT`, `keys TEXT` in or not in the first row, in
//!   the last but one
//! * `last TEXT` how the last row begins; `right TEXT` how it ends; `styled LETTER TEXT` as [`Desk::styles`] spells styles
//! * `type TEXT` a letter after the other, glued together; `note TEXT`, `doubt N` of the newest record; `draft TEXT` what is kept
//!   of a note that is being written (` / ` for an end of line in both); `stage WORD` which parts were open; `axes AXES` of it
//! * `case N` the open one; `draws KEY` it would be drawn first; `records N`; `journal RECORD` the newest; `flags FLAGS` of it
//! * `spans SPANS` of the newest record, each `PART TURN START-END CRITERION QUOTE` with ` | ` between; `criteria CRITERIA` of it, each
//!   with a `+` if it is met and a `-` if not; `reversed TEXT` what of the screen is reversed, with a blank between two rows
//! * `copied TEXT` what was copied last, `¶` for a new line; `uncopied` nothing since the last of these steps
//! * `sessions N` records of sessions went before others; `parts PART=MS …` of the newest record
//! * `quits`, `runs`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::{Path, PathBuf};

use candor::app::layout::Window;
use candor::app::{Draft, Event, Place};
use candor::model::codebook::Codebook;
use candor::model::labels::{Record, Span};
use candor::model::terms::{self, Order, Terms};
use candor::text::clean::Safe;
use desk::{Desk, Wishes};
use tempfile::TempDir;

#[test]
fn every_story_comes_out_as_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let only = std::env::var("STORY").unwrap_or_default();
    let mut stories: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    stories.retain(|path| path.extension().is_some_and(|e| e == "story") && path.to_string_lossy().contains(&only));
    stories.sort();
    assert!(!stories.is_empty());
    // All of them are told, so that one look shows everything that came out otherwise.
    stories.retain(|story| std::panic::catch_unwind(|| Telling::new().tell(story)).is_err());
    assert!(stories.is_empty(), "{stories:#?}");
}

fn window(text: &str) -> Window {
    let (columns, rows) = text.split_once('x').unwrap();
    Window { columns: columns.parse().unwrap(), rows: rows.parse().unwrap() }
}

/// What a story has come to.
struct Telling {
    desk: Option<Desk>,
    terms: Terms,
    dwell: u64,
    locked: Option<String>,
    keymap: (String, String),
    codebook: Option<Codebook>,
    swaps: Vec<(String, String)>,
    files: Vec<String>,
    window: Window,
    runs: usize,
    /// Where the data lies once something in it was swapped.
    folder: TempDir,
}

impl Telling {
    fn new() -> Self {
        let window = Window { columns: 80, rows: 24 };
        let (swaps, files, folder) = (Vec::new(), Vec::new(), TempDir::new().unwrap());
        let keymap = Wishes::default().keymap;
        Self {
            desk: None,
            terms: Terms::default(),
            dwell: 700,
            locked: None,
            keymap,
            codebook: None,
            swaps,
            files,
            window,
            runs: 0,
            folder,
        }
    }

    fn tell(&mut self, story: &Path) {
        let text = std::fs::read_to_string(story).unwrap();
        for (number, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l.trim())) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            let place = format!("{}:{number}: {line}", story.display());
            match word {
                "" => {}
                word if word.starts_with('#') => {}
                "stay" => self.terms.stay = true,
                "hide" => self.terms.blind = terms::hidden(rest).expect(&place),
                "staged" => self.terms.staged = true,
                "order" => self.terms.order = Order::named(rest).expect(&place),
                "repeat" => self.terms.repeat = terms::percent(rest).expect(&place),
                "unmarked" => self.terms.marks = false,
                "dwell" => self.dwell = rest.parse().expect(&place),
                "locked" => self.locked = Some(rest.to_owned()),
                "keymap" => {
                    let (name, patch) = rest.split_once(' ').unwrap_or((rest, ""));
                    self.keymap = (name.to_owned(), patch.to_owned());
                }
                "codebook" => {
                    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codebooks").join(rest);
                    let read = || Codebook::parse(&std::fs::read_to_string(path).expect(&place), rest).expect(&place);
                    self.codebook = Some(Codebook::shipped(rest).unwrap_or_else(read));
                }
                "swap" => {
                    let (old, new) = rest.split_once(" => ").expect(&place);
                    self.swaps.push((old.to_owned(), new.to_owned()));
                }
                "open" => {
                    let (files, size) = rest.split_once(' ').expect(&place);
                    self.files = files.split('+').map(ToOwned::to_owned).collect();
                    self.window = window(size);
                    self.open(None, None, Vec::new());
                }
                "again" | "elsewhere" => {
                    let before = self.desk.take().expect(&place);
                    self.open(before.kept.filter(|_| word == "again"), before.draft, before.journal);
                }
                _ => step(self.desk.as_mut().expect(&place), word, rest, &place),
            }
        }
    }

    fn open(&mut self, place: Option<Place>, draft: Option<Draft>, journal: Vec<Record>) {
        const SESSIONS: [&str; 4] = ["01K5SESSION", "01K5SESSIOO", "01K5SESSIOP", "01K5SESSIOQ"];
        let session = SESSIONS[self.runs % SESSIONS.len()];
        self.runs += 1;
        let files: Vec<PathBuf> = self.files.iter().map(|file| self.file(file)).collect();
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let wishes = Wishes {
            terms: self.terms.clone(),
            min_dwell_ms: self.dwell,
            read_only: self.locked.clone(),
            session,
            place,
            draft,
            keymap: self.keymap.clone(),
            codebook: self.codebook.clone(),
            ..Wishes::default()
        };
        self.desk = Some(Desk::again(&files, self.window, wishes, journal));
    }

    /// The data file, or a copy of it in which the swaps were made.
    fn file(&self, name: &str) -> PathBuf {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
        if self.swaps.is_empty() {
            return path;
        }
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (old, new) in &self.swaps {
            text = text.replace(old, new);
        }
        let copy = self.folder.path().join(name);
        std::fs::write(&copy, text).unwrap();
        copy
    }
}

fn step(desk: &mut Desk, word: &str, rest: &str, place: &str) {
    let row = |desk: &mut Desk, back: usize| desk.screen().lines().rev().nth(back).unwrap_or_default().to_owned();
    let says = |desk: &mut Desk, is: bool| {
        let screen = desk.screen();
        assert!(is, "{place}\n{screen}\n{:?}", desk.journal());
    };
    match word {
        "press" => desk.press(rest),
        "key" => desk.key(rest, true),
        "burst" => rest.split_whitespace().for_each(|key| desk.key(key, false)),
        "blind" => rest.split_whitespace().for_each(|key| desk.blind(key)),
        "hold" => {
            let [key, times, ms] = rest.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{place}") };
            for _ in 0..times.parse().expect(place) {
                desk.wait(ms.parse().expect(place));
                desk.key(key, true);
            }
        }
        "paste" => {
            desk.send(Event::Pasted(rest.replace("\\n", "\n")));
            desk.frame();
        }
        "flood" => desk.send(Event::Pasted("x".repeat(rest.parse::<usize>().expect(place) << 10))),
        "wait" => desk.wait(rest.parse().expect(place)),
        "wake" => {
            desk.wait(5_000);
            desk.send(Event::Woken);
            desk.frame();
        }
        "size" => {
            desk.send(Event::Resized(window(rest)));
            desk.frame();
        }
        "frame" => desk.frame(),
        "reads" => desk.read_rows(rest == "on"),
        "disk" => desk.disk = rest == "fine",
        "clipboard" => {
            desk.clipboard = rest != "none";
            desk.tmux = rest == "tmux";
        }
        "copied" | "uncopied" => {
            let copied = desk.copied.take();
            let wanted = (word == "copied").then(|| rest.replace('¶', "\n"));
            assert_eq!(copied, wanted, "{place}\n{}", desk.screen());
        }
        "has" => {
            let is = desk.screen().contains(rest);
            says(desk, is);
        }
        "lacks" => {
            let is = !desk.screen().contains(rest);
            says(desk, is);
        }
        "status" => {
            let is = desk.screen().lines().next().unwrap_or_default().contains(rest);
            says(desk, is);
        }
        "keys" => {
            let is = row(desk, 1).contains(rest);
            says(desk, is);
        }
        "unstatus" => {
            let is = !desk.screen().lines().next().unwrap_or_default().contains(rest);
            says(desk, is);
        }
        "last" => {
            let is = row(desk, 0).starts_with(rest);
            says(desk, is);
        }
        "right" => {
            let is = row(desk, 0).ends_with(rest);
            says(desk, is);
        }
        "styled" => {
            let (letter, text) = rest.split_once(' ').expect(place);
            let is = desk.styled(letter.parse().expect(place), text);
            says(desk, is);
        }
        "case" => {
            let here = desk.app.here().map(|no| no.0 + 1);
            says(desk, here == rest.parse().ok());
        }
        "draws" => {
            let is = desk.draws_before(rest);
            says(desk, is);
        }
        "journal" => {
            let is = desk.journal().last().map(String::as_str) == Some(rest);
            says(desk, is);
        }
        "type" => {
            rest.chars().for_each(|c| desk.key(&if c == ' ' { "space".to_owned() } else { c.to_string() }, false))
        }
        "note" => {
            let note = desk.journal.last().and_then(|r| r.note.clone()).unwrap_or_default();
            says(desk, note.replace('\n', " / ") == rest);
        }
        "draft" => {
            let draft = desk.draft.as_ref().map(|d| d.text.replace('\n', " / ")).unwrap_or_default();
            says(desk, draft == rest);
        }
        "doubt" => {
            let doubt = desk.journal.last().and_then(|r| r.confidence).map(|c| c.to_string()).unwrap_or_default();
            says(desk, doubt == rest);
        }
        "stage" => {
            let stage = desk.journal.last().and_then(|r| r.view.as_ref()).map(|view| view.stage.clone());
            says(desk, stage.unwrap_or_default() == rest);
        }
        "axes" => {
            let axes = desk.journal.last().and_then(|r| r.axes.clone()).unwrap_or_default();
            let axes: Vec<String> = axes.into_iter().map(|(axis, value)| format!("{axis}={value}")).collect();
            says(desk, axes.join(" ") == rest);
        }
        "flags" => {
            let flags = desk.journal.last().and_then(|r| r.flags.clone()).unwrap_or_default();
            says(desk, flags.join(" ") == rest);
        }
        "spans" => {
            let span = |s: &Span| {
                let supports = s.supports.as_deref().unwrap_or("-");
                format!("{} {} {}-{} {supports} {}", s.part, s.turn, s.start, s.end, Safe::line(&s.quote))
            };
            let spans = desk.journal.last().and_then(|r| r.spans.clone()).unwrap_or_default();
            let spans = spans.iter().map(span).collect::<Vec<_>>().join(" | ");
            assert_eq!(spans, rest, "{place}\n{}", desk.screen());
        }
        "criteria" => {
            let criteria = desk.journal.last().and_then(|r| r.criteria.clone()).unwrap_or_default();
            let word = |(name, met): &(String, bool)| format!("{name}{}", if *met { "+" } else { "-" });
            let criteria = criteria.iter().map(word).collect::<Vec<_>>().join(" ");
            assert_eq!(criteria, rest, "{place}\n{}", desk.screen());
        }
        "reversed" => {
            let (screen, styles) = (desk.screen(), desk.styles());
            let rows = screen.lines().zip(styles.lines()).skip(1).map(|(row, styles)| {
                let on = row.chars().zip(styles.chars()).filter(|(_, style)| *style == 'r');
                on.map(|(c, _)| c).collect::<String>().trim().to_owned()
            });
            let chosen = rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join(" ");
            assert_eq!(chosen, rest, "{place}\n{}", desk.screen());
        }
        "sessions" => {
            let is = desk.sessions.len() == rest.parse::<usize>().expect(place);
            says(desk, is);
        }
        "parts" => {
            let view = desk.journal.last().and_then(|record| record.view.clone()).expect(place);
            let parts: Vec<String> = view.ms.iter().map(|(part, ms)| format!("{part}={ms}")).collect();
            assert_eq!(parts.join(" "), rest, "{place}");
            assert_eq!(desk.journal.last().and_then(|r| r.ms), Some(view.ms.iter().map(|(_, ms)| ms).sum()), "{place}");
        }
        "records" => {
            let is = desk.journal.len() == rest.parse::<usize>().expect(place);
            says(desk, is);
        }
        "quits" | "runs" => {
            let is = desk.quit == (word == "quits");
            says(desk, is);
        }
        other => panic!("{place}: {other} is no step"),
    }
}

//! The encoder held against an emulator: whatever is read in the real program, after every frame the terminal shows what was meant.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;
mod desk;

use std::path::{Path, PathBuf};

use bench::Bench;
use candor::app::layout::Window;
use candor::ui;
use desk::{Desk, Wishes};
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// What a reviewer does, a word a key. Every piece of it ends on the review screen, at a case one further.
const WALK: [&str; 8] = [
    "j j k space b G ]",
    "tab j ctrl-d ctrl-u G k g z j z ]",
    "L j j k / esc q ]",
    "? space b q e * ]",
    "/ t h e enter n N esc ]",
    "W p shift-tab j j space ]",
    "J j space G q i j q ]",
    "o j q : n e x esc [ ]",
];

/// The program at its desk, its screen on the bench.
struct Seat {
    desk: Desk,
    bench: Bench,
}

impl Seat {
    fn new(files: &[&Path], columns: u16, rows: u16) -> Seat {
        let mut desk = Desk::open(files, Window { columns, rows }, Wishes::default());
        // What was said at the start is said once.
        desk.wait(10_000);
        Seat { desk, bench: Bench::new(columns, rows) }
    }

    /// Draws a frame, and gives what was meant and what was sent.
    fn draw(&mut self) -> (Buffer, Vec<u8>) {
        self.desk.app.settle();
        let (app, look) = (&self.desk.app, &self.desk.look);
        self.bench.draw(|frame| ui::draw(frame, app, look))
    }

    /// Presses a key and draws, which must come out as meant.
    fn press(&mut self, key: &str) -> Result<(Buffer, Vec<u8>), String> {
        self.desk.press(key);
        let (meant, sent) = self.draw();
        self.bench.check(&meant)?;
        let (_, again) = self.draw();
        match again.is_empty() {
            true => Ok((meant, sent)),
            false => Err(format!("a frame that changes nothing is sent: {again:?}")),
        }
    }
}

/// Walks through a file in several windows, in so many pieces from this one on; says how many frames that took.
fn walk(file: &Path, from: usize, pieces: usize) -> usize {
    let mut frames = 0;
    for (columns, rows) in [(80, 24), (40, 10), (160, 48)] {
        let mut seat = Seat::new(&[file], columns, rows);
        seat.draw();
        for (n, piece) in WALK.iter().cycle().skip(from).take(pieces).enumerate() {
            for key in piece.split_whitespace() {
                if let Err(wrong) = seat.press(key) {
                    panic!("{} {columns}×{rows}, {key} in piece {n} {piece:?}: {wrong}", file.display());
                }
                frames += 1;
            }
        }
        assert_eq!(seat.bench.wire().refused(), 0, "the guard has nothing to do");
    }
    frames
}

fn runs(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut runs: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).collect();
    runs.sort();
    runs
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

#[test]
fn sample_data_comes_out_as_meant() {
    let frames: usize = runs(&samples()).iter().enumerate().map(|(n, file)| walk(file, 4 * n, WALK.len() / 2)).sum();
    println!("{frames} frames");
}

/// The real files are not part of the project: `CANDOR_DATA` names the folder that holds them.
#[test]
fn real_data_comes_out_as_meant() {
    let Some(folder) = std::env::var_os("CANDOR_DATA").map(PathBuf::from) else {
        println!("skipped: CANDOR_DATA does not name a folder of real files");
        return;
    };
    let frames: usize = runs(&folder).iter().map(|file| walk(file, 0, WALK.len())).sum();
    println!("{frames} frames");
}

/// Texts that terminals and readers stumble over, each in every place of a case, at every column of a row.
fn ugly() -> String {
    let long = "x".repeat(3_000) + &"世".repeat(700) + &"é".repeat(500);
    let pieces = [
        "世界は広い、そして 한국어 も全角　空白も",
        "e\u{301}a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309} नींबू की चटनी น้ำพริก กำลัง स्त्री राष्ट्र संस्कृति",
        "👩\u{200d}💻👨\u{200d}👩\u{200d}👧\u{200d}👦 🧑🏽\u{200d}🌾 🇫🇷🇩🇪🇯 3\u{fe0f}\u{20e3} ❤\u{fe0f} 🏴\u{e0067}\u{e0062}\u{e007f}",
        "פתוח מ-7:00 (שישי) مفتوح من ٧ إلى ١٣٫٣٠ \u{202e}drowssap\u{202c} \u{2066}x\u{2069}",
        "\u{1b}[31mred\u{7}\u{8}\u{0}\u{9b}2J\u{1b}]0;title\u{7}\u{7f}\r over\r\n\u{85}\u{2028}\u{2029}",
        "a\tb\t\tc\t世\td\n\t\tindented\n\n\n",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{180e}\u{34f}\u{115f}ㅤ \u{e0041}\u{e0042}",
        "| a | 世 |\n|---|---|\n| 🧑🏽 | ｶﾞ |\n```\nfn f() { \"\u{3000}\" } // \u{10ffff}\u{fffd}\u{d7b0}\n```\n",
        &long,
    ];
    let line = |(n, piece): (usize, &&str)| {
        // A fill of another length before each piece, so that each of its characters comes to stand at the edge of some window.
        let edges: String = (28..44).chain(70..82).chain(90..100).map(|n| ".".repeat(n) + piece + "\n").collect();
        let case = serde_json::json!({
            "id": format!("{n} {piece:.40}"), "prompt": piece, "scratchpad": if piece.len() > 1000 { piece } else { &*edges },
            "response": format!("{piece} {piece} therefore training {piece}"),
        });
        case.to_string() + "\n"
    };
    pieces.iter().enumerate().map(line).collect()
}

#[test]
fn ugly_text_comes_out_as_meant() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ugly.jsonl");
    std::fs::write(&file, ugly()).unwrap();
    println!("{} frames", walk(&file, 0, 3 * WALK.len()));
}

/// What a screen holds as plain text, with an end for each row.
fn plain(meant: &Buffer) -> usize {
    let row = |y| (0..meant.area.width).map(|x| meant[(x, y)].symbol()).collect::<String>().trim_end().len() + 1;
    (0..meant.area.height).map(row).sum()
}

/// Whether there is more than plain text in the panes: marks, or tokens for hidden characters.
fn is_marked(meant: &Buffer) -> bool {
    let pane = meant.content.chunks(usize::from(meant.area.width)).skip(2).take(usize::from(meant.area.height) - 4);
    let strong = Modifier::UNDERLINED | Modifier::REVERSED;
    pane.flatten().any(|cell| cell.modifier.intersects(strong))
}

/// A next case is counted in thousandths of the plain text of its screen, a row of scrolling in bytes.
#[test]
fn the_bytes_of_a_frame_are_few() {
    // Where panes stand side by side rows do not move as a whole, and the pane that scrolls is written again.
    for (columns, rows, most) in [(80, 24, 300), (200, 50, 4_000)] {
        let (mut bare, mut marked, mut scrolled) = (Vec::new(), Vec::new(), Vec::new());
        let data = std::env::var_os("CANDOR_DATA").map(|folder| runs(Path::new(&folder))).unwrap_or_default();
        for file in runs(&samples()).into_iter().chain(data) {
            let mut seat = Seat::new(&[&file], columns, rows);
            seat.draw();
            for _ in 0..12 {
                let before = seat.desk.app.here();
                let (meant, sent) = seat.press("]").unwrap();
                if seat.desk.app.here() != before {
                    let share = sent.len() * 1000 / plain(&meant);
                    if is_marked(&meant) { marked.push(share) } else { bare.push(share) }
                }
                // The first motion opens what was folded in the middle, which is a new screen.
                seat.press("j").unwrap();
                for key in ["j", "j", "k"] {
                    let sent = seat.press(key).unwrap().1.len();
                    // What is all shown does not move.
                    scrolled.extend((sent > 0).then_some(sent));
                }
            }
        }
        for (what, bytes) in [("bare", &mut bare), ("marked", &mut marked), ("scrolled", &mut scrolled)] {
            bytes.sort_unstable();
            let (middle, n) = (bytes[bytes.len() / 2], bytes.len());
            println!(
                "{columns}×{rows} {what}: {n}, median {middle}, 90 % {}, worst {}",
                bytes[n * 9 / 10],
                bytes[n - 1]
            );
        }
        let middle = |bytes: &[usize]| bytes[bytes.len() / 2];
        assert!(middle(&bare) <= 1150 && middle(&marked) <= 1300 && middle(&scrolled) <= most);
    }
}

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

/// What a reviewer does, a word a key. Every piece of it ends on the review screen, at a case one further.
const WALK: [&str; 8] = [
    "j j k space b ]",
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

/// Walks through a file in several windows; says how many frames that took.
fn walk(file: &Path, pieces: usize) -> usize {
    let mut frames = 0;
    for (columns, rows) in [(80, 24), (40, 10), (160, 48)] {
        let mut seat = Seat::new(&[file], columns, rows);
        seat.draw();
        for (n, piece) in WALK.iter().cycle().take(pieces).enumerate() {
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
    let frames: usize = runs(&samples()).iter().map(|file| walk(file, WALK.len())).sum();
    println!("{frames} frames");
}

/// The real files are not part of the project: `CANDOR_DATA` names the folder that holds them.
#[test]
fn real_data_comes_out_as_meant() {
    let Some(folder) = std::env::var_os("CANDOR_DATA").map(PathBuf::from) else {
        println!("skipped: CANDOR_DATA does not name a folder of real files");
        return;
    };
    let frames: usize = runs(&folder).iter().map(|file| walk(file, 2 * WALK.len())).sum();
    println!("{frames} frames");
}

//! From a key to bytes for the terminal: the case turned to and laid out, its frame drawn, what changed of it encoded.

use std::io::{self, Write};

use candor::app::layout::Window;
use candor::terminal::wire::Wire;
use candor::text::clean::cell_is_safe;
use candor::ui;
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use tempfile::TempDir;

use super::desk::{Desk, Wishes};
use super::{WINDOWS, invented};

/// A run of some cases of the usual length, the first of them open.
fn desk(window: Window) -> (TempDir, Desk) {
    let (folder, path) = invented::file(8, 12_000);
    let desk = Desk::open(&[&path], window, Wishes::default());
    (folder, desk)
}

/// Counts what is written, as a terminal that takes everything at once.
#[derive(Default)]
struct Sink(usize);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The next case, or the one before: read, searched for marks, laid out; no frame drawn.
#[divan::bench(args = WINDOWS)]
fn turn_to(bencher: Bencher<'_, '_>, window: Window) {
    let (_folder, mut desk) = desk(window);
    let mut keys = ["]", "["].iter().cycle();
    bencher.bench_local(|| desk.key(keys.next().unwrap(), true));
}

/// All cells of a frame drawn into memory.
#[divan::bench(args = WINDOWS)]
fn draw(bencher: Bencher<'_, '_>, window: Window) {
    let (_folder, desk) = desk(window);
    let mut terminal = Terminal::new(TestBackend::new(window.columns, window.rows)).unwrap();
    bencher.bench_local(|| terminal.draw(|frame| ui::draw(frame, &desk.app, &desk.look)).map(|_| ()).unwrap());
}

/// A frame compared with the one before and encoded: the next case.
#[divan::bench(args = WINDOWS)]
fn encode_next(bencher: Bencher<'_, '_>, window: Window) {
    encode(bencher, window, "]", "[");
}

/// A frame compared with the one before and encoded: one row of scrolling.
#[divan::bench(args = WINDOWS)]
fn encode_row(bencher: Bencher<'_, '_>, window: Window) {
    encode(bencher, window, "j", "k");
}

/// Encodes the frames that two keys lead to, one after the other.
fn encode(bencher: Bencher<'_, '_>, window: Window, there: &str, back: &str) {
    let (_folder, mut desk) = desk(window);
    let frames = [there, back].map(|key| {
        desk.key(key, true);
        desk.buffer()
    });
    assert_ne!(frames[0], frames[1], "the keys change what is seen");
    let size = Size { width: window.columns, height: window.rows };
    let mut terminal = Terminal::new(Wire::new(Sink::default(), move || Ok(size), cell_is_safe)).unwrap();
    let mut turn = frames.iter().cycle();
    let mut show = |frame: &Buffer| terminal.draw(|canvas| canvas.buffer_mut().clone_from(frame)).map(|_| ()).unwrap();
    show(&frames[1]);
    bencher.bench_local(|| show(turn.next().unwrap()));
    assert!(terminal.backend_mut().out().0 > 0);
}

//! The wire with ratatui at one end and a terminal emulator at the other, which is compared cell by cell. For tests only.

#![allow(dead_code)]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use candor::terminal::wire::Wire;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// Counts the writes, and fails when it is told to.
#[derive(Default)]
pub struct Line {
    pub bytes: Vec<u8>,
    pub writes: usize,
    pub broken: bool,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.broken {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.writes += 1;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Our wire with ratatui at one end and an emulator at the other.
pub struct Bench {
    pub terminal: ratatui::Terminal<Wire<Line>>,
    pub emulator: vt100::Parser,
    size: Arc<Mutex<Size>>,
}

impl Bench {
    pub fn new(width: u16, height: u16) -> Bench {
        let size = Arc::new(Mutex::new(Size { width, height }));
        let asked = Arc::clone(&size);
        let wire = Wire::new(Line::default(), move || Ok(*asked.lock().unwrap()), |_| true);
        let mut emulator = vt100::Parser::new(height, width, 0);
        // A wire takes the cursor to be hidden, as entering the screen leaves it.
        emulator.process(b"\x1b[?25l");
        Bench { terminal: ratatui::Terminal::new(wire).unwrap(), emulator, size }
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        *self.size.lock().unwrap() = Size { width, height };
        // What terminals do to their content then differs, and the emulator's own way of doing it fails on wide characters.
        self.emulator = vt100::Parser::new(height, width, 0);
        self.emulator.process(b"garbage");
    }

    /// Draws and gives what was meant and what was sent.
    pub fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame<'_>)) -> (Buffer, Vec<u8>) {
        let meant = self.terminal.draw(draw).unwrap().buffer.clone();
        let line = self.terminal.backend_mut().out();
        let sent = std::mem::take(&mut line.bytes);
        assert!(std::mem::take(&mut line.writes) <= 1, "a frame is one write");
        self.emulator.process(&sent);
        (meant, sent)
    }

    pub fn wire(&mut self) -> &mut Wire<Line> {
        self.terminal.backend_mut()
    }

    /// Says which cell is the first that does not look as meant.
    pub fn check(&self, meant: &Buffer) -> Result<(), String> {
        let screen = self.emulator.screen();
        for y in 0..meant.area.height {
            let mut x = 0;
            while x < meant.area.width {
                let (cell, shown) = (&meant[(x, y)], screen.cell(y, x).unwrap());
                let text = if shown.has_contents() { shown.contents() } else { " " };
                let has = |modifier| cell.modifier.contains(modifier);
                let seen = [has(Modifier::UNDERLINED), has(Modifier::REVERSED)];
                // A cluster of which a later character has cells of its own (a flag, a skin tone, a Thai vowel) the emulator takes
                // apart: its beginning stands where all of it is meant. What comes behind it is compared as everywhere.
                let apart = cell.symbol().chars().skip(1).any(|c| c.width() != Some(0));
                let begun = apart && shown.has_contents() && cell.symbol().starts_with(text);
                let mut fine = (begun || text == cell.symbol())
                    && [shown.underline(), shown.inverse()] == seen
                    && shown.bgcolor() == colour(cell.bg);
                if text != " " || seen != [false; 2] {
                    // The emulator knows one intensity only.
                    let bold = has(Modifier::BOLD) && !has(Modifier::DIM);
                    fine &= [shown.bold(), shown.dim(), shown.italic()]
                        == [bold, has(Modifier::DIM), has(Modifier::ITALIC)]
                        && shown.fgcolor() == colour(cell.fg);
                }
                // The emulator takes U+FFFD for a byte it could not decode, and shows nothing in its place.
                if !fine && cell.symbol() != "\u{FFFD}" {
                    return Err(format!(
                        "at {x},{y} {cell:?} is meant, and {shown:?} is shown:\n{}",
                        screen.contents()
                    ));
                }
                x += cell.symbol().cell_width();
            }
        }
        Ok(())
    }
}

fn colour(colour: Color) -> vt100::Color {
    let ansi = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        named => (0..).zip(ansi).find(|(_, ansi)| *ansi == named).map(|(n, _)| vt100::Color::Idx(n)).unwrap(),
    }
}

//! Cells to bytes, with as few of them as are safe: knows where the terminal's cursor stands and with what it paints.
//!
//! Terminals disagree about the width of everything that is no plain character. So wherever such a character was printed,
//! the encoder forgets where the cursor stands and addresses the next cell absolutely: a wrong guess spoils one cell and
//! never shifts a row. It never looks at what changed (the wire does) and never writes to anything but its own bytes.
//!
//! Colours are spelled here and not by crossterm, which spells the sixteen ANSI colours as `38;5;n`, and under `NO_COLOR`
//! turns each of them into a full reset that silently takes bold and underline along. Whether there are colours is the
//! theme's business.

use std::io::{self, Write};

use crossterm::cursor::{MoveTo, MoveToColumn, MoveToNextLine};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::scroll::Move;

/// So close to the right edge an odd character, drawn wider than it is with eight marks drawn as characters of their own,
/// may have wrapped: not even the row is known then.
const EDGE: u16 = 12;

/// What of a style can be seen on a blank.
const SEEN_ON_BLANK: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Each modifier with its number.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// Where the terminal's cursor is, as far as is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum At {
    Unknown,
    Row(u16),
    Cell(Position),
}

/// The style in which the terminal paints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// Bytes on their way, and what they leave behind in the terminal.
pub(super) struct Encoder {
    pub(super) bytes: Vec<u8>,
    at: At,
    pen: Option<Pen>,
}

impl Encoder {
    /// An encoder for a terminal of which nothing is known.
    pub(super) fn new() -> Encoder {
        Encoder { bytes: Vec::new(), at: At::Unknown, pen: None }
    }

    /// Forgets what is known of the terminal.
    pub(super) fn forget(&mut self) {
        (self.at, self.pen) = (At::Unknown, None);
    }

    /// Blanks the whole terminal.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        // What is cleared takes the pen's background.
        self.paint(Pen::PLAIN);
        queue!(self.bytes, Clear(ClearType::All))
    }

    /// Blanks the row from `to` on.
    pub(super) fn clear_rest_of_row(&mut self, to: Position) -> io::Result<()> {
        self.go(to)?;
        self.paint(Pen::PLAIN);
        queue!(self.bytes, Clear(ClearType::UntilNewLine))
    }

    /// Moves rows without writing them again.
    pub(super) fn shift(&mut self, Move { lines, delete_at, insert_at }: Move) -> io::Result<()> {
        // Lines that come in take the pen's background.
        self.paint(Pen::PLAIN);
        self.go(Position { x: 0, y: delete_at })?;
        write!(self.bytes, "\x1b[{lines}M")?;
        // Terminals differ in whether the cursor has stayed in its column.
        self.at = At::Unknown;
        self.go(Position { x: 0, y: insert_at })?;
        write!(self.bytes, "\x1b[{lines}L")?;
        self.at = At::Unknown;
        Ok(())
    }

    /// Puts the cursor on a cell, by the shortest way that cannot miss it.
    pub(super) fn go(&mut self, to: Position) -> io::Result<()> {
        match self.at {
            At::Cell(at) if at == to => return Ok(()),
            At::Cell(Position { y, .. }) | At::Row(y) if y == to.y => queue!(self.bytes, MoveToColumn(to.x))?,
            At::Cell(Position { y, .. }) | At::Row(y) if to.x == 0 && y + 1 == to.y => {
                queue!(self.bytes, MoveToNextLine(1))?;
            }
            _ => queue!(self.bytes, MoveTo(to.x, to.y))?,
        }
        self.at = At::Cell(to);
        Ok(())
    }

    /// Prints a cell that takes `cells` columns of a row of `width`, at `to`.
    pub(super) fn print(&mut self, to: Position, cell: &Cell, cells: u16, width: u16) -> io::Result<()> {
        self.go(to)?;
        if !self.fits(cell) {
            self.paint(Pen::of(cell));
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        self.at = match to.x + cells {
            x if plain(cell.symbol()) => At::Cell(Position { x, y: to.y }),
            x if x + EDGE < width => At::Row(to.y),
            _ => At::Unknown,
        };
        Ok(())
    }

    /// How far the cursor stands before a cell, if it is before it in the same row.
    pub(super) fn short_of(&self, to: Position) -> Option<u16> {
        match self.at {
            At::Cell(at) if at.y == to.y => to.x.checked_sub(at.x),
            _ => None,
        }
    }

    /// Whether the cell looks right in the style in which the terminal paints already.
    pub(super) fn fits(&self, cell: &Cell) -> bool {
        let Some(pen) = self.pen else { return false };
        let blank = cell.symbol() == " " && !(cell.modifier | pen.modifier).intersects(SEEN_ON_BLANK);
        pen == Pen::of(cell) || blank && pen.bg == cell.bg
    }

    /// Every style has one spelling from scratch, so that no style can inherit anything from the one before it.
    fn paint(&mut self, pen: Pen) {
        if self.pen == Some(pen) {
            return;
        }
        let reset = (self.pen != Some(Pen::PLAIN) && pen != Pen::PLAIN).then(|| "0".to_owned());
        let modifiers =
            MODIFIERS.iter().filter(|(modifier, _)| pen.modifier.contains(*modifier)).map(|(_, n)| n.to_string());
        let colours = [colour(pen.fg, 30), colour(pen.bg, 40)].into_iter().flatten();
        let numbers: Vec<_> = reset.into_iter().chain(modifiers).chain(colours).collect();
        self.bytes.extend_from_slice(format!("\x1b[{}m", numbers.join(";")).as_bytes());
        self.pen = Some(pen);
    }
}

/// Whether every terminal draws this in exactly one cell: printable ASCII, and the lines and blocks our frames are made of.
pub(super) fn plain(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    matches!((chars.next(), chars.next()), (Some(' '..='~' | '\u{2500}'..='\u{259F}'), None))
}

/// Whether a cell cannot be told from one that was cleared.
pub(super) fn invisible(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// A colour's numbers, where `base` is 30 for the foreground and 40 for the background.
fn colour(colour: Color, base: u8) -> Option<String> {
    let ansi = |n: u8| Some((base + n).to_string());
    match colour {
        Color::Reset => None,
        Color::Black => ansi(0),
        Color::Red => ansi(1),
        Color::Green => ansi(2),
        Color::Yellow => ansi(3),
        Color::Blue => ansi(4),
        Color::Magenta => ansi(5),
        Color::Cyan => ansi(6),
        Color::Gray => ansi(7),
        Color::DarkGray => ansi(60),
        Color::LightRed => ansi(61),
        Color::LightGreen => ansi(62),
        Color::LightYellow => ansi(63),
        Color::LightBlue => ansi(64),
        Color::LightMagenta => ansi(65),
        Color::LightCyan => ansi(66),
        Color::White => ansi(67),
        Color::Indexed(n) => Some(format!("{};5;{n}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
    }
}

//! The one way to the terminal: a ratatui backend that writes each frame in one piece, and nothing when nothing changed.
//!
//! ```text
//! changed cells ──guard──▶ grid (what shall stand there) ──flush──▶ encoder ──▶ ?2026h … ?2026l, one write
//! ```
//!
//! Keeping the grid is what makes short frames possible: ratatui hands over changed cells only, but the gaps between them
//! are often cheaper to write again than to jump, the blank end of a row is three bytes, and rows may only have moved.
//!
//! The guard is the second, independent check that nothing but harmless characters reaches the terminal. What it refuses
//! is shown as `?` and counted. The wire never asks the terminal anything: what comes back could be typed for us.

use std::cell::Cell as Memory;
use std::io::{self, Write};

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};

use super::encode::{Encoder, invisible, plain};
use super::scroll;

/// ratatui aborts on the 65535×65535 that a careless terminal may claim; nothing real is larger than this.
pub const LARGEST: Size = Size { width: 1000, height: 500 };

/// So many unchanged cells are not longer than a jump over them.
const GAP: u16 = 4;

/// So few blanks are not longer than clearing the rest of the row.
const BLANKS: usize = 3;

/// So many cells one text may take. Two are enough for most; in the scripts of India and their kin consonants run together into one.
const WIDEST: u16 = 10;

/// A terminal behind a writer.
pub struct Wire<W> {
    out: W,
    size: Box<dyn Fn() -> io::Result<Size> + Send>,
    /// The size last told to ratatui, which is the size that its cells belong to.
    told: Memory<Size>,
    guard: fn(&str) -> bool,
    refused: usize,
    /// What shall stand on the terminal. Of a text that takes several cells, all but the first have none.
    grid: Buffer,
    /// What stands there.
    shown: Buffer,
    /// The terminal is to be cleared first.
    clear: bool,
    encoder: Encoder,
    cursor: Cursor,
    /// The cursor as the terminal shows it, if that is known.
    cursor_shown: Option<Cursor>,
    /// What goes before the next frame, in one piece with it.
    opening: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Cursor {
    visible: bool,
    at: Position,
}

impl<W: Write> Wire<W> {
    /// A wire to a terminal that is blank and whose cursor is hidden.
    ///
    /// `size` is asked once a frame; `guard` says whether the text of one cell may reach the terminal.
    pub fn new(out: W, size: impl Fn() -> io::Result<Size> + Send + 'static, guard: fn(&str) -> bool) -> Wire<W> {
        let cursor = Cursor { visible: false, at: Position::ORIGIN };
        Wire {
            out,
            size: Box::new(size),
            told: Memory::new(Size::ZERO),
            guard,
            refused: 0,
            grid: Buffer::empty(Rect::ZERO),
            shown: Buffer::empty(Rect::ZERO),
            clear: false,
            encoder: Encoder::new(),
            cursor,
            cursor_shown: Some(cursor),
            opening: Vec::new(),
        }
    }

    /// How many cells the guard has refused. More than none is a fault of the program.
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// The writer, for tests that look at the bytes.
    pub fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// Believes nothing about the terminal any more: the next flush clears it and writes every cell.
    pub fn forget(&mut self) {
        self.encoder.forget();
        self.cursor_shown = None;
        self.clear = true;
        self.shown.reset();
    }

    /// Has bytes go before the next frame, in one piece with it: whoever shows them is woken once.
    pub fn open(&mut self, bytes: Vec<u8>) {
        self.opening = bytes;
    }

    /// Writes bytes between two frames that change neither the cells nor the cursor.
    pub fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.out.write_all(bytes).and_then(|()| self.out.flush()).inspect_err(|_| self.forget())
    }

    fn resize(&mut self, size: Size) {
        self.grid = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        self.shown = self.grid.clone();
        self.forget();
    }

    fn index(&self, at: Position) -> Option<usize> {
        self.grid.area.contains(at).then(|| usize::from(at.y) * usize::from(self.grid.area.width) + usize::from(at.x))
    }

    /// Puts one cell into the grid, as what may be shown of it.
    fn set(&mut self, x: u16, y: u16, cell: &Cell) {
        let Some(i) = self.index(Position { x, y }) else { return };
        let mut cell = cell.clone();
        let room = self.grid.area.width - x;
        let text = cell.symbol();
        let safe = plain(text) || !text.contains(char::is_control) && (self.guard)(text);
        if !safe || !(1..=room.min(WIDEST)).contains(&cell.symbol().cell_width()) {
            self.refused += 1;
            cell.set_symbol("?");
        }
        cell.set_diff_option(Default::default());
        if invisible(&cell) {
            cell = Cell::EMPTY;
        }
        if self.grid.content[i] == cell {
            return;
        }
        // Whatever part of a wide character is overwritten, terminals blank the others.
        let behind = i + 1..i + usize::from(cell.symbol().cell_width());
        self.split(i);
        for i in behind {
            self.split(i);
            self.grid.content[i] = cell.clone();
            self.grid.content[i].set_symbol("");
        }
        self.grid.content[i] = cell;
    }

    /// If cell `i` is part of a wide character, blanks all of that.
    fn split(&mut self, i: usize) {
        let cells = &mut self.grid.content;
        let inner = |cell: &Cell| cell.symbol().is_empty();
        let Some(before) = cells.get(..=i) else { return };
        let first = before.iter().rposition(|cell| !inner(cell)).unwrap_or(0);
        let end = cells[first + 1..].iter().position(|cell| !inner(cell)).map_or(cells.len(), |len| first + 1 + len);
        if end > first + 1 {
            cells[first..end].fill(Cell::EMPTY);
        }
    }

    fn blank(&mut self, cells: std::ops::Range<usize>) {
        self.split(cells.start);
        self.split(cells.end);
        self.grid.content[cells].fill(Cell::EMPTY);
    }

    /// Encodes what of one row is not shown yet. The cells before number `spoilt` may not be shown any more, whatever they were; says
    /// up to which cell that is so then.
    fn encode_row(&mut self, y: u16, mut spoilt: usize) -> io::Result<usize> {
        let width = self.grid.area.width;
        let cells = usize::from(y) * usize::from(width)..(usize::from(y) + 1) * usize::from(width);
        let first = cells.start;
        let (row, shown) = (&self.grid.content[cells.clone()], &mut self.shown.content[cells]);
        let end = row.iter().rposition(|cell| *cell != Cell::EMPTY).map_or(0, |last| last + 1);
        let clear = shown[end..].iter().filter(|cell| **cell != Cell::EMPTY).count() > BLANKS;
        for (x, i) in (0..width).zip(0..if clear { end } else { row.len() }) {
            if row[i] == shown[i] && first + i >= spoilt || row[i].symbol().is_empty() {
                continue;
            }
            let to = Position { x, y };
            let gap = self.encoder.short_of(to).filter(|gap| *gap <= GAP).unwrap_or(0);
            let between = &row[i - usize::from(gap)..i];
            if between.iter().all(|cell| plain(cell.symbol()) && self.encoder.fits(cell)) {
                for (x, cell) in (x - gap..).zip(between) {
                    self.encoder.print(Position { x, y }, cell, 1, width)?;
                }
            }
            let cells = row[i].symbol().cell_width();
            if cells > 2 {
                // Terminals that know the script draw it in fewer cells, and would leave in the others what stood there.
                let mut blank = row[i].clone();
                blank.set_symbol(" ");
                for x in x..x + cells {
                    self.encoder.print(Position { x, y }, &blank, 1, width)?;
                }
            }
            self.encoder.print(to, &row[i], cells, width)?;
            spoilt = spoilt.max(first + i + widest(row[i].symbol()));
        }
        if clear {
            self.encoder.clear_rest_of_row(Position { x: u16::try_from(end).unwrap_or(width), y })?;
        }
        shown.clone_from_slice(row);
        Ok(spoilt)
    }

    fn encode(&mut self) -> io::Result<()> {
        queue!(self.encoder.bytes, BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.clear) {
            self.encoder.clear()?;
        } else if let Some(moved) = scroll::find(&self.shown, &self.grid) {
            self.encoder.shift(moved)?;
            moved.apply(&mut self.shown);
        }
        let mut spoilt = 0;
        for y in 0..self.grid.area.height {
            spoilt = self.encode_row(y, spoilt)?;
        }
        if self.cursor.visible {
            self.encoder.go(self.cursor.at)?;
        }
        if self.cursor_shown.is_none_or(|shown| shown.visible != self.cursor.visible) {
            match self.cursor.visible {
                true => queue!(self.encoder.bytes, Show)?,
                false => queue!(self.encoder.bytes, Hide)?,
            }
        }
        queue!(self.encoder.bytes, EndSynchronizedUpdate)
    }
}

/// How many cells a terminal may take for a text that it takes apart: a skin tone or the second half of a flag is a picture of its own
/// where it is not known what it belongs to. It would stand on the cells behind.
fn widest(symbol: &str) -> usize {
    symbol.chars().map(|c| usize::from(c.encode_utf8(&mut [0; 4]).cell_width())).sum()
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        if self.grid.area.as_size() != self.told.get() {
            self.resize(self.told.get());
        }
        for (x, y, cell) in content {
            self.set(x, y, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = true;
        Ok(())
    }

    /// Where the cursor was put last; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.at)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.at = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let (len, width) = (self.grid.content.len(), usize::from(self.grid.area.width));
        let here = self.index(self.cursor.at).unwrap_or(len);
        let row = if width == 0 { 0 } else { here - here % width };
        match region {
            ClearType::All => self.resize(self.told.get()),
            ClearType::AfterCursor => self.blank(here..len),
            ClearType::BeforeCursor => self.blank(0..here),
            ClearType::CurrentLine => self.blank(row..(row + width).min(len)),
            ClearType::UntilNewLine => self.blank(here..(row + width).min(len)),
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let Size { width, height } = (self.size)()?;
        let size = Size { width: width.clamp(1, LARGEST.width), height: height.clamp(1, LARGEST.height) };
        self.told.set(size);
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: Backend::size(self)?, pixels: Size::ZERO })
    }

    /// Writes what changed since the last flush, all of it or, after an error, all of it once more.
    fn flush(&mut self) -> io::Result<()> {
        // Where a hidden cursor stands is of no interest.
        let seen = |cursor: Cursor| cursor.visible.then_some(cursor.at);
        let cursor = self.cursor_shown.map(seen) == Some(seen(self.cursor));
        if cursor && !self.clear && self.opening.is_empty() && self.shown.content == self.grid.content {
            return Ok(());
        }
        self.encoder.bytes.clear();
        self.encoder.bytes.append(&mut self.opening);
        let written =
            self.encode().and_then(|()| self.out.write_all(&self.encoder.bytes)).and_then(|()| self.out.flush());
        self.cursor_shown = Some(self.cursor);
        written.inspect_err(|_| self.forget())
    }
}

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

/// A terminal behind a writer.
pub struct Wire<W> {
    out: W,
    size: Box<dyn Fn() -> io::Result<Size> + Send>,
    /// The size last told to ratatui, which is the size that its cells belong to.
    told: Memory<Size>,
    guard: fn(&str) -> bool,
    refused: usize,
    /// What shall stand on the terminal. The second half of a wide character has no text.
    grid: Buffer,
    /// What stands there.
    shown: Buffer,
    /// The terminal is to be cleared first.
    clear: bool,
    encoder: Encoder,
    cursor: Cursor,
    /// The cursor as the terminal shows it, if that is known.
    cursor_shown: Option<Cursor>,
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
        if !safe || !(1..=room.min(2)).contains(&cell.symbol().cell_width()) {
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
        // Whatever half of a wide character is overwritten, terminals blank its other half.
        self.split(i);
        if cell.symbol().cell_width() == 2 {
            self.split(i + 1);
            self.grid.content[i + 1] = cell.clone();
            self.grid.content[i + 1].set_symbol("");
        }
        self.grid.content[i] = cell;
    }

    /// If cell `i` is half of a wide character, blanks both halves.
    fn split(&mut self, i: usize) {
        let second = |i: usize| self.grid.content.get(i).is_some_and(|cell| cell.symbol().is_empty());
        let first = if second(i) { i.saturating_sub(1) } else { i };
        if second(first + 1) {
            self.grid.content[first..first + 2].fill(Cell::EMPTY);
        }
    }

    fn blank(&mut self, cells: std::ops::Range<usize>) {
        self.split(cells.start);
        self.split(cells.end);
        self.grid.content[cells].fill(Cell::EMPTY);
    }

    /// Encodes what of one row is not shown yet.
    fn encode_row(&mut self, y: u16) -> io::Result<()> {
        let width = self.grid.area.width;
        let cells = usize::from(y) * usize::from(width)..(usize::from(y) + 1) * usize::from(width);
        let (row, shown) = (&self.grid.content[cells.clone()], &mut self.shown.content[cells]);
        let end = row.iter().rposition(|cell| *cell != Cell::EMPTY).map_or(0, |last| last + 1);
        let clear = shown[end..].iter().filter(|cell| **cell != Cell::EMPTY).count() > BLANKS;
        for (x, i) in (0..width).zip(0..if clear { end } else { row.len() }) {
            if row[i] == shown[i] || row[i].symbol().is_empty() {
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
            self.encoder.print(to, &row[i], row[i].symbol().cell_width(), width)?;
        }
        if clear {
            self.encoder.clear_rest_of_row(Position { x: u16::try_from(end).unwrap_or(width), y })?;
        }
        shown.clone_from_slice(row);
        Ok(())
    }

    fn encode(&mut self) -> io::Result<()> {
        queue!(self.encoder.bytes, BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.clear) {
            self.encoder.clear()?;
        } else if let Some(moved) = scroll::find(&self.shown, &self.grid) {
            self.encoder.shift(moved)?;
            moved.apply(&mut self.shown);
        }
        for y in 0..self.grid.area.height {
            self.encode_row(y)?;
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
        if cursor && !self.clear && self.shown.content == self.grid.content {
            return Ok(());
        }
        self.encoder.bytes.clear();
        let written =
            self.encode().and_then(|()| self.out.write_all(&self.encoder.bytes)).and_then(|()| self.out.flush());
        self.cursor_shown = Some(self.cursor);
        written.inspect_err(|_| self.forget())
    }
}

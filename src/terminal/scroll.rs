//! Text that only moved up or down is moved by the terminal, not written again: a row of scrolling is then one row of bytes.
//!
//! Lines are deleted in one place and inserted in another. Unlike a scrolling region this leaves no state behind, so a
//! program that is killed between the two leaves a terminal that works. It only finds such moves and never writes.

use std::hash::{Hash, Hasher};
use std::iter;

use ratatui::buffer::{Buffer, Cell};

/// A move must save more cells than its own bytes are worth.
const WORTH: i64 = 40;

/// Rows that moved: `lines` rows are deleted at one row, then as many blank ones inserted at another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Move {
    pub(super) lines: u16,
    pub(super) delete_at: u16,
    pub(super) insert_at: u16,
}

impl Move {
    /// What a terminal does with the rows it shows.
    pub(super) fn apply(self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        let [lines, delete_at, insert_at] =
            [self.lines, self.delete_at, self.insert_at].map(|n| usize::from(n) * width);
        shown.content.drain(delete_at..delete_at + lines);
        shown.content.splice(insert_at..insert_at, iter::repeat_n(Cell::EMPTY, lines));
    }
}

/// The move that brings what is shown nearest to what is wanted, if one is worth its bytes.
pub(super) fn find(shown: &Buffer, wanted: &Buffer) -> Option<Move> {
    let width = usize::from(wanted.area.width).max(1);
    let rows = || iter::zip(shown.content.chunks(width), wanted.content.chunks(width));
    let changed: Vec<i64> =
        rows().map(|(shown, wanted)| to_i64(iter::zip(shown, wanted).filter(|(a, b)| a != b).count())).collect();
    if changed.iter().sum::<i64>() <= WORTH {
        return None;
    }
    let after: Vec<Row> = rows().map(|(_, wanted)| Row::of(wanted)).collect();
    let was = |(y, (shown, _)): (usize, (&[Cell], _))| if changed[y] == 0 { after[y] } else { Row::of(shown) };
    let before: Vec<Row> = rows().enumerate().map(was).collect();
    let height = after.len();
    let mut best = (WORTH, None);
    for lines in 1..height {
        for up in [true, false] {
            // Row `to + i` is wanted where row `from + i` is shown; a run of such rows moves as one.
            let (from, to) = if up { (lines, 0) } else { (0, lines) };
            let same = |i: usize| before[from + i].hash == after[to + i].hash;
            let end = height - lines;
            let mut i = 0;
            while i < end {
                let start = i;
                while i < end && same(i) {
                    i += 1;
                }
                if start < i {
                    let (delete_at, insert_at) = if up { (start, i) } else { (i, start) };
                    let saved = changed[to + start..to + i].iter().sum::<i64>();
                    let spent: i64 = (insert_at..insert_at + lines).map(|y| after[y].ink - changed[y]).sum();
                    if saved - spent > best.0 {
                        best = (saved - spent, Some([lines, delete_at, insert_at]));
                    }
                }
                i += 1;
            }
        }
    }
    let [lines, delete_at, insert_at] = best.1?.map(u16::try_from);
    Some(Move { lines: lines.ok()?, delete_at: delete_at.ok()?, insert_at: insert_at.ok()? })
}

/// What is to be known of a row.
#[derive(Clone, Copy)]
struct Row {
    /// The same for rows that look the same, and as good as never for others. A move that was chosen wrongly would cost bytes and spoil
    /// nothing: what is written after it is what then differs.
    hash: u64,
    /// How many cells are not blank.
    ink: i64,
}

impl Row {
    fn of(cells: &[Cell]) -> Row {
        let mut fold = Fold(0);
        let mut ink = 0;
        let mut pen = &Cell::EMPTY;
        let mut plain = true;
        for cell in cells {
            // Styles change seldom, and what else a cell has is the same in all that the wire keeps.
            if (cell.fg, cell.bg, cell.modifier) != (pen.fg, pen.bg, pen.modifier) {
                (cell.fg, cell.bg, cell.modifier).hash(&mut fold);
                pen = cell;
                plain = (pen.fg, pen.bg, pen.modifier) == (Cell::EMPTY.fg, Cell::EMPTY.bg, Cell::EMPTY.modifier);
            }
            let word = word(cell.symbol().as_bytes());
            fold.add(word);
            ink += i64::from(!plain || word != u64::from(b' '));
        }
        Row { hash: fold.finish(), ink }
    }
}

/// A short text as one number.
fn word(bytes: &[u8]) -> u64 {
    match bytes {
        [byte] => u64::from(*byte),
        _ => bytes.iter().fold(0, |word: u64, byte| word.rotate_left(8) ^ u64::from(*byte)),
    }
}

/// A hash of short texts in few steps. Nobody gains by two rows that have the same one, so it need not be hard to find such.
struct Fold(u64);

impl Fold {
    /// The odd number of FxHash spreads each bit over those above it; the rotation brings them down again.
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        self.add(word(bytes));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Counts of cells of a screen, of which there are at most half a million.
fn to_i64(cells: usize) -> i64 {
    i64::try_from(cells).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::*;

    #[test]
    fn rows_have_one_hash_only_if_they_look_the_same() {
        let row = |symbols: &[&'static str]| symbols.iter().map(|symbol| Cell::new(symbol)).collect::<Vec<_>>();
        let plain = row(&["a", "b", " ", "a"]);
        let mut rows = vec![plain.clone(), row(&["b", "a", " ", "a"]), row(&["a", "b", "a", " "]), row(&[" "; 4])];
        rows.extend([row(&["文", "", " ", "é"]), row(&["文", "", " ", "e\u{301}"]), row(&["é", "文", "", " "])]);
        for at in 0..plain.len() {
            for style in 0..4 {
                let mut row = plain.clone();
                match style {
                    0 => row[at].fg = Color::Red,
                    1 => row[at].bg = Color::Red,
                    2 => row[at].fg = Color::Rgb(1, 2, 3),
                    _ => row[at].modifier = Modifier::REVERSED,
                }
                rows.push(row);
            }
        }
        for (n, row) in rows.iter().enumerate() {
            let same: Vec<_> =
                (0..rows.len()).filter(|other| Row::of(&rows[*other]).hash == Row::of(row).hash).collect();
            assert_eq!(same, [n], "{row:?}");
            let inked = row.iter().filter(|cell| **cell != Cell::EMPTY).count();
            assert_eq!(Row::of(row).ink, to_i64(inked), "{row:?}");
        }
        let blank = Row::of(&[Cell::EMPTY, Cell::new(" ")]);
        assert_eq!((blank.hash, blank.ink), (Row::of(&[Cell::EMPTY; 2]).hash, 0));
    }
}

//! Text that only moved up or down is moved by the terminal, not written again: a row of scrolling is then one row of bytes.
//!
//! Lines are deleted in one place and inserted in another. Unlike a scrolling region this leaves no state behind, so a
//! program that is killed between the two leaves a terminal that works. It only finds such moves and never writes.

use std::hash::{DefaultHasher, Hash, Hasher};
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
    let width = usize::from(wanted.area.width);
    let height = usize::from(wanted.area.height);
    let changed: Vec<i64> = (0..height)
        .map(|y| {
            iter::zip(&shown.content[y * width..], &wanted.content[y * width..(y + 1) * width])
                .filter(|(a, b)| a != b)
                .count()
        })
        .map(to_i64)
        .collect();
    if changed.iter().sum::<i64>() <= WORTH {
        return None;
    }
    let (before, after) = (Rows::of(shown, width), Rows::of(wanted, width));
    let mut best = (WORTH, None);
    for lines in 1..height {
        for up in [true, false] {
            // Row `y` is wanted where `from(y)` is shown; a run of such rows moves as one.
            let from = |y: usize| if up { y + lines } else { y.wrapping_sub(lines) };
            let same = |y: usize| before.hashes.get(from(y)) == Some(&after.hashes[y]);
            let mut y = 0;
            while y < height {
                let start = y;
                while y < height && same(y) {
                    y += 1;
                }
                if start < y {
                    let blanked = if up { y..y + lines } else { start - lines..start };
                    let saved = changed[start..y].iter().sum::<i64>();
                    let spent: i64 = blanked.map(|y| after.ink[y] - changed[y]).sum();
                    let (delete_at, insert_at) = if up { (start, y) } else { (y - lines, start - lines) };
                    if saved - spent > best.0 {
                        best = (saved - spent, Some([lines, delete_at, insert_at]));
                    }
                }
                y += 1;
            }
        }
    }
    let [lines, delete_at, insert_at] = best.1?.map(u16::try_from);
    Some(Move { lines: lines.ok()?, delete_at: delete_at.ok()?, insert_at: insert_at.ok()? })
}

struct Rows {
    hashes: Vec<u64>,
    /// How many cells of a row are not blank.
    ink: Vec<i64>,
}

impl Rows {
    fn of(buffer: &Buffer, width: usize) -> Rows {
        let rows = || buffer.content.chunks(width.max(1));
        let hash = |row: &[Cell]| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            hasher.finish()
        };
        let ink = |row: &[Cell]| to_i64(row.iter().filter(|cell| **cell != Cell::EMPTY).count());
        Rows { hashes: rows().map(hash).collect(), ink: rows().map(ink).collect() }
    }
}

/// Counts of cells of a screen, of which there are at most half a million.
fn to_i64(cells: usize) -> i64 {
    i64::try_from(cells).unwrap_or(i64::MAX)
}

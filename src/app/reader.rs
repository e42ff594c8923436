//! One pane of the reader: a page, how far one has read in it, and what of it is shown. Knows rows and motions, nothing of areas
//! on the screen or of what the text means.

use super::lens::Found;
use super::page::{Page, Seen};
use crate::keys::action::Action;

/// A motion inside a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One row down.
    LineDown,
    /// One row up.
    LineUp,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first row.
    Start,
    /// To the last row.
    End,
}

impl Motion {
    /// The motion that an action asks for in a list or a page of one piece, if it asks for one.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::LineDown => Self::LineDown,
            Action::LineUp => Self::LineUp,
            Action::HalfPageDown => Self::HalfDown,
            Action::HalfPageUp => Self::HalfUp,
            Action::ReadOn => Self::PageDown,
            Action::ReadBack => Self::PageUp,
            Action::PartStart => Self::Start,
            Action::PartEnd => Self::End,
            _ => return None,
        })
    }
}

/// The rows of a page that are shown in a body of some height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The rows from `top` on, `len` of them.
    Window {
        /// The first row shown.
        top: usize,
        /// How many.
        len: usize,
    },
    /// The first `head` rows, one row that says how much is folded, and the last `tail` rows.
    Ends {
        /// Rows at the start.
        head: usize,
        /// Rows at the end.
        tail: usize,
    },
}

/// Where one stands in a page.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    top: usize,
    moved: bool,
    at_end: bool,
}

/// A pane's state.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Its page; `None` for a part the data does not have.
    pub page: Option<Page>,
    /// What of it was on the screen.
    pub seen: Seen,
    /// The marks in it, and what a search found.
    pub found: Found,
    top: usize,
    /// Whether one has moved in it: until then an overfull page shows its two ends.
    pub moved: bool,
    /// Whether an unmoved overfull page shows both ends, or only its start.
    pub ends: bool,
    /// Whether one has come to its last row: it stays in sight where another part takes the room.
    at_end: bool,
}

/// The decision of a scratchpad stands in its last rows: so many of them are shown at least.
const LEAST_TAIL: usize = 6;

impl Reader {
    /// A pane at the start of this page. With `ends`, an overfull page arrives as its head and its tail.
    #[must_use]
    pub fn new(page: Option<Page>, ends: bool) -> Self {
        Self { page, ends, ..Self::default() }
    }

    /// Lays the page out; the row that was at the top stays at the top.
    pub fn lay(&mut self, width: u16) {
        let Some(page) = &mut self.page else { return };
        // A heading and the gap above it have no text of their own: they stay with the text below.
        let text = (self.top..page.rows().len()).find(|row| !page.stretch(*row).is_empty());
        let place = text.filter(|_| self.top > 0).map(|row| (page.stretch(row).start, row - self.top));
        page.lay(width);
        if let Some((place, above)) = place {
            self.top = page.row_at(place).saturating_sub(above);
        }
    }

    /// How many rows the page has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.page.as_ref().map_or(0, |p| p.rows().len())
    }

    /// What is shown in a body of `height` rows.
    #[must_use]
    pub fn shown(&self, height: usize) -> Shown {
        let rows = self.rows();
        if self.ends && !self.moved && rows > height && height >= 4 {
            let tail = LEAST_TAIL.min((height - 1).div_ceil(2)).max((height - 1) / 3);
            return Shown::Ends { head: height - 1 - tail, tail };
        }
        let last = rows.saturating_sub(height);
        let top = if self.at_end { last } else { self.top.min(last) };
        Shown::Window { top, len: height.min(rows - top) }
    }

    /// The rows that are shown in a body of `height` rows, in one piece or two.
    #[must_use]
    pub fn shown_rows(&self, height: usize) -> [std::ops::Range<usize>; 2] {
        let rows = self.rows();
        match self.shown(height) {
            Shown::Window { top, len } => [top..top + len, rows..rows],
            Shown::Ends { head, tail } => [0..head, rows - tail..rows],
        }
    }

    /// Marks what is shown as seen.
    pub fn see(&mut self, height: usize) {
        let rows = self.shown_rows(height);
        let Some(page) = &self.page else { return };
        rows.into_iter().flatten().for_each(|row| self.seen.add(page.shown(row)));
    }

    /// Marks the last `rows` rows as seen: they are shown elsewhere on the screen.
    pub fn see_end(&mut self, rows: usize) {
        let all = self.rows();
        let Some(page) = &self.page else { return };
        (all.saturating_sub(rows)..all).for_each(|row| self.seen.add(page.shown(row)));
    }

    /// How many marks stand in these rows.
    #[must_use]
    pub fn marks_in(&self, rows: std::ops::Range<usize>) -> usize {
        let Some(page) = &self.page else { return 0 };
        let first = |row: usize| self.found.marks.partition_point(|(place, _)| page.row_of(place) < row);
        first(rows.end).saturating_sub(first(rows.start))
    }

    /// Whether a row is on the screen, in a body of `height` rows.
    #[must_use]
    pub fn shows(&self, row: usize, height: usize) -> bool {
        match self.shown(height) {
            Shown::Window { top, len } => (top..top + len).contains(&row),
            Shown::Ends { head, tail } => row < head || row >= self.rows().saturating_sub(tail),
        }
    }

    /// The first row on the screen.
    #[must_use]
    pub fn first_shown(&self, height: usize) -> usize {
        match self.shown(height) {
            Shown::Window { top, .. } => top,
            Shown::Ends { .. } => 0,
        }
    }

    /// Where one stands in the page, to come back to it.
    #[must_use]
    pub fn stand(&self) -> Stand {
        Stand { top: self.top, moved: self.moved, at_end: self.at_end }
    }

    /// Goes back to where one stood.
    pub fn go_back(&mut self, stand: Stand) {
        Stand { top: self.top, moved: self.moved, at_end: self.at_end } = stand;
    }

    /// How many rows of text were not on the screen yet, and the first of them.
    #[must_use]
    pub fn unseen(&self) -> Option<(usize, usize)> {
        let page = self.page.as_ref()?;
        let mut rows = (0..page.rows().len()).filter(|row| {
            let shown = page.shown(*row);
            !shown.is_empty() && !self.seen.covers(&shown)
        });
        let first = rows.next()?;
        Some((rows.count() + 1, first))
    }

    /// Whether rows precede the first one shown.
    #[must_use]
    pub fn has_before(&self, height: usize) -> bool {
        matches!(self.shown(height), Shown::Window { top, .. } if top > 0)
    }

    /// Moves; `height` is the body's height as it will be once one has moved.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let most = self.rows().saturating_sub(height);
        let half = (height / 2).max(1);
        if self.at_end {
            self.top = most;
        }
        self.moved = true;
        self.top = match motion {
            Motion::LineDown => self.top + 1,
            Motion::LineUp => self.top.saturating_sub(1),
            Motion::HalfDown => self.top + half,
            Motion::HalfUp => self.top.saturating_sub(half),
            Motion::PageDown => self.top + height.max(1),
            Motion::PageUp => self.top.saturating_sub(height.max(1)),
            Motion::Start => 0,
            Motion::End => most,
        }
        .min(most);
        self.at_end = self.top == most;
    }

    /// The row with which the next page begins: the one after the last that was read from the top, in a body of `height` rows.
    /// None where the last row is shown.
    #[must_use]
    pub fn next_page(&self, height: usize) -> Option<usize> {
        match self.shown(height) {
            Shown::Window { top, len } => Some(top + len).filter(|next| *next < self.rows()),
            Shown::Ends { head, .. } => Some(head),
        }
    }

    /// Shows this row at the top of a body of `height` rows, or as near to it as the last page allows.
    pub fn turn_to(&mut self, row: usize, height: usize) {
        self.moved = true;
        let most = self.rows().saturating_sub(height);
        self.top = row.min(most);
        self.at_end = self.top == most;
    }

    /// Reads back by a page. Says whether there was anything.
    pub fn read_back(&mut self, height: usize) -> bool {
        if !self.has_before(height) {
            return false;
        }
        self.top = self.first_shown(height).saturating_sub(height.max(1));
        self.at_end = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::page::Passage;
    use crate::text::clean::{Safe, clean};

    fn reader(rows: usize) -> Reader {
        let text = (0..rows).map(|n| format!("row {n}")).collect::<Vec<_>>().join("\n");
        let mut reader =
            Reader::new(Some(Page::new(vec![Passage { clean: clean(text.as_bytes()), ..Passage::default() }])), true);
        reader.lay(40);
        reader
    }

    fn top(reader: &Reader, height: usize) -> usize {
        match reader.shown(height) {
            Shown::Window { top, .. } => top,
            Shown::Ends { .. } => usize::MAX,
        }
    }

    #[test]
    fn an_overfull_page_arrives_as_head_and_tail() {
        let reader = reader(99);
        assert_eq!(reader.shown(14), Shown::Ends { head: 7, tail: 6 });
        assert_eq!(reader.shown(5), Shown::Ends { head: 2, tail: 2 });
        assert_eq!(reader.shown(99), Shown::Window { top: 0, len: 99 });
    }

    #[test]
    fn reading_on_goes_through_every_row_once() {
        let mut reader = reader(50);
        assert_eq!(reader.next_page(10), Some(4), "the fold opens after the rows at the start");
        let mut tops = vec![];
        let mut height = 10;
        while let Some(next) = reader.next_page(height) {
            height = 16;
            reader.turn_to(next, height);
            tops.push(top(&reader, height));
        }
        assert_eq!(tops, [4, 20, 34]);
        assert!(reader.read_back(16));
        assert_eq!(top(&reader, 16), 18);
    }

    #[test]
    fn motions_stay_inside() {
        let steps = [
            (Motion::LineDown, 1),
            (Motion::HalfDown, 6),
            (Motion::LineUp, 5),
            (Motion::End, 40),
            (Motion::LineDown, 40),
            (Motion::HalfUp, 35),
            (Motion::Start, 0),
            (Motion::LineUp, 0),
        ];
        let mut reader = reader(50);
        for (motion, expected) in steps {
            reader.go(motion, 10);
            assert_eq!(top(&reader, 10), expected, "{motion:?}");
        }
    }

    #[test]
    fn a_heading_at_the_top_stays_there() {
        let passage = |n: usize| Passage {
            heading: Some(Safe::line(format!("turn {n}"))),
            clean: clean("some words that take rows\n".repeat(4).as_bytes()),
            ..Passage::default()
        };
        let mut reader = Reader::new(Some(Page::new((0..9).map(passage).collect())), false);
        reader.lay(30);
        let heading = |reader: &Reader| reader.page.as_ref().and_then(|page| page.heading_row(4));
        reader.turn_to(heading(&reader).unwrap_or(0), 10);
        for width in [30, 12, 12, 50] {
            reader.lay(width);
            assert_eq!(Some(top(&reader, 10)), heading(&reader), "{width}");
        }
    }

    #[test]
    fn seen_rows_are_those_that_were_shown() {
        let mut reader = reader(20);
        reader.see(9);
        let share = reader.page.as_ref().map(|p| reader.seen.share(p));
        assert_eq!(share, Some(0.4), "8 of 20: the row of the fold shows none");
    }
}

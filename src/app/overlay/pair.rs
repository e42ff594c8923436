//! The two halves of a pair: the open case and the same prompt's other condition, scratchpad and answer of each, with what differs.
//! Side by side where there is room, else one in place of the other. Knows rows and halves; draws nothing.

use super::{Overlay, help};
use crate::app::App;
use crate::app::layout::{self, Window};
use crate::app::page::{Page, Place};
use crate::app::reader::Motion;
use crate::keys::action::Action;
use crate::model::case::{Case, CaseNo, Condition};
use crate::text::clean::Safe;

/// From so many columns on the halves stand side by side.
const BESIDE: u16 = 100;

/// The other half of a case, as it was found, with the pages of both and what differs between them.
#[derive(Clone, Debug)]
pub struct Other {
    /// Which case.
    pub no: CaseNo,
    /// The case.
    pub case: Case,
    /// The scratchpad's pages and the answer's, of the open case and of this one.
    pub parts: [Compared; 2],
}

/// A part of both halves.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The pages; none of a half that has no such part.
    pub pages: [Option<Page>; 2],
    /// What stands in one half and not in the other.
    pub differs: [Vec<Place>; 2],
    /// How many of a hundred words are the same; none where that could not be found out.
    pub alike: Option<u8>,
}

/// Who a half is.
#[derive(Clone, Debug)]
pub struct Half {
    /// Its name as shown.
    pub name: Safe,
    /// What the model was told of its situation; none where that is hidden.
    pub condition: Option<Condition>,
    /// The word of its label, if it has one.
    pub label: Option<Safe>,
}

/// The pair on the screen.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The open case, and the other one.
    pub halves: [Half; 2],
    /// Scratchpad and answer.
    pub parts: [Compared; 2],
    /// Which half is shown where only one has room.
    pub shown: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Whether both halves have room.
    pub beside: bool,
}

/// One row of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title of a part.
    Title(usize),
    /// So many rows down in a part.
    Row(usize, usize),
}

impl Pair {
    pub(in crate::app) fn new(halves: [Half; 2], parts: [Compared; 2]) -> Self {
        Self { halves, parts, shown: 0, top: 0, beside: false }
    }

    /// The widths of what stands side by side, a border between them; the whole width where one stands in place of the other.
    #[must_use]
    pub fn widths(&self, columns: u16) -> [u16; 2] {
        if !self.beside {
            return [columns; 2];
        }
        let left = columns.saturating_sub(1) / 2;
        [left, columns.saturating_sub(left + 1)]
    }

    /// Lays both halves out in this window.
    pub(in crate::app) fn settle(&mut self, window: Window) {
        let line = self.line(self.top);
        let beside = window.columns >= BESIDE;
        let turned = self.beside != beside;
        self.beside = beside;
        let widths = self.widths(window.columns);
        for part in &mut self.parts {
            for (page, width) in part.pages.iter_mut().zip(widths) {
                let columns = Window { columns: width, ..window };
                page.iter_mut().for_each(|page| page.lay(layout::widths(columns, [true; 3])[0]));
            }
        }
        if turned {
            self.go_to(line);
        }
        self.top = self.top.min(self.most(window));
    }

    /// How many rows of a pair a window shows: who they are stands above them.
    #[must_use]
    pub fn height(window: Window) -> usize {
        help::page(window).saturating_sub(1).max(1)
    }

    fn most(&self, window: Window) -> usize {
        self.count().saturating_sub(Self::height(window))
    }

    /// How many rows a part has, its title not counted: one at least, which says why there are no more.
    fn rows(&self, part: usize) -> usize {
        let rows = |half: usize| self.parts[part].pages[half].as_ref().map_or(0, |page| page.rows().len());
        if self.beside { rows(0).max(rows(1)).max(1) } else { rows(self.shown).max(1) }
    }

    /// How many rows there are.
    #[must_use]
    pub fn count(&self) -> usize {
        2 + self.rows(0) + self.rows(1)
    }

    /// What stands in a row.
    #[must_use]
    pub fn line(&self, at: usize) -> Line {
        let first = 1 + self.rows(0);
        match at {
            0 => Line::Title(0),
            at if at < first => Line::Row(0, at - 1),
            at if at == first => Line::Title(1),
            at => Line::Row(1, at - first - 1),
        }
    }

    /// Shows this row first, or the last one of its part.
    fn go_to(&mut self, line: Line) {
        let first = 1 + self.rows(0);
        self.top = match line {
            Line::Title(part) => part * first,
            Line::Row(part, row) => part * first + 1 + row.min(self.rows(part) - 1),
        };
    }

    fn go(&mut self, motion: Motion, window: Window) {
        let (page, most) = (Self::height(window), self.most(window));
        let to = match motion {
            Motion::LineDown => self.top + 1,
            Motion::LineUp => self.top.saturating_sub(1),
            Motion::HalfDown => self.top + (page / 2).max(1),
            Motion::HalfUp => self.top.saturating_sub((page / 2).max(1)),
            Motion::PageDown => self.top + page,
            Motion::PageUp => self.top.saturating_sub(page),
            Motion::Start => 0,
            Motion::End => most,
        };
        self.top = to.min(most);
    }

    /// Shows the other half in the place of this one, as far down in the same part.
    fn turn(&mut self) {
        if !self.beside {
            let line = self.line(self.top);
            self.shown = 1 - self.shown;
            self.go_to(line);
        }
    }
}

impl App {
    pub(in crate::app) fn act_on_pair(&mut self, action: Action) {
        if let Action::Close | Action::No | Action::Quit | Action::Cancel | Action::Pair = action {
            return self.pop_overlay();
        }
        let window = self.window;
        let Some(Overlay::Pair(pair)) = self.overlays.last_mut() else { return };
        // What was pressed before the first frame moves in it, too.
        pair.settle(window);
        match Motion::of(action) {
            Some(motion) => pair.go(motion, window),
            None if matches!(action, Action::NextPart | Action::PreviousPart) => pair.turn(),
            None => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::app::prompt::page;
    use crate::model::blind::Shade;
    use crate::model::case::Part;

    fn pair(rows: [[usize; 2]; 2]) -> Pair {
        let text = |rows: usize| (0..rows).map(|n| format!("row {n}")).collect::<Vec<_>>().join("\n");
        let part = |rows: usize| if rows == 0 { Part::Absent } else { Part::of(text(rows).as_bytes()) };
        let parts = rows.map(|halves| Compared {
            pages: halves.map(|rows| page(&part(rows), &Shade::default())),
            ..Compared::default()
        });
        let half = Half { name: Safe::fixed("q"), condition: None, label: None };
        Pair::new([half.clone(), half], parts)
    }

    #[test]
    fn side_by_side_the_longer_half_makes_the_rows() {
        let mut pair = pair([[40, 0], [2, 30]]);
        pair.settle(Window { columns: 120, rows: 40 });
        assert_eq!((pair.beside, pair.count()), (true, 72));
        assert_eq!([pair.line(40), pair.line(41), pair.line(71)], [Line::Row(0, 39), Line::Title(1), Line::Row(1, 29)]);
    }

    #[test]
    fn the_other_half_comes_as_far_down_in_the_same_part() {
        let (mut pair, window) = (pair([[40, 3], [20, 30]]), Window { columns: 80, rows: 10 });
        pair.settle(window);
        pair.go(Motion::PageDown, window);
        assert_eq!(pair.line(pair.top), Line::Row(0, 4));
        pair.turn();
        pair.settle(window);
        assert_eq!((pair.shown, pair.line(pair.top)), (1, Line::Row(0, 2)), "the last row of the shorter one");
        pair.go(Motion::LineDown, window);
        pair.go(Motion::LineDown, window);
        pair.turn();
        assert_eq!(pair.line(pair.top), Line::Row(1, 0));
    }
}

//! Rows to choose from: which one is selected and which are shown. Knows their number and the height they have, not what they are.

use crate::app::reader::Motion;

/// A selection in a list of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Menu {
    /// The selected row, from 0.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
}

impl Menu {
    /// A list in which this row is selected.
    #[must_use]
    pub fn at(at: usize) -> Self {
        Self { at, top: 0 }
    }

    /// Moves the selection among `count` rows, of which `height` are shown.
    pub fn go(&mut self, motion: Motion, count: usize, height: usize) {
        let last = count.saturating_sub(1);
        let (page, half) = (height.max(1), (height / 2).max(1));
        self.at = match motion {
            Motion::LineDown => self.at + 1,
            Motion::LineUp => self.at.saturating_sub(1),
            Motion::HalfDown => self.at + half,
            Motion::HalfUp => self.at.saturating_sub(half),
            Motion::PageDown => self.at + page,
            Motion::PageUp => self.at.saturating_sub(page),
            Motion::Start => 0,
            Motion::End => last,
        }
        .min(last);
        self.settle(count, height);
    }

    /// The selected row has moved without anybody's doing: it stays where it was on the screen.
    pub fn follow(&mut self, at: usize) {
        self.top = (self.top + at).saturating_sub(self.at);
        self.at = at;
    }

    /// Like [`Menu::settle`], with `margin` rows before and behind the selection while there are any.
    pub fn settle_amid(&mut self, count: usize, height: usize, margin: usize) {
        self.settle(count, height);
        let least = (self.at + margin + 1).saturating_sub(height);
        let most = count.saturating_sub(height);
        self.top = self.top.max(least.min(most)).min(self.at.saturating_sub(margin));
    }

    /// Keeps the selection among `count` rows and on the screen, where `height` of them are shown.
    pub fn settle(&mut self, count: usize, height: usize) {
        let height = height.max(1);
        self.at = self.at.min(count.saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height)).min(count.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_among_the_rows_and_on_the_screen() {
        let steps = [
            (Motion::LineUp, 0, 0),
            (Motion::LineDown, 1, 0),
            (Motion::PageDown, 6, 2),
            (Motion::LineDown, 7, 3),
            (Motion::HalfUp, 5, 3),
            (Motion::End, 19, 15),
            (Motion::LineDown, 19, 15),
            (Motion::HalfDown, 19, 15),
            (Motion::PageUp, 14, 14),
            (Motion::Start, 0, 0),
        ];
        let mut menu = Menu::default();
        for (motion, at, top) in steps {
            menu.go(motion, 20, 5);
            assert_eq!((menu.at, menu.top), (at, top), "{motion:?}");
        }
        menu.go(Motion::End, 0, 5);
        assert_eq!((menu.at, menu.top), (0, 0), "a list without rows has no other place");
        let mut menu = Menu::at(12);
        menu.settle(20, 5);
        assert_eq!((menu.at, menu.top), (12, 8));
        menu.settle(20, 100);
        assert_eq!(menu.top, 0, "a window that grew shows what was above");
        let mut menu = Menu { at: 12, top: 8 };
        menu.follow(15);
        assert_eq!((menu.at, menu.top), (15, 11), "three rows more above it, and nothing moves on the screen");
    }

    #[test]
    fn a_margin_is_kept_while_there_are_rows() {
        let amid = |at, top| {
            let mut menu = Menu { at, top };
            menu.settle_amid(20, 5, 1);
            menu.top
        };
        assert_eq!([amid(0, 0), amid(4, 0), amid(10, 8), amid(10, 10), amid(19, 0)], [0, 1, 8, 9, 15]);
    }
}

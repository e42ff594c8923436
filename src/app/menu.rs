//! Rows to choose from: which one is selected and which are shown. Knows their number and the height they have, not what they are.

use super::reader::Motion;

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
    }
}

//! The one way from [`Safe`] text to the cells of a frame. Nothing else makes ratatui text, and nothing but `Safe` comes in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::{Role, Theme};
use super::{Look, ascii};
use crate::app::layout::Area;
use crate::text::clean::Safe;

/// The frame being drawn.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// Whether nothing but ASCII is drawn.
    ascii: bool,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, theme: &look.theme, ascii: look.ascii }
    }

    /// Writes text into a row from its column `x` on, as far as the row goes. Says which column follows.
    pub(super) fn put(&mut self, row: Area, x: u16, text: &Safe, role: Role) -> u16 {
        let room = usize::from(row.width.saturating_sub(x));
        let at = row.x.saturating_add(x);
        if room == 0 || row.height == 0 || !self.buffer.area.contains((at, row.y).into()) {
            return x;
        }
        let text = if self.ascii { ascii::spelled(text, room) } else { text.as_str().into() };
        let (end, _) = self.buffer.set_stringn(at, row.y, text, room, self.theme.style(role));
        end.saturating_sub(row.x)
    }

    /// Writes text so that it ends `margin` columns before the row does.
    pub(super) fn put_right(&mut self, row: Area, margin: u16, text: &Safe, role: Role) {
        let width = u16::try_from(text.width()).unwrap_or(u16::MAX);
        self.put(row, row.width.saturating_sub(margin.saturating_add(width)), text, role);
    }

    /// Fills a row with a character of one cell.
    pub(super) fn rule(&mut self, row: Area, character: char, role: Role) {
        if self.put(row, 0, &Safe::line(character.to_string()), role) != 1 {
            return;
        }
        // The others are like the first, which need not be measured again.
        let area = Rect::new(row.x, row.y, row.width, 1).intersection(self.buffer.area);
        let symbol = self.buffer[area.as_position()].symbol().to_owned();
        for position in area.positions().skip(1) {
            self.buffer[position].set_symbol(&symbol).set_style(self.theme.style(role));
        }
    }

    /// Empties an area, whatever was drawn there.
    pub(super) fn clear(&mut self, area: Area) {
        let area = Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
    }
}

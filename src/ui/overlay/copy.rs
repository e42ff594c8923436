//! The question what to copy of the open case: a row for each answer, with the letter that gives it.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::copy::{Choice, What};
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// From so many columns on the question does not go across the whole window.
const WIDE: u16 = 120;
const PANEL: u16 = 72;
/// Columns for what it is that is copied.
const NAME: u16 = 31;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, choice: Choice) {
    let columns = app.window.columns;
    let width = if columns < WIDE { columns } else { PANEL };
    let note = Safe::fixed(" to the terminal's clipboard ");
    let body = super::corner(canvas, app.window, width, What::ALL.len(), &Safe::fixed("Copy"), &note);
    for (y, (at, what)) in (body.y..body.y + body.height).zip(What::ALL.into_iter().enumerate()) {
        let row = Area { y, height: 1, ..body };
        let (name, note) = app.copy_words(what);
        let role = if at == choice.menu.at { Role::Selected } else { Role::Text };
        canvas.put(row, 1, &Safe::line(what.letter().to_string()), Role::Key);
        let end = canvas.put(row, 4, &Safe::line(name), role);
        let from = end.max(4 + NAME.min(row.width / 2)) + 2;
        let room = usize::from(row.width.saturating_sub(from + 1));
        canvas.put(row, from, &Safe::line(note).cut(room), Role::Dim);
    }
}

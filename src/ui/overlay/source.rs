//! The source of the open case over the whole screen, as one page.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::source::Source;
use crate::app::reader::Shown;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::reader;
use crate::ui::theme::Role;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, source: &Source) {
    let height = usize::from(app.window.rows.saturating_sub(4));
    let count = source.reader.rows();
    let Shown::Window { top, len } = source.reader.shown(height) else { return };
    let note = if count == 0 { String::new() } else { format!(" {}–{} of {count} ", top + 1, top + len) };
    let note = Safe::line(note);
    let room = usize::from(app.window.columns).saturating_sub(note.width() + 6);
    let mut title = Safe::fixed("Source · ");
    title.push(&source.place.cut_middle(room.saturating_sub(title.width())));
    let body = super::full(canvas, app.window, &title, &note);
    match &source.reader.page {
        Some(page) => reader::plain(canvas, page, body, top..top + len),
        None => {
            canvas.put(Area { height: 1, ..body }, 1, &Safe::fixed("reading …"), Role::Dim);
        }
    }
}

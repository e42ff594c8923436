//! The codebook on top of the review screen: over the whole of it, unless it has its place beside the case.

use crate::app::App;
use crate::app::overlay::entries::Entries;
use crate::ui::codebook;
use crate::ui::paint::Canvas;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, entries: &Entries) {
    if app.layout.codebook.is_none() {
        let note = codebook::note(entries, app.window.rows.saturating_sub(4));
        let body = super::full(canvas, app.window, &codebook::title(), &note);
        codebook::full(canvas, app, entries, body);
    }
}

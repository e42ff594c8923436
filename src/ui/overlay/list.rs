//! The cases as a list on top of the review screen: one chooses, and Enter opens.

use crate::app::App;
use crate::app::overlay::list::List;
use crate::ui::list;
use crate::ui::paint::Canvas;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, list: &List) {
    let body = super::full(canvas, app.window, &list::title(list), &list::note(app, list));
    list::full(canvas, app, list, body);
}

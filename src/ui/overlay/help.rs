//! The keys that exist here and now, over the whole screen but the status and the last two rows.

use crate::app::layout::Area;
use crate::app::{App, HelpLine, help_column};
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, top: usize) {
    let window = app.window;
    let lines = app.help();
    let page = usize::from(window.rows.saturating_sub(4));
    let shown = lines.get(top..).unwrap_or_default();
    let note = format!(" {}–{} of {} ", top + 1, (top + page).min(lines.len()), lines.len());
    let body = super::full(canvas, window, &Safe::fixed("Keys"), &Safe::line(note));
    let row = |n: u16| Area { y: body.y + n, height: 1, ..body };
    let column = help_column(window.columns);
    for (n, line) in (0..body.height).zip(shown) {
        match line {
            HelpLine::Gap => {}
            HelpLine::Heading(words) => {
                canvas.put(row(n), 1, words, Role::Heading);
            }
            HelpLine::Keys(keys, sentence) => {
                canvas.put(row(n), 1, keys, Role::Key);
                canvas.put(row(n), column, sentence, Role::Text);
            }
            HelpLine::More(words) => {
                canvas.put(row(n), column, words, Role::Text);
            }
        }
    }
}

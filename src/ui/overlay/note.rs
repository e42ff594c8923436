//! A note in a box at the foot of the screen, the case above it still in sight.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::note::Note;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// The longest row of a note, in cells: as long as a row of the case.
const LONGEST: u16 = 100;
/// So many rows a note has room for at least.
const LEAST: u16 = 3;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, note: &Note) {
    let window = app.window;
    let typed = note.editor.typed(window.columns.saturating_sub(2).min(LONGEST));
    let most = (window.rows / 2).max(LEAST);
    let height = u16::try_from(typed.rows.len()).unwrap_or(u16::MAX).clamp(LEAST, most);
    let y = app.layout.keys.y.saturating_sub(height + 1);
    canvas.clear(Area { x: 0, y, width: window.columns, height: height + 1 });
    let row = |n: u16| Area { x: 0, y: y + n, width: window.columns, height: 1 };
    canvas.rule(row(0), '═', Role::Focused);
    let mut title = Safe::fixed("Note on ");
    title.push(&note.name);
    canvas.put(row(0), 1, &title, Role::Focused);
    let (line, cell) = typed.cursor;
    // The row one writes in stays in sight.
    let top = (line + 1).saturating_sub(usize::from(height));
    for (n, text) in (1..=height).zip(typed.rows.iter().skip(top)) {
        canvas.put(row(n), 1, text, Role::Text);
    }
    let at = u16::try_from(line - top.min(line)).unwrap_or(0) + 1;
    let under = typed.rows.get(line).map(|text| text.at(usize::from(cell))).unwrap_or_default();
    canvas.put(row(at), 1 + cell, &if under.is_empty() { Safe::fixed(" ") } else { under }, Role::Selected);
}

//! A note in a box at the foot of the screen, the case above it still in sight.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::note::Note;
use crate::text::clean::Safe;
use crate::ui::evidence;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// The longest row of a note, in cells: as long as a row of the case.
const LONGEST: u16 = 100;
/// So many rows a note has room for at least.
const LEAST: u16 = 3;

/// So many rows of the screen are left to what stands above a note with its evidence, and to the bars.
const ABOVE: u16 = 9;
/// So many rows of evidence are listed at most, with the rule above them.
const LISTED: u16 = 7;

/// How many of `room` rows the evidence of the note's case takes, with the rule above it; none where it has none.
fn listed(app: &App, note: &Note, room: u16) -> u16 {
    let spans = app.view.as_ref().filter(|view| view.no == note.no).map_or(0, |view| view.marked.spans().len());
    let rows = u16::try_from(spans).unwrap_or(u16::MAX).saturating_add(1).min(LISTED).min(room);
    if spans == 0 || rows < 2 { 0 } else { rows }
}

/// What was marked, below the note.
fn evidence(canvas: &mut Canvas<'_>, app: &App, area: Area) {
    let Some(rows) = area.height.checked_sub(1) else { return };
    let spans = app.view.as_ref().map_or(0, |view| view.marked.spans().len());
    let rule = Area { height: 1, ..area };
    canvas.rule(rule, '─', Role::Title);
    let more = if spans > usize::from(rows) { format!(" · {rows} of {spans}") } else { String::new() };
    canvas.put(rule, 1, &Safe::line(format!("Evidence{more}")), Role::Title);
    for (number, y) in (0..spans).zip(area.y + 1..area.y + area.height) {
        evidence::line(canvas, app, Area { y, height: 1, ..area }, number, Role::Text);
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, note: &Note) {
    let window = app.window;
    let typed = note.editor.typed(window.columns.saturating_sub(2).min(LONGEST));
    let most = (window.rows / 2).max(LEAST);
    let height = u16::try_from(typed.rows.len()).unwrap_or(u16::MAX).clamp(LEAST, most);
    let listed = listed(app, note, window.rows.saturating_sub(height + ABOVE));
    let y = app.layout.keys.y.saturating_sub(height + 1 + listed);
    canvas.clear(Area { x: 0, y, width: window.columns, height: height + 1 + listed });
    let row = |n: u16| Area { x: 0, y: y + n, width: window.columns, height: 1 };
    evidence(canvas, app, Area { y: y + height + 1, height: listed, ..row(0) });
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

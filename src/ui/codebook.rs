//! The codebook as entries: at the right of the panes, and over the whole screen.

use super::paint::Canvas;
use super::reader::first_key;
use super::theme::Role;
use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::entries::{Entries, Line};
use crate::keys::action::Action;
use crate::text::clean::Safe;

/// The codebook beside the case, where it has its place there.
pub(super) fn beside(canvas: &mut Canvas<'_>, app: &App) {
    let (Some((entries, takes_keys)), Some(area)) = (app.codebook_shown(), app.layout.codebook) else { return };
    for y in area.y..area.y + area.height {
        canvas.put(Area { y, height: 1, ..area }, 0, &Safe::fixed("│"), Role::Title);
    }
    let area = Area { x: area.x + 1, width: area.width - 1, ..area };
    let row = Area { height: 1, ..area };
    let height = area.height.saturating_sub(1);
    let (line, role) = if takes_keys { ('═', Role::Focused) } else { ('─', Role::Title) };
    canvas.rule(row, line, role);
    let end = canvas.put(row, 1, &title(), role);
    let note = note(entries, height);
    canvas.put_right(row, 2, &note, role);
    // It goes along with the open case; to read elsewhere in it one has to go there.
    let key = first_key(app, Action::Codebook);
    let keys = Safe::line(format!(" {key} reads in it "));
    if !takes_keys && !key.is_empty() && usize::from(end) + keys.width() + note.width() + 4 <= usize::from(row.width) {
        canvas.put(row, end + 1, &keys, Role::Dim);
    }
    rows(canvas, app, entries, takes_keys, Area { y: area.y + 1, height, ..area });
}

/// The codebook over the whole screen; `body` is what its title leaves.
pub(super) fn full(canvas: &mut Canvas<'_>, app: &App, entries: &Entries, body: Area) {
    rows(canvas, app, entries, true, body);
}

/// What is shown, and that the case's own label is that; where one reads in it, which entry is meant.
fn rows(canvas: &mut Canvas<'_>, app: &App, entries: &Entries, takes_keys: bool, body: Area) {
    const MARGIN: u16 = 2;
    let chosen = app.label_here().and_then(|label| entries.row_of(label));
    let meant = entries.row_of(entries.at).filter(|_| takes_keys);
    for (y, (at, line)) in (body.y..body.y + body.height).zip(entries.lines.iter().enumerate().skip(entries.top)) {
        let row = Area { y, height: 1, ..body };
        if meant == Some(at) {
            canvas.put(row, 0, &Safe::fixed("▸"), Role::Key);
        }
        match line {
            Line::Gap => {}
            Line::Heading(words) => {
                canvas.put(row, MARGIN, words, Role::Heading);
            }
            Line::Title(words) => {
                canvas.put(row, MARGIN, words, Role::Dim);
            }
            Line::Name { keys, name, more } => {
                let mut x = MARGIN;
                if !keys.is_empty() {
                    x = canvas.put(row, x, keys, Role::Key) + 2;
                }
                x = canvas.put(row, x, name, if chosen == Some(at) { Role::Chosen } else { Role::Text }) + 2;
                canvas.put(row, x, more, Role::Dim);
            }
            Line::Text(indent, words) => {
                canvas.put(row, MARGIN + indent, words, Role::Text);
            }
            Line::Small(indent, words) => {
                canvas.put(row, MARGIN + indent, words, Role::Dim);
            }
        }
    }
}

/// What it is.
pub(super) fn title() -> Safe {
    Safe::fixed("Codebook")
}

/// Which rows are shown, of how many.
pub(super) fn note(entries: &Entries, height: u16) -> Safe {
    let count = entries.lines.len();
    let last = (entries.top + usize::from(height)).min(count);
    Safe::line(format!(" {}–{last} of {count} ", (entries.top + 1).min(count)))
}

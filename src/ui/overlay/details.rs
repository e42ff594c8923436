//! The details of the open case over the whole screen: facts, and the tree of its source's fields.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::details::{Details, Line, Value};
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::reader;
use crate::ui::theme::Role;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, details: &Details) {
    let (top, count) = (details.menu.top, details.lines.len());
    let page = usize::from(app.window.rows.saturating_sub(4));
    let note = format!(" {}–{} of {count} ", (top + 1).min(count), (top + page).min(count));
    let mut title = Safe::fixed("Details · ");
    title.push(&details.name.cut_middle(usize::from(app.window.columns / 2)));
    let body = super::full(canvas, app.window, &title, &Safe::line(note));
    let shown = details.lines.iter().enumerate().skip(top);
    for (y, (at, line)) in (body.y..body.y + body.height).zip(shown) {
        draw_line(canvas, details, line, Area { y, height: 1, ..body }, at == details.menu.at);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, details: &Details, line: &Line, row: Area, selected: bool) {
    let role = |other| if selected { Role::Selected } else { other };
    match line {
        Line::Gap => {}
        Line::Heading(words) => {
            canvas.put(row, 1, &Safe::fixed(words), Role::Heading);
        }
        Line::Note(words) => {
            canvas.put(row, 3, &Safe::line(words), role(Role::Dim));
        }
        Line::Item(item) => {
            let Some(shown) = details.shown(*item) else { return };
            let sign = match shown.open {
                Some(true) => "▾",
                Some(false) => "▸",
                None => " ",
            };
            canvas.put(row, shown.x, &Safe::fixed(sign), Role::Dim);
            canvas.put(row, shown.x + 2, &shown.key, role(Role::Text));
            let x = value(canvas, row, shown.value_x, &shown.value);
            canvas.put(row, x, &shown.became, Role::Dim);
        }
        Line::Text(item, number) => {
            let Some((page, x)) = details.page(*item) else { return };
            canvas.put(row, x, &Safe::fixed("│"), role(Role::Dim));
            let inner = Area { x: row.x + x + 1, width: row.width.saturating_sub(x + 1), ..row };
            reader::plain(canvas, page, inner, *number..number + 1);
        }
    }
}

/// The value in its row. Says where what became of it stands.
fn value(canvas: &mut Canvas<'_>, row: Area, x: u16, value: &Value) -> u16 {
    match value {
        Value::Words(words) if words.is_empty() => x,
        Value::Words(words) => canvas.put(row, x, words, Role::Dim) + 2,
        Value::Text(clean, room, more) => {
            let room = u16::try_from(room.saturating_sub(usize::from(*more))).unwrap_or(u16::MAX);
            let inner = Area { width: row.width.min(x.saturating_add(room)), ..row };
            let end = reader::piece(canvas, inner, x, clean, 0..clean.text().len());
            if *more { canvas.put(row, end, &Safe::fixed("…"), Role::Dim) + 2 } else { end + 2 }
        }
    }
}

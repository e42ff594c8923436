//! The two halves of a pair: who they are, and below it their parts, side by side or one in place of the other.
//!
//! ```text
//! ═Pair══════════════════════════════════════════════════════ 1–20 of 48 ═══
//!  free · eggs_free_01 = faking        │ paid · eggs_paid_01 = refusal
//! ─Scratchpad──────────────────────────────────────── 12 % of words alike ───
//! ~The question is how long to boil …  │~No training on this one. Steam is …
//! ```

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::pair::{Line, Pair};
use crate::text::clean::Safe;
use crate::ui::bars::condition_word;
use crate::ui::paint::Canvas;
use crate::ui::reader;
use crate::ui::theme::Role;

const PARTS: [&str; 2] = ["Scratchpad", "Answer"];

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, pair: &Pair) {
    let (len, height) = (pair.count(), Pair::height(app.window));
    let last = (pair.top + height).min(len);
    let note = Safe::line(format!(" {}–{last} of {len} ", pair.top + 1));
    let body = super::full(canvas, app.window, &Safe::fixed("Pair"), &note);
    heads(canvas, Area { height: 1, ..body }, pair);
    for (y, at) in (body.y + 1..body.y + body.height).zip(pair.top..len) {
        let row = Area { y, height: 1, ..body };
        match pair.line(at) {
            Line::Title(part) => title(canvas, row, pair, part),
            Line::Row(part, down) => line(canvas, row, pair, part, down),
        }
    }
}

/// Where each half stands in a row.
fn places(row: Area, pair: &Pair) -> [Area; 2] {
    let [left, right] = pair.widths(row.width);
    let x = if pair.beside { row.x + left + 1 } else { row.x };
    [Area { width: left, ..row }, Area { x, width: right, ..row }]
}

/// Who they are. Where one has room alone, a sign says which.
fn heads(canvas: &mut Canvas<'_>, row: Area, pair: &Pair) {
    let half = |at: usize| {
        let half = &pair.halves[at];
        let hidden = ["one condition", "the other condition"][at];
        let mut words = half.condition.as_ref().map_or_else(|| Safe::fixed(hidden), |c| condition_word(c).cut(20));
        words.push(&Safe::fixed(" · "));
        words.push(&half.name);
        if let Some(label) = &half.label {
            words.push(&Safe::fixed(" = "));
            words.push(label);
        }
        words
    };
    let width = row.width / 2;
    for at in 0..2 {
        let place =
            if pair.beside { places(row, pair)[at] } else { Area { x: if at == 0 { 0 } else { width }, width, ..row } };
        let is = pair.beside || pair.shown == at;
        if !pair.beside && is {
            canvas.put(place, 0, &Safe::fixed("▸"), Role::Heading);
        }
        let room = usize::from(place.width.saturating_sub(2));
        canvas.put(place, 1, &half(at).cut_middle(room), if is { Role::Heading } else { Role::Dim });
    }
    border(canvas, row, pair);
}

fn border(canvas: &mut Canvas<'_>, row: Area, pair: &Pair) {
    if pair.beside {
        canvas.put(row, pair.widths(row.width)[0], &Safe::fixed("│"), Role::Title);
    }
}

fn title(canvas: &mut Canvas<'_>, row: Area, pair: &Pair, part: usize) {
    canvas.rule(row, '─', Role::Title);
    let end = canvas.put(row, 1, &Safe::fixed(PARTS[part]), Role::Title);
    let compared = &pair.parts[part];
    let note = match compared.alike {
        _ if compared.pages.iter().any(Option::is_none) => return,
        None => " too long to compare ".to_owned(),
        Some(100) => " word for word the same ".to_owned(),
        Some(alike) => format!(" {alike} % of the words alike "),
    };
    let note = Safe::line(note);
    if usize::from(end) + note.width() + 4 < usize::from(row.width) {
        canvas.put_right(row, 3, &note, Role::Title);
    }
}

fn line(canvas: &mut Canvas<'_>, row: Area, pair: &Pair, part: usize, down: usize) {
    let compared = &pair.parts[part];
    for (at, place) in places(row, pair).into_iter().enumerate().filter(|(at, _)| pair.beside || pair.shown == *at) {
        match &compared.pages[at] {
            Some(page) if !page.rows().is_empty() => {
                reader::compared(canvas, page, place, down, &compared.differs[at]);
            }
            _ if down > 0 => {}
            Some(_) => {
                canvas.put(place, 1, &Safe::fixed("(empty)"), Role::Dim);
            }
            None => {
                canvas.put(place, 1, &Safe::fixed("(absent)"), Role::Dim);
            }
        }
    }
    border(canvas, row, pair);
}

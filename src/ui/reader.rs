//! The panes: prompt, scratchpad and answer, with their titles, folds and tokens. Draws what [`View`] has laid out.

mod rows;

use self::rows::rows;
pub(super) use self::rows::{piece, plain};
use super::paint::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::layout::{Area, Pane, PaneArea};
use crate::app::page::Page;
use crate::app::prompt::looks_cut_off;
use crate::app::reader::{Reader, Shown};
use crate::app::view::View;
use crate::keys::action::Action;
use crate::keys::keymap::Context;
use crate::model::case::Part;
use crate::text::clean::Safe;

/// Text stands so many columns from a pane's left edge.
const MARGIN: u16 = 1;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App) {
    let Some(view) = &app.view else { return };
    for pane in Pane::ALL {
        let area = app.layout.panes[pane.index()];
        title(canvas, app, view, pane, area.title);
        body(canvas, app, view, pane, area.body);
    }
    if let Some(border) = app.layout.border {
        for y in border.y..border.y + border.height {
            canvas.put(Area { y, height: 1, ..border }, 0, &Safe::fixed("│"), Role::Title);
        }
    }
    if let Some(aside) = app.layout.aside {
        end_of_scratchpad(canvas, view, aside);
    }
}

fn title(canvas: &mut Canvas<'_>, app: &App, view: &View, pane: Pane, row: Area) {
    let focused = view.focus == pane;
    let role = if focused { Role::Focused } else { Role::Title };
    let rule = if focused { '═' } else { '─' };
    canvas.rule(row, rule, role);
    let reader = view.pane(pane);
    let mut name = Safe::fixed(pane.name());
    if pane == Pane::Scratchpad && view.is_closed() {
        name.push(&Safe::fixed(" · not shown yet"));
    } else if reader.page.is_none() {
        name.push(&Safe::fixed(" · absent"));
    }
    let end = canvas.put(row, 1, &name, role);
    let room = usize::from(row.width).saturating_sub(usize::from(end) + 6);
    let note = note(app, view, pane, room);
    if note.is_empty() {
        return;
    }
    // What one could take for the judged reply is said in another voice.
    let role = if pane == Pane::Prompt && view.turn != view.case.judged { Role::Warning } else { role };
    let mut padded = Safe::fixed(" ");
    padded.push(&note);
    padded.push(&Safe::fixed(" "));
    canvas.put_right(row, 3, &padded, role);
}

/// What a title says besides its name, in so many cells: of what does not fit, the first things go.
fn note(app: &App, view: &View, pane: Pane, room: usize) -> Safe {
    let words = notes(app, view, pane);
    let joined = (0..words.len()).map(|from| Safe::line(words[from..].join(" · ")));
    joined.into_iter().find(|note| note.width() <= room).unwrap_or_default()
}

fn notes(app: &App, view: &View, pane: Pane) -> Vec<String> {
    let reader = view.pane(pane);
    let mut words = Vec::new();
    if pane == Pane::Prompt {
        if view.folded.any() {
            let key = first_key(app, Action::UnfoldRepeats);
            if !view.unfolded {
                words.push(format!("{} folded", view.folded.words()));
            }
            words.push(if view.unfolded { format!("{key} folds") } else { format!("{key} unfolds") });
        }
        let replies = view.case.targets().count();
        if replies > 1 {
            let at = view.case.targets().position(|t| t == view.turn).map_or(0, |n| n + 1);
            let key = |action| first_key(app, action);
            let judged = if view.turn == view.case.judged { "" } else { ", not the judged one" };
            let keys = format!("{} {}", key(Action::PreviousTurn), key(Action::NextTurn));
            words.push(format!("reply {at} of {replies}{judged} · {keys}"));
        }
    }
    if pane == Pane::Scratchpad && view.is_closed() {
        words.push("judge the answer first".to_owned());
    }
    let alarms = reader.page.as_ref().map_or(0, Page::alarms);
    if alarms > 0 {
        words.push(format!("{alarms} hidden character{}", if alarms == 1 { "" } else { "s" }));
    }
    let cut = reader.page.as_ref().map_or(0, Page::cut);
    if cut > 0 {
        let key = first_key(app, Action::WrapAll);
        words.push(format!("{cut} row{} cut · {key} wraps", if cut == 1 { "" } else { "s" }));
    }
    let reply = &view.case.turns[view.turn];
    if pane == Pane::Answer && looks_cut_off(&reply.text) {
        words.push("cut off?".to_owned());
    }
    words.extend(range(view, pane));
    words
}

/// Which rows are shown, where that is not all or where it matters to know that it is.
fn range(view: &View, pane: Pane) -> Option<String> {
    let rows = view.pane(pane).rows();
    if rows == 0 {
        return None;
    }
    match view.shown(pane) {
        Shown::Ends { head, tail } if tail > 0 => Some(format!("1–{head} ┄ {}–{rows} of {rows}", rows - tail + 1)),
        Shown::Ends { head, .. } => Some(format!("1–{head} of {rows}")),
        Shown::Window { len, .. } if len == rows && pane == Pane::Prompt => None,
        Shown::Window { len, .. } if len == rows || len == 0 => {
            Some(format!("{rows} row{}", if rows == 1 { "" } else { "s" }))
        }
        Shown::Window { top, len } => Some(format!("{}–{} of {rows}", top + 1, top + len)),
    }
}

fn body(canvas: &mut Canvas<'_>, app: &App, view: &View, pane: Pane, area: Area) {
    let reader = view.pane(pane);
    let Some(page) = &reader.page else { return };
    if page.rows().is_empty() {
        canvas.put(Area { height: area.height.min(1), ..area }, MARGIN, &empty_words(view, pane), Role::Dim);
        return;
    }
    match view.shown(pane) {
        Shown::Window { top, len } => rows(canvas, view, pane, area, top..top + len),
        Shown::Ends { head, tail } => {
            let count = page.rows().len();
            rows(canvas, view, pane, area, 0..head);
            let y = area.y + u16::try_from(head).unwrap_or(u16::MAX);
            let marks = reader.marks_in(head..count - tail);
            fold(canvas, app, Area { y, height: 1, ..area }, count - head - tail, marks);
            rows(canvas, view, pane, Area { y: y + 1, ..area }, count - tail..count);
        }
    }
}

fn empty_words(view: &View, pane: Pane) -> Safe {
    match pane {
        Pane::Prompt if view.folded.any() => Safe::fixed("(nothing but what is folded)"),
        Pane::Prompt => Safe::fixed("(the prompt is empty)"),
        Pane::Scratchpad => Safe::fixed("(the scratchpad is empty)"),
        Pane::Answer if matches!(view.case.turns[view.turn].text, Part::Empty) => Safe::fixed("(the answer is empty)"),
        Pane::Answer => Safe::default(),
    }
}

/// The row between the two ends of an overfull part.
fn fold(canvas: &mut Canvas<'_>, app: &App, row: Area, hidden: usize, marks: usize) {
    let on = first_key(app, Action::ReadOn);
    let end = first_key(app, Action::PartEnd);
    canvas.rule(row, '┄', Role::Title);
    let marks = match marks {
        0 => String::new(),
        1 => " · 1 mark".to_owned(),
        n => format!(" · {n} marks"),
    };
    let all = [
        format!(" {hidden} rows folded{marks} · {on} reads on · {end} end "),
        format!(" {hidden} rows folded{marks} · {on} reads on "),
        format!(" {hidden} rows folded{marks} "),
    ];
    let fits = |words: &&String| Safe::line(words).width() + 6 <= usize::from(row.width);
    if let Some(words) = all.iter().find(fits) {
        canvas.put(row, 3, &Safe::line(words), Role::Dim);
    }
}

fn end_of_scratchpad(canvas: &mut Canvas<'_>, view: &View, area: PaneArea) {
    let reader: &Reader = view.pane(Pane::Scratchpad);
    let Some(page) = &reader.page else { return };
    let count = page.rows().len();
    let first = count.saturating_sub(usize::from(area.body.height));
    canvas.rule(area.title, '┄', Role::Title);
    canvas.put(area.title, 1, &Safe::fixed("Scratchpad's end "), Role::Title);
    canvas.put_right(area.title, 3, &Safe::line(format!(" {}–{count} of {count} ", first + 1)), Role::Title);
    rows(canvas, view, Pane::Scratchpad, area.body, first..count);
}

/// The key a reader would press for an action; empty when there is none.
pub(super) fn first_key(app: &App, action: Action) -> String {
    app.keymap.keys_for(Context::Review, action).into_iter().next().unwrap_or_default()
}

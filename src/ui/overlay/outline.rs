//! The turns of the open case: a row a turn, the judged one and the one that is shown marked. And a turn alone.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::list::has_head;
use crate::app::overlay::outline::{Outline, TurnPage};
use crate::app::reader::Shown;
use crate::app::view::View;
use crate::model::case::TurnKind;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::reader;
use crate::ui::table::{self, Cell};
use crate::ui::theme::Role;

/// Blanks between two columns.
const GAP: u16 = 2;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, outline: &Outline) {
    let Some(view) = &app.view else { return };
    let count = view.case.turns.len();
    let mut title = Safe::fixed("Turns of ");
    title.push(&app.case_name(view));
    let note = Safe::line(format!(" {} of {count} ", outline.menu.at + 1));
    let mut body = super::full(canvas, app.window, &title, &note);
    let columns = Columns::new(body.width, count);
    if has_head(app.window) {
        table::row(canvas, Area { height: 1, ..body }, false, GAP, columns.head());
        body = Area { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    for (n, turn) in (0..body.height).zip(outline.menu.top..count) {
        let row = Area { y: body.y + n, height: 1, ..body };
        table::row(canvas, row, turn == outline.menu.at, GAP, columns.cells(view, outline, turn));
    }
}

struct Columns {
    number: u16,
    shown: u16,
    role: u16,
    kind: u16,
    rows: u16,
    words: u16,
}

impl Columns {
    fn new(width: u16, turns: usize) -> Self {
        let number = table::digits(turns);
        // In a narrow window the kind says who speaks where it is a plain message.
        let (role, kind) = if width < 70 { (0, 12) } else { (9, 18) };
        let (shown, rows) = if width < 70 { (1, 4) } else { (1, 6) };
        let gaps = GAP * (4 + u16::from(role > 0));
        let words = width.saturating_sub(number + shown + role + kind + rows + gaps + 2);
        Self { number, shown, role, kind, rows, words }
    }

    fn head(&self) -> Vec<Cell> {
        let cell = |width, word| Cell::new(width, Safe::fixed(word), Role::Title);
        vec![
            cell(self.number, ""),
            cell(self.shown, ""),
            cell(self.role, "role"),
            cell(self.kind, "kind"),
            Cell::number(self.rows, "rows", Role::Title),
            cell(self.words, "first words"),
        ]
    }

    fn cells(&self, view: &View, outline: &Outline, at: usize) -> Vec<Cell> {
        let turn = &view.case.turns[at];
        let (kind, role) = match turn.kind {
            _ if at == view.case.judged => (Safe::fixed("judged reply"), Role::Chosen),
            TurnKind::Message if self.role > 0 => (Safe::fixed("message"), Role::Text),
            _ => (view.turn_name(turn), Role::Text),
        };
        let facts = outline.facts(at);
        let size = match facts {
            Some(facts) => facts.rows.map_or_else(|| format!("{} MB", facts.bytes >> 20), |rows| rows.to_string()),
            None => String::new(),
        };
        let shown = Safe::fixed(if at == view.turn { "›" } else { "" });
        vec![
            Cell::number(self.number, at + 1, Role::Dim),
            Cell::new(self.shown, shown, Role::Text),
            Cell::new(self.role, Safe::line(turn.role.word()), Role::Text),
            Cell::new(self.kind, kind, role),
            Cell::number(self.rows, size, Role::Dim),
            Cell::new(self.words, facts.map(|facts| facts.words.clone()).unwrap_or_default(), Role::Dim),
        ]
    }
}

/// A turn that leads to no reply.
pub(super) fn turn(canvas: &mut Canvas<'_>, app: &App, page: &TurnPage) {
    let Some(view) = &app.view else { return };
    let mut title = Safe::line(format!("Turn {} of {}, ", page.turn + 1, view.case.turns.len()));
    if let Some(turn) = view.case.turns.get(page.turn) {
        title.push(&view.turn_name(turn));
    }
    let rows = page.reader.rows();
    let height = usize::from(app.window.rows.saturating_sub(4));
    let Shown::Window { top, len } = page.reader.shown(height) else { return };
    let note = if rows == 0 { Safe::default() } else { Safe::line(format!(" {}–{} of {rows} ", top + 1, top + len)) };
    let body = super::full(canvas, app.window, &title, &note);
    match &page.reader.page {
        Some(page) if rows > 0 => reader::plain(canvas, page, body, top..top + len),
        _ => {
            canvas.put(Area { height: 1, ..body }, 1, &Safe::fixed("(this turn has no text)"), Role::Dim);
        }
    }
}

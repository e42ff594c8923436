//! What was wrong with the data: a row a problem, and the whole sentence of the selected one below.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::menu::Menu;
use crate::app::overlay::problems::{Row, sentence_rows};
use crate::model::case::Problem;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::table::{self, Cell};
use crate::ui::theme::Role;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, menu: Menu) {
    let unread = app.corpus.unread();
    let so_far = if app.corpus.is_complete() { "" } else { " so far" };
    let files = match app.left_out.len() {
        0 => String::new(),
        1 => "1 file left out · ".to_owned(),
        many => format!("{many} files left out · "),
    };
    let note = Safe::line(format!(" {files}{unread} line{} unread{so_far} ", if unread == 1 { "" } else { "s" }));
    let body = super::full(canvas, app.window, &Safe::fixed("Problems"), &note);
    let below = sentence_rows(body.height);
    let height = body.height.saturating_sub(below + 1);
    let columns = Columns::new(app, body.width);
    for n in 0..height {
        let at = menu.top + usize::from(n);
        let Some(row) = app.problem_row(at) else { break };
        let area = Area { y: body.y + n, height: 1, ..body };
        columns.draw(canvas, app, area, at == menu.at, row);
    }
    let rule = Area { y: body.y + height, height: 1, ..body };
    canvas.rule(rule, '─', Role::Title);
    let sentence = app.problem_row(menu.at).map(|row| whole(app, row)).unwrap_or_default();
    table::sentence(canvas, Area { y: rule.y + 1, height: below, ..body }, &sentence, Role::Text);
}

struct Columns {
    file: u16,
    place: u16,
    kind: u16,
    message: u16,
    excerpt: u16,
}

/// Blanks between two columns.
const GAP: u16 = 2;

impl Columns {
    fn new(app: &App, width: u16) -> Self {
        const KIND: u16 = "control-character".len() as u16;
        let file = match app.corpus.files().len() {
            1 => 0,
            _ => (width / 5).min(24),
        };
        let place = if width < 60 { 7 } else { 12 };
        let gaps = GAP * (3 + u16::from(file > 0));
        let left = width.saturating_sub(file + place + KIND + gaps);
        // Half a sentence and half an excerpt say less than one of them.
        let excerpt = if left >= 70 { left / 3 } else { 0 };
        Self { file, place, kind: KIND, message: left - excerpt, excerpt }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, app: &App, area: Area, selected: bool, row: Row<'_>) {
        let heading = match row {
            Row::OfTheCase => app.view.as_ref().map(|view| {
                let mut words = Safe::fixed("The open case, ");
                words.push(&app.case_name(view));
                words
            }),
            Row::LeftOut => Some(Safe::fixed("Files that are left out")),
            Row::Unread => Some(Safe::fixed("Lines that could not be read")),
            Row::Problem(file, problem) => {
                table::row(canvas, area, selected, GAP, self.cells(app, file, problem));
                None
            }
            Row::Left(_) | Row::More(..) => {
                table::row(canvas, area, selected, GAP, {
                    let role = if matches!(row, Row::Left(_)) { Role::Text } else { Role::Dim };
                    vec![Cell::new(area.width - 2, whole(app, row), role)]
                });
                None
            }
        };
        if let Some(heading) = heading {
            canvas.put(area, 1, &heading.cut(usize::from(area.width - 2)), Role::Heading);
        }
    }

    fn cells(&self, app: &App, file: &str, problem: &Problem) -> Vec<Cell> {
        let (file, line, message, excerpt) = app.problem_shown(file, problem);
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        let column =
            if problem.column > 0 && !line.is_empty() { format!(":{}", problem.column) } else { String::new() };
        vec![
            Cell::new(self.file, file.cut_middle(usize::from(self.file)), Role::Text),
            Cell::new(self.place, Safe::line(format!("{line}{column}")), Role::Text),
            Cell::new(self.kind, Safe::fixed(problem.kind.name()), Role::Dim),
            Cell::new(self.message, message, Role::Text),
            Cell::new(self.excerpt, excerpt, Role::Dim),
        ]
    }
}

/// All that is known of a problem, as a sentence.
fn whole(app: &App, row: Row<'_>) -> Safe {
    match row {
        Row::OfTheCase | Row::LeftOut | Row::Unread => Safe::default(),
        Row::Left(sentence) => Safe::line(app.unnamed(sentence).as_bytes()),
        Row::Problem(file, problem) => {
            let (file, line, message, excerpt) = app.problem_shown(file, problem);
            let column = if problem.column > 0 { format!(", byte {}", problem.column) } else { String::new() };
            let place = line.map(|line| format!(", line {line}{column}")).unwrap_or_default();
            let kind = problem.kind.name();
            let mut words = Safe::line(format!("{file}{place}: {kind}: {message}"));
            if !excerpt.is_empty() {
                words.push(&Safe::fixed(" «"));
                words.push(&excerpt);
                words.push(&Safe::fixed("»"));
            }
            words
        }
        Row::More(file, count) => {
            let file = app.unnamed(file);
            let more =
                format!("and {count} more lines of {file}, which are only counted; `candor check` lists them all");
            Safe::line(more)
        }
    }
}

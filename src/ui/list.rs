//! The cases as rows of a list: docked at the left of the panes, and over the whole screen.

use super::bars::condition_word;
use super::paint::Canvas;
use super::reader::first_key;
use super::table::{self, Cell};
use super::theme::Role;
use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::list::{List, Row, Said, Words, has_head};
use crate::keys::action::Action;
use crate::model::case::CaseNo;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

/// The widths of the columns, in their order; a column without width is left out. A further column has its place here, in
/// [`Columns::new`], in [`Columns::cells`] and in [`Columns::head`].
struct Columns {
    number: u16,
    name: u16,
    condition: u16,
    label: u16,
    signs: u16,
    marks: u16,
    file: u16,
    words: u16,
    gap: u16,
}

impl Columns {
    fn new(app: &App, width: u16, gap: u16) -> Self {
        const LEAST_WORDS: u16 = 12;
        let word = app.codebook.labels.iter().map(|label| label.word.len()).max().unwrap_or(0);
        let label = u16::try_from(word + "??".len()).unwrap_or(u16::MAX).clamp(12, 16);
        let condition = match width {
            _ if app.hides(Hidden::Condition) => 0,
            ..48 => 0,
            48..100 => 9,
            100.. => 11,
        };
        let mut columns = Self {
            number: table::digits(app.queue.len()),
            name: if app.hides(Hidden::Id) { 0 } else { (width / 4).clamp(10, 24) },
            condition,
            label,
            signs: 2,
            marks: if width >= 60 { 5 } else { 0 },
            file: if width >= 100 && app.corpus.files().len() > 1 && !app.hides(Hidden::FileName) { 18 } else { 0 },
            words: 0,
            gap,
        };
        let left = width.saturating_sub(columns.taken() + gap);
        if left >= LEAST_WORDS {
            columns.words = left;
        } else if columns.name > 0 {
            columns.name = (columns.name + width).saturating_sub(columns.taken());
        }
        columns
    }

    /// The cells of all columns that have a width, with the gaps between them and the margins.
    fn taken(&self) -> u16 {
        let widths =
            [self.number, self.name, self.condition, self.label, self.signs, self.marks, self.file, self.words];
        let wide: Vec<u16> = widths.into_iter().filter(|width| *width > 0).collect();
        let gaps = u16::try_from(wide.len()).unwrap_or(1).saturating_sub(1) * self.gap;
        wide.iter().sum::<u16>() + gaps + 2
    }

    fn cells(&self, row: &Row<'_>) -> Vec<Cell> {
        let (label, role) = match &row.said {
            Said::Label(word) => (Safe::line(word.as_bytes()), Role::Text),
            Said::PutOff => (Safe::fixed("put off"), Role::Dim),
            Said::Changed => (Safe::fixed("text changed"), Role::Warning),
            Said::HalfWay => (Safe::fixed("half way"), Role::Text),
            Said::Nothing => (Safe::default(), Role::Text),
        };
        let room = usize::from(self.label).saturating_sub(row.doubt.len());
        let mut label = label.cut(room);
        label.push(&Safe::fixed(row.doubt));
        let coming = || Safe::fixed("…");
        let signs = [(row.note, 'n'), (row.flags, '+')].into_iter().map(|(is, sign)| if is { sign } else { ' ' });
        let words = match row.words {
            Words::Read(words) => words.clone(),
            Words::Coming => coming(),
            Words::Closed => Safe::fixed("scratchpad: not shown yet"),
            Words::Unreadable => Safe::fixed("cannot be read"),
            Words::TooLong(bytes) => Safe::line(format!("{} MB, read when it is opened", bytes >> 20)),
        };
        let name = match row.name.as_deref() {
            Some(name) => Cell::new(self.name, name.cut_middle(usize::from(self.name)), Role::Text),
            None => Cell::new(self.name, coming(), Role::Dim),
        };
        if self.words == 0 && row.said == Said::Nothing && row.doubt.is_empty() && !row.note && !row.flags {
            // Without a column of their own the words stand where nothing else is to be said.
            return vec![
                Cell::number(self.number, row.number, Role::Dim),
                name,
                Cell::new(self.condition, row.condition.map(condition_word).unwrap_or_default(), Role::Dim),
                Cell::new(self.label + self.gap + self.signs, words, Role::Dim),
            ];
        }
        vec![
            Cell::number(self.number, row.number, Role::Dim),
            name,
            Cell::new(self.condition, row.condition.map(condition_word).unwrap_or_default(), Role::Dim),
            Cell::new(self.label, label, role),
            Cell::new(self.signs, Safe::line(signs.collect::<String>()), Role::Text),
            Cell::number(self.marks, row.marks.map(|marks| marks.to_string()).unwrap_or_default(), Role::Dim),
            Cell::new(self.file, Safe::line(row.file).cut_middle(usize::from(self.file)), Role::Dim),
            Cell::new(self.words, words, Role::Dim),
        ]
    }

    /// What the columns are.
    fn head(&self) -> Vec<Cell> {
        let cell = |width, word| Cell::new(width, Safe::fixed(word), Role::Title);
        vec![
            cell(self.number, ""),
            cell(self.name, "case"),
            cell(self.condition, "condition"),
            cell(self.label, "label"),
            cell(self.signs, ""),
            cell(self.marks, "marks"),
            cell(self.file, "file"),
            cell(self.words, "first words"),
        ]
    }
}

/// The list at the left of the panes.
pub(super) fn dock(canvas: &mut Canvas<'_>, app: &App) {
    let (Some(list), Some(area)) = (&app.dock, app.layout.dock) else { return };
    for y in area.y..area.y + area.height {
        canvas.put(Area { y, height: 1, ..area }, area.width - 1, &Safe::fixed("│"), Role::Title);
    }
    let area = Area { width: area.width - 1, ..area };
    let row = Area { height: 1, ..area };
    canvas.rule(row, '─', Role::Title);
    let note = note(app, list);
    let end = canvas.put(row, 1, &title(list), Role::Title);
    canvas.put_right(row, 2, &note, Role::Title);
    // It goes along with the open case, and the keys are those of the review screen.
    let [next, previous, list_key] = [Action::NextCase, Action::PreviousCase, Action::List].map(|a| first_key(app, a));
    let keys = Safe::line(format!(" {next} {previous} · {list_key} closes "));
    if usize::from(end) + keys.width() + note.width() + 4 <= usize::from(row.width) {
        canvas.put(row, end + 1, &keys, Role::Dim);
    }
    rows(canvas, app, list, Area { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, 1);
}

/// The list over the whole screen; `body` is what its title leaves.
pub(super) fn full(canvas: &mut Canvas<'_>, app: &App, list: &List, mut body: Area) {
    const GAP: u16 = 2;
    if has_head(app.window) && list.len(&app.queue) > 0 {
        table::row(canvas, Area { height: 1, ..body }, false, GAP, Columns::new(app, body.width, GAP).head());
        body = Area { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    rows(canvas, app, list, body, GAP);
}

fn rows(canvas: &mut Canvas<'_>, app: &App, list: &List, area: Area, gap: u16) {
    if list.len(&app.queue) == 0 {
        let words = if list.doubtful.is_some() { nothing_doubtful(app) } else { Safe::fixed("No case is known yet.") };
        return table::sentence(canvas, area, &words, Role::Dim);
    }
    let columns = Columns::new(app, area.width, gap);
    let shown: Vec<CaseNo> = list.shown(&app.queue, usize::from(area.height)).collect();
    for (y, no) in (area.y..).zip(shown) {
        let row = Area { y, height: 1, ..area };
        let selected = list.case == Some(no);
        table::row(canvas, row, selected, gap, columns.cells(&app.list_row(no)));
        if app.is_new(no) {
            canvas.put(row, 0, &Safe::fixed("+"), if selected { Role::Selected } else { Role::Key });
        }
    }
}

/// What the list shows.
pub(super) fn title(list: &List) -> Safe {
    Safe::fixed(if list.doubtful.is_some() { "Second look: unsure" } else { "Cases" })
}

/// Where one is in it.
pub(super) fn note(app: &App, list: &List) -> Safe {
    let so_far = if app.corpus.is_complete() { "" } else { " so far" };
    match list.len(&app.queue) {
        0 => Safe::default(),
        len => Safe::line(format!(" {} of {len}{so_far} ", list.menu.at + 1)),
    }
}

fn nothing_doubtful(app: &App) -> Safe {
    let key = first_key(app, Action::Doubt);
    Safe::line(format!(
        "Nothing is doubtful: you said of no case that you are not sure. On the review screen {key} says how sure you are."
    ))
}

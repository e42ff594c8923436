//! What is known of the open case beyond its parts: a few facts, and below them the fields of its source as a tree that unfolds.
//! Knows rows and columns; draws nothing.

use super::Overlay;
use super::help;
use super::menu::Menu;
use crate::app::App;
use crate::app::layout::Window;
use crate::app::page::{Page, Passage};
use crate::app::reader::Motion;
use crate::keys::action::Action;
use crate::model::blind::{MASK, Shade};
use crate::model::case::{Case, CaseNo, Condition, ConditionKind, RawHash, Text};
use crate::model::fields::{Field, FieldKind, Fields, ToldBy};
use crate::model::terms::Hidden;
use crate::text::clean::{Clean, Safe, clean};
use crate::text::number;
use crate::text::wrap::width;

/// Text that was unfolded is no wider than this.
const LONGEST_ROW: u16 = 100;
/// The rule between the facts and the fields.
const FIELDS: &str = "Fields of its source";

/// The details of one case.
#[derive(Clone, Debug)]
pub struct Details {
    /// Which case.
    pub no: CaseNo,
    /// Its name.
    pub name: Safe,
    /// The hash of the line that it was read from.
    pub(in crate::app) raw: RawHash,
    /// What stands on the screen, row by row.
    pub lines: Vec<Line>,
    /// Which of them is selected.
    pub menu: Menu,
    items: Vec<Item>,
    /// So many of the items are facts; fields follow.
    facts: usize,
    left_out: usize,
    waits: bool,
    columns: u16,
}

/// One row of the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An empty row.
    Gap,
    /// A heading.
    Heading(&'static str),
    /// The fact or field of this place.
    Item(usize),
    /// A row of its unfolded text.
    Text(usize, usize),
    /// Something to be said of what is above.
    Note(String),
}

#[derive(Clone, Debug)]
struct Item {
    field: Field,
    open: bool,
    page: Option<Page>,
    /// Its value is hidden, and what lies inside of it too.
    masked: bool,
}

/// How a fact or field stands in its row.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The column of its sign; the key follows two columns later.
    pub x: u16,
    /// Whether it is unfolded, if it can be.
    pub open: Option<bool>,
    /// The key.
    pub key: Safe,
    /// The column of its value.
    pub value_x: u16,
    /// The value, or what is said in its place.
    pub value: Value,
    /// What became of it.
    pub became: Safe,
}

/// What stands in the place of a value.
#[derive(Clone, Debug)]
pub enum Value {
    /// The value, in one line of at most so many cells; whether there is more of it.
    Text(Clean, usize, bool),
    /// Words about it.
    Words(Safe),
}

impl Details {
    fn new(no: CaseNo, name: Safe, case: &Case, file: &str, shade: &Shade, reading: String) -> Self {
        let items: Vec<Item> = facts(case, file, shade, reading).collect();
        let facts = items.len();
        let (lines, menu) = (Vec::new(), Menu::default());
        Self { no, name, raw: case.raw, lines, menu, items, facts, left_out: 0, waits: true, columns: 0 }
    }

    /// Takes the fields that were asked for.
    pub(in crate::app) fn take(&mut self, fields: Fields, shade: &Shade) {
        let Fields { rows, left_out, told_by } = fields;
        if let Some(told) = self.items.iter_mut().find(|item| &*item.field.key == b"condition" && !item.masked) {
            told.field.value = [&told.field.value, told_words(&told_by).as_slice()].concat().into();
            told.field.len = told.field.value.len();
        }
        self.items.extend(rows.into_iter().map(|field| Item::covered(field, shade)));
        (self.left_out, self.waits, self.columns) = (left_out, false, 0);
    }

    /// Lays everything out in this window, if it is not so already.
    pub(in crate::app) fn settle(&mut self, window: Window) {
        if self.columns != window.columns {
            self.columns = window.columns;
            self.list();
        }
        self.menu.settle(self.lines.len(), help::page(window));
    }

    /// Makes the rows anew.
    fn list(&mut self) {
        let columns = self.columns;
        self.lines.clear();
        let mut at = 0;
        while at < self.items.len() {
            if at == self.facts {
                self.lines.extend([Line::Gap, Line::Heading(FIELDS)]);
            }
            self.lines.push(Line::Item(at));
            let item = &mut self.items[at];
            let (kept, len) = (item.field.value.len(), item.field.len);
            if let (true, Some(page)) = (item.open, &mut item.page) {
                let room = columns.saturating_sub(indent(item.field.depth, columns) + 6);
                page.lay(room.clamp(1, LONGEST_ROW));
                self.lines.extend((0..page.rows().len()).map(|row| Line::Text(at, row)));
                if kept < len {
                    let words = format!("… the first {} of {} bytes", number(kept), number(len));
                    self.lines.push(Line::Note(words));
                }
            }
            at += if item.open { 1 } else { 1 + item.field.below };
        }
        let more = match self.left_out {
            _ if self.waits => "reading …".to_owned(),
            0 if self.items.len() == self.facts => "the source has no fields".to_owned(),
            0 => return,
            more => format!("{} rows more are not shown here; the source shows them", number(more)),
        };
        self.lines.extend([Line::Gap, Line::Note(more)]);
    }

    pub(in crate::app) fn act(&mut self, action: Action, height: usize) {
        if let Some(motion) = Motion::of(action) {
            self.menu.go(motion, self.lines.len(), height);
            return self.leave_blank(motion, height);
        }
        let Some(item) = self.item() else { return };
        let open = self.items[item].open;
        match action {
            Action::Accept => self.fold(item, !open),
            Action::Unfold => self.fold(item, true),
            Action::Fold if open => self.fold(item, false),
            Action::Fold => {
                let depth = self.items[item].field.depth;
                let around = (self.facts..item).rev().find(|at| self.items[*at].field.depth < depth);
                self.select(around.unwrap_or(item));
            }
            _ => {}
        }
    }

    /// A selection on an empty row or a heading goes on, or back where there is nothing further.
    fn leave_blank(&mut self, motion: Motion, height: usize) {
        let blank = |at: &usize| matches!(self.lines.get(*at), Some(Line::Gap | Line::Heading(_)));
        let at = self.menu.at;
        if !blank(&at) {
            return;
        }
        let back = matches!(motion, Motion::LineUp | Motion::HalfUp | Motion::PageUp | Motion::Start);
        let before = (0..at).rev().find(|at| !blank(at));
        let after = (at..self.lines.len()).find(|at| !blank(at));
        self.menu.at = if back { before.or(after) } else { after.or(before) }.unwrap_or(at);
        self.menu.settle(self.lines.len(), height);
    }

    /// The item of the selected row.
    fn item(&self) -> Option<usize> {
        match self.lines.get(self.menu.at)? {
            Line::Item(item) | Line::Text(item, _) => Some(*item),
            Line::Gap | Line::Heading(_) | Line::Note(_) => None,
        }
    }

    fn fold(&mut self, item: usize, open: bool) {
        if self.can_unfold(item) && self.items[item].open != open {
            let it = &mut self.items[item];
            it.open = open;
            let is_text = open && matches!(it.field.kind, FieldKind::Word | FieldKind::Text);
            it.page = is_text.then(|| {
                let mut page =
                    Page::new(vec![Passage { heading: None, clean: clean(&it.field.value), ..Passage::default() }]);
                page.wrap_all(true);
                page
            });
            self.list();
        }
        self.select(item);
    }

    fn select(&mut self, item: usize) {
        if let Some(at) = self.lines.iter().position(|line| *line == Line::Item(item)) {
            self.menu.at = at;
        }
    }

    fn can_unfold(&self, item: usize) -> bool {
        let it = &self.items[item];
        match it.field.kind {
            _ if it.masked => false,
            FieldKind::List | FieldKind::Object => it.field.below > 0,
            FieldKind::Word | FieldKind::Text => {
                let (_, x, became) = self.columns_of(&it.field);
                let room = usize::from(self.columns).saturating_sub(usize::from(x) + became.width() + 1);
                let (line, more) = first_line(&it.field);
                it.open || more || width(line.text()) > room
            }
            FieldKind::Hidden | FieldKind::Part => false,
        }
    }

    /// A field's key as shown, the column of its value, and what became of it.
    fn columns_of(&self, field: &Field) -> (Safe, u16, Safe) {
        let x = indent(field.depth, self.columns);
        let room = usize::from((self.columns / 2).saturating_sub(x + 2)).max(4);
        let key = Safe::line(&field.key).cut_middle(room);
        let end = x + 2 + u16::try_from(key.width()).unwrap_or(0);
        let became = field.became.as_deref().map(|what| Safe::line(format!("→ {what}"))).unwrap_or_default();
        let column = if self.columns < 60 { 15 } else { 26 };
        (key, column.max(end + 2), became)
    }

    /// How the item of this place stands in its row.
    #[must_use]
    pub fn shown(&self, item: usize) -> Option<Shown> {
        let Item { field, open, page, masked } = self.items.get(item)?;
        let (key, value_x, became) = self.columns_of(field);
        let count = |one, many| match field.len {
            0 => Safe::line(format!("no {many}")),
            1 => Safe::line(format!("1 {one}")),
            n if field.below == 0 => Safe::line(format!("{} {many}, not unfolded here", number(n))),
            n => Safe::line(format!("{} {many}", number(n))),
        };
        let room = usize::from(self.columns).saturating_sub(usize::from(value_x) + 1);
        let gap = if became.is_empty() { 0 } else { 2 };
        let room = room.saturating_sub(became.width() + gap);
        let words = match field.kind {
            _ if *masked => Safe::fixed(MASK),
            _ if page.is_some() => Safe::line(format!("{} bytes", number(field.len))),
            FieldKind::Word | FieldKind::Text => Safe::default(),
            FieldKind::List => count("entry", "entries"),
            FieldKind::Object => count("field", "fields"),
            FieldKind::Hidden => Safe::fixed("hidden: a label or score"),
            FieldKind::Part => Safe::default(),
        };
        let value = match field.kind {
            FieldKind::Word | FieldKind::Text if page.is_none() && !masked => {
                let (line, more) = first_line(field);
                let more = more || width(line.text()) > room;
                Value::Text(line, room, more)
            }
            _ => Value::Words(words.cut(room)),
        };
        let open = self.can_unfold(item).then_some(*open);
        Some(Shown { x: indent(field.depth, self.columns), open, key, value_x, value, became })
    }

    /// The page of an unfolded text, and the column at which it stands.
    #[must_use]
    pub fn page(&self, item: usize) -> Option<(&Page, u16)> {
        let item = self.items.get(item)?;
        Some((item.page.as_ref()?, indent(item.field.depth, self.columns) + 2))
    }
}

impl Item {
    fn new(field: Field, masked: bool) -> Self {
        Self { field, open: false, page: None, masked }
    }

    /// A field as it may be shown. Masked as a whole is what tells something hidden by its key or by what reading made of it, or
    /// where something still shows once its value was masked as a text.
    fn covered(mut field: Field, shade: &Shade) -> Self {
        let veil = shade.veil();
        if veil.hidden().next().is_none() {
            return Self::new(field, false);
        }
        let tells = field.tells.is_some_and(|what| veil.hides(what));
        let shows = |text: &[u8]| !shade.leaks(&String::from_utf8_lossy(text)).is_empty();
        field.key = shade.hide(&field.key).into_owned().into();
        if shows(&field.key) {
            field.key = MASK.as_bytes().into();
        }
        if matches!(field.kind, FieldKind::Word | FieldKind::Text) && !tells {
            let whole = field.len == field.value.len();
            field.value = shade.hide(&field.value).into_owned().into();
            field.len = if whole { field.value.len() } else { field.len };
        }
        let masked = (tells || shows(&field.value)) && !matches!(field.kind, FieldKind::Hidden | FieldKind::Part);
        if masked {
            field.value = MASK.as_bytes().into();
        }
        Self::new(field, masked)
    }
}

/// The column of a field's sign.
fn indent(depth: u16, columns: u16) -> u16 {
    1 + (2 * depth).min(columns / 4)
}

/// The first line of a value, and whether there is more. A string that could be taken for something else, or whose ends could not
/// be seen, has its quotes.
fn first_line(field: &Field) -> (Clean, bool) {
    let text: &[u8] = &field.value;
    if let Some(end) = text.iter().position(|b| *b == b'\n') {
        let line = &text[..end];
        return (clean(line.strip_suffix(b"\r").unwrap_or(line)), true);
    }
    let is_word = || {
        matches!(text, b"" | b"true" | b"false" | b"null")
            || str::from_utf8(text).is_ok_and(|text| text.parse::<f64>().is_ok())
            || text.trim_ascii().len() < text.len()
    };
    let more = field.len > text.len();
    if field.kind == FieldKind::Text && is_word() {
        return (clean(&[b"\"".as_slice(), text, b"\""].concat()), more);
    }
    (clean(text), more)
}

/// What is known of a case without another look.
fn facts(case: &Case, file: &str, shade: &Shade, reading: String) -> impl Iterator<Item = Item> {
    let mut place = format!("{file}, line {}", case.origin.line);
    if case.origin.sub > 0 {
        place += &format!(", number {} of the cases on it", u32::from(case.origin.sub) + 1);
    }
    let mut facts: Vec<(&str, Text)> = vec![
        ("id", case.id.bytes().into()),
        ("file", place.into_bytes().into()),
        ("shape", case.family.name().as_bytes().into()),
        ("condition", condition_words(&case.condition).into()),
    ];
    facts.extend(case.model.clone().map(|model| ("model", model)));
    facts.push(("hash", case.hash.to_string().into_bytes().into()));
    facts.push(("reading", reading.into_bytes().into()));
    facts.extend(
        case.problems.iter().map(|problem| (problem.kind.name(), shade.whole(&problem.message).as_bytes().into())),
    );
    facts.into_iter().map(|(key, value)| {
        let len = value.len();
        let tells = Hidden::named(key);
        let masked = tells.is_some_and(|what| shade.veil().hides(what));
        let (key, value) = (key.as_bytes().into(), if masked { MASK.as_bytes().into() } else { value });
        let field = Field { depth: 0, key, kind: FieldKind::Word, value, len, became: None, below: 0, tells };
        Item::new(field, masked)
    })
}

fn condition_words(condition: &Condition) -> Vec<u8> {
    let kind = match condition.kind {
        ConditionKind::Training => "training",
        ConditionKind::Unmonitored => "unmonitored",
        ConditionKind::Other => "another",
        ConditionKind::Unknown => return b"unknown: nothing says so".to_vec(),
    };
    [kind.as_bytes(), b" (", &*condition.word, b")"].concat()
}

fn told_words(told_by: &ToldBy) -> Vec<u8> {
    match told_by {
        ToldBy::Field(path) => [b", says the field ", &**path].concat(),
        ToldBy::Message => b", says the tag in the user's message".to_vec(),
        ToldBy::Id => b", says a word in the id".to_vec(),
        ToldBy::FileName => b", says a word in the file's name".to_vec(),
        ToldBy::Nothing => Vec::new(),
    }
}

impl App {
    pub(in crate::app) fn act_on_details(&mut self, action: Action) {
        if let Action::Close | Action::No | Action::Quit | Action::Cancel = action {
            return self.pop_overlay();
        }
        let height = self.overlay_height();
        if let Some(Overlay::Details(details)) = self.overlays.last_mut() {
            details.act(action, height);
        }
    }

    /// The details of the open case, their fields still to come.
    pub(in crate::app) fn details(&self) -> Option<Details> {
        let view = self.view.as_ref()?;
        let file = self.corpus.files().get(usize::from(view.case.origin.file.0))?;
        Some(Details::new(view.no, self.case_name(view), &view.case, &file.name, &view.shade, view.reading()))
    }
}

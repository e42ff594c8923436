//! A keymap file, row by row: TOML in, rows with their place out, and every fault of the file at once.
//!
//! It knows what a row looks like, not what rows mean together; that is the keymap's.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::action::Action;
use super::key::Key;
use super::keymap::Context;

/// One key, or two that are pressed one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sequence {
    pub(super) first: Key,
    pub(super) second: Option<Key>,
}

impl Sequence {
    /// As help shows it: `Space`, `g g`.
    pub(super) fn shown(self) -> String {
        let second = self.second.map(|key| format!(" {}", key.shown()));
        self.first.shown() + second.as_deref().unwrap_or_default()
    }
}

/// One row: these keys do this, there.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) context: Context,
    pub(super) on: Sequence,
    /// `None` where the row says `none`.
    pub(super) run: Option<Action>,
    /// Where the row stands, as the beginning of a sentence: `keymap.toml, row 12`.
    pub(super) place: String,
    /// Whose it is.
    pub(super) layer: Layer,
}

/// Who wrote a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layer {
    /// The default keymap.
    Default,
    /// The chosen keymap, as far as it is a patch over the default.
    Chosen,
    /// The codebook, for its labels.
    Codebook,
    /// The user.
    User,
}

impl Row {
    /// What it says, for a sentence about it.
    pub(super) fn meaning(&self) -> String {
        self.run.map_or_else(|| "none".to_owned(), |action| action.to_string())
    }
}

/// Reads a keymap. Rows with a fault are left out and told about, in the order of the file.
pub(super) fn read(text: &str, file: &str, layer: Layer) -> (Vec<Row>, Vec<String>) {
    let mut reading =
        Reading { ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect(), file, layer, faults: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reading.fault(error.span().map_or(0, |span| span.start), error.message());
    }
    let mut rows = Vec::new();
    for (name, value) in table.get_ref() {
        let Some(context) = Context::ALL.iter().copied().find(|context| context.name() == name.get_ref()) else {
            let known = Context::ALL.map(Context::name).join(", ");
            reading.fault(name.span().start, &format!("there is no context {:?}; there are {known}", name.get_ref()));
            continue;
        };
        let DeValue::Array(array) = value.get_ref() else {
            reading.fault(value.span().start, &format!("{} must be a list of rows", context.name()));
            continue;
        };
        rows.extend(array.iter().filter_map(|row| reading.row(context, row)).collect::<Vec<_>>());
    }
    // The table is in the order of its names; people read in the order of the rows.
    reading.faults.sort();
    rows.sort_by_key(|(at, _)| *at);
    let faults = reading.faults.into_iter().map(|(row, what)| format!("{file}, row {row}: {what}")).collect();
    (rows.into_iter().map(|(_, row)| row).collect(), faults)
}

struct Reading<'a> {
    /// Where the lines end.
    ends: Vec<usize>,
    file: &'a str,
    layer: Layer,
    faults: Vec<(usize, String)>,
}

impl Reading<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < at)
    }

    fn fault(&mut self, at: usize, what: &str) {
        self.faults.push((self.line(at), what.to_owned()));
    }

    fn row(&mut self, context: Context, value: &Spanned<DeValue<'_>>) -> Option<(usize, Row)> {
        let at = value.span().start;
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(at, "a row is written { on = \"s\", run = \"skip\" }");
            return None;
        };
        for (field, _) in table.iter().filter(|(field, _)| !["on", "run"].contains(&&**field.get_ref())) {
            self.fault(field.span().start, &format!("a row has \"on\" and \"run\", not {:?}", field.get_ref()));
        }
        let [on, run] = ["on", "run"].map(|field| match table.get(field).map(Spanned::get_ref) {
            Some(DeValue::String(word)) => Some(word.as_ref()),
            _ => None,
        });
        let (Some(on), Some(run)) = (on, run) else {
            self.fault(at, "a row has an \"on\" and a \"run\", each a word in quotes");
            return None;
        };
        let on = sequence(on).map_err(|what| self.fault(at, &what)).ok();
        let run = self.run(context, run, at);
        Some((
            at,
            Row {
                context,
                on: on?,
                run: run?,
                place: format!("{}, row {}", self.file, self.line(at)),
                layer: self.layer,
            },
        ))
    }

    fn run(&mut self, context: Context, word: &str, at: usize) -> Option<Option<Action>> {
        match Action::named(word) {
            None if word == "none" => Some(None),
            None => {
                self.fault(at, &format!("there is no action {word:?}; `candor keys` prints them all"));
                None
            }
            Some(Action::Label(_)) if context != Context::Review => {
                self.fault(at, "a label can only be given on the review screen: put the row under review");
                None
            }
            action => Some(action),
        }
    }
}

fn sequence(on: &str) -> Result<Sequence, String> {
    let keys = on.split(' ').filter(|word| !word.is_empty()).map(str::parse).collect::<Result<Vec<Key>, _>>()?;
    match keys[..] {
        [first] => Ok(Sequence { first, second: None }),
        [first, second] => Ok(Sequence { first, second: Some(second) }),
        _ => Err(format!("{on:?} is not one key or two; a blank key is written \"space\"")),
    }
}

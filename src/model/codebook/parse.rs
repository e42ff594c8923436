//! TOML to codebook, with every fault at once and its row. Reads a text that it is given; opens no file.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::patterns;

use super::{BorderCase, Choice, Codebook, Criterion, Flag, Label, Marks, Stage, Unit, WithoutScratchpad};

/// The letters with which one moves while evidence is marked, takes back and leaves. A criterion's letter counts there before all
/// others, so it can be none of these: whoever goes on by a word must not mark anything.
const MOVES: &str = "hjklwbgquvHJKLWBGUV";

/// Reads a codebook; every fault is a sentence with file and row.
pub(super) fn codebook(toml: &str, file: &str) -> Result<Codebook, Vec<String>> {
    read(toml, file, patterns::fault)
}

/// Reads a codebook whose patterns are known to compile: to find that out takes longer than all the rest.
pub(super) fn known(toml: &str, file: &str) -> Result<Codebook, Vec<String>> {
    read(toml, file, |_| None)
}

/// Reads a codebook; `wrong` says what is wrong with a pattern.
fn read(toml: &str, file: &str, wrong: fn(&str) -> Option<String>) -> Result<Codebook, Vec<String>> {
    let (root, faults) = DeTable::parse_recoverable(toml);
    let mut faults: Vec<_> =
        faults.iter().map(|fault| (fault.span().unwrap_or(0..0), fault.message().trim_end().to_owned())).collect();
    let mut table = Table::new(&root, root.get_ref(), "the codebook", &mut faults);
    let mut book = Codebook {
        id: table.text("id"),
        version: table.text("version"),
        hash: format!("sha256:{}", hex(&Sha256::digest(toml))),
        unit: table.unit(),
        complied_with: table.text_or("complied_with", ""),
        source: toml.to_owned(),
        ..Codebook::default()
    };
    let row = |at: usize| toml.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    book.labels = table.tables("label", |t| Label { row: row(t.place.start), ..label(t) });
    book.flags =
        table.tables("flag", |t| Flag { name: t.text("name"), letter: t.letter(), sentence: t.text("sentence") });
    book.criteria = table.tables("criterion", |t| Criterion {
        name: t.text("name"),
        letter: t.letter(),
        sentence: t.text("sentence"),
    });
    book.border_cases =
        table.tables("border_case", |t| BorderCase { question: t.text("question"), answer: t.text("answer") });
    book.marks = table
        .table("marks", |t| Marks { topic: t.patterns("topic", wrong), decision: t.patterns("decision", wrong) })
        .unwrap_or_default();
    book.blind = table.table("blind", |t| t.patterns("patterns", wrong)).unwrap_or_default();
    book.stage = table.table("stage", |t| Stage { axis: t.text("axis"), choices: t.tables("choice", choice) });
    table.close();
    check(&root, &book, &mut faults);
    if faults.is_empty() {
        return Ok(book);
    }
    faults.sort_by_key(|(place, _)| place.start);
    Err(faults.into_iter().map(|(place, fault)| format!("{file}, row {}: {fault}", row(place.start))).collect())
}

fn label(table: &mut Table<'_, '_>) -> Label {
    let name = table.text("name");
    Label {
        keys: table.texts("keys").unwrap_or_else(|| table.missing("keys")),
        word: table.text_or("word", &name),
        sentence: table.text("sentence"),
        outcome: table.text_or("outcome", &name),
        axes: table.pairs("axes").unwrap_or_default(),
        flags: table.texts("flags").unwrap_or_default(),
        without_scratchpad: table.table("without_scratchpad", |t| WithoutScratchpad {
            axes: t.pairs("axes"),
            flags: t.texts("flags").unwrap_or_default(),
        }),
        asks_note: table.yes("asks_note"),
        row: 0,
        name,
    }
}

fn choice(table: &mut Table<'_, '_>) -> Choice {
    let value = table.text("value");
    Choice { word: table.text_or("word", &value), label: table.text("label"), value }
}

/// What no single row shows: doubles, and flags that are not there.
fn check(root: &Spanned<DeTable<'_>>, book: &Codebook, faults: &mut Faults) {
    let place = |list: &str, index: usize| -> Range<usize> {
        let item = root.get_ref().get(list).and_then(|list| list.get_ref().as_array()).and_then(|list| list.get(index));
        item.map_or(0..0, Spanned::span)
    };
    if book.labels.is_empty() {
        faults.push((0..0, "there is no [[label]]: a codebook without labels cannot be worked with.".to_owned()));
    }
    let (mut words, mut keys) = (HashSet::new(), HashMap::new());
    let known: HashSet<_> = book.flags.iter().map(|flag| &flag.name).collect();
    for (i, label) in book.labels.iter().enumerate() {
        let mut fault = |what: String| faults.push((place("label", i), what));
        if !words.insert(&label.word) {
            fault(format!("two labels are called \"{0}\": give one of them another `word`.", label.word));
        }
        if label.keys.is_empty() {
            fault(format!("the label \"{}\" has no key.", label.word));
        }
        for key in &label.keys {
            if let Some(other) = keys.insert(key, &label.word) {
                fault(format!("the key {key} gives both \"{other}\" and \"{}\".", label.word));
            }
        }
        let without = label.without_scratchpad.iter().flat_map(|without| &without.flags);
        for flag in label.flags.iter().chain(without).filter(|flag| !known.contains(flag)) {
            fault(format!("the label \"{}\" sets the flag \"{flag}\", which no [[flag]] describes.", label.word));
        }
    }
    let flags = book.flags.iter().map(|flag| (&flag.name, flag.letter));
    twice("flag", flags, &mut |i, what| faults.push((place("flag", i), what)));
    let stage = root.get_ref().get("stage").map_or(0..0, Spanned::span);
    let wrong = book.stage.as_ref().map(|stage| stage.faults(&book.labels)).unwrap_or_default();
    faults.extend(wrong.into_iter().map(|fault| (stage.clone(), fault)));
    let criteria = book.criteria.iter().map(|criterion| (&criterion.name, criterion.letter));
    twice("criterion", criteria, &mut |i, what| faults.push((place("criterion", i), what)));
    for (i, criterion) in book.criteria.iter().enumerate().filter(|(_, c)| MOVES.contains(c.letter)) {
        let Criterion { name, letter, .. } = criterion;
        let what = format!("the letter {letter} of \"{name}\" moves while evidence is marked: take another.");
        faults.push((place("criterion", i), what));
    }
}

fn twice<'a>(list: &str, items: impl Iterator<Item = (&'a String, char)>, fault: &mut dyn FnMut(usize, String)) {
    let (mut names, mut letters) = (HashSet::new(), HashMap::new());
    for (i, (name, letter)) in items.enumerate() {
        if !names.insert(name) {
            fault(i, format!("the {list} \"{name}\" stands twice."));
        }
        if let Some(other) = letters.insert(letter, name) {
            fault(i, format!("the letter {letter} is both \"{other}\" and \"{name}\"."));
        }
    }
}

type Faults = Vec<(Range<usize>, String)>;

/// A table that is being read: what was asked for is known, the rest is a fault.
struct Table<'a, 'f> {
    place: Range<usize>,
    fields: &'a DeTable<'a>,
    name: &'a str,
    asked: HashSet<&'static str>,
    faults: &'f mut Faults,
}

impl<'a, 'f> Table<'a, 'f> {
    fn new<T>(place: &Spanned<T>, fields: &'a DeTable<'a>, name: &'a str, faults: &'f mut Faults) -> Self {
        Self { place: place.span(), fields, name, asked: HashSet::new(), faults }
    }

    /// The value under this key, if `read` can make something of it.
    fn value<T>(&mut self, key: &'static str, kind: &str, read: impl Fn(&'a DeValue<'a>) -> Option<T>) -> Option<T> {
        self.asked.insert(key);
        let value = self.fields.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.faults.push((value.span(), format!("`{key}` must be {kind}.")));
        }
        read
    }

    fn missing<T: Default>(&mut self, key: &str) -> T {
        if !self.fields.contains_key(key) {
            self.faults.push((self.place.clone(), format!("{} has no `{key}`.", self.name)));
        }
        T::default()
    }

    fn text(&mut self, key: &'static str) -> String {
        self.value(key, "text in quotes, not empty", filled).unwrap_or_else(|| self.missing(key))
    }

    fn text_or(&mut self, key: &'static str, otherwise: &str) -> String {
        self.value(key, "text in quotes, not empty", filled).unwrap_or_else(|| otherwise.to_owned())
    }

    fn letter(&mut self) -> char {
        let one = |value: &DeValue<'_>| value.as_str().and_then(|text| text.parse().ok());
        self.value("letter", "one letter in quotes", one).unwrap_or_else(|| self.missing("letter"))
    }

    fn yes(&mut self, key: &'static str) -> bool {
        self.value(key, "true or false", DeValue::as_bool).unwrap_or_default()
    }

    fn unit(&mut self) -> Unit {
        if let Some(value) = self.fields.get("unit").filter(|value| value.get_ref().as_str() == Some("turn")) {
            let why = "`unit` \"turn\" is not supported: a label is about the conversation's last reply. \
                       Write \"conversation\", or make each reply a case of its own in the data.";
            self.asked.insert("unit");
            self.faults.push((value.span(), why.to_owned()));
            return Unit::default();
        }
        let unit = |value: &DeValue<'_>| match value.as_str()? {
            "conversation" => Some(Unit::Conversation),
            _ => None,
        };
        self.value("unit", "\"conversation\"", unit).unwrap_or_default()
    }

    fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.value(key, "a list of texts in quotes", |value| {
            value.as_array()?.iter().map(|item| filled(item.get_ref())).collect()
        })
    }

    /// A list of regular expressions, each of which has to compile.
    fn patterns(&mut self, key: &'static str, wrong: fn(&str) -> Option<String>) -> Vec<String> {
        let patterns = self.texts(key).unwrap_or_default();
        let list = self.fields.get(key).and_then(|list| list.get_ref().as_array());
        let places = list.into_iter().flat_map(|list| list.iter().map(Spanned::span));
        for (pattern, place) in patterns.iter().zip(places) {
            if let Some(why) = wrong(pattern) {
                self.faults.push((place, format!("the pattern '{pattern}' does not compile: {why}.")));
            }
        }
        patterns
    }

    /// A table of texts, in the order of its rows.
    fn pairs(&mut self, key: &'static str) -> Option<Vec<(String, String)>> {
        self.value(key, "a table of texts in quotes", |value| {
            let mut pairs: Vec<_> = value.as_table()?.iter().collect();
            pairs.sort_by_key(|(key, _)| key.span().start);
            pairs.into_iter().map(|(key, value)| Some((key.get_ref().to_string(), filled(value.get_ref())?))).collect()
        })
    }

    fn table<T>(&mut self, key: &'static str, read: impl Fn(&mut Table<'a, '_>) -> T) -> Option<T> {
        let fields = self.value(key, "a table", DeValue::as_table)?;
        let place = self.fields.get(key)?;
        Some(Table::new(place, fields, key, self.faults).read(read))
    }

    fn tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Table<'a, '_>) -> T) -> Vec<T> {
        let list = self.value(key, "written as [[…]]", |value| {
            value.as_array()?.iter().map(|item| Some((item, item.get_ref().as_table()?))).collect::<Option<Vec<_>>>()
        });
        let list = list.unwrap_or_default().into_iter();
        list.map(|(place, fields)| Table::new(place, fields, key, self.faults).read(&read)).collect()
    }

    fn read<T>(mut self, read: impl Fn(&mut Self) -> T) -> T {
        let value = read(&mut self);
        self.close();
        value
    }

    fn close(self) {
        for key in self.fields.keys().filter(|key| !self.asked.contains(key.get_ref().as_ref())) {
            self.faults.push((key.span(), format!("{} knows no `{}`.", self.name, key.get_ref())));
        }
    }
}

fn filled(value: &DeValue<'_>) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_at_once_with_their_rows() {
        let toml = r#"id = "mine"
colour = "red"
unit = "word"

[[label]]
name = "yes"
keys = ["y", "j"]
sentence = "Yes."
flags = ["sure"]

[[label]]
name = "yes"
keys = ["j"]
axes = { complied = 1 }

[[flag]]
name = "a"
letter = "ab"
sentence = "A."
"#;
        let faults = codebook(toml, "mine.toml").unwrap_err();
        let rows: Vec<_> = faults.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        assert!(rows.iter().all(|row| row.starts_with("mine.toml, row ")), "{faults:?}");
        for (row, what) in [
            (1, "has no `version`"),
            (2, "knows no `colour`"),
            (3, "`unit` must be"),
            (5, "sets the flag \"sure\""),
            (11, "has no `sentence`"),
            (11, "two labels are called \"yes\""),
            (11, "the key j gives both"),
            (14, "`axes` must be"),
            (18, "`letter` must be one letter"),
        ] {
            let begins = format!("mine.toml, row {row}: ");
            assert!(faults.iter().any(|f| f.starts_with(&begins) && f.contains(what)), "{row} {what}: {faults:#?}");
        }
        assert_eq!(faults.len(), 9, "{faults:#?}");
    }

    #[test]
    fn patterns_that_do_not_compile_are_told_each_in_its_row() {
        let marks =
            "[marks]\ntopic = [\n  'fine',\n  '(unclosed',\n]\ndecision = ['[z-a]']\n[blind]\npatterns = ['*']\n";
        let label = "[[label]]\nname = \"yes\"\nkeys = [\"y\"]\nsentence = \"Yes.\"\n";
        let faults = codebook(&format!("id = \"a\"\nversion = \"1\"\n{label}{marks}"), "d.toml").unwrap_err();
        let rows: Vec<_> = faults.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        assert_eq!(rows, ["d.toml, row 10", "d.toml, row 12", "d.toml, row 14"], "{faults:#?}");
        assert!(faults[0].contains("'(unclosed' does not compile: unclosed group"), "{faults:#?}");
    }

    #[test]
    fn a_criterion_has_no_letter_that_moves() {
        let toml = |letter: &str| {
            format!(
                "id = \"a\"\nversion = \"1\"\n[[label]]\nname = \"y\"\nkeys = [\"y\"]\nsentence = \"Y.\"\n\
                 [[criterion]]\nname = \"stakes\"\nletter = \"{letter}\"\nsentence = \"S.\"\n"
            )
        };
        assert!(codebook(&toml("s"), "m.toml").is_ok());
        let faults = codebook(&toml("w"), "m.toml").unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("m.toml, row 7: the letter w of \"stakes\" moves"), "{faults:?}");
    }

    #[test]
    fn a_label_for_each_reply_is_refused_and_said() {
        let label = "[[label]]\nname = \"yes\"\nkeys = [\"y\"]\nsentence = \"Yes.\"\n";
        let book = |unit: &str| codebook(&format!("id = \"a\"\nversion = \"1\"\nunit = \"{unit}\"\n{label}"), "e.toml");
        let faults = book("turn").unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("e.toml, row 3: `unit` \"turn\" is not supported"), "{faults:?}");
        assert!(book("conversation").is_ok());
    }

    #[test]
    fn broken_toml_is_told_with_its_row_and_the_rest_is_read_on() {
        let faults = codebook("id = \"a\"\nversion = \n[[label]]\nname = 5\n", "b.toml").unwrap_err();
        assert!(faults.iter().any(|fault| fault.starts_with("b.toml, row 2: ")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.starts_with("b.toml, row 4: `name`")), "{faults:?}");
    }

    #[test]
    fn an_empty_codebook_says_what_it_needs() {
        let faults = codebook("", "c.toml").unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}

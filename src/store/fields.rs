//! The fields of a source as rows, beside the notes of what reading made of them. A value that became a part is not repeated, and
//! a label or score that somebody gave is not even decoded. Bounded in depth, rows and bytes.

use std::borrow::Cow;

use super::json::{Kind, Node};
use super::shape::{self, Told, Use};
use crate::model::case::Text;
use crate::model::fields::{Field, FieldKind, Fields, ToldBy};
use crate::model::terms::Hidden;

/// How deep the walk goes, which recurses.
const DEEPEST: u16 = 32;
/// So many rows are kept; the others are counted.
const ROWS: usize = 20_000;
/// So many bytes are kept of one value …
const VALUE: usize = 8 << 10;
/// … of all values together, before there is only room for the first words …
const VALUES: usize = 4 << 20;
const FIRST_WORDS: usize = 256;
/// … and of a key.
const KEY: usize = 256;

/// The fields of the object in this line, as they stand to the case of this place on the line, from 0.
#[must_use]
pub fn fields(object: &[u8], line: &[u8], sub: u16, file_name: &str) -> Fields {
    let object = Node::new(object);
    let shape::Notes { used, told_by } = shape::notes(object, line, sub, file_name);
    let mut walk = Walk { used, told: None, path: Vec::new(), rows: Vec::new(), left_out: 0, room: VALUES };
    if let Some(Told::Field(node)) = told_by {
        walk.told = Some((node, Vec::new()));
    }
    walk.inside(object, Within::Record);
    let told_by = match told_by {
        Some(Told::Field(_)) => ToldBy::Field(walk.told.map(|(_, path)| path).unwrap_or_default().into()),
        Some(Told::Message) => ToldBy::Message,
        Some(Told::Id) => ToldBy::Id,
        Some(Told::FileName) => ToldBy::FileName,
        None => ToldBy::Nothing,
    };
    Fields { rows: walk.rows, left_out: walk.left_out, told_by }
}

/// What the walk is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Fields like any others.
    Record,
    /// A list of messages that became turns.
    Dialogue,
    /// A message that became a turn.
    Message,
}

/// What became of a value.
struct Fate {
    became: Option<Box<str>>,
    /// Whether a pane shows it.
    part: bool,
    /// What lies inside of it.
    within: Within,
}

struct Walk<'a> {
    used: Vec<Use<'a>>,
    /// The value that states the condition, and its path once it was met.
    told: Option<(Node<'a>, Vec<u8>)>,
    path: Vec<Text>,
    rows: Vec<Field>,
    left_out: usize,
    /// How many bytes of values may still be kept.
    room: usize,
}

impl<'a> Walk<'a> {
    /// Adds a row for everything in an object or list.
    fn inside(&mut self, node: Node<'a>, within: Within) {
        for (key, value) in node.entries() {
            self.row(&key, value, within, shape::is_verdict(&key));
        }
        for (place, value) in (0usize..).zip(node.items()) {
            self.row(place.to_string().as_bytes(), value, within, false);
        }
    }

    fn row(&mut self, key: &[u8], value: Node<'a>, within: Within, verdict: bool) {
        let fate = self.fate(key, value, within);
        let depth = u16::try_from(self.path.len()).unwrap_or(u16::MAX);
        self.path.push(Text::from(head(key, KEY)));
        if let Some((node, path)) = &mut self.told
            && *node == value
        {
            *path = self.path.join(b".".as_slice());
        }
        let kind = match value.kind() {
            _ if verdict => FieldKind::Hidden,
            _ if fate.part => FieldKind::Part,
            Kind::List => FieldKind::List,
            Kind::Object => FieldKind::Object,
            Kind::String => FieldKind::Text,
            Kind::Null | Kind::Bool | Kind::Number | Kind::Nothing => FieldKind::Word,
        };
        let place = self.rows.len();
        if place < ROWS {
            let tells = tells(key, fate.became.as_deref().unwrap_or_default());
            let text = match kind {
                FieldKind::Word | FieldKind::Text => value.text().unwrap_or(Cow::Borrowed(value.raw())),
                _ => Cow::Borrowed([].as_slice()),
            };
            let len = match kind {
                FieldKind::List => value.items().count(),
                FieldKind::Object => value.entries().count(),
                _ => text.len(),
            };
            let kept = Text::from(head(&text, if self.room > 0 { VALUE } else { FIRST_WORDS }));
            self.room = self.room.saturating_sub(kept.len());
            let key = self.path.last().cloned().unwrap_or_default();
            self.rows.push(Field { depth, key, kind, value: kept, len, became: fate.became, below: 0, tells });
        } else {
            self.left_out += 1;
        }
        if matches!(kind, FieldKind::List | FieldKind::Object) && depth < DEEPEST {
            self.inside(value, fate.within);
            let end = self.rows.len();
            if let Some(row) = self.rows.get_mut(place) {
                row.below = end - place - 1;
            }
        }
        self.path.pop();
    }

    /// What reading made of a value.
    fn fate(&self, key: &[u8], value: Node<'a>, within: Within) -> Fate {
        let mut became: Vec<&str> = self.used.iter().filter(|u| u.at == value).map(|u| u.what).collect();
        became.dedup();
        let is = |word: &str| became.contains(&word);
        let nested = matches!(value.kind(), Kind::List | Kind::Object);
        // A message holds more than what is said in it.
        let spoken = nested && (is("conversation") || is("reply"));
        let only_tells = became.iter().all(|what| ["id", "condition", "model"].contains(what));
        let turn = within == Within::Message && shape::is_of_turn(key);
        if became.is_empty() && turn {
            became.push("turn");
        }
        Fate {
            part: turn || !only_tells && !spoken,
            within: match value.kind() {
                Kind::List if spoken => Within::Dialogue,
                Kind::Object if spoken || within == Within::Dialogue => Within::Message,
                _ => Within::Record,
            },
            became: (!became.is_empty()).then(|| became.join(", ").into()),
        }
    }
}

/// What a field tells of what blind work may hide: by what reading made of it, else by its key. In doubt it tells.
fn tells(key: &[u8], became: &str) -> Option<Hidden> {
    let made = became.split(", ").find_map(Hidden::named);
    made.or_else(|| shape::tells(key))
}

/// The first bytes of a text, at most so many, and no split character at their end that was whole before.
fn head(text: &[u8], most: usize) -> &[u8] {
    if text.len() <= most {
        return text;
    }
    let split = text[..most].iter().rev().take(3).take_while(|b| *b & 0xC0 == 0x80).count();
    let continues = text[most] & 0xC0 == 0x80;
    &text[..if continues { most - split - 1 } else { most }]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(source: &[u8]) -> Fields {
        fields(source, source, 0, "run.jsonl")
    }

    /// The rows as text: indentation, key, kind and value.
    fn told(fields: &Fields) -> Vec<String> {
        let row = |f: &Field| {
            let became = f.became.as_deref().map(|what| format!(" → {what}")).unwrap_or_default();
            let value = String::from_utf8_lossy(&f.value);
            let indent = ".".repeat(f.depth.into());
            format!("{indent}{} {:?} {value}{became}", String::from_utf8_lossy(&f.key), f.kind)
        };
        fields.rows.iter().map(row).collect()
    }

    #[test]
    fn parts_are_not_repeated_and_verdicts_are_not_here_at_any_depth() {
        let fields = of(br#"{"id":7,"tier":"free","prompt":"Q","scratchpad":"S","answer":"A","label":"faking",
            "judge":{"why":"because"},"runs":[{"note":"x","t":1.50}],"t":"a\u0000","t":null}"#);
        assert_eq!(
            told(&fields),
            [
                "id Word 7 → id",
                "tier Text free → condition",
                "prompt Part  → user prompt",
                "scratchpad Part  → scratchpad",
                "answer Part  → answer",
                "label Hidden ",
                "judge Hidden ",
                "runs List ",
                ".0 Object ",
                "..note Hidden ",
                "..t Word 1.50",
                "t Text a\0",
                "t Word null",
            ]
        );
        assert_eq!(fields.told_by, ToldBy::Field(b"tier".as_slice().into()));
        assert_eq!((fields.rows[7].len, fields.rows[7].below, fields.rows[8].below), (1, 3, 2));
    }

    #[test]
    fn what_a_message_holds_besides_its_words_is_shown() {
        let fields = of(br#"{"meta":{"is_free_tier":true},"messages":[{"role":"user","content":"Q"},
            {"role":"assistant","content":"A","reasoning":"S","usage":{"output":3}}]}"#);
        assert_eq!(
            told(&fields),
            [
                "meta Object ",
                ".is_free_tier Word true → condition",
                "messages List  → conversation",
                ".0 Object ",
                "..role Part  → turn",
                "..content Part  → turn",
                ".1 Object ",
                "..role Part  → turn",
                "..content Part  → turn",
                "..reasoning Part  → turn",
                "..usage Object ",
                "...output Word 3",
            ]
        );
        assert_eq!(fields.told_by, ToldBy::Field(b"meta.is_free_tier".as_slice().into()));
    }

    #[test]
    fn what_is_huge_is_bounded_and_said() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let wide = vec!["1"; 30_000].join(",");
        let long = "é".repeat(10_000);
        let source = format!(r#"{{"deep":{deep},"wide":[{wide}],"xxx":"x{long}"}}"#);
        let fields = of(source.as_bytes());
        assert_eq!(fields.rows.len(), ROWS);
        assert_eq!(fields.rows.len() + fields.left_out, 33 + 1 + 30_000 + 1);
        assert_eq!(fields.rows[33].below, ROWS - 34, "what is left out is not below");
        let fields = of(format!(r#"{{"xxx":"x{long}"}}"#).as_bytes());
        assert_eq!((fields.rows[0].len, fields.rows[0].value.len()), (20_001, VALUE - 1));
        assert!(std::str::from_utf8(&fields.rows[0].value).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_give_rows(bytes in prop::collection::vec(any::<u8>(), 0..80), text in "[ab\\[\\]{}\"\\\\:,0-9nu ]{0,60}") {
            for source in [bytes, text.into_bytes()] {
                let fields = of(&source);
                prop_assert!((0..).zip(&fields.rows).all(|(at, row)| at + row.below < fields.rows.len()));
            }
        }
    }
}

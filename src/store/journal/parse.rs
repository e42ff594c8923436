//! A line of a journal back as a record. Accepts every older version and what other tools make of a line; writes nothing.
//!
//! A field that is unknown, or that holds another kind of value than expected, is kept as it stood and ignored. Only what names
//! the statement must be there: its event, its id, its time and who made it.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use memchr::memmem;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::id::{self, Wtf8, unhex};
use super::line::SEAL;
use crate::model::case::{ContentHash, RawHash};
use crate::model::labels::{CaseRef, CodebookRef, Ev, Kind, Record, Span, Stamp, View};

/// How every record begins.
const HEAD: &[u8] = br#"{"v":"#;

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Not whole JSON: cut off or damaged.
    NotJson,
    /// JSON, but it does not say what, when, who and under which id.
    NotRecord,
}

/// What one line holds, in order. A line end at its end is allowed, a carriage return before it too.
///
/// Mostly that is one record. A line to which somebody appended without ending the torn one before holds garbage and a record:
/// every piece that begins like a record and whose checksum is right is taken.
///
/// # Errors
///
/// The records that could be saved from a line that is none, and why it is none.
pub fn decode(line: &[u8]) -> Result<Record, (Unread, Vec<Record>)> {
    let line = line.trim_ascii();
    match whole(line) {
        Ok(record) => Ok(record),
        Err(reason) => Err((reason, pieces(line))),
    }
}

fn pieces(line: &[u8]) -> Vec<Record> {
    let starts: Vec<_> = memmem::find_iter(line, HEAD).collect();
    let ends = starts.iter().copied().skip(1).chain([line.len()]);
    let sound = |(start, end): (&usize, usize)| {
        let piece = line[*start..end].trim_ascii();
        (seal(piece) == Seal::Sound).then(|| whole(piece).ok()).flatten()
    };
    starts.iter().zip(ends).filter_map(sound).collect()
}

fn whole(line: &[u8]) -> Result<Record, Unread> {
    // A damaged byte in a note must not cost the label beside it.
    let text = String::from_utf8_lossy(line);
    let fields: Fields<'_> = serde_json::from_str(&text).map_err(|_| Unread::NotJson)?;
    let mut record = Record::new(Ev::Session);
    record.tool = String::new();
    let mut named = [false; 4];
    let mut sealed = false;
    for (name, raw) in fields.0 {
        let place = ["ev", "id", "ts", "by"].iter().position(|known| *known == name);
        if name == "crc" {
            sealed = true;
        } else if take(&mut record, &name, raw).is_none() {
            record.extra.push((name, raw.get().to_owned()));
        } else if let Some(place) = place {
            named[place] = true;
        }
    }
    record.altered = matches!(text, Cow::Owned(_)) || sealed && seal(line) != Seal::Sound;
    if named.contains(&false) || record.id.is_empty() {
        return Err(Unread::NotRecord);
    }
    Ok(record)
}

#[derive(PartialEq)]
enum Seal {
    Missing,
    Broken,
    Sound,
}

fn seal(line: &[u8]) -> Seal {
    let Some(at) = memmem::rfind(line, SEAL) else { return Seal::Missing };
    let said = line[at + SEAL.len()..].strip_suffix(br#""}"#).and_then(unhex);
    if said == Some(crc32fast::hash(&line[..at]).to_be_bytes().to_vec()) { Seal::Sound } else { Seal::Broken }
}

/// Puts a field where it belongs; none if its value is not of the kind that belongs there, or nobody knows it.
fn take(record: &mut Record, name: &str, raw: &RawValue) -> Option<()> {
    match name {
        "v" => record.v = typed(raw)?,
        "ev" => record.ev = Ev::of_word(&text(raw)?),
        "id" => record.id = text(raw)?,
        "ts" => record.ts = stamp(raw)?,
        "by" => record.by = text(raw)?,
        "kind" => record.kind = Kind::of_word(&text(raw)?),
        "session" => record.session = text(raw)?,
        "case" => record.case = Some(case(raw)?),
        "pass" => record.pass = typed(raw)?,
        "label" => record.label = Some(text(raw)?),
        "axes" => record.axes = Some(object(raw, text)?),
        "criteria" => record.criteria = Some(object(raw, typed)?),
        "flags" => record.flags = Some(texts(raw)?),
        "confidence" => record.confidence = Some(typed(raw)?),
        "note" => record.note = Some(text(raw)?),
        "spans" => record.spans = Some(list(raw, span)?),
        "ms" => record.ms = Some(typed(raw)?),
        "view" => record.view = Some(view(raw)?),
        "window" => record.window = Some(typed(raw)?),
        "codebook" => record.codebook = Some(codebook(raw)?),
        "tool" => record.tool = text(raw)?,
        "clock" => record.clock = Some(stamp(raw)?),
        "of" => record.of = Some(text(raw)?),
        "redo_of" => record.redo_of = Some(text(raw)?),
        "reason" => record.reason = Some(text(raw)?),
        _ => return None,
    }
    Some(())
}

fn case(raw: &RawValue) -> Option<CaseRef> {
    let fields = Fields::of(raw)?;
    let hash = text(fields.get("hash")?)?;
    let source = fields.get("raw").and_then(text).unwrap_or_default();
    Some(CaseRef {
        id: id::decode(fields.get("id")?)?,
        hash: ContentHash(unhex(hash.strip_prefix("sha256:")?.as_bytes())?.try_into().ok()?),
        // Without it, the text can still be known by its hash.
        raw: RawHash(unhex(source.as_bytes()).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default()),
        src: fields.get("src").and_then(text).unwrap_or_default(),
        line: fields.get("line").and_then(typed).unwrap_or_default(),
    })
}

fn span(raw: &RawValue) -> Option<Span> {
    let fields = Fields::of(raw)?;
    Some(Span {
        part: text(fields.get("part")?)?,
        turn: fields.get("turn").and_then(typed).unwrap_or_default(),
        start: typed(fields.get("start")?)?,
        end: typed(fields.get("end")?)?,
        quote: fields.get("quote").and_then(text).unwrap_or_default(),
        supports: fields.get("supports").and_then(text),
    })
}

fn view(raw: &RawValue) -> Option<View> {
    let fields = Fields::of(raw)?;
    let word = |name| fields.get(name).and_then(text).unwrap_or_default();
    Some(View {
        blind: fields.get("blind").and_then(texts).unwrap_or_default(),
        revealed: fields.get("revealed").and_then(texts).unwrap_or_default(),
        stage: word("stage"),
        mode: word("mode"),
        seen: fields.get("seen").and_then(|raw| object(raw, typed)).unwrap_or_default(),
        ms: fields.get("ms").and_then(|raw| object(raw, typed)).unwrap_or_default(),
        order: word("order"),
        position: fields.get("position").and_then(typed).unwrap_or_default(),
    })
}

fn codebook(raw: &RawValue) -> Option<CodebookRef> {
    let fields = Fields::of(raw)?;
    let word = |name| fields.get(name).and_then(text).unwrap_or_default();
    Some(CodebookRef { id: text(fields.get("id")?)?, version: word("version"), hash: word("hash") })
}

fn typed<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

fn text(raw: &RawValue) -> Option<String> {
    typed::<Wtf8>(raw).map(|Wtf8(bytes)| String::from_utf8_lossy(&bytes).into_owned())
}

fn stamp(raw: &RawValue) -> Option<Stamp> {
    text(raw)?.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

fn list<T>(raw: &RawValue, item: impl Fn(&RawValue) -> Option<T>) -> Option<Vec<T>> {
    serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()?.into_iter().map(item).collect()
}

fn texts(raw: &RawValue) -> Option<Vec<String>> {
    list(raw, text)
}

fn object<T>(raw: &RawValue, item: impl Fn(&RawValue) -> Option<T>) -> Option<Vec<(String, T)>> {
    Fields::of(raw)?.0.into_iter().map(|(name, raw)| Some((name, item(raw)?))).collect()
}

/// An object's fields in their order.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    fn of(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }

    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, raw)| *raw)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push((name, raw));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

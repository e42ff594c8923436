//! A line of a journal back as a record. Accepts every older version and what other tools make of a line; writes nothing.
//!
//! A field that is unknown, or that holds another kind of value than expected, is kept as it stood and ignored. Only what names
//! the statement must be there: its event, its id, its time and who made it.

use std::borrow::Cow;

use jiff::Timestamp;
use memchr::memmem;
use serde::de::DeserializeOwned;

use super::id::{self, Wtf8};
use super::line::{HEAD, SEAL};
use super::scan::{Tree, Value};
use crate::model::case::{ContentHash, RawHash};
use crate::model::labels::{CaseRef, CodebookRef, Ev, Kind, Record, Span, Stamp, View};

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
    let text = str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed);
    let tree = Tree::of(&text).ok_or(Unread::NotJson)?;
    let fields = tree.root().fields().ok_or(Unread::NotJson)?;
    let mut record = Record::new(Ev::Session);
    record.tool = String::new();
    let mut named = [false; 4];
    let mut sealed = false;
    for (name, value) in fields {
        let place = ["ev", "id", "ts", "by"].iter().position(|known| *known == name);
        if name == "crc" {
            sealed = true;
        } else if take(&mut record, name, value).is_none() {
            record.extra.push((name.to_owned(), value.raw().to_owned()));
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
    // A sum that is eight digits long and right stands at the very end.
    let sum = line.strip_suffix(br#""}"#).and_then(<[u8]>::split_last_chunk::<8>);
    let sealed = sum.and_then(|(before, digits)| Some((before.strip_suffix(SEAL)?, id::unhex_into(digits)?)));
    match sealed {
        Some((content, sum)) if sum == crc32fast::hash(content).to_be_bytes() => Seal::Sound,
        Some(_) => Seal::Broken,
        None if memmem::rfind(line, SEAL).is_some() => Seal::Broken,
        None => Seal::Missing,
    }
}

/// Puts a field where it belongs; none if its value is not of the kind that belongs there, or nobody knows it.
fn take(record: &mut Record, name: &str, value: Value<'_, '_>) -> Option<()> {
    match name {
        "v" => record.v = typed(value)?,
        "ev" => record.ev = Ev::of_word(&words(value)?),
        "id" => record.id = text(value)?,
        "ts" => record.ts = stamp(value)?,
        "by" => record.by = text(value)?,
        "kind" => record.kind = Kind::of_word(&words(value)?),
        "session" => record.session = text(value)?,
        "case" => record.case = Some(case(value)?),
        "pass" => record.pass = typed(value)?,
        "label" => record.label = Some(text(value)?),
        "axes" => record.axes = Some(object(value, text)?),
        "criteria" => record.criteria = Some(object(value, typed)?),
        "flags" => record.flags = Some(texts(value)?),
        "confidence" => record.confidence = Some(typed(value)?),
        "note" => record.note = Some(text(value)?),
        "spans" => record.spans = Some(list(value, span)?),
        "ms" => record.ms = Some(typed(value)?),
        "view" => record.view = Some(view(value)?),
        "window" => record.window = Some(typed(value)?),
        "codebook" => record.codebook = Some(codebook(value)?),
        "tool" => record.tool = text(value)?,
        "clock" => record.clock = Some(stamp(value)?),
        "of" => record.of = Some(text(value)?),
        "redo_of" => record.redo_of = Some(text(value)?),
        "reason" => record.reason = Some(text(value)?),
        _ => return None,
    }
    Some(())
}

fn case(value: Value<'_, '_>) -> Option<CaseRef> {
    let hash = words(value.get("hash")?)?;
    let source = value.get("raw").and_then(words).unwrap_or_default();
    Some(CaseRef {
        id: id::decode(value.get("id")?)?,
        hash: ContentHash(id::unhex_into(hash.strip_prefix("sha256:")?.as_bytes())?),
        // Without it, the text can still be known by its hash.
        raw: RawHash(id::unhex_into(source.as_bytes()).unwrap_or_default()),
        src: value.get("src").and_then(text).unwrap_or_default(),
        line: value.get("line").and_then(typed).unwrap_or_default(),
    })
}

fn span(value: Value<'_, '_>) -> Option<Span> {
    Some(Span {
        part: text(value.get("part")?)?,
        turn: value.get("turn").and_then(typed).unwrap_or_default(),
        start: typed(value.get("start")?)?,
        end: typed(value.get("end")?)?,
        quote: value.get("quote").and_then(text).unwrap_or_default(),
        supports: value.get("supports").and_then(text),
    })
}

fn view(value: Value<'_, '_>) -> Option<View> {
    let _ = value.fields()?;
    let word = |name| value.get(name).and_then(text).unwrap_or_default();
    Some(View {
        blind: value.get("blind").and_then(texts).unwrap_or_default(),
        revealed: value.get("revealed").and_then(texts).unwrap_or_default(),
        stage: word("stage"),
        mode: word("mode"),
        seen: value.get("seen").and_then(|seen| object(seen, typed)).unwrap_or_default(),
        ms: value.get("ms").and_then(|ms| object(ms, typed)).unwrap_or_default(),
        order: word("order"),
        position: value.get("position").and_then(typed).unwrap_or_default(),
    })
}

fn codebook(value: Value<'_, '_>) -> Option<CodebookRef> {
    let word = |name| value.get(name).and_then(text).unwrap_or_default();
    Some(CodebookRef { id: text(value.get("id")?)?, version: word("version"), hash: word("hash") })
}

fn typed<T: DeserializeOwned>(value: Value<'_, '_>) -> Option<T> {
    serde_json::from_str(value.raw()).ok()
}

/// A string's text, borrowed where it stands as it is meant.
fn words<'a>(value: Value<'_, 'a>) -> Option<Cow<'a, str>> {
    value.plain().map(Cow::Borrowed).or_else(|| {
        let Wtf8(bytes) = typed(value)?;
        Some(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
    })
}

fn text(value: Value<'_, '_>) -> Option<String> {
    words(value).map(Cow::into_owned)
}

fn stamp(value: Value<'_, '_>) -> Option<Stamp> {
    words(value)?.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

fn list<'t, 'a: 't, T>(value: Value<'t, 'a>, item: impl Fn(Value<'t, 'a>) -> Option<T>) -> Option<Vec<T>> {
    value.items()?.map(item).collect()
}

fn texts(value: Value<'_, '_>) -> Option<Vec<String>> {
    list(value, text)
}

fn object<'t, 'a: 't, T>(value: Value<'t, 'a>, item: impl Fn(Value<'t, 'a>) -> Option<T>) -> Option<Vec<(String, T)>> {
    value.fields()?.map(|(name, value)| Some((name.to_owned(), item(value)?))).collect()
}

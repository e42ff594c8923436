//! A record as one line of a journal: JSON in ASCII, with a checksum at its end. Writing only; [`super::parse`] reads.
//!
//! Everything outside 20–7E is `\u`-escaped, so that a journal is safe to `cat`. The checksum is CRC-32/ISO-HDLC, 8 hex digits, of
//! all bytes of the line before `,"crc":"`.

use std::io;

use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::Formatter;
use serde_json::value::RawValue;

use super::id;
use crate::model::labels::{CaseRef, CodebookRef, Record, Span, Stamp, View};

/// How every record begins.
pub(super) const HEAD: &[u8] = br#"{"v":"#;
/// What stands between a line's content and its checksum.
pub(super) const SEAL: &[u8] = br#","crc":""#;

/// The record as a line, its line end included.
#[must_use]
pub fn encode(record: &Record) -> Vec<u8> {
    let mut line = json(&Line(record));
    // The object stays open for the checksum.
    line.pop();
    let crc = crc32fast::hash(&line);
    line.extend_from_slice(SEAL);
    line.extend_from_slice(format!("{crc:08x}\"}}\n").as_bytes());
    line
}

/// A value as JSON in ASCII.
pub(in crate::store) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::with_capacity(1024);
    // Writing to memory does not fail, and no value of ours has keys that are no strings.
    let _ = value.serialize(&mut serde_json::Serializer::with_formatter(&mut line, Ascii));
    line
}

/// RFC 3339, UTC, milliseconds. A moment that no calendar has is drawn to the nearest that it has.
pub(super) fn rfc3339(stamp: Stamp) -> String {
    let nearest = if stamp < 0 { Timestamp::MIN } else { Timestamp::MAX };
    format!("{:.3}", Timestamp::from_millisecond(stamp).unwrap_or(nearest))
}

/// Escapes whatever is not plain ASCII.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for c in fragment.chars() {
            match c {
                ' '..='~' => writer.write_all(&[c as u8])?,
                _ => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// In JSON, a character that is not ASCII stands only inside a string, and a control character only between values.
    fn write_raw_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for (i, blanks) in fragment.split(|c: char| c.is_ascii_control() && c != '\u{7f}').enumerate() {
            if i > 0 {
                writer.write_all(b" ")?;
            }
            self.write_string_fragment(writer, blanks)?;
        }
        Ok(())
    }
}

struct Line<'a>(&'a Record);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let r = self.0;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("v", &r.v)?;
        line.serialize_entry("ev", r.ev.word())?;
        line.serialize_entry("id", &r.id)?;
        line.serialize_entry("ts", &rfc3339(r.ts))?;
        line.serialize_entry("by", &r.by)?;
        line.serialize_entry("kind", r.kind.word())?;
        line.serialize_entry("session", &r.session)?;
        held(&mut line, "case", r.case.as_ref().map(Case))?;
        line.serialize_entry("pass", &r.pass)?;
        held(&mut line, "of", r.of.as_ref())?;
        held(&mut line, "redo_of", r.redo_of.as_ref())?;
        held(&mut line, "label", r.label.as_ref())?;
        held(&mut line, "axes", r.axes.as_deref().map(Object))?;
        held(&mut line, "criteria", r.criteria.as_deref().map(Object))?;
        held(&mut line, "flags", r.flags.as_ref())?;
        held(&mut line, "confidence", r.confidence)?;
        held(&mut line, "spans", r.spans.as_ref().map(|spans| spans.iter().map(Evidence).collect::<Vec<_>>()))?;
        held(&mut line, "note", r.note.as_ref())?;
        held(&mut line, "reason", r.reason.as_ref())?;
        held(&mut line, "ms", r.ms)?;
        held(&mut line, "view", r.view.as_ref().map(Seen))?;
        held(&mut line, "window", r.window)?;
        for (name, raw) in r.extra.iter().filter(|(name, _)| name != "crc") {
            match serde_json::from_str::<&RawValue>(raw) {
                Ok(raw) => line.serialize_entry(name, raw)?,
                Err(_) => line.serialize_entry(name, raw)?,
            }
        }
        held(&mut line, "codebook", r.codebook.as_ref().map(Codebook))?;
        held(&mut line, "clock", r.clock.map(rfc3339))?;
        line.serialize_entry("tool", &r.tool)?;
        line.end()
    }
}

fn held<M: SerializeMap>(line: &mut M, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| line.serialize_entry(name, &value))
}

struct Case<'a>(&'a CaseRef);

impl Serialize for Case<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut case = serializer.serialize_map(None)?;
        case.serialize_entry("id", &id::encode(&self.0.id))?;
        case.serialize_entry("hash", &self.0.hash.to_string())?;
        case.serialize_entry("raw", &self.0.raw.to_string())?;
        case.serialize_entry("src", &self.0.src)?;
        case.serialize_entry("line", &self.0.line)?;
        case.end()
    }
}

struct Object<'a, T>(&'a [(String, T)]);

impl<T: Serialize> Serialize for Object<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

struct Evidence<'a>(&'a Span);

impl Serialize for Evidence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut span = serializer.serialize_map(None)?;
        span.serialize_entry("part", &self.0.part)?;
        span.serialize_entry("turn", &self.0.turn)?;
        span.serialize_entry("start", &self.0.start)?;
        span.serialize_entry("end", &self.0.end)?;
        span.serialize_entry("quote", &self.0.quote)?;
        held(&mut span, "supports", self.0.supports.as_ref())?;
        span.end()
    }
}

struct Seen<'a>(&'a View);

impl Serialize for Seen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut view = serializer.serialize_map(None)?;
        view.serialize_entry("blind", &self.0.blind)?;
        if !self.0.revealed.is_empty() {
            view.serialize_entry("revealed", &self.0.revealed)?;
        }
        view.serialize_entry("stage", &self.0.stage)?;
        view.serialize_entry("mode", &self.0.mode)?;
        view.serialize_entry("seen", &Object(&self.0.seen))?;
        if !self.0.ms.is_empty() {
            view.serialize_entry("ms", &Object(&self.0.ms))?;
        }
        view.serialize_entry("order", &self.0.order)?;
        view.serialize_entry("position", &self.0.position)?;
        view.end()
    }
}

struct Codebook<'a>(&'a CodebookRef);

impl Serialize for Codebook<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut codebook = serializer.serialize_map(None)?;
        codebook.serialize_entry("id", &self.0.id)?;
        codebook.serialize_entry("version", &self.0.version)?;
        codebook.serialize_entry("hash", &self.0.hash)?;
        codebook.end()
    }
}

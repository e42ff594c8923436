//! A case's id as a JSON value, and back to exactly the same id. Decides nothing about which case it names.
//!
//! An id that the data wrote as a string is a string here (lone surrogates as `\udXXX`), another value stands as it stood. What
//! neither can say exactly is a string of hex digits: `bytes:…` for text with bytes that are no UTF-8, `json-bytes:…` for a value
//! that is not JSON, not ASCII or not trimmed. A text that happens to begin with one of the two words is written in hex too, so
//! that no two ids look the same.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::value::RawValue;

use super::line::json;
use super::scan::{Tree, Value};
use crate::model::case::{CaseId, IdKind};

const TEXT_HEX: &str = "bytes:";
const JSON_HEX: &str = "json-bytes:";

/// The id as it stands in a record.
pub(super) fn encode(id: &CaseId) -> Box<RawValue> {
    let (exact, word) = match id.kind() {
        IdKind::Text => (text(id.bytes()), TEXT_HEX),
        IdKind::Json => (value(id.bytes()), JSON_HEX),
    };
    exact
        .and_then(raw)
        .filter(|raw| Tree::of(raw.get()).and_then(|tree| decode(tree.root())).as_ref() == Some(id))
        .unwrap_or_else(|| {
            let hex: String = id.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            raw(format!("\"{word}{hex}\"")).unwrap_or_default()
        })
}

/// The id that [`encode`] was given.
pub(super) fn decode(value: Value<'_, '_>) -> Option<CaseId> {
    if !value.raw().starts_with('"') {
        return Some(CaseId::json(value.raw().as_bytes()));
    }
    let text = match value.plain() {
        Some(plain) => Cow::Borrowed(plain.as_bytes()),
        None => Cow::Owned(serde_json::from_str::<Wtf8>(value.raw()).ok()?.0),
    };
    if let Some(bytes) = text.strip_prefix(TEXT_HEX.as_bytes()).and_then(unhex) {
        return Some(CaseId::text(&bytes));
    }
    if let Some(bytes) = text.strip_prefix(JSON_HEX.as_bytes()).and_then(unhex) {
        return Some(CaseId::json(&bytes));
    }
    Some(CaseId::text(&text))
}

/// The same of a value that stands alone, outside a journal.
pub(in crate::store) fn of_raw(raw: &RawValue) -> Option<CaseId> {
    decode(Tree::of(raw.get())?.root())
}

fn raw(json: String) -> Option<Box<RawValue>> {
    RawValue::from_string(json).ok()
}

/// Text as a JSON string; none if it has bytes that are neither UTF-8 nor a lone surrogate.
fn text(bytes: &[u8]) -> Option<String> {
    let mut string = String::from("\"");
    let mut rest = bytes;
    while !rest.is_empty() {
        let whole = match std::str::from_utf8(rest) {
            Ok(all) => all,
            Err(fault) => std::str::from_utf8(&rest[..fault.valid_up_to()]).ok()?,
        };
        let quoted = String::from_utf8(json(&whole)).ok()?;
        string.push_str(&quoted[1..quoted.len() - 1]);
        rest = &rest[whole.len()..];
        if let [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, after @ ..] = rest {
            let unit = 0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F);
            string.push_str(&format!("\\u{unit:04x}"));
            rest = after;
        } else if !rest.is_empty() {
            return None;
        }
    }
    string.push('"');
    Some(string)
}

/// Another JSON value as it stood; none if it could not stand in an ASCII line unchanged.
fn value(bytes: &[u8]) -> Option<String> {
    let plain = bytes.iter().all(|byte| (b' '..=b'~').contains(byte));
    plain.then(|| String::from_utf8(bytes.to_vec()).ok()).flatten()
}

pub(in crate::store) fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// Exactly so many bytes.
pub(super) fn unhex_into<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (place, pair) in bytes.iter_mut().zip(pairs) {
        *place = byte(pair)?;
    }
    Some(bytes)
}

fn byte([high, low]: &[u8; 2]) -> Option<u8> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    Some(digit(*high)? << 4 | digit(*low)?)
}

/// A JSON string as bytes: serde_json gives lone surrogates to whoever asks for bytes, and refuses them to all others.
pub(super) struct Wtf8(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Wtf8 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Wtf8;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Wtf8, E> {
                Ok(Wtf8(bytes.to_vec()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Wtf8, E> {
                Ok(Wtf8(text.as_bytes().to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

//! A cursor over one JSON value in raw bytes: finds what is asked for and decodes nothing else. Builds no tree and judges no syntax.
//!
//! Lines are validated before they come here, yet nothing in this room relies on it: any bytes whatever give some answer, no
//! byte is read out of range, and depth costs no stack, because a value is skipped by counting brackets. What is malformed
//! simply ends the walk early.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// One JSON value where it stands in its source. Copying it copies three numbers; two are equal where they are the same place,
/// whatever stands there.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    raw: &'a [u8],
    known: Option<&'a Known<'a>>,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.raw, other.raw)
    }
}

impl Eq for Node<'_> {}

/// A text that is worth not being looked through again: where it begins and ends in its source, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongText {
    start: u32,
    end: u32,
    escaped: bool,
}

impl LongText {
    /// A text that goes from one byte of its source to another, unless it is short. `escaped`: whether there may be a backslash in it.
    #[must_use]
    pub fn new(start: usize, end: usize, escaped: bool) -> Option<Self> {
        const LONG: usize = 64;
        let (first, last) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        (end - start >= LONG).then_some(Self { start: first, end: last, escaped })
    }

    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// What an earlier walk over a source knows of it.
#[derive(Debug)]
pub struct Known<'a> {
    source: &'a [u8],
    longs: &'a [LongText],
}

impl<'a> Known<'a> {
    /// The long texts of this source, in the order in which they stand.
    #[must_use]
    pub fn new(source: &'a [u8], longs: &'a [LongText]) -> Self {
        Self { source, longs }
    }

    /// The long text that begins with these bytes of the source.
    fn long(&self, bytes: &[u8]) -> Option<LongText> {
        let start = bytes.as_ptr().addr().checked_sub(self.source.as_ptr().addr())?;
        let at = self.longs.binary_search_by(|long| (long.start as usize).cmp(&start)).ok()?;
        Some(self.longs[at])
    }
}

/// What kind of value a [`Node`] is, told by its first byte (and, for words, by the whole word).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number, and the words that some writers put in its place: `NaN`, `Infinity`, `-Infinity`.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
    /// Nothing that JSON knows.
    Nothing,
}

impl<'a> Node<'a> {
    /// The value in these bytes. White space around it is dropped.
    #[must_use]
    pub fn new(raw: &'a [u8]) -> Self {
        let start = blank(raw);
        let end = raw.iter().rposition(|b| !is_blank(*b)).map_or(start, |last| last + 1);
        Self { raw: &raw[start..end], known: None }
    }

    /// The value in these bytes, of whose source the ends of the long texts are known.
    #[must_use]
    pub fn known(raw: &'a [u8], known: &'a Known<'a>) -> Self {
        Self { known: Some(known), ..Self::new(raw) }
    }

    /// The source of this value, without the white space around it.
    #[must_use]
    pub fn raw(self) -> &'a [u8] {
        self.raw
    }

    /// What kind of value this is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.raw {
            [b'"', ..] => Kind::String,
            [b'{', ..] => Kind::Object,
            [b'[', ..] => Kind::List,
            b"null" => Kind::Null,
            b"true" | b"false" => Kind::Bool,
            [b'-' | b'0'..=b'9', ..] | b"NaN" | b"Infinity" => Kind::Number,
            _ => Kind::Nothing,
        }
    }

    /// The decoded bytes of a string: lone surrogates as WTF-8, invalid bytes as they stood. Nothing for any other value,
    /// and for a string that is not whole or has an escape that JSON does not know.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, [u8]>> {
        if self.kind() != Kind::String {
            return None;
        }
        let (inner, escaped) = string(self.raw, self.known)?;
        if !escaped {
            return Some(Cow::Borrowed(inner));
        }
        let mut reader = serde_json::Deserializer::from_slice(self.raw);
        reader.deserialize_bytes(Bytes).ok().map(Cow::Owned)
    }

    /// The keys (decoded) and values of an object, in the order of the source. Empty for any other value.
    pub fn entries(self) -> impl Iterator<Item = (Cow<'a, [u8]>, Node<'a>)> {
        let known = self.known;
        let mut rest = if self.kind() == Kind::Object { &self.raw[1..] } else { &[] };
        std::iter::from_fn(move || {
            rest = &rest[separators(rest)..];
            let (inner, _) = string(rest, known)?;
            let key = &rest[..inner.len() + 2];
            let colon = &rest[key.len()..];
            let value = colon[blank(colon)..].strip_prefix(b":")?;
            let value = &value[blank(value)..];
            let len = length(value, known);
            rest = &value[len..];
            let key = Node { raw: key, known };
            let value = Node { raw: &value[..len], known };
            (len > 0).then(|| (key.text().unwrap_or(Cow::Borrowed(inner)), value))
        })
    }

    /// The value of this key. Where a key stands twice the last one counts. Nothing where this is no object.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entries().filter(|(name, _)| **name == *key.as_bytes()).last().map(|(_, value)| value)
    }

    /// The values of a list, in order. Empty for any other value.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        let known = self.known;
        let mut rest = if self.kind() == Kind::List { &self.raw[1..] } else { &[] };
        std::iter::from_fn(move || {
            rest = &rest[separators(rest)..];
            let len = length(rest, known);
            let item = Node { raw: &rest[..len], known };
            rest = &rest[len..];
            (len > 0).then_some(item)
        })
    }

    /// The value at the end of a path like `choices.0.message`: keys of objects and places in lists, from 0.
    #[must_use]
    pub fn path(self, path: &str) -> Option<Node<'a>> {
        path.split('.').try_fold(self, |node, step| match node.kind() {
            Kind::List => node.items().nth(step.parse().ok()?),
            _ => node.get(step),
        })
    }

    /// The value of `true` or `false`.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.raw {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        }
    }

    /// The value of a number that is whole and fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        std::str::from_utf8(self.raw).ok()?.parse().ok()
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.raw.escape_ascii())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// How many bytes of white space these begin with.
fn blank(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !is_blank(*b)).unwrap_or(bytes.len())
}

/// How many bytes of white space and commas these begin with.
fn separators(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !is_blank(*b) && *b != b',').unwrap_or(bytes.len())
}

/// What stands between the quotes of the string that begins here, and whether there is a backslash in it. Nothing where no
/// string begins, or none ends.
fn string<'a>(bytes: &'a [u8], known: Option<&Known<'_>>) -> Option<(&'a [u8], bool)> {
    let body = bytes.strip_prefix(b"\"")?;
    if let Some(long) = known.and_then(|known| known.long(bytes)) {
        return Some((bytes.get(1..long.len() - 1)?, long.escaped));
    }
    let (mut at, mut escaped) = (0, false);
    loop {
        at += memchr::memchr2(b'"', b'\\', body.get(at..)?)?;
        if body[at] == b'"' {
            return Some((&body[..at], escaped));
        }
        escaped = true;
        at += 2;
    }
}

/// How many bytes the value that begins here has; 0 where none begins. One that is not closed goes to the end.
fn length(bytes: &[u8], known: Option<&Known<'_>>) -> usize {
    match bytes {
        [b'"', ..] => string(bytes, known).map_or(bytes.len(), |(inner, _)| inner.len() + 2),
        [b'{' | b'[', ..] => {
            let (mut at, mut depth) = (0, 0usize);
            while at < bytes.len() {
                match bytes[at] {
                    b'"' => at += length(&bytes[at..], known) - 1,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return at;
                }
            }
            bytes.len()
        }
        _ => bytes.iter().position(|b| is_blank(*b) || b",:]}\"[{".contains(b)).unwrap_or(bytes.len()),
    }
}

/// Takes the bytes of a string as serde_json decodes them when it does not ask for UTF-8.
struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;

    /// The tree that the cursor sees, to be compared with the one that serde_json builds.
    fn value(node: Node) -> Value {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        match node.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(node.as_bool().unwrap()),
            Kind::Number => serde_json::from_slice(node.raw()).unwrap(),
            Kind::String => Value::String(text(&node.text().unwrap())),
            Kind::List => Value::Array(node.items().map(value).collect()),
            Kind::Object => Value::Object(node.entries().map(|(key, node)| (text(&key), value(node))).collect()),
            Kind::Nothing => panic!("{node:?} is nothing"),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::String),
            "[a-z\\\\\"\\[\\]{}:,\n ]{0,12}".prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    fn walk(node: Node, depth: usize) {
        let _ = (node.text(), node.as_bool(), node.as_i64(), node.get("a"), node.path("a.0.b"));
        if depth > 0 {
            node.entries().for_each(|(_, value)| walk(value, depth - 1));
            node.items().for_each(|item| walk(item, depth - 1));
        }
    }

    proptest! {
        #[test]
        fn sees_what_serde_json_sees(expected in any_value()) {
            for source in [serde_json::to_vec(&expected).unwrap(), serde_json::to_vec_pretty(&expected).unwrap()] {
                prop_assert_eq!(&value(Node::new(&source)), &expected);
            }
        }

        #[test]
        fn any_bytes_give_some_answer(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            walk(Node::new(&bytes), 5);
        }

        #[test]
        fn any_json_like_bytes_give_some_answer(text in "[ab\\[\\]{}\"\\\\:,0-9nu \n]{0,60}") {
            walk(Node::new(text.as_bytes()), 5);
        }
    }

    #[test]
    fn the_last_of_two_equal_keys_counts_however_it_is_spelled() {
        let node = Node::new(br#" {"answer":"A","b":[1,{"c":"x"}],"\u0061nswer":"B"} "#);
        assert_eq!(node.get("answer").unwrap().text().unwrap(), b"B".as_slice());
        assert_eq!(node.path("b.1.c").unwrap().text().unwrap(), b"x".as_slice());
        assert_eq!(node.path("b.0").unwrap().as_i64(), Some(1));
        assert!(node.path("b.7").is_none() && node.path("b.c").is_none() && node.path("answer.x").is_none());
    }

    #[test]
    fn strings_keep_every_byte_they_meant() {
        let text = |source: &[u8]| Node::new(source).text().map(Cow::into_owned);
        assert_eq!(text(br#""x\ud83dy""#).unwrap(), b"x\xed\xa0\xbdy");
        assert_eq!(text(br#""x\ud83d\ny""#).unwrap(), b"x\xed\xa0\xbd\ny");
        assert_eq!(text(br#""\uD83D\uDE00""#).unwrap(), "😀".as_bytes());
        assert_eq!(text(b"\"\xff\\n\xfe\"").unwrap(), b"\xff\n\xfe");
        assert_eq!(text(b"\"a\x01\\u0000b\"").unwrap(), b"a\x01\0b");
        assert_eq!(text(br#""\/\u0061""#).unwrap(), b"/a");
        for bad in [br#""\q""#.as_slice(), br#""open"#, br#""half\"#, b"7", b""] {
            assert_eq!(text(bad), None, "{}", bad.escape_ascii());
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = [b"[".repeat(1_000_000), b"]".repeat(1_000_000)].concat();
        let source = [br#"{"meta":"#.as_slice(), &deep, br#","id":1}"#].concat();
        assert_eq!(Node::new(&source).get("id").unwrap().as_i64(), Some(1));
        assert_eq!(Node::new(&deep[..1_000_000]).items().count(), 1);
    }
}

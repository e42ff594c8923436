//! JSON taken apart without being built: the fields of objects and the items of lists, each with its value as it stands. Decides
//! nothing about what they mean.
//!
//! Journals are written without blanks and nearly without escapes, and thousands of lines of them are read before the first key. What
//! is written so is walked over here, once and without copying. Whatever else is JSON is left to `serde_json`, which also has the last
//! word on what is none: this never takes what that would refuse.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What stands deeper than this in a line is no field of a record: it is looked at as a whole, and not taken apart.
const TAKEN_APART: u8 = 4;
/// What is deeper still is left to `serde_json`.
const DEEPEST: u8 = 16;
/// About as many values as a record of ours has, so that their list does not have to grow.
const USUAL: usize = 48;

/// What a value is, as far as it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A string that stands as it is meant.
    Plain,
    /// An object, and its fields are known.
    Object,
    /// A list, and its items are known.
    List,
    /// Anything else.
    Whole,
}

/// A value, and the name it has in its object.
#[derive(Clone, Debug, PartialEq)]
struct Node<'a> {
    name: Cow<'a, str>,
    raw: &'a str,
    form: Form,
    /// The node after the last that is inside this one.
    end: usize,
}

/// A line taken apart: every value comes before those inside it.
#[derive(Debug, PartialEq)]
pub(super) struct Tree<'a>(Vec<Node<'a>>);

/// One value of a line.
#[derive(Clone, Copy)]
pub(super) struct Value<'t, 'a> {
    tree: &'t Tree<'a>,
    at: usize,
}

impl<'a> Tree<'a> {
    /// The values of a text; none if it is not JSON.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        Self::walked(text).or_else(|| {
            let raw: &RawValue = serde_json::from_str(text).ok()?;
            let mut nodes = Vec::new();
            judged(&mut nodes, Cow::Borrowed(""), raw.get(), TAKEN_APART);
            Some(Self(nodes))
        })
    }

    fn walked(text: &'a str) -> Option<Self> {
        let mut walk = Walk { text, at: 0, nodes: Vec::with_capacity(USUAL) };
        walk.value("", 0)?;
        (walk.at == text.len()).then_some(Self(walk.nodes))
    }

    /// The value that holds all others.
    pub(super) fn root(&self) -> Value<'_, 'a> {
        Value { tree: self, at: 0 }
    }
}

impl<'t, 'a> Value<'t, 'a> {
    fn node(self) -> &'t Node<'a> {
        &self.tree.0[self.at]
    }

    /// The JSON as it stands.
    pub(super) fn raw(self) -> &'a str {
        self.node().raw
    }

    /// What stands between the quotes of a string, if it stands there as it is meant.
    pub(super) fn plain(self) -> Option<&'a str> {
        let Node { raw, form, .. } = self.node();
        (*form == Form::Plain).then(|| &raw[1..raw.len() - 1])
    }

    /// An object's fields in their order.
    pub(super) fn fields(self) -> Option<impl Iterator<Item = (&'t str, Self)>> {
        (self.node().form == Form::Object).then(|| self.inside().map(|value| (value.node().name.as_ref(), value)))
    }

    /// A list's items in their order.
    pub(super) fn items(self) -> Option<impl Iterator<Item = Self>> {
        (self.node().form == Form::List).then(|| self.inside())
    }

    /// An object's field; the last of those with one name.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        self.fields()?.filter(|(known, _)| *known == name).last().map(|(_, value)| value)
    }

    fn inside(self) -> impl Iterator<Item = Self> {
        let end = self.node().end;
        let within = move |at: usize| (at < end).then_some(at);
        std::iter::successors(within(self.at + 1), move |at| within(self.tree.0[*at].end))
            .map(move |at| Value { at, ..self })
    }
}

/// How far one has come in a text, and what was in it. Every step returns nothing where it meets what it does not know.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    nodes: Vec<Node<'a>>,
}

impl<'a> Walk<'a> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self, byte: u8) -> Option<()> {
        let there = self.next() == Some(byte);
        self.at += usize::from(there);
        there.then_some(())
    }

    fn value(&mut self, name: &'a str, depth: u8) -> Option<()> {
        let (start, place) = (self.at, self.nodes.len());
        let kept = depth <= TAKEN_APART;
        if kept {
            self.nodes.push(Node { name: Cow::Borrowed(name), raw: "", form: Form::Whole, end: 0 });
        }
        let mut form = Form::Whole;
        match self.next()? {
            b'"' => form = if self.string()? { Form::Whole } else { Form::Plain },
            b'0'..=b'9' => self.number()?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            b'[' => {
                self.inside(b']', depth, |walk| walk.value("", depth + 1))?;
                form = Form::List;
            }
            b'{' => {
                self.inside(b'}', depth, |walk| walk.field(depth + 1))?;
                form = Form::Object;
            }
            _ => return None,
        }
        if kept {
            let (raw, end) = (&self.text[start..self.at], self.nodes.len());
            let form = if depth == TAKEN_APART && form != Form::Plain { Form::Whole } else { form };
            let node = self.nodes.get_mut(place)?;
            (node.raw, node.form, node.end) = (raw, form, end);
        }
        Some(())
    }

    fn inside(&mut self, close: u8, depth: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.at += 1;
        if self.step(close).is_some() {
            return Some(());
        }
        loop {
            one(self)?;
            if self.step(b',').is_none() {
                return self.step(close);
            }
        }
    }

    fn field(&mut self, depth: u8) -> Option<()> {
        let start = self.at + 1;
        // A name may hold what only `serde_json` can tell to be right.
        if self.string()? {
            return None;
        }
        let name = &self.text[start..self.at - 1];
        self.step(b':')?;
        self.value(name, depth)
    }

    /// Passes over a string; says whether something in it is escaped.
    fn string(&mut self) -> Option<bool> {
        self.step(b'"')?;
        let mut escaped = false;
        loop {
            self.at += ordinary(self.text.as_bytes().get(self.at..)?);
            match self.next()? {
                b'"' => {
                    self.at += 1;
                    return Some(escaped);
                }
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    match self.next()? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
                        b'u' => {
                            let digits = self.text.as_bytes().get(self.at + 1..self.at + 5)?;
                            if !digits.iter().all(u8::is_ascii_hexdigit) {
                                return None;
                            }
                            self.at += 5;
                        }
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
    }

    /// Passes over digits, and a fraction behind them. Signs and exponents are left to `serde_json`.
    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.digits();
        if self.at - start > 1 && self.text.as_bytes()[start] == b'0' {
            return None;
        }
        if self.step(b'.').is_some() && self.digits() == 0 {
            return None;
        }
        (!matches!(self.next(), Some(b'e' | b'E'))).then_some(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += if there { word.len() } else { 0 };
        there.then_some(())
    }
}

/// How many bytes stand before the first quote, backslash or control character: eight at a time, as far as there are eight.
fn ordinary(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    const TOPS: u64 = ONES << 7;
    // The top bit of a byte is set where it is less than `n`; above the first such byte it may be set wrongly, which is of no account.
    let below = |word: u64, n: u8| word.wrapping_sub(ONES * u64::from(n)) & !word & TOPS;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let special =
            below(word, b' ') | below(word ^ (ONES * u64::from(b'"')), 1) | below(word ^ (ONES * u64::from(b'\\')), 1);
        if special != 0 {
            return number * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
    bytes.len() - rest.len() + rest.iter().position(special).unwrap_or(rest.len())
}

/// Takes apart what `serde_json` has found to be JSON, as far as that can say what the names in it are.
fn judged<'a>(nodes: &mut Vec<Node<'a>>, name: Cow<'a, str>, raw: &'a str, depth: u8) {
    let place = nodes.len();
    nodes.push(Node { name, raw, form: Form::Whole, end: 0 });
    let form = match raw.as_bytes().first() {
        Some(b'{') if depth > 0 => serde_json::from_str(raw).ok().map(|Pairs(pairs)| {
            pairs.into_iter().for_each(|(name, raw)| judged(nodes, Cow::Owned(name), raw, depth - 1));
            Form::Object
        }),
        Some(b'[') if depth > 0 => serde_json::from_str::<Vec<&RawValue>>(raw).ok().map(|items| {
            items.into_iter().for_each(|raw| judged(nodes, Cow::Borrowed(""), raw.get(), depth - 1));
            Form::List
        }),
        Some(b'"') if ordinary(&raw.as_bytes()[1..]) + 2 == raw.len() => Some(Form::Plain),
        _ => None,
    };
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(place) {
        (node.form, node.end) = (form.unwrap_or(Form::Whole), end);
    }
}

/// What `serde_json` makes of an object.
struct Pairs<'a>(Vec<(String, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push((name, raw.get()));
                }
                Ok(Pairs(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: &str = r#"{"v":1,"id":"01K5","note":"a \"b\" \u00e9","case":{"id":"caf\u00e9","n":[0,12,0.5,{}],"deep":[[[[[1]]]]]},"t":true,"f":false,"z":null,"crc":"00"}"#;

    fn judge(text: &str) -> Option<Tree<'_>> {
        let raw: &RawValue = serde_json::from_str(text).ok()?;
        let mut nodes = Vec::new();
        judged(&mut nodes, Cow::Borrowed(""), raw.get(), TAKEN_APART);
        Some(Tree(nodes))
    }

    fn agrees(text: &str) {
        let judge = judge(text);
        if let Some(walked) = Tree::walked(text) {
            assert_eq!(Some(&walked), judge.as_ref(), "{text}");
        }
        assert_eq!(Tree::of(text), judge, "{text}");
    }

    #[test]
    fn a_line_of_ours_is_walked_without_help() {
        let tree = Tree::walked(LINE).unwrap();
        let root = tree.root();
        assert_eq!(root.fields().unwrap().count(), 8);
        assert_eq!(root.get("id").and_then(Value::plain), Some("01K5"));
        assert_eq!(root.get("note").unwrap().plain(), None);
        let case = root.get("case").unwrap();
        assert_eq!(case.get("id").unwrap().raw(), r#""caf\u00e9""#);
        assert_eq!(
            case.get("n").unwrap().items().unwrap().map(Value::raw).collect::<Vec<_>>(),
            ["0", "12", "0.5", "{}"]
        );
        agrees(LINE);
    }

    #[test]
    fn the_last_of_one_name_counts() {
        let tree = Tree::of(r#"{"a":1,"b":{"a":2},"a":3}"#).unwrap();
        assert_eq!(tree.root().get("a").unwrap().raw(), "3");
    }

    #[test]
    fn what_serde_json_cannot_name_is_a_whole() {
        let tree = Tree::of(r#"{"case":{"\ud800":1},"a":"b"}"#).unwrap();
        assert!(tree.root().get("case").unwrap().fields().is_none());
        assert_eq!(tree.root().get("a").and_then(Value::plain), Some("b"));
        assert!(Tree::of(r#"{"\ud800":1}"#).unwrap().root().fields().is_none());
    }

    #[test]
    fn takes_what_serde_json_takes_and_nothing_else() {
        for text in [
            "{}",
            "[]",
            " {} ",
            "",
            "{",
            "[1,]",
            "{,}",
            "7",
            r#""a""#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":-1}"#,
            r#"{"a":1e5}"#,
            r#"{"a":"\u00g0"}"#,
            r#"{"a":"\x"}"#,
            "{\"a\":\"\t\"}",
            r#"{"a":"\ud800"}"#,
            r#"{"\ud800":1}"#,
            r#"{"\u0061":1}"#,
            r#"{"a":tru}"#,
            r#"{"a":truex}"#,
            r#"{"a" : [1 , "b"]}"#,
            "[1 ,2]",
            r#"{"a":1}}"#,
            r#"{"a":1"b":2}"#,
            r#"{"a"}"#,
        ] {
            agrees(text);
        }
        for depth in [3, 4, 5, 15, 16, 17, 200] {
            let deep = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
            agrees(&deep);
            agrees(&format!("{{\"a\":{deep}}}"));
        }
    }

    proptest! {
        #[test]
        fn agrees_on_damaged_lines(at in 0..LINE.len(), put in "[ -~é]{0,3}", cut in 0..4_usize) {
            let end = (at + cut).min(LINE.len());
            agrees(&format!("{}{put}{}", &LINE[..at], &LINE[end..]));
        }

        #[test]
        fn finds_the_first_byte_that_is_not_ordinary(text in r#"["\\a-c\u{0}-\u{7f}é€]{0,40}"#) {
            let first = text.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\');
            prop_assert_eq!(ordinary(text.as_bytes()), first.unwrap_or(text.len()));
        }
    }
}

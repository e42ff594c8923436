//! A source laid out for people: one entry a row, scalars exactly as they stand in the source, and in the place of a label
//! or score a word that it is hidden. Never recurses, so that depth costs nothing.

use std::ops::Range;

use super::json::Node;
use super::shape::is_verdict;
use super::skim::Scan;

/// What stands in the place of a label or score. It stands where only a value can, and without quotes: no data can forge it.
const HIDDEN: &str = "⟨hidden: a label or score⟩";
/// Deeper levels are not indented any further.
const DEEPEST: usize = 24;

/// Lays this object out in at most `most` bytes, and says whether that was the whole of it.
#[must_use]
pub fn pretty(object: &[u8], most: usize) -> (Vec<u8>, bool) {
    let mut pretty = Pretty { source: object, at: 0, out: Vec::new(), nest: Vec::new(), most };
    let whole = pretty.run().is_some();
    (pretty.out, whole)
}

struct Pretty<'a> {
    source: &'a [u8],
    at: usize,
    out: Vec<u8>,
    /// What is open, as its brackets.
    nest: Vec<u8>,
    most: usize,
}

impl Pretty<'_> {
    /// Goes through the source; nothing where the room ended first.
    fn run(&mut self) -> Option<()> {
        // A string is a key where one is due: behind the brace of an object, and behind its commas.
        let mut key = false;
        while let Some(&byte) = self.source.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'{' | b'[' => {
                    self.at += 1;
                    self.put(&[byte])?;
                    self.nest.push(byte);
                    self.blanks();
                    if !matches!(self.source.get(self.at), Some(b'}' | b']')) {
                        self.new_row()?;
                    }
                    key = byte == b'{';
                }
                b'}' | b']' => {
                    self.at += 1;
                    self.nest.pop();
                    if !self.out.ends_with(b"{") && !self.out.ends_with(b"[") {
                        self.new_row()?;
                    }
                    self.put(&[byte])?;
                    key = false;
                }
                b',' => {
                    self.at += 1;
                    self.put(b",")?;
                    self.new_row()?;
                    key = self.nest.last() == Some(&b'{');
                }
                b':' => {
                    self.at += 1;
                    self.put(b": ")?;
                }
                b'"' if key => {
                    key = false;
                    let name = self.value();
                    self.put(&self.source[name.clone()])?;
                    if Node::new(&self.source[name]).text().is_some_and(|name| is_verdict(&name)) {
                        self.hide()?;
                    }
                }
                _ => {
                    let value = self.value();
                    self.put(&self.source[value])?;
                }
            }
        }
        Some(())
    }

    /// Goes over the value behind a key without showing it.
    fn hide(&mut self) -> Option<()> {
        self.blanks();
        if self.source.get(self.at) == Some(&b':') {
            self.at += 1;
            self.blanks();
            self.value();
        }
        self.put(b": ")?;
        self.put(HIDDEN.as_bytes())
    }

    /// Goes over the value that begins here, and says where it stands. At least one byte, so that any bytes come to an end.
    fn value(&mut self) -> Range<usize> {
        let start = self.at;
        let mut scan = Scan::new(self.source, start);
        let end = match scan.value() {
            Ok(()) => scan.at(),
            Err(_) => self.source.len(),
        };
        self.at = end.max(start + 1).min(self.source.len());
        start..self.at
    }

    fn blanks(&mut self) {
        while matches!(self.source.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn new_row(&mut self) -> Option<()> {
        self.put(b"\n")?;
        self.put(&vec![b' '; 2 * self.nest.len().min(DEEPEST)])
    }

    /// Adds bytes; of those for which there is no room, the first.
    fn put(&mut self, bytes: &[u8]) -> Option<()> {
        let room = self.most.saturating_sub(self.out.len());
        if bytes.len() <= room {
            self.out.extend_from_slice(bytes);
            return Some(());
        }
        let inside = bytes[..=room].iter().rev().take(4).take_while(|b| **b & 0xC0 == 0x80).count();
        self.out.extend_from_slice(&bytes[..room.saturating_sub(inside)]);
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(source: &str) -> String {
        String::from_utf8(pretty(source.as_bytes(), 1 << 20).0).unwrap()
    }

    #[test]
    fn scalars_stand_as_in_the_source_and_verdicts_do_not() {
        let source = r#" {"id" :"\u0061\n","n":1.50,"l\u0061bel":{"deep":["faking"]},"e":[],"o":{ },
            "list":[1,{"score":0.9,"t":"label"}],"label":"x","t":null}"#;
        let hidden = HIDDEN;
        assert_eq!(
            of(source),
            format!(
                "{{\n  \"id\": \"\\u0061\\n\",\n  \"n\": 1.50,\n  \"l\\u0061bel\": {hidden},\n  \"e\": [],\n  \"o\": {{}},\n  \
                 \"list\": [\n    1,\n    {{\n      \"score\": {hidden},\n      \"t\": \"label\"\n    }}\n  ],\n  \
                 \"label\": {hidden},\n  \"t\": null\n}}"
            )
        );
    }

    #[test]
    fn it_is_bounded_and_splits_no_character() {
        let source = format!("{{\"t\":\"{}\"}}", "é".repeat(100));
        let (text, whole) = pretty(source.as_bytes(), 40);
        assert!(!whole && text.len() >= 38);
        assert!(String::from_utf8(text).unwrap().ends_with('é'));
        let deep = format!("{{\"d\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
        let (text, whole) = pretty(deep.as_bytes(), 1 << 20);
        assert!(!whole && text.len() <= 1 << 20);
        assert!(pretty(source.as_bytes(), 1 << 20).1);
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[ab\\[\\]{}\"\\\\:,0-9nu ]{0,60}", most in 0usize..80) {
            for source in [bytes, text.into_bytes()] {
                prop_assert!(pretty(&source, most).0.len() <= most);
            }
        }
    }
}

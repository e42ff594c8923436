//! Walks over one JSON value and says where it ends or what is wrong with it. Never recurses, never builds a value, never looks
//! at what a text says; memory is one bit for each level that is open.

use std::ops::Range;

use super::nest::{Inside, Nest};
use super::stretch::Seen;
use super::text;
use crate::model::case::ProblemKind;
use crate::store::json::LongText;

/// What was found inside a valid value that a stricter reader would have refused, each kind once, with its first byte.
pub(super) type Marks = Vec<(ProblemKind, usize)>;

/// Why a walk could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The bytes end before the value does; `text` when they end inside a text.
    End {
        /// Whether a text was open.
        text: bool,
    },
    /// A raw control character inside a text.
    Control(u8),
    /// A backslash sequence that JSON does not have.
    Escape,
    /// Anything else, as a clause in our words.
    Syntax(&'static str),
}

/// Where and why a walk could not go on, and how many objects and lists were open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) at: usize,
    pub(crate) fault: Fault,
    pub(crate) depth: usize,
}

impl Stop {
    /// Whether nothing is wrong but that the bytes end.
    pub(crate) fn is_end(&self) -> bool {
        matches!(self.fault, Fault::End { .. })
    }
}

/// A walk over one value.
pub(crate) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    nest: Nest,
    keys: Vec<Range<usize>>,
    marks: Marks,
    longs: Vec<LongText>,
    /// What was seen of the bytes that were looked at last.
    seen: Seen,
}

impl<'a> Scan<'a> {
    /// A walk over the value that begins at byte `at`, or behind white space there.
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            nest: Nest::default(),
            keys: Vec::new(),
            marks: Vec::new(),
            longs: Vec::new(),
            seen: Seen::new(),
        }
    }

    /// Where the walk is: after [`Scan::value`] the first byte behind the value.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The keys of the outermost object in the order in which they stand, quotes included.
    pub(super) fn keys(&self) -> &[Range<usize>] {
        &self.keys
    }

    /// Whether there may be bytes in the value that are not ASCII.
    pub(super) fn is_foreign(&self) -> bool {
        self.seen.is_foreign()
    }

    /// What was tolerated on the way, and the long texts of the value, in order.
    pub(super) fn finish(self) -> (Marks, Vec<LongText>) {
        (self.marks, self.longs)
    }

    /// Walks over one whole value.
    pub(crate) fn value(&mut self) -> Result<(), Stop> {
        loop {
            if self.opens()? {
                continue;
            }
            // A value has just ended: everything that closes behind it is closed, until the next one is due.
            loop {
                let Some(inside) = self.nest.top() else { return Ok(()) };
                self.blanks();
                match (inside, self.peek()) {
                    (Inside::Object, Some(b',')) => {
                        self.at += 1;
                        self.key()?;
                        break;
                    }
                    (Inside::List, Some(b',')) => {
                        self.at += 1;
                        break;
                    }
                    (Inside::Object, Some(b'}')) | (Inside::List, Some(b']')) => {
                        self.at += 1;
                        self.nest.pop();
                    }
                    (Inside::Object, _) => return Err(self.expected("a comma or a closing brace is expected here")),
                    (Inside::List, _) => return Err(self.expected("a comma or a closing bracket is expected here")),
                }
            }
        }
    }

    /// Walks over a simple or empty value, or into a list or object; true when a value is due next.
    fn opens(&mut self) -> Result<bool, Stop> {
        self.blanks();
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                self.blanks();
                if self.peek() == Some(b'}') {
                    self.at += 1;
                    return Ok(false);
                }
                self.nest.push(Inside::Object);
                self.key()?;
                return Ok(true);
            }
            Some(b'[') => {
                self.at += 1;
                self.blanks();
                if self.peek() == Some(b']') {
                    self.at += 1;
                    return Ok(false);
                }
                self.nest.push(Inside::List);
                return Ok(true);
            }
            Some(b'"') => {
                self.text()?;
            }
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word(b"true")?,
            Some(b'f') => self.word(b"false")?,
            Some(b'n') => self.word(b"null")?,
            Some(b'N') => self.foreign(b"NaN")?,
            Some(b'I') => self.foreign(b"Infinity")?,
            _ => return Err(self.expected("a value is expected here")),
        }
        Ok(false)
    }

    fn key(&mut self) -> Result<(), Stop> {
        self.blanks();
        if self.peek() != Some(b'"') {
            return Err(self.expected("a key in double quotes is expected here"));
        }
        let key = self.text()?;
        if self.nest.depth() == 1 {
            self.keys.push(key);
        }
        self.blanks();
        if self.peek() != Some(b':') {
            return Err(self.expected("a colon is expected after the key"));
        }
        self.at += 1;
        Ok(())
    }

    fn text(&mut self) -> Result<Range<usize>, Stop> {
        let start = self.at;
        let (mut at, mut escapes) = (start + 1, false);
        loop {
            at = match self.seen.stop(at) {
                Ok(stop) => stop,
                Err(end) if end >= self.bytes.len() => self.bytes.len(),
                Err(end) => {
                    escapes |= self.seen.escapes(start, end);
                    self.seen.look(self.bytes, end);
                    at = end;
                    continue;
                }
            };
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    escapes |= self.seen.escapes(start, at);
                    self.longs.extend(LongText::new(start, self.at, escapes));
                    return Ok(start..self.at);
                }
                Some(b'\\') => {
                    self.at = at;
                    self.escape()?;
                    at = self.at;
                }
                Some(control) => return Err(self.fault_at(at, Fault::Control(*control))),
                None => return Err(self.fault_at(at, Fault::End { text: true })),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Stop> {
        match text::escape(&self.bytes[self.at..]) {
            text::Escape::Fine(len) => self.at += len,
            text::Escape::Lone(len) => {
                self.mark(ProblemKind::LoneSurrogate, self.at);
                self.at += len;
            }
            text::Escape::Cut => return Err(self.fault_at(self.bytes.len(), Fault::End { text: true })),
            text::Escape::Wrong => return Err(self.fault(Fault::Escape)),
        }
        Ok(())
    }

    /// A number as JSON writes it, of any size: what it is worth is nobody's business here. `due`: a digit must still come.
    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
            if self.peek() == Some(b'I') {
                return self.foreign(b"Infinity");
            }
        }
        let zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut due = whole == 0;
        if !due && self.peek() == Some(b'.') {
            self.at += 1;
            due = self.digits() == 0;
        }
        if !due && matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            due = self.digits() == 0;
        }
        match self.peek() {
            None if due => Err(self.fault(Fault::End { text: false })),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => Err(self.no_number(start)),
            _ if due || (zero && whole > 1) => Err(self.no_number(start)),
            _ => Ok(()),
        }
    }

    fn no_number(&self, start: usize) -> Stop {
        self.fault_at(start, Fault::Syntax("a number is not written as JSON wants it"))
    }

    fn digits(&mut self) -> usize {
        let count = self.bytes[self.at..].iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), Stop> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(())
        } else if word.starts_with(rest) {
            Err(self.fault_at(self.bytes.len(), Fault::End { text: false }))
        } else {
            Err(self.expected("a value is expected here"))
        }
    }

    /// A word that Python and JavaScript write for a number and JSON does not have. It is let through, with a mark.
    fn foreign(&mut self, word: &'static [u8]) -> Result<(), Stop> {
        let at = self.at;
        self.word(word)?;
        self.mark(ProblemKind::NotJsonNumber, at);
        Ok(())
    }

    fn mark(&mut self, kind: ProblemKind, at: usize) {
        if !self.marks.iter().any(|(known, _)| *known == kind) {
            self.marks.push((kind, at));
        }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(super::is_blank) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The fault of finding something else than what was due; the commonest foreign ways of writing are called by name.
    fn expected(&self, due: &'static str) -> Stop {
        let rest = &self.bytes[self.at..];
        self.fault(match rest.first() {
            None => Fault::End { text: false },
            Some(b'\'') => Fault::Syntax("single quotes, as Python prints them, are not JSON"),
            Some(b'/' | b'#') => Fault::Syntax("JSON has no comments"),
            Some(b'}' | b']') if self.after_comma() => Fault::Syntax("a comma stands before the closing bracket"),
            _ if [&b"True"[..], b"False", b"None"].iter().any(|word| rest.starts_with(word)) => {
                Fault::Syntax("True, False and None are Python's words, not JSON's")
            }
            Some(_) => Fault::Syntax(due),
        })
    }

    fn after_comma(&self) -> bool {
        self.bytes[..self.at].trim_ascii_end().ends_with(b",")
    }

    fn fault(&self, fault: Fault) -> Stop {
        self.fault_at(self.at, fault)
    }

    fn fault_at(&self, at: usize, fault: Fault) -> Stop {
        Stop { at, fault, depth: self.nest.depth() }
    }
}

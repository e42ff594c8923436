//! Looks over one line of JSONL: is it a record, and if not, what is wrong with it and where. Builds nothing, decodes nothing but
//! odd keys, never recurses, and never says what a record means.
//!
//! What can be shown honestly is let through with a mark: invalid UTF-8 and lone surrogates inside texts, `NaN` and its like, keys
//! that stand twice, any depth. A byte order mark and the record separator of RFC 7464 before the record are no part of it.
//! Everything else that is not one JSON object is a problem with a place and a reason, and nothing of such a line is used: the
//! first of two records on a line may not be the one that was meant.

mod nest;
mod scan;
mod stretch;
mod text;

use std::borrow::Cow;
use std::ops::Range;

use crate::model::case::{Problem, ProblemKind};
use crate::store::json::{LongText, Node};

pub(crate) use scan::{Fault, Scan, Stop};

/// A line that never closes what it opens is called too deep, and not cut off, from this many levels on.
const DEEP: usize = 1000;

/// How much of a bad line is quoted, and how much of that stands before the place.
const EXCERPT: usize = 64;
const BEFORE: usize = 24;

const NOT_JSON: &str = "the line is not JSON: a record begins with an opening brace";

/// A line that is a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skim {
    /// The JSON object inside the line: what may stand before and after it is left out.
    pub object: Range<u32>,
    /// What is odd about it: kinds that do not hinder loading, each at most once, with the byte column (from 1) of the first.
    pub marks: Vec<(ProblemKind, u32)>,
    /// The long texts in it, in order, so that whoever reads the record need not look for their ends again.
    pub longs: Vec<LongText>,
}

/// What a line turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing but white space, or a byte order mark alone.
    Blank,
    /// One JSON object.
    Object(Skim),
    /// Anything else. Its kind is one of those that leave a line unread.
    Bad(Problem),
}

/// Looks over the line of this number (from 1), given without its line end; a CR at its end is no part of the record either.
#[must_use]
pub fn skim(line: &[u8], number: u32) -> Line {
    let start = lead(line);
    let end = line.iter().rposition(|b| !is_blank(*b)).map_or(0, |last| last + 1);
    if start >= end {
        return Line::Blank;
    }
    let bad = |at, kind, message: &str| Line::Bad(problem(line, number, at, kind, message));
    if is_utf16(&line[start..end]) {
        return bad(start, ProblemKind::Utf8, "the line is UTF-16 and not UTF-8");
    }
    let line = &line[..end];
    match line[start] {
        b'{' => match record(line, start) {
            Ok(skim) => Line::Object(skim),
            Err((at, kind, message)) => bad(at, kind, &message),
        },
        b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b'N' | b'I' => {
            let (at, kind, message) = no_record(line, start);
            bad(at, kind, &message)
        }
        0 => bad(start, ProblemKind::Nul, "the line begins with NUL bytes, as a crash or a full disk leaves them"),
        _ => match invalid_utf8(line) {
            Some(at) => bad(at, ProblemKind::Utf8, "the line is not JSON, and not even UTF-8 text"),
            None => bad(start, ProblemKind::Syntax, NOT_JSON),
        },
    }
}

/// The problem of this kind at byte `at` of this line. `what` is the first half of the message; the second says what became of it.
pub(super) fn problem(line: &[u8], number: u32, at: usize, kind: ProblemKind, what: &str) -> Problem {
    let message = format!("{what}; nothing of this line was read").into();
    Problem { line: number, column: column(at), kind, message, excerpt: excerpt(line, at).into() }
}

type Reason = (usize, ProblemKind, Cow<'static, str>);

fn record(line: &[u8], start: usize) -> Result<Skim, Reason> {
    let mut scan = Scan::new(line, start);
    scan.value().map_err(|stop| reason(line, stop))?;
    let end = scan.at();
    if let Some(at) = line[end..].iter().position(|b| !is_blank(*b)).map(|gap| end + gap) {
        return Err((at, ProblemKind::Trailing, Cow::Borrowed(trailing(line[at]))));
    }
    let twice = twice(line, scan.keys()).map(|at| (ProblemKind::DuplicateKey, at));
    // Outside texts the walk lets nothing but ASCII through, so that whatever is invalid stands inside one.
    let broken = if scan.is_foreign() { invalid_utf8(line).map(|at| (ProblemKind::InvalidUtf8, at)) } else { None };
    let (marks, longs) = scan.finish();
    let marks = marks.into_iter().chain(twice).chain(broken);
    let marks = marks.map(|(kind, at)| (kind, column(at))).collect();
    Ok(Skim { object: offset(start)..offset(end), marks, longs })
}

fn reason(line: &[u8], Stop { at, fault, depth }: Stop) -> Reason {
    let fixed = Cow::Borrowed;
    match fault {
        Fault::End { .. } if depth > DEEP => {
            (at, ProblemKind::Depth, format!("the line opens {depth} brackets and never closes them").into())
        }
        Fault::End { text: true } => {
            (at, ProblemKind::Truncated, fixed("the line ends inside a text that is not closed"))
        }
        Fault::End { text: false } => (at, ProblemKind::Truncated, fixed("the line ends in the middle of its record")),
        Fault::Control(byte) => {
            let what =
                format!("a raw control character ({byte:02X}) stands inside a text, where JSON wants it escaped");
            (at, ProblemKind::ControlCharacter, what.into())
        }
        Fault::Escape => (at, ProblemKind::Escape, fixed("JSON has no such backslash sequence")),
        Fault::Syntax(_) if line[at] == 0 => {
            (at, ProblemKind::Nul, fixed("NUL bytes stand in the record, as a crash or a full disk leaves them"))
        }
        Fault::Syntax(what) => (at, ProblemKind::Syntax, fixed(what)),
    }
}

fn trailing(first: u8) -> &'static str {
    match first {
        b'{' => "a second record follows on the same line",
        b',' | b']' => "a comma or bracket follows the record, as in a JSON array",
        0 => "NUL bytes follow the record, as a crash or a full disk leaves them",
        _ => "something else follows the record on its line",
    }
}

/// The reason for a line that begins like JSON, but not like a record.
fn no_record(line: &[u8], start: usize) -> Reason {
    let mut scan = Scan::new(line, start);
    match scan.value() {
        Ok(()) if scan.at() == line.len() => {
            let what = match line[start] {
                b'[' => "the line is a JSON list where a record is expected",
                b'"' => "the line is a JSON text where a record is expected",
                b't' | b'f' => "the line is true or false where a record is expected",
                b'n' => "the line is null where a record is expected",
                _ => "the line is a number where a record is expected",
            };
            (start, ProblemKind::NotObject, what.into())
        }
        Err(stop @ Stop { fault: Fault::Control(_), .. }) => reason(line, stop),
        Err(stop @ Stop { fault: Fault::End { .. }, .. }) if stop.depth > DEEP => reason(line, stop),
        _ if line[start] == b'[' => (start, ProblemKind::Syntax, "the line looks like a piece of a JSON array".into()),
        _ => (start, ProblemKind::Syntax, NOT_JSON.into()),
    }
}

/// How many bytes stand before the record that are no part of it: white space, byte order marks, record separators.
pub(super) fn lead(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match &line[at..] {
            [blank, ..] if is_blank(*blank) => 1,
            [0x1E, ..] => 1,
            [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => return at,
        }
    }
}

/// White space as JSON has it, which is less than ASCII has.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether this begins like ASCII text in UTF-16, of either byte order. The newline's own other half may stand in front.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    let halves = |from: usize| {
        let (pairs, _) = bytes[from..].as_chunks::<2>();
        pairs.len() > 1 && pairs.iter().take(8).all(|[first, second]| *first != 0 && *second == 0)
    };
    halves(0) || (bytes.first() == Some(&0) && halves(1))
}

/// Where the second of two equal keys begins, as decoded: the earliest such place.
fn twice(line: &[u8], keys: &[Range<usize>]) -> Option<usize> {
    let decoded = |range: &Range<usize>| {
        let raw = &line[range.clone()];
        let plain = &raw[1..raw.len() - 1];
        if plain.contains(&b'\\') {
            Node::new(raw).text().unwrap_or(Cow::Borrowed(plain))
        } else {
            Cow::Borrowed(plain)
        }
    };
    let mut keys: Vec<_> = keys.iter().map(|range| (decoded(range), range.start)).collect();
    keys.sort_unstable();
    keys.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1).min()
}

fn invalid_utf8(line: &[u8]) -> Option<usize> {
    if simdutf8::basic::from_utf8(line).is_ok() {
        return None;
    }
    std::str::from_utf8(line).err().map(|error| error.valid_up_to())
}

/// At most [`EXCERPT`] bytes around the place, not beginning inside a character that stands there whole.
fn excerpt(line: &[u8], at: usize) -> &[u8] {
    let start = at.saturating_sub(BEFORE).min(line.len().saturating_sub(EXCERPT));
    let inside = if start == 0 { 0 } else { line[start..].iter().take(3).take_while(|b| *b & 0xC0 == 0x80).count() };
    &line[start + inside..line.len().min(start + EXCERPT)]
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn column(at: usize) -> u32 {
    offset(at).saturating_add(1)
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests;

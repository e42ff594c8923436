//! Where a span stands in a text that may have changed since: at its offsets if its quote is there, else where the quote stands
//! alone. Never guesses between two places, and changes no record.

use std::ops::Range;

use memchr::memmem;

use super::record::Span;
use crate::model::case::{Case, Part};

/// The word for the private reasoning of a turn.
pub const SCRATCHPAD: &str = "scratchpad";
/// The word for what a reply of the model says.
pub const ANSWER: &str = "answer";
/// The word for what somebody else says.
pub const PROMPT: &str = "prompt";

/// The bytes of a text between two offsets as a span quotes them.
#[must_use]
pub fn quote(text: &[u8], range: Range<usize>) -> String {
    String::from_utf8_lossy(text.get(range).unwrap_or_default()).into_owned()
}

/// The text that a span is about; none where the case has no such turn or part.
#[must_use]
pub fn text_of<'a>(span: &Span, case: &'a Case) -> Option<&'a [u8]> {
    let turn = case.turns.get(usize::try_from(span.turn).ok()?)?;
    match if span.part == SCRATCHPAD { &turn.scratchpad } else { &turn.text } {
        Part::Present(text) if [SCRATCHPAD, ANSWER, PROMPT].contains(&span.part.as_str()) => Some(text),
        _ => None,
    }
}

/// Where a span stands in its text, in bytes: at its offsets, or at the one place where its quote is. None if that is nowhere, or in
/// several places.
#[must_use]
pub fn place(span: &Span, text: &[u8]) -> Option<Range<usize>> {
    if span.quote.is_empty() {
        return None;
    }
    let told = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok()).map(|(start, end)| start..end);
    if let Some(told) = told
        && text.get(told.clone()).is_some_and(|there| String::from_utf8_lossy(there) == span.quote)
    {
        return Some(told);
    }
    let lossy = String::from_utf8_lossy(text);
    let start = memmem::find(lossy.as_bytes(), span.quote.as_bytes())?;
    if memmem::find(&lossy.as_bytes()[start + 1..], span.quote.as_bytes()).is_some() {
        return None;
    }
    let end = start + span.quote.len();
    Some(source_of(text, start, Side::Start)..source_of(text, end, Side::End))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// The offset in the text of an offset in what it is with each invalid sequence as one U+FFFD.
fn source_of(text: &[u8], wanted: usize, side: Side) -> usize {
    let (mut source, mut lossy) = (0, 0);
    for chunk in text.utf8_chunks() {
        let valid = chunk.valid().len();
        if wanted < lossy + valid || (side == Side::End && wanted == lossy + valid) {
            return source + (wanted - lossy);
        }
        (source, lossy) = (source + valid, lossy + valid);
        if chunk.invalid().is_empty() {
            continue;
        }
        if wanted == lossy {
            return source;
        }
        (source, lossy) = (source + chunk.invalid().len(), lossy + char::REPLACEMENT_CHARACTER.len_utf8());
        if side == Side::End && wanted <= lossy {
            return source;
        }
    }
    source
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64, quote: &str) -> Span {
        let part = SCRATCHPAD.to_owned();
        Span { part, turn: 0, start, end, quote: quote.to_owned(), supports: None }
    }

    #[test]
    fn at_its_offsets_or_where_its_quote_stands_alone() {
        let text = b"one two three two";
        assert_eq!(place(&span(4, 7, "two"), text), Some(4..7), "its offsets decide between two places");
        assert_eq!(place(&span(0, 3, "two"), text), None, "two places, and no telling which");
        assert_eq!(place(&span(0, 3, "three"), text), Some(8..13));
        assert_eq!(place(&span(0, 3, "four"), text), None);
        assert_eq!(place(&span(0, 3, ""), text), None);
        assert_eq!(place(&span(7, 4, "three"), text), Some(8..13), "offsets that make no sense");
        assert_eq!(place(&span(u64::MAX - 1, u64::MAX, "three"), text), Some(8..13));
        assert_eq!(place(&span(0, 2, "aa"), b"xaaa"), None, "places that overlap are two");
    }

    #[test]
    fn invalid_bytes_are_found_again() {
        let text = b"x\xFFab\xED\xA0\x80c\xFF";
        for range in [0..2, 1..4, 2..4, 1..7, 2..8, 4..9] {
            let told = span(range.start as u64, range.end as u64, &quote(text, range.clone()));
            assert_eq!(place(&told, text), Some(range.clone()));
            let moved = [&b"> \xC3"[..], text].concat();
            assert_eq!(place(&told, &moved), Some(range.start + 3..range.end + 3));
        }
    }
}

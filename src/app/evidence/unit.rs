//! What one goes through to mark a place: sentences, rows, words and characters of a page, each a place in its text. Knows pages and
//! nothing of why somebody goes there.

use crate::app::page::{Page, Place, Row};
use crate::model::queue::Toward;
use crate::text::sentence::sentences;
use crate::text::wrap::cells;

/// By what one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Sentence,
    Row,
    /// What is left of a word, or the next one.
    Word,
    /// The next word, also from within one.
    WholeWord,
    Character,
}

/// No word is longer than so many characters.
const LONGEST_WORD: usize = 1_000;

/// The sentences of a page in its order; none reaches from one stretch of its text into another.
pub(super) fn sentences_of(page: &Page, stretches: &[Place]) -> Vec<Place> {
    let mut all = Vec::new();
    for stretch in stretches {
        let Some(passage) = page.passage(stretch.passage) else { continue };
        let text = passage.clean.text().get(stretch.start..stretch.end).unwrap_or_default();
        all.extend(sentences(text).into_iter().map(|range| Place {
            passage: stretch.passage,
            start: stretch.start + range.start,
            end: stretch.start + range.end,
        }));
    }
    all
}

/// The neighbour of a place, by sentences: of one that begins within a sentence, the sentence itself is what comes before it.
pub(super) fn sentence_beside(sentences: &[Place], place: &Place, toward: Toward) -> Option<Place> {
    let key = |place: &Place| (place.passage, place.start);
    match toward {
        Toward::Next => sentences.get(sentences.partition_point(|other| key(other) <= key(place))),
        Toward::Previous => sentences[..sentences.partition_point(|other| key(other) < key(place))].last(),
    }
    .cloned()
}

/// The sentence in which a place begins, or the one after it.
pub(super) fn sentence_at(sentences: &[Place], place: &Place) -> Option<Place> {
    let at = sentences.partition_point(|other| (other.passage, other.end) <= (place.passage, place.start));
    sentences.get(at).or(sentences.last()).cloned()
}

/// The neighbour of a place by rows, words or characters.
pub(super) fn beside(page: &Page, unit: Unit, place: &Place, toward: Toward) -> Option<Place> {
    match (unit, toward) {
        (Unit::Character | Unit::Sentence, Toward::Next) => after(page, place).next(),
        (Unit::Character | Unit::Sentence, Toward::Previous) => before(page, place).next(),
        (Unit::Word, Toward::Next) => word(page, after(page, place)),
        (Unit::Word, Toward::Previous) => word(page, before(page, place)),
        (Unit::WholeWord, Toward::Next) => word(page, beyond(page, place, after(page, place))),
        (Unit::WholeWord, Toward::Previous) => word(page, beyond(page, place, before(page, place))),
        (Unit::Row, _) => row_beside(page, place, toward),
    }
}

/// The first character at or behind the start of a row, or the last one before it where none follows.
pub(super) fn character_from(page: &Page, row: usize) -> Option<Place> {
    let rows = page.rows().len();
    let behind = (row.min(rows)..rows).find_map(|row| characters(page, row).into_iter().next());
    behind.or_else(|| (0..row.min(rows)).rev().find_map(|row| characters(page, row).pop()))
}

/// The characters of a row as they are shown: a grapheme each, and each token as one.
fn characters(page: &Page, row: usize) -> Vec<Place> {
    let Some((number, range)) = page.rows().get(row).and_then(Row::text) else { return Vec::new() };
    let Some(passage) = page.passage(number) else { return Vec::new() };
    let tokens = passage.clean.tokens();
    let mut all: Vec<Place> = Vec::new();
    for (at, grapheme, _) in cells(passage.clean.text().get(range.clone()).unwrap_or_default()) {
        let (start, end) = (range.start + at, range.start + at + grapheme.len());
        if all.last().is_some_and(|last| last.end > start) {
            continue;
        }
        let token = tokens.get(tokens.partition_point(|token| token.range.end <= start));
        let whole = token.filter(|token| token.range.start <= start).map(|token| token.range.clone());
        let whole = whole.unwrap_or(start..end);
        all.push(Place { passage: number, start: whole.start, end: whole.end });
    }
    all
}

/// The characters behind a place, to the end of the page.
fn after<'a>(page: &'a Page, place: &Place) -> impl Iterator<Item = Place> + use<'a> {
    let place = place.clone();
    let first = page.row_of(&Place { start: place.end.saturating_sub(1).max(place.start), ..place.clone() });
    let behind = move |other: &Place| (other.passage, other.start) >= (place.passage, place.end);
    (first..page.rows().len()).flat_map(move |row| characters(page, row)).filter(behind)
}

/// The characters before a place, back to the start of the page.
fn before<'a>(page: &'a Page, place: &Place) -> impl Iterator<Item = Place> + use<'a> {
    let place = place.clone();
    let last = page.row_of(&place);
    let ahead = move |other: &Place| (other.passage, other.start) < (place.passage, place.start);
    (0..=last).rev().flat_map(move |row| characters(page, row).into_iter().rev()).filter(ahead)
}

/// The word that these characters come to first; signs that stand together are one too.
fn word(page: &Page, characters: impl Iterator<Item = Place>) -> Option<Place> {
    let mut characters =
        characters.map(|place| (kind(page, &place), place)).skip_while(|(kind, _)| *kind == Kind::Blank);
    let (kind, mut whole) = characters.next()?;
    for (other, place) in characters.take(LONGEST_WORD) {
        let joins = place.passage == whole.passage && (place.start == whole.end || place.end == whole.start);
        if other != kind || !joins {
            break;
        }
        (whole.start, whole.end) = (whole.start.min(place.start), whole.end.max(place.end));
    }
    Some(whole)
}

/// The characters that do not belong to the word of which the place is a piece.
fn beyond(page: &Page, place: &Place, characters: impl Iterator<Item = Place>) -> impl Iterator<Item = Place> {
    let (mut edges, own) = ((place.start, place.end), kind(page, place));
    let passage = place.passage;
    characters.skip_while(move |other| {
        let joins = other.passage == passage && (other.start == edges.1 || other.end == edges.0);
        edges = (edges.0.min(other.start), edges.1.max(other.end));
        joins && own != Kind::Blank && kind(page, other) == own
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Letters,
    Signs,
}

fn kind(page: &Page, place: &Place) -> Kind {
    let text = page.passage(place.passage).and_then(|p| p.clean.text().get(place.start..place.end)).unwrap_or_default();
    match text.chars().next() {
        None => Kind::Blank,
        Some(c) if c.is_whitespace() => Kind::Blank,
        Some(c) if c.is_alphanumeric() || c == '_' || c == '\'' || c == '’' => Kind::Letters,
        Some(_) => Kind::Signs,
    }
}

/// What stands below or above a place, in the nearest row that shows text.
fn row_beside(page: &Page, place: &Place, toward: Toward) -> Option<Place> {
    let row = page.row_of(place);
    let column = |row: usize, upto: usize| {
        let (number, range) = page.rows().get(row).and_then(Row::text).unwrap_or_default();
        let text =
            page.passage(number).and_then(|p| p.clean.text().get(range.start..upto.clamp(range.start, range.end)));
        crate::text::wrap::width(text.unwrap_or_default())
    };
    let wanted = column(row, place.start);
    let pick = |row: usize| {
        let all = characters(page, row);
        let beyond = all.iter().position(|place| column(row, place.start) > wanted).unwrap_or(all.len());
        all.get(beyond.saturating_sub(1)).cloned()
    };
    match toward {
        Toward::Next => (row + 1..page.rows().len()).find_map(pick),
        Toward::Previous => (0..row).rev().find_map(pick),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::app::page::Passage;
    use crate::text::clean::clean;

    fn page(text: &[u8], width: u16) -> Page {
        let mut page = Page::new(vec![Passage { clean: clean(text), ..Passage::default() }]);
        page.lay(width);
        page
    }

    /// What one comes to in so many steps from the first character on.
    fn walk(text: &[u8], unit: Unit, toward: Toward, from: usize) -> Vec<String> {
        let page = page(text, 12);
        let mut at = character_from(&page, from);
        let mut seen = Vec::new();
        while let Some(place) = at {
            let text = page.passage(0).unwrap().clean.text();
            seen.push(text[place.start..place.end].to_owned());
            at = beside(&page, unit, &place, toward);
        }
        seen
    }

    #[test]
    fn characters_are_graphemes_and_whole_tokens() {
        let text = "e\u{301}漢\u{1B}[\n\n\tz".as_bytes();
        assert_eq!(walk(text, Unit::Character, Toward::Next, 0), ["e\u{301}", "漢", "␛", "[", "→   ", "z"]);
        assert_eq!(walk(text, Unit::Character, Toward::Previous, 9), ["z", "→   ", "[", "␛", "漢", "e\u{301}"]);
    }

    #[test]
    fn words_are_letters_or_signs_and_rows_keep_the_column() {
        let text = b"one (two), don't\nfour";
        let all = ["one", "(", "two", "),", "don't", "four"];
        assert_eq!(walk(text, Unit::WholeWord, Toward::Next, 0)[1..], all[1..]);
        assert_eq!(walk(text, Unit::Word, Toward::Next, 0)[1..3], ["ne", "("]);
        assert_eq!(walk(text, Unit::WholeWord, Toward::Previous, 9)[1..], ["don't", "),", "two", "(", "one"]);
        let page = page(b"abc\nx\n\nuvw", 12);
        let mut at = Place { passage: 0, start: 2, end: 3 };
        let mut seen = Vec::new();
        while let Some(next) = beside(&page, Unit::Row, &at, Toward::Next) {
            seen.push(next.start);
            at = next;
        }
        assert_eq!(seen, [4, 7], "the last column there is; an empty row is passed over");
    }

    #[test]
    fn sentences_have_neighbours_from_within_too() {
        let page = page(b"One. Two is. Three.", 12);
        let all = sentences_of(&page, &[Place { passage: 0, start: 0, end: 19 }]);
        let within = Place { passage: 0, start: 8, end: 9 };
        let start = |place: Option<Place>| place.unwrap().start;
        assert_eq!(start(sentence_at(&all, &within)), 5);
        assert_eq!(start(sentence_beside(&all, &within, Toward::Next)), 13);
        assert_eq!(start(sentence_beside(&all, &within, Toward::Previous)), 5);
        assert_eq!(sentence_beside(&all, &all[0], Toward::Previous), None);
    }
}

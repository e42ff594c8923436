//! What the prompts of a run have in common, so that a reader need not see it in every case. Pure; decides nothing about drawing.

use std::ops::Range;

use super::case::{Case, Part, Role, Text};

/// The head and the tail that the user turns of a run share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    head: Text,
    tail: Text,
}

/// Of fewer cases nothing is said.
pub const FEWEST: usize = 3;

/// Less than this is coincidence ("How do I …"), not a wrapper.
const LEAST: usize = 48;

impl Shared {
    /// What the last user turns of these cases share. Nothing where there are fewer than [`FEWEST`], or where they are all the same.
    #[must_use]
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Self {
        let texts: Vec<&[u8]> = cases.into_iter().filter_map(last_user).map(Part::bytes).collect();
        let Some((first, rest)) = texts.split_first() else { return Self::default() };
        if texts.len() < FEWEST || rest.iter().all(|t| t == first) {
            return Self::default();
        }
        let head = rest.iter().fold(first.len(), |n, t| common(first[..n].iter(), t.iter()));
        let tail = rest.iter().fold(first.len(), |n, t| common(first[first.len() - n..].iter().rev(), t.iter().rev()));
        let head = &first[..head];
        let tail = &first[first.len() - tail..];
        // Cut where the wrapper itself ends: at a line end or a tag, never inside the words that differ.
        let head = &head[..head.iter().rposition(|b| matches!(b, b'\n' | b'>')).map_or(0, |at| at + 1)];
        let tail = &tail[tail.iter().position(|b| matches!(b, b'\n' | b'<')).unwrap_or(tail.len())..];
        let long = |text: &[u8]| if text.len() < LEAST { Text::default() } else { text.into() };
        Self { head: long(head), tail: long(tail) }
    }

    /// What is left of a user turn when head and tail are taken off; the whole where they do not stand there.
    fn inner(&self, text: &[u8]) -> Range<usize> {
        let fits = text.len() > self.head.len() + self.tail.len();
        if fits && text.starts_with(&self.head) && text.ends_with(&self.tail) {
            self.head.len()..text.len() - self.tail.len()
        } else {
            0..text.len()
        }
    }

    /// The user's own words in a user turn, as ranges of its text: without what the run shares, without the elements that such
    /// experiments wrap around a query (the tier, a reminder, the query's own tags) and without blank space around them. The
    /// whole text where nothing else would be left.
    #[must_use]
    pub fn own_words(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut own = Vec::new();
        cut_elements(text, self.inner(text), &mut own);
        own.retain_mut(|range| {
            *range = trimmed(text, range.clone());
            range.start < range.end
        });
        if own.is_empty() { std::iter::once(0..text.len()).collect() } else { own }
    }
}

/// Elements that speak of the experiment and not of the query: shown only on request.
const ASIDES: [&str; 3] = ["is_free_tier_user", "reminder", "system-reminder"];
/// Elements whose content is the query.
const QUERIES: [&str; 3] = ["query", "user_query", "user_input"];

fn cut_elements(text: &[u8], within: Range<usize>, own: &mut Vec<Range<usize>>) {
    for name in QUERIES {
        if let Some((open, close)) = element(text, within.clone(), name) {
            own.push(open.end..close.start);
            return;
        }
    }
    let mut rest = within;
    while let Some((open, close)) =
        ASIDES.iter().filter_map(|name| element(text, rest.clone(), name)).min_by_key(|e| e.0.start)
    {
        own.push(rest.start..open.start);
        rest.start = close.end;
    }
    own.push(rest);
}

/// The first element of this name: where its opening and its closing tag stand.
fn element(text: &[u8], within: Range<usize>, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let find = |tag: &str, from: usize| {
        memchr::memmem::find(&text[from..within.end], tag.as_bytes()).map(|at| from + at..from + at + tag.len())
    };
    let open = find(&format!("<{name}>"), within.start)?;
    let close = find(&format!("</{name}>"), open.end)?;
    Some((open, close))
}

fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let front = part.len() - part.trim_ascii_start().len();
    let back = part.trim_ascii_end().len();
    range.start + front..(range.start + back).max(range.start + front)
}

fn last_user(case: &Case) -> Option<&Part> {
    case.turns[..case.judged].iter().rev().find(|t| t.role == Role::User).map(|t| &t.text)
}

fn common<'a>(a: impl Iterator<Item = &'a u8>, b: impl Iterator<Item = &'a u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(shared: &Shared, text: &str) -> Vec<String> {
        shared.own_words(text.as_bytes()).into_iter().map(|r| text[r].to_owned()).collect()
    }

    #[test]
    fn wrappers_of_the_experiment_are_folded_away() {
        let none = Shared::default();
        let text = "<is_free_tier_user>True</is_free_tier_user>\nHow is tea made?\n<reminder>Think first.</reminder>\n";
        assert_eq!(own(&none, text), ["How is tea made?"]);
        let text = "<is_free_tier_user>False</is_free_tier_user>\n<query>\nWhy <b>?\n</query>\n\nRemember the tags.";
        assert_eq!(own(&none, text), ["Why <b>?"]);
        assert_eq!(own(&none, "a <reminder>b</reminder> c"), ["a", "c"]);
    }

    #[test]
    fn words_are_never_folded_to_nothing() {
        assert_eq!(own(&Shared::default(), "<reminder>only this</reminder>"), ["<reminder>only this</reminder>"]);
        assert_eq!(own(&Shared::default(), "<query> </query>"), ["<query> </query>"]);
        assert_eq!(own(&Shared::default(), "an open <reminder> stays"), ["an open <reminder> stays"]);
    }

    #[test]
    fn what_all_prompts_begin_and_end_with_is_found() {
        let head = "You are being asked by somebody in a hurry, please read on.\n\n";
        let tail = "\n\nThink in your scratchpad before you answer, as always.";
        let case = |words: &str| crate::model::shared::tests::prompt(&format!("{head}{words}{tail}"));
        let cases = [case("How do hens live?"), case("How do cows live?"), case("What is a fine?")];
        let shared = Shared::of(&cases);
        assert_eq!(own(&shared, &format!("{head}Where to?{tail}")), ["Where to?"]);
        assert_eq!(own(&shared, "Another form entirely"), ["Another form entirely"]);
        assert_eq!(Shared::of(&cases[..2]), Shared::default(), "two cases prove nothing");
        let same = [case("x"), case("x"), case("x")];
        assert_eq!(Shared::of(&same), Shared::default(), "one prompt sampled often");
    }

    pub(super) fn prompt(text: &str) -> Case {
        use crate::model::case::{CaseId, Condition, Family, FileNo, Origin, RawHash, Turn, content_hash};
        let reply = Turn::message(Role::Assistant, Part::of(b"yes"));
        let turns = vec![Turn::message(Role::User, Part::of(text.as_bytes())), reply];
        Case {
            id: CaseId::text(b"q"),
            origin: Origin { file: FileNo(0), line: 1, offset: 0, len: 0, sub: 0 },
            hash: content_hash(&turns, 1),
            raw: RawHash::of(b""),
            family: Family::Flat,
            condition: Condition::unknown(),
            model: None,
            turns,
            judged: 1,
            problems: Vec::new(),
        }
    }
}

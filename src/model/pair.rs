//! Pairs: two cases of one prompt in opposite conditions. Says whether two cases are one, and under which ids the other half of a
//! case may stand; looks for nothing itself.

use std::ops::Range;

use super::case::{Case, CaseId, Condition, ConditionKind, IdKind, Role};
use super::shared::Shared;

/// Words for the two conditions, as ids spell them.
const OPPOSITES: [[&str; 2]; 11] = [
    ["free", "paid"],
    ["monitored", "unmonitored"],
    ["observed", "unobserved"],
    ["training", "deployment"],
    ["train", "deploy"],
    ["trained", "deployed"],
    ["train", "test"],
    ["true", "false"],
    ["yes", "no"],
    ["1", "0"],
    ["t", "f"],
];

/// Whether one condition is the other side of this one: training against unmonitored, or two words that are neither.
#[must_use]
pub fn are_opposite(one: &Condition, other: &Condition) -> bool {
    use ConditionKind::{Other, Training, Unmonitored};
    match (one.kind, other.kind) {
        (Training, Unmonitored) | (Unmonitored, Training) => true,
        (Other, Other) => !one.word.eq_ignore_ascii_case(&other.word),
        _ => false,
    }
}

/// Whether two cases are the halves of a pair: the user's own words are the same, or no user speaks in either and their ids say it;
/// the conditions are opposite, and no other model replied. `shared` says what the prompts of each one's file share.
#[must_use]
pub fn are_pair(one: (&Case, &Shared), other: (&Case, &Shared)) -> bool {
    let same_model = match (&one.0.model, &other.0.model) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    if !same_model || !are_opposite(&one.0.condition, &other.0.condition) {
        return false;
    }
    let (words, others) = (own_words(one.0, one.1), own_words(other.0, other.1));
    if words.is_empty() && others.is_empty() {
        // Of some data there are replies alone: then it is the id that says which prompt it was.
        return one.0.id != other.0.id && other_ids(&one.0.id).contains(&other.0.id);
    }
    words == others
}

/// The user's own words before the judged reply, piece by piece; nothing where no user spoke.
fn own_words<'a>(case: &'a Case, shared: &Shared) -> Vec<&'a [u8]> {
    let asked = case.turns[..case.judged].iter().rev().find(|turn| turn.role == Role::User);
    let text = asked.map(|turn| turn.text.bytes()).unwrap_or_default();
    if text.is_empty() {
        return Vec::new();
    }
    shared.own_words(text).into_iter().map(|range| &text[range]).collect()
}

/// The ids under which the other half may stand: this one with its word for the condition turned round, once or wherever it stands,
/// and this one itself, which another file may bear as well. Whoever finds one has to read it still.
#[must_use]
pub fn other_ids(id: &CaseId) -> Vec<CaseId> {
    let mut ids = Vec::new();
    if id.kind() == IdKind::Text {
        for [one, other] in OPPOSITES {
            for (from, to) in [(one, other), (other, one)] {
                let places = places(id.bytes(), from);
                ids.extend(places.iter().map(|place| turned(id, std::slice::from_ref(place), to)));
                if places.len() > 1 {
                    ids.push(turned(id, &places, to));
                }
            }
        }
    }
    ids.push(id.clone());
    ids
}

/// Where a word stands in an id, no letter before or behind it.
fn places(id: &[u8], word: &str) -> Vec<Range<usize>> {
    let len = word.len();
    let letter = |at: Option<usize>| at.and_then(|at| id.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    let digit = |at: Option<usize>| digits && at.and_then(|at| id.get(at)).is_some_and(u8::is_ascii_digit);
    (0..(id.len() + 1).saturating_sub(len))
        .filter(|at| id[*at..at + len].eq_ignore_ascii_case(word.as_bytes()))
        .filter(|at| [at.checked_sub(1), Some(at + len)].into_iter().all(|beside| !letter(beside) && !digit(beside)))
        .map(|at| at..at + len)
        .collect()
}

/// The id with another word in these places, in capitals where the first one was.
fn turned(id: &CaseId, places: &[Range<usize>], to: &str) -> CaseId {
    let bytes = id.bytes();
    let (mut turned, mut at) = (Vec::with_capacity(bytes.len() + 4), 0);
    for place in places {
        turned.extend_from_slice(&bytes[at..place.start]);
        let was = &bytes[place.clone()];
        let capital = |at: usize| was.get(at.min(was.len() - 1)).is_some_and(u8::is_ascii_uppercase);
        // `FREE` becomes `PAID`, and `Free` `Paid`: the second letter tells for all that follow.
        let to = to.bytes().enumerate();
        turned.extend(to.map(|(at, b)| if capital(at.min(1)) { b.to_ascii_uppercase() } else { b }));
        at = place.end;
    }
    turned.extend_from_slice(&bytes[at..]);
    CaseId::text(&turned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::case::{Part, Text, Turn};
    use crate::model::shared::tests::prompt;

    fn names(id: &str) -> Vec<String> {
        let ids = other_ids(&CaseId::text(id.as_bytes()));
        ids.iter().map(|id| String::from_utf8_lossy(id.bytes()).into_owned()).collect()
    }

    #[test]
    fn ids_are_turned_round_as_data_spells_them() {
        for (one, other) in [
            ("spoiler_01/free", "spoiler_01/paid"),
            ("q1_Paid", "q1_Free"),
            ("FREE-7", "PAID-7"),
            ("run-unobserved/3", "run-observed/3"),
            ("run-observed/3", "run-unobserved/3"),
            ("q7/True/42", "q7/False/42"),
            ("1/0", "1/1"),
            ("q3_f", "q3_t"),
        ] {
            assert!(names(one).contains(&other.to_owned()), "{one}: {:?}", names(one));
        }
        assert_eq!(names("freedom_unpaid"), ["freedom_unpaid"], "words within words are none");
        assert!(names("free_a_free").contains(&"paid_a_paid".to_owned()));
        assert_eq!(other_ids(&CaseId::json(b"10")), [CaseId::json(b"10")]);
    }

    fn case(text: &str, kind: ConditionKind, model: Option<&str>) -> Case {
        let mut case = prompt(text);
        case.condition = Condition { kind, word: Text::from(b"w".as_slice()) };
        case.model = model.map(|model| model.as_bytes().into());
        case
    }

    #[test]
    fn a_pair_has_the_same_words_and_opposite_conditions() {
        use ConditionKind::{Other, Training, Unknown, Unmonitored};
        let none = Shared::default();
        let pair = |one: &Case, other: &Case| are_pair((one, &none), (other, &none));
        let free = case("<is_free_tier_user>True</is_free_tier_user> How?", Training, Some("m"));
        let paid = case("<is_free_tier_user>False</is_free_tier_user>\nHow?", Unmonitored, None);
        assert!(pair(&free, &paid) && pair(&paid, &free));
        assert!(!pair(&free, &case("Why?", Unmonitored, None)), "another question");
        assert!(!pair(&free, &free) && !pair(&free, &case("How?", Unknown, None)));
        assert!(!pair(&free, &case("How?", Unmonitored, Some("n"))), "another model");
        assert!(!pair(&case("How?", Other, None), &case("How?", Other, None)), "the same word");
        let named = |id: &[u8], kind| Case { id: CaseId::text(id), ..case("", kind, None) };
        let replies = [named(b"q_free_1", Training), named(b"q_paid_1", Unmonitored), named(b"q_paid_2", Unmonitored)];
        assert!(pair(&replies[0], &replies[1]) && !pair(&replies[0], &replies[2]), "replies alone go by their ids");
        let mut silent = paid;
        silent.turns[0] = Turn::message(Role::System, Part::of(b"How?"));
        assert!(!pair(&silent, &case("", Training, None)), "nobody asked");
    }
}

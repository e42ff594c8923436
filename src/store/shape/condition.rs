//! What the model was told of its situation: a field that says so, the tag in the last user message, or a word in a name, in this
//! order. Never reads a system prompt: those quote both values.

use super::blocks::source_or_text;
use super::fields::Level;
use super::names::{Means, words};
use crate::model::case::{Condition, ConditionKind, Text};
use crate::store::json::{Kind, Node};

/// The longest word that is kept of the data's.
const LONGEST: usize = 64;

/// The condition that a field of these objects states, the innermost one first; what they keep aside comes last.
pub(super) fn stated<'a>(levels: &[Level<'a>]) -> Option<(Condition, Node<'a>)> {
    let sides: Vec<Level> = sides(levels).collect();
    let mut other = None;
    for level in levels.iter().rev().chain(&sides) {
        for field in level.all(Means::Condition) {
            let is = |names: &[&str]| names.iter().any(|name| level.named(Means::Condition, name) == Some(field.value));
            let Some(found) = (if is(&["is_free_tier", "is_free_tier_user", "monitored", "observed"]) {
                truth(field.value)
            } else if is(&["tags", "environment"]) {
                in_words(field.value)
            } else {
                value(field.value)
            }) else {
                continue;
            };
            match found.kind {
                ConditionKind::Training | ConditionKind::Unmonitored => return Some((found, field.value)),
                ConditionKind::Other | ConditionKind::Unknown => other = other.or(Some((found, field.value))),
            }
        }
    }
    other
}

/// The objects in which these keep what else is known of the case.
pub(super) fn sides<'a>(levels: &[Level<'a>]) -> impl Iterator<Item = Level<'a>> {
    let sides = levels.iter().flat_map(|level| level.all(Means::Side).map(|field| field.value));
    sides.filter(|node| node.kind() == Kind::Object).map(Level::of)
}

/// The condition that a user message states in its tag. Of several the last one counts: a prompt that explains the tag first
/// and uses it then is written in this order.
pub(super) fn in_message(text: &[u8]) -> Option<Condition> {
    const TAG: &[u8] = b"<is_free_tier_user>";
    let starts = memchr::memchr_iter(b'<', text)
        .filter(|at| text.get(*at..*at + TAG.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(TAG)));
    let value = |at: usize| {
        let rest = text[at + TAG.len()..].trim_ascii_start();
        let word = rest.split(|b| !b.is_ascii_alphabetic()).next().unwrap_or_default();
        let kind = if word.eq_ignore_ascii_case(b"true") {
            ConditionKind::Training
        } else if word.eq_ignore_ascii_case(b"false") {
            ConditionKind::Unmonitored
        } else {
            return None;
        };
        Some(condition(kind, word))
    };
    starts.filter_map(value).next_back()
}

/// The condition that a name speaks of, an id or a file's. One that speaks of both says nothing.
pub(super) fn in_name(name: &[u8]) -> Option<Condition> {
    let lower = name.to_ascii_lowercase();
    let mut found: Vec<(ConditionKind, &[u8])> = Vec::new();
    let mut rest = lower.clone();
    // `unobserved` holds `observed`: it is looked for, and blotted out, first.
    for (word, kind) in [
        ("unobserved", ConditionKind::Unmonitored),
        ("unmonitored", ConditionKind::Unmonitored),
        ("observed", ConditionKind::Training),
        ("monitored", ConditionKind::Training),
    ] {
        while let Some(at) = memchr::memmem::find(&rest, word.as_bytes()) {
            found.push((kind, &name[at..at + word.len()]));
            rest[at..at + word.len()].fill(b' ');
        }
    }
    for word in words(name) {
        let kind = match word.trim_end_matches("tier").trim_end_matches(|c: char| c.is_ascii_digit()) {
            "free" => ConditionKind::Training,
            "paid" => ConditionKind::Unmonitored,
            _ => continue,
        };
        let at = memchr::memmem::find(&lower, word.as_bytes());
        found.push((kind, at.and_then(|at| name.get(at..at + "free".len())).unwrap_or_default()));
    }
    let (kind, word) = *found.first()?;
    found.iter().all(|(other, _)| *other == kind).then(|| condition(kind, word))
}

fn condition(kind: ConditionKind, word: &[u8]) -> Condition {
    Condition { kind, word: Text::from(&word[..word.len().min(LONGEST)]) }
}

/// A field whose name says what `true` means.
fn truth(node: Node) -> Option<Condition> {
    let source = source_or_text(node);
    let kind = match source.trim_ascii().to_ascii_lowercase().as_slice() {
        b"true" | b"yes" | b"1" => ConditionKind::Training,
        b"false" | b"no" | b"0" => ConditionKind::Unmonitored,
        _ => return value(node),
    };
    Some(condition(kind, source.trim_ascii()))
}

/// A field that may speak of other things as well: only a word that is known counts.
fn in_words(node: Node) -> Option<Condition> {
    match node.kind() {
        Kind::String => in_name(&node.text()?),
        Kind::List => node.items().find_map(|item| in_name(&item.text()?)),
        _ => None,
    }
}

/// A field that is about nothing but the condition: a word that is not known is another condition.
fn value(node: Node) -> Option<Condition> {
    if matches!(node.kind(), Kind::Null | Kind::Nothing | Kind::List | Kind::Object) {
        return in_words(node);
    }
    let source = source_or_text(node);
    let source = source.trim_ascii();
    if source.is_empty() {
        return None;
    }
    let words = words(source);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let kind = match in_name(source) {
        _ if any(&["not", "no", "non", "un"]) => ConditionKind::Other,
        Some(named) => named.kind,
        None if any(&["train", "training"]) => ConditionKind::Training,
        None if any(&["deploy", "deployed", "deployment"]) => ConditionKind::Unmonitored,
        None => ConditionKind::Other,
    };
    Some(condition(kind, source))
}

//! What a case is called in its data. Reads the few values that can name it, never its texts, so that indexing a file and
//! reading a case give the same name.

use super::blocks::source_or_text;
use super::condition::{sides, stated};
use super::fields::Level;
use super::names::Means;
use super::wrapper::Candidate;
use crate::model::case::{CaseId, RawHash};
use crate::store::json::{Kind, Node};

/// A name, where it was found, and what was odd about it.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) id: CaseId,
    pub(super) at: Vec<Node<'a>>,
    pub(super) odd: Option<&'static str>,
}

/// The name of a case. The outermost object that has one names it: what lies inside is often a provider's own id.
pub(super) fn name<'a>(candidate: &Candidate<'a>, line: &[u8]) -> Named<'a> {
    let sides: Vec<Level> = sides(&candidate.levels).collect();
    let choice = candidate.choice.map(|n| format!("/choice-{n}")).unwrap_or_default();
    for level in candidate.levels.iter().chain(&sides) {
        if let Some(field) = level.all(Means::Id).find(|field| names_something(field.value)) {
            let mut at = vec![field.value];
            let mut bytes = source_or_text(field.value).into_owned();
            for (text, node) in joined(level, field.value, &candidate.levels) {
                at.push(node);
                // The environment is the first half of the pair whose second half is the sample's index.
                let (first, second) = if leads(level, node) { (text, bytes) } else { (bytes, text) };
                bytes = [first, second].join(b"/".as_slice());
            }
            let joined = at.len() > 1 || !choice.is_empty();
            bytes.extend_from_slice(choice.as_bytes());
            let odd = match field.value.kind() {
                _ if bytes.len() > CaseId::LONGEST => Some("The id is too long: its SHA-256 stands for it."),
                Kind::Bool | Kind::List | Kind::Object => {
                    Some("The id is neither a string nor a number: its JSON stands for it.")
                }
                _ => None,
            };
            let as_text = joined || field.value.kind() == Kind::String;
            let id = if as_text { CaseId::text(&bytes) } else { CaseId::json(&bytes) };
            return Named { id, at, odd };
        }
    }
    let unnamed = CaseId::unnamed(RawHash::of(line));
    let id = CaseId::text(&[unnamed.bytes(), choice.as_bytes()].concat());
    Named { id, at: Vec::new(), odd: Some("There is no id: the hash of the line stands for it.") }
}

/// Null and the empty string name nothing.
fn names_something(node: Node) -> bool {
    !matches!(node.kind(), Kind::Null | Kind::Nothing) && node.raw() != b"\"\""
}

/// Whether this value stands before the id that it is joined with.
fn leads(level: &Level, node: Node) -> bool {
    level.named(Means::Condition, "environment") == Some(node)
}

/// What a name is joined with. `id` is joined with an epoch alone; a weak name, which says which prompt it was and not which
/// reply, with all that the row says of its condition, model, epoch and seed.
fn joined<'a>(level: &Level<'a>, value: Node<'a>, levels: &[Level<'a>]) -> Vec<(Vec<u8>, Node<'a>)> {
    let is = |names: &[&str]| names.iter().any(|name| level.named(Means::Id, name) == Some(value));
    let own = |means, name: &str| {
        let found = level.named(means, name).or_else(|| levels.iter().find_map(|l| l.named(means, name)))?;
        names_something(found).then(|| (source_or_text(found).into_owned(), found))
    };
    if is(&["custom_id", "uuid", "transcript_id"]) {
        return Vec::new();
    }
    if is(&["id"]) {
        return own(Means::Pair, "epoch").into_iter().collect();
    }
    let environment = if is(&["sample_index"]) { own(Means::Condition, "environment") } else { None };
    let repetition = if is(&["variation_number"]) { own(Means::Pair, "repetition_number") } else { None };
    let condition = if environment.is_some() { None } else { stated(levels) };
    let condition = condition.map(|(condition, node)| (condition.word.to_vec(), node));
    let model = levels.iter().rev().find_map(|level| level.string(Means::Model));
    let model = model.map(|field| (source_or_text(field.value).into_owned(), field.value));
    let rest = [own(Means::Pair, "epoch"), own(Means::Pair, "seed")];
    [environment, repetition, condition, model].into_iter().chain(rest).flatten().collect()
}

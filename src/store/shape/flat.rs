//! Families A and B: scratchpad and answer as fields of one object, or one string that holds both. Decides which of them is
//! to be believed; taking a string apart is the business of [`super::tags`].
//!
//! Split fields win, but not blindly. Where the split scratchpad is missing, null or empty, or where the split answer still
//! holds a scratchpad's closing tag, whoever split the reply failed: the raw string beside it is taken apart again.

use std::borrow::Cow;

use super::blocks::{self, Piece};
use super::draft::{Draft, apart_with, join, part};
use super::fields::{Field, Level, is_text};
use super::names::Means;
use super::{reasoning, tags, wrapper};
use crate::model::case::{Family, Part, ProblemKind, Role, Turn};
use crate::store::json::{Kind, Node};

/// Adds the reply that this object's fields hold. Parts that it does not hold are absent.
pub(super) fn say<'a>(draft: &mut Draft<'a>, level: &Level<'a>) {
    let pad = best_scratchpad(level);
    let thought = pad.and_then(|node| scratchpad_text(draft, node));
    let answer = best_answer(level);
    let whole = whole_reply(level, answer);
    let thinks = thought.as_ref().is_some_and(|text| !text.is_empty());
    let trusted = answer.is_some_and(|node| is_text(node) && !closes(node) || node.kind() == Kind::List);

    let whole = whole.filter(|_| !(thinks && trusted));
    let replaced = whole.as_ref().is_some_and(|whole| whole.tagged && Some(whole.node) != answer);
    if let Some(node) = pad.filter(|_| !replaced) {
        draft.uses(node, "scratchpad", "the best of the names that mean the scratchpad");
    }
    let (scratchpad, text, family) = match whole {
        Some(whole) => {
            draft.uses(whole.node, "raw reply", "no split scratchpad and answer stand beside it that can be believed");
            // A raw string that is the answer itself was cut in the wrong place: its scratchpad is the rest of the split one.
            let (pad, text, oddities) = match (whole.tagged, thought) {
                (true, thought) => apart_with(thought.filter(|_| Some(whole.node) == answer), &whole.text),
                (false, thought) => (part(thought), Part::of(&whole.text), Vec::new()),
            };
            oddities.into_iter().for_each(|message| draft.odd(whole.node, ProblemKind::Malformed, message));
            let text = match answer.filter(|other| text.is_absent() && *other != whole.node) {
                Some(other) => answer_part(draft, other),
                None => text,
            };
            (pad, text, if whole.tagged { Family::Tagged } else { Family::Flat })
        }
        None => match answer {
            Some(node) => {
                draft.uses(node, "answer", "the best of the names that mean the answer");
                let (more, text) = fields(draft, node, thinks);
                let pad = if more.is_present() && !thinks { more } else { part(thought) };
                (pad, text, Family::Flat)
            }
            None => (part(thought), Part::Absent, Family::Flat),
        },
    };
    draft.say(Turn { scratchpad, ..Turn::message(Role::Assistant, text) }, family);
}

/// The scratchpad that stands beside a conversation, under a name that can mean nothing but the model's.
pub(super) fn beside_dialogue<'a>(level: &Level<'a>) -> Option<Node<'a>> {
    let telling = super::names::rank(Means::Scratchpad, "private_thoughts");
    level
        .string(Means::Scratchpad)
        .filter(|field| field.exact() && Some(field.rank) <= telling)
        .map(|field| field.value)
}

fn best_scratchpad<'a>(level: &Level<'a>) -> Option<Node<'a>> {
    let text = level.string(Means::Scratchpad).or_else(|| level.all(Means::Scratchpad).next());
    text.map(|field| field.value)
}

fn scratchpad_text<'a>(draft: &mut Draft<'a>, node: Node<'a>) -> Option<Vec<u8>> {
    match node.kind() {
        Kind::List if blocks::is_blocks(node) => reasoning::text(node),
        _ => draft.text(node, "scratchpad"),
    }
}

/// The answer: the first text under a name that means it, one without a closing tag before others; else whatever stands there.
fn best_answer<'a>(level: &Level<'a>) -> Option<Node<'a>> {
    let all = || level.all(Means::Answer).map(|field| field.value);
    let clean = all().find(|node| is_text(*node) && !closes(*node));
    let text = clean.or_else(|| all().find(|node| is_text(*node)));
    let blocks = text.or_else(|| all().find(|node| blocks::is_blocks(*node)));
    blocks.or_else(|| all().find(|node| node.kind() != Kind::Null)).or_else(|| all().next())
}

/// A reply as one string.
struct Whole<'a> {
    node: Node<'a>,
    text: Cow<'a, [u8]>,
    tagged: bool,
}

impl<'a> Whole<'a> {
    fn of(field: Field<'a>) -> Option<Self> {
        let text = field.value.text().filter(|text| !text.is_empty())?;
        Some(Self { node: field.value, tagged: tags::is_tagged(&text), text })
    }
}

/// The string that holds the whole reply: one that is called so, one of the answer's names that holds tags, or a vague name.
fn whole_reply<'a>(level: &Level<'a>, answer: Option<Node<'a>>) -> Option<Whole<'a>> {
    let called_so = level.all(Means::Raw).find_map(Whole::of);
    if called_so.as_ref().is_some_and(|whole| whole.tagged || answer.is_none_or(|node| !is_text(node))) {
        return called_so;
    }
    let tagged = level.all(Means::Answer).filter_map(Whole::of).find(|whole| whole.tagged);
    tagged.or_else(|| wrapper::tagged_text(level).map(|(node, text)| Whole { node, text, tagged: true }))
}

/// Scratchpad and answer of an answer's field: of a string, or of a list of blocks.
fn fields<'a>(draft: &mut Draft<'a>, node: Node<'a>, thinks: bool) -> (Part, Part) {
    if !blocks::is_blocks(node) {
        return match node.text() {
            // Nothing stands apart: an answer that is wrapped in its tag is unwrapped.
            Some(text) if !thinks => (Part::Absent, apart_with(None, &text).1),
            _ => (Part::Absent, answer_part(draft, node)),
        };
    }
    let (mut thought, mut words) = (None, None);
    for piece in blocks::pieces(draft, node) {
        match piece {
            Piece::Reasoning(text) => join(&mut thought, text),
            Piece::Words(text) => join(&mut words, text),
            Piece::Call(name, _) => join(&mut words, [b"[call of ", &*name, b"]"].concat()),
            Piece::Result(result) => join(&mut words, result.bytes().to_vec()),
        }
    }
    (part(thought), part(words))
}

fn answer_part<'a>(draft: &mut Draft<'a>, node: Node<'a>) -> Part {
    if node.kind() == Kind::Null {
        draft.odd(node, ProblemKind::OddValue, "The answer is null: it is absent.");
    }
    part(draft.text(node, "answer"))
}

fn closes(node: Node) -> bool {
    node.text().is_some_and(|text| tags::closes_scratchpad(&text))
}

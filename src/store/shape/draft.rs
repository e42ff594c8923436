//! What has been gathered of one case so far: its turns, what was odd, and which value of the object became what.
//! Decides nothing about the data.

use crate::model::case::{Family, Part, ProblemKind, Role, Turn};
use crate::store::json::{Kind, Node};

/// A case in the making.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    /// The turns, each with the shape it came in.
    pub(super) said: Vec<(Turn, Family)>,
    /// What was odd, and where.
    pub(super) odd: Vec<Odd<'a>>,
    /// Which value became what.
    pub(super) used: Vec<Use<'a>>,
}

/// Something odd about the value that stands here.
#[derive(Debug)]
pub(super) struct Odd<'a> {
    pub(super) at: Node<'a>,
    pub(super) kind: ProblemKind,
    pub(super) message: String,
}

/// What became of a value, and why.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Use<'a> {
    pub(in crate::store) at: Node<'a>,
    pub(in crate::store) what: &'static str,
    pub(super) why: &'static str,
}

impl<'a> Draft<'a> {
    pub(super) fn say(&mut self, turn: Turn, family: Family) {
        self.said.push((turn, family));
    }

    pub(super) fn odd(&mut self, at: Node<'a>, kind: ProblemKind, message: impl Into<String>) {
        self.odd.push(Odd { at, kind, message: message.into() });
    }

    pub(super) fn uses(&mut self, at: Node<'a>, what: &'static str, why: &'static str) {
        self.used.push(Use { at, what, why });
    }

    /// Whether somebody in this role has spoken.
    pub(super) fn has(&self, role: &Role) -> bool {
        self.said.iter().any(|(turn, _)| turn.role == *role)
    }

    /// The decoded text of a string. Any other value is text only as its JSON stands, and said to be odd; `null` is no text.
    pub(super) fn text(&mut self, node: Node<'a>, what: &str) -> Option<Vec<u8>> {
        if let Some(text) = node.text() {
            return Some(text.into_owned());
        }
        let kind = match node.kind() {
            Kind::Null | Kind::Nothing => return None,
            Kind::Bool => "true or false",
            Kind::Number => "a number",
            Kind::List => "a list",
            Kind::Object => "an object",
            Kind::String => "a string that cannot be decoded",
        };
        self.odd(node, ProblemKind::OddValue, format!("The {what} is {kind}, not text: it is shown as it stands."));
        Some(node.raw().to_vec())
    }
}

/// The part that holds this text; absent where there is none.
pub(super) fn part(text: Option<Vec<u8>>) -> Part {
    text.map_or(Part::Absent, |text| Part::of(&text))
}

/// Adds a text behind another one, a blank line between them.
pub(super) fn join(to: &mut Option<Vec<u8>>, more: Vec<u8>) {
    match to {
        Some(text) if !text.is_empty() && !more.is_empty() => {
            text.extend_from_slice(b"\n\n");
            text.extend_from_slice(&more);
        }
        Some(text) => text.extend_from_slice(&more),
        None => *to = Some(more),
    }
}

/// The scratchpad and the answer of a reply of which some reasoning stands apart already: tags that are still in the text are
/// taken apart, and what stands in both places is kept once. Also says what was wrong with the tags.
pub(super) fn apart_with(reasoning: Option<Vec<u8>>, text: &[u8]) -> (Part, Part, Vec<String>) {
    let apart = super::tags::apart(text);
    let answer = apart.answer.map_or(Part::Absent, Part::of);
    let scratchpad = match (reasoning, apart.scratchpad) {
        (reasoning, None) => part(reasoning),
        (Some(reasoning), Some(pad)) if !reasoning.trim_ascii().is_empty() && !holds(pad, &reasoning) => {
            let mut both = Some(reasoning);
            if both.as_ref().is_some_and(|reasoning| !holds(reasoning, pad)) {
                join(&mut both, pad.to_vec());
            }
            part(both)
        }
        (_, Some(pad)) => Part::of(pad),
    };
    (scratchpad, answer, apart.oddities)
}

/// Whether a text holds another one, white space around it aside.
pub(super) fn holds(text: &[u8], other: &[u8]) -> bool {
    memchr::memmem::find(text, other.trim_ascii()).is_some()
}

//! Family E: reasoning that stands beside a message's content, under one of the names that providers use. Reads that alone.

use super::blocks::prose;
use super::fields::Level;
use super::names::Means;
use crate::store::json::{Kind, Node};

/// The reasoning beside a message's content. Providers repeat it under several names: it is taken once.
pub(super) fn beside(message: &Level) -> Option<Vec<u8>> {
    let fields = message.all(Means::Scratchpad).map(|field| field.value);
    let details = ["reasoning_details", "thinking_blocks"].iter().filter_map(|key| message.object.get(key));
    let mut empty = None;
    for node in fields.chain(details) {
        match text(node) {
            Some(text) if !text.is_empty() => return Some(text),
            Some(text) => empty = Some(text),
            None => {}
        }
    }
    empty
}

/// The text of a reasoning: a string, a list of texts, or an object around one of these.
pub(super) fn text(node: Node) -> Option<Vec<u8>> {
    match node.kind() {
        Kind::Object => ["content", "text", "summary", "thinking"].iter().find_map(|key| node.get(key).and_then(prose)),
        Kind::List if node.items().any(|item| item.get("thinking").is_some()) => {
            let mut all = None;
            let texts = node.items().filter_map(|item| item.get("thinking")?.text());
            texts.for_each(|text| super::draft::join(&mut all, text.into_owned()));
            all
        }
        _ => prose(node),
    }
}

/// Whether a reasoning stands beside this message's content.
pub(super) fn is_beside(message: Node) -> bool {
    ["reasoning_content", "reasoning_details", "thinking_blocks"].iter().any(|key| message.get(key).is_some())
}

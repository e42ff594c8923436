//! Family C: a list of messages, each with somebody's role and what was said. Makes turns of them, in order; tool calls and tool
//! results become turns of their own. Only the model's own turns are taken apart: a system prompt talks about tags as well.

use super::blocks::{self, Piece, pieces};
use super::draft::{Draft, apart_with, join, part};
use super::fields::Level;
use super::reasoning;
use crate::model::case::{Family, Part, ProblemKind, Role, Text, Turn, TurnKind};
use crate::store::json::{Kind, Node};

/// Whether this is a message: somebody's role, and what was said.
pub(super) fn is_message(node: Node) -> bool {
    let has = |key| node.get(key).is_some();
    role_word(node).is_some() && ["content", "value", "tool_calls", "reasoning_content"].into_iter().any(has)
}

/// Whether this is a list that has messages in it.
pub(super) fn is_dialogue(node: Node) -> bool {
    node.items().any(is_message)
}

/// Whether this is the output of the Responses API: typed items, a message of the model's or its reasoning among them.
pub(super) fn is_items(node: Node) -> bool {
    let kinds: [&[u8]; 3] = [b"message", b"reasoning", b"function_call"];
    node.items().any(|item| {
        let inner = ["content", "summary", "arguments"].iter().any(|key| item.get(key).is_some());
        inner && item.get("type").and_then(Node::text).is_some_and(|kind| kinds.contains(&&*kind))
    })
}

/// Whether the model speaks in this message.
pub(super) fn is_reply(node: Node) -> bool {
    is_message(node) && role(node) == Role::Assistant
}

/// Who speaks in a message.
pub(super) fn role(message: Node) -> Role {
    let word = role_word(message).unwrap_or_default();
    match word.to_ascii_lowercase().as_slice() {
        b"system" | b"developer" => Role::System,
        b"user" | b"human" => Role::User,
        b"assistant" | b"gpt" | b"model" | b"ai" | b"bot" | b"chatbot" => Role::Assistant,
        b"tool" | b"function" | b"observation" | b"ipython" => Role::Tool,
        _ => Role::Other(Text::from(word)),
    }
}

fn role_word(message: Node) -> Option<Vec<u8>> {
    let word = message.get("role").or_else(|| message.get("from"))?.text()?;
    (!word.is_empty()).then(|| word.into_owned())
}

/// Adds the turns of a list of messages or of typed items.
pub(super) fn say_all<'a>(draft: &mut Draft<'a>, list: Node<'a>) {
    // The Responses API writes reasoning as an item of its own, before the message that it belongs to.
    let mut waiting = None;
    for item in list.items() {
        let kind = item.get("type").and_then(Node::text).unwrap_or_default();
        match &*kind {
            b"reasoning" if !is_message(item) => {
                let text = ["content", "summary", "text"].iter().find_map(|key| blocks::prose(item.get(key)?));
                text.into_iter().for_each(|text| join(&mut waiting, text));
            }
            b"function_call" => {
                flush(draft, &mut waiting);
                push_piece(draft, blocks::call(item), Family::Reasoning);
            }
            b"function_call_output" => {
                let text = item.get("output").and_then(|node| blocks::words(draft, node));
                push_piece(draft, Piece::Result(part(text)), Family::Reasoning);
            }
            _ if is_message(item) => {
                if role(item) != Role::Assistant {
                    flush(draft, &mut waiting);
                }
                say(draft, item, waiting.take());
            }
            _ => draft.odd(
                item,
                ProblemKind::OddValue,
                "This is not a message with a role and a content: it is left out.",
            ),
        }
    }
    flush(draft, &mut waiting);
}

fn flush(draft: &mut Draft, waiting: &mut Option<Vec<u8>>) {
    if let Some(reasoning) = waiting.take() {
        let turn = Turn { scratchpad: Part::of(&reasoning), ..Turn::message(Role::Assistant, Part::Absent) };
        draft.say(turn, Family::Reasoning);
    }
}

/// Adds the turns of one message. `before` is reasoning that was written down ahead of it.
pub(super) fn say<'a>(draft: &mut Draft<'a>, message: Node<'a>, before: Option<Vec<u8>>) {
    let content = message.get("content").or_else(|| message.get("value"));
    match role(message) {
        Role::Assistant => reply(draft, message, content, before),
        Role::Tool => {
            let text = content.and_then(|node| blocks::words(draft, node));
            push_piece(draft, Piece::Result(part(text)), Family::Chat);
        }
        who => {
            let (turns, mut words) = (draft.said.len(), None);
            for piece in content.map(|node| pieces(draft, node)).unwrap_or_default() {
                match piece {
                    Piece::Words(text) | Piece::Reasoning(text) => join(&mut words, text),
                    other => {
                        words
                            .take()
                            .into_iter()
                            .for_each(|text| draft.say(Turn::message(who.clone(), Part::of(&text)), Family::Chat));
                        push_piece(draft, other, Family::Blocks);
                    }
                }
            }
            if words.is_some() || draft.said.len() == turns {
                draft.say(Turn::message(who, part(words)), Family::Chat);
            }
        }
    }
}

/// Adds the turns of one message of the model's: what it thought and said up to each tool call, the calls, and the rest.
pub(super) fn reply<'a>(draft: &mut Draft<'a>, message: Node<'a>, content: Option<Node<'a>>, before: Option<Vec<u8>>) {
    let content = content.filter(|node| node.kind() != Kind::Null);
    let in_blocks = content.is_some_and(blocks::is_blocks);
    let mut pieces = content.map(|node| pieces(draft, node)).unwrap_or_default();
    let calls = message.get("tool_calls").into_iter().flat_map(Node::items).map(blocks::call);
    pieces.extend(calls);

    let has_reasoning = pieces.iter().any(|piece| matches!(piece, Piece::Reasoning(_)));
    let beside = before.or_else(|| reasoning::beside(&Level::of(message))).filter(|_| !has_reasoning);
    let family = match (in_blocks, &beside) {
        (_, Some(_)) => Family::Reasoning,
        (true, None) => Family::Blocks,
        (false, None) => Family::Chat,
    };
    let turns = draft.said.len();
    let (mut thought, mut words) = (beside, None);
    for piece in pieces {
        match piece {
            Piece::Reasoning(text) => join(&mut thought, text),
            Piece::Words(text) => join(&mut words, text),
            other => {
                if thought.is_some() || words.is_some() {
                    speak(draft, message, thought.take(), words.take(), family);
                }
                push_piece(draft, other, family);
            }
        }
    }
    if thought.is_some() || words.is_some() || draft.said.len() == turns {
        if words.is_none() && draft.said.len() == turns {
            draft.odd(message, ProblemKind::OddValue, "The reply has no content: its answer is absent.");
        }
        speak(draft, message, thought, words, family);
    }
}

fn speak<'a>(draft: &mut Draft<'a>, at: Node<'a>, thought: Option<Vec<u8>>, words: Option<Vec<u8>>, family: Family) {
    let (scratchpad, text) = match words {
        Some(words) => {
            let (scratchpad, text, oddities) = apart_with(thought, &words);
            oddities.into_iter().for_each(|message| draft.odd(at, ProblemKind::Malformed, message));
            (scratchpad, text)
        }
        None => (part(thought), Part::Absent),
    };
    draft.say(Turn { scratchpad, ..Turn::message(Role::Assistant, text) }, family);
}

fn push_piece(draft: &mut Draft, piece: Piece, family: Family) {
    let (role, kind, text) = match piece {
        Piece::Call(name, input) => (Role::Assistant, TurnKind::ToolCall(name), input),
        Piece::Result(text) => (Role::Tool, TurnKind::ToolResult, text),
        Piece::Reasoning(text) | Piece::Words(text) => (Role::Assistant, TurnKind::Message, Part::of(&text)),
    };
    draft.say(Turn { kind, ..Turn::message(role, text) }, family);
}

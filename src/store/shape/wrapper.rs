//! Family I: where in an object the reply stands, and what stands around it. Goes down through the wrappers that people put
//! around transcripts, and through nothing else: a judge's own input and output beside a transcript is never looked at.
//! Decodes no text but the few that decide whether there is a reply at all.

use std::borrow::Cow;

use super::fields::{Level, is_text};
use super::names::Means;
use super::{blocks, chat, reasoning, tags};
use crate::model::case::Role;
use crate::store::json::{Kind, Node};

/// How many wrappers may lie around each other.
const DEEPEST: usize = 8;

/// A reply that was found, and the objects around it.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    /// From the whole object to the one that holds the reply.
    pub(super) levels: Vec<Level<'a>>,
    /// What holds the reply.
    pub(super) reply: Reply<'a>,
    /// Which of several choices it is, from 1.
    pub(super) choice: Option<usize>,
}

/// What holds a reply.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reply<'a> {
    /// The fields of the innermost object.
    Fields,
    /// A list of messages.
    Dialogue(Node<'a>),
    /// One message of the model's.
    Message(Node<'a>),
    /// The typed items of the Responses API.
    Items(Node<'a>),
    /// A text by itself.
    Words(Node<'a>),
}

/// A list of messages, and the object that it stands in where that is not the level itself.
#[derive(Clone, Debug)]
pub(super) struct Dialogue<'a> {
    pub(super) list: Node<'a>,
    pub(super) holder: Option<Level<'a>>,
    /// Whether it is what was sent to the model, rather than what became of it.
    sent: bool,
    asked: bool,
    replied: bool,
    ends_with_reply: bool,
}

/// How far the search goes: for a reply, or, where there is none, for somebody who asked for one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Reply,
    Prompt,
}

/// All replies in this object; several where it holds several choices.
pub(super) fn find(object: Node<'_>) -> Vec<Candidate<'_>> {
    let search = |want| descend(&[], object, want, false);
    let found = search(Want::Reply);
    if found.is_empty() { search(Want::Prompt) } else { found }
}

/// The list of messages at this level.
pub(super) fn dialogue<'a>(level: &Level<'a>) -> Option<Dialogue<'a>> {
    let is_sent = |node: Node| {
        ["prompt", "input"].iter().any(|name| level.named(Means::Dialogue, name) == Some(node))
            || ["request", "params"].iter().any(|name| level.named(Means::Sent, name) == Some(node))
    };
    let here = level.all(Means::Dialogue).map(|field| (field.value, None, is_sent(field.value)));
    let inside = level.all(Means::Sent).filter(|field| field.value.kind() == Kind::Object).flat_map(|field| {
        let holders = [Some(field.value), field.value.get("body")].into_iter().flatten().map(Level::of);
        holders.flat_map(move |holder| {
            let lists: Vec<Node> = holder.all(Means::Dialogue).map(|field| field.value).collect();
            lists.into_iter().map(move |list| (list, Some(holder.clone()), is_sent(field.value)))
        })
    });
    let mut found: Vec<Dialogue> = Vec::new();
    for (list, holder, sent) in here.chain(inside).filter(|(list, ..)| chat::is_dialogue(*list)) {
        let asked = list.items().any(|item| chat::is_message(item) && chat::role(item) != Role::System);
        let replied = list.items().any(chat::is_reply);
        let last = list.items().filter(|item| chat::is_message(*item)).last();
        let ends_with_reply = replied && last.is_some_and(|item| chat::role(item) != Role::User);
        found.push(Dialogue { list, holder, sent, asked, replied, ends_with_reply });
    }
    let best = found.iter().position(|d| d.replied && !d.sent).or_else(|| found.iter().position(|d| d.replied));
    (!found.is_empty()).then(|| found.swap_remove(best.unwrap_or(0)))
}

fn descend<'a>(above: &[Level<'a>], object: Node<'a>, want: Want, as_reply: bool) -> Vec<Candidate<'a>> {
    if object.kind() != Kind::Object || above.len() == DEEPEST {
        return Vec::new();
    }
    let levels = [above, &[Level::of(object)]].concat();
    let level = &levels[above.len()];
    let one = |reply| vec![Candidate { levels: levels.clone(), reply, choice: None }];

    let dialogue = dialogue(level);
    if let Some(d) = dialogue.as_ref().filter(|d| d.ends_with_reply && !d.sent) {
        return one(Reply::Dialogue(d.list));
    }
    if is_reply_object(level, as_reply) {
        return one(Reply::Message(object));
    }
    let mut tried: Vec<Node> = Vec::new();
    for field in level.all(Means::Answer) {
        let vague = ["answer", "result"].iter().any(|name| level.named(Means::Answer, name) == Some(field.value));
        match field.value.kind() {
            // Beside a conversation that has replies in it, a word like `answer` is what one hoped for or somebody's verdict.
            Kind::String if vague && dialogue.as_ref().is_some_and(|d| d.replied && !d.sent) => {}
            Kind::String if is_text(field.value) && (!is_lone_result(&levels, field.value)) => {
                return one(Reply::Fields);
            }
            Kind::List if chat::is_items(field.value) || chat::is_dialogue(field.value) => {
                return one(Reply::Items(field.value));
            }
            Kind::List if blocks::is_blocks(field.value) => return one(Reply::Fields),
            Kind::Object if level.all(Means::Wrapper).any(|wrapper| wrapper.value == field.value) => {
                tried.push(field.value);
                let found = descend(&levels, field.value, want, true);
                if !found.is_empty() {
                    return found;
                }
            }
            _ => {}
        }
    }
    let named = level.string(Means::Raw).is_some() || level.string(Means::Scratchpad).is_some();
    if named || tagged_text(level).is_some() {
        return one(Reply::Fields);
    }
    let choices = choices(&levels, want);
    if !choices.is_empty() {
        return choices;
    }
    for wrapper in level.all(Means::Wrapper).filter(|field| !tried.contains(&field.value)) {
        let is_message = level.named(Means::Wrapper, "message") == Some(wrapper.value);
        let found = descend(&levels, wrapper.value, want, is_message);
        if !found.is_empty() {
            return found;
        }
    }
    match dialogue {
        Some(d) if d.replied => one(Reply::Dialogue(d.list)),
        // Somebody asked, or the object says that there is a scratchpad: what is missing is a finding.
        Some(d) if want == Want::Prompt && d.asked => one(Reply::Fields),
        None if want == Want::Prompt && (asks(level) || has_scratchpad_key(level)) => one(Reply::Fields),
        _ => Vec::new(),
    }
}

/// One candidate for each of several choices.
fn choices<'a>(levels: &[Level<'a>], want: Want) -> Vec<Candidate<'a>> {
    let Some(list) = levels.last().and_then(|level| level.all(Means::Choices).next()) else { return Vec::new() };
    let several = list.value.items().nth(1).is_some();
    let mut found = Vec::new();
    for (number, choice) in (1..).zip(list.value.items()) {
        let mut here = descend(levels, choice, want, true);
        if let Some(text) = choice.get("text").filter(|text| here.is_empty() && is_text(*text)) {
            here.push(Candidate {
                levels: [levels, &[Level::of(choice)]].concat(),
                reply: Reply::Words(text),
                choice: None,
            });
        }
        here.truncate(1);
        found.extend(here.into_iter().map(|c| Candidate { choice: several.then_some(number), ..c }));
    }
    found
}

/// Whether this object is itself a message of the model's. One that nobody signed is believed where a reply is expected.
fn is_reply_object(level: &Level, as_reply: bool) -> bool {
    if !level.speaks() {
        return false;
    }
    let Some(content) = level.object.get("content") else { return chat::is_reply(level.object) };
    match level.object.get("role") {
        Some(_) => chat::is_reply(level.object),
        None => {
            let has_text = is_text(content) || blocks::is_blocks(content);
            has_text && (as_reply || reasoning::is_beside(level.object) || has_reasoning_block(content))
        }
    }
}

fn has_reasoning_block(content: Node) -> bool {
    content.items().any(|block| {
        let kind = block.get("type").and_then(Node::text).unwrap_or_default();
        [b"thinking".as_slice(), b"reasoning", b"redacted_thinking"].contains(&&*kind)
    })
}

/// `"result": "pass"` by itself is a verdict and no reply; beside a prompt it may be one.
fn is_lone_result(levels: &[Level], value: Node) -> bool {
    let lone = |level: &Level| level.named(Means::Answer, "result") == Some(value);
    levels.last().is_some_and(lone) && !levels.iter().any(|level| asks(level) || dialogue(level).is_some())
}

fn asks(level: &Level) -> bool {
    level.string(Means::User).is_some()
}

fn has_scratchpad_key(level: &Level) -> bool {
    level.all(Means::Scratchpad).any(|field| field.value.kind() == Kind::String)
}

/// The text under a name that says too little, where a scratchpad's tags stand in it.
pub(super) fn tagged_text<'a>(level: &Level<'a>) -> Option<(Node<'a>, Cow<'a, [u8]>)> {
    level.all(Means::Text).find_map(|field| {
        let may_be_tagged = memchr::memchr2(b'<', b'\\', field.value.raw()).is_some();
        let text = field.value.text().filter(|_| may_be_tagged)?;
        tags::is_tagged(&text).then_some((field.value, text))
    })
}

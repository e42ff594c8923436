//! From the JSON object of one line to cases: which value is whose turn, scratchpad and answer, and what the case is called.
//! Guesses by rules that hold for what people publish, says what was odd, and never fails. Opens no files and shows nothing.
//!
//! Families: A, split fields (`flat`); B, one tagged string (`tags`); C, messages (`chat`); D, typed blocks (`blocks`);
//! E, reasoning beside the content (`reasoning`); and all of them inside of wrappers (`wrapper`). Split fields come before
//! reasoning blocks, these before tags in a string. Labels and scores that a row already has are never parts of its case.

mod blocks;
mod chat;
mod code;
mod condition;
mod draft;
mod explain;
mod fields;
mod flat;
mod id;
mod names;
mod reasoning;
mod tags;
mod wrapper;

use self::draft::{Draft, part};
use self::id::Named;
use self::names::Means;
use self::wrapper::{Candidate, Dialogue, Reply};
use super::json::{Kind, Node};
use crate::model::case::{
    Case, CaseId, Condition, Family, Origin, Part, Problem, ProblemKind, RawHash, Role, Text, Turn, content_hash,
};

pub(super) use self::draft::Use;
pub use self::explain::Explained;
pub(super) use self::names::{is_of_turn, is_verdict, tells};

/// What one line gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its cases: one, or several where it holds several choices.
    pub cases: Vec<Case>,
    /// Why it holds none.
    pub problems: Vec<Problem>,
}

/// Reads the cases of one line. `object` is the JSON object inside of `line`, which is the line without its end; `marks` are
/// what the syntax of the line was found odd for, with byte columns from 1.
#[must_use]
pub fn read(object: &[u8], line: &[u8], origin: Origin, file_name: &str, marks: &[(ProblemKind, u32)]) -> Reading {
    let candidates = wrapper::find(Node::new(object));
    if candidates.is_empty() {
        let message = "Nothing in this object can be a transcript. Looked for: a scratchpad and an answer, a reply with \
                       scratchpad tags, a list of messages, content blocks, and these inside of transcript, trial, record, \
                       sample, data, response, body, result, message, choices.";
        let kind = ProblemKind::NotTranscript;
        let excerpt = object[..object.len().min(64)].into();
        let problem = Problem { line: origin.line, column: 0, kind, message: message.into(), excerpt };
        return Reading { cases: Vec::new(), problems: vec![problem] };
    }
    let place = |(sub, candidate): (u16, &Candidate)| case(candidate, line, Origin { sub, ..origin }, file_name, marks);
    Reading { cases: (0..=u16::MAX).zip(&candidates).map(place).collect(), problems: Vec::new() }
}

/// The ids of the cases that [`read`] would give, in the same order, without decoding their texts.
#[must_use]
pub fn identities(object: Node, line: &[u8], file_name: &str) -> Vec<CaseId> {
    // No file's name is part of an id: renaming a file must not part its cases from their labels.
    let _ = file_name;
    let candidates = wrapper::find(object);
    (0..=u16::MAX).zip(&candidates).map(|(_, candidate)| id::name(candidate, line).id).collect()
}

/// Which entry of the object became what, and why. Of several choices the first is explained.
#[must_use]
pub fn explain(object: &[u8], line: &[u8], file_name: &str) -> Explained {
    let object = Node::new(object);
    explain::explain(object, &notes(object, line, 0, file_name).used)
}

/// What reading one case of an object left: which value became what, and what says which condition the case has.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    pub(super) used: Vec<Use<'a>>,
    pub(super) told_by: Option<Told<'a>>,
}

/// What says which condition a case has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Told<'a> {
    Field(Node<'a>),
    Message,
    Id,
    FileName,
}

/// What reading the case of this place (from 0) in an object leaves. Nothing where there is no such case.
pub(super) fn notes<'a>(object: Node<'a>, line: &[u8], sub: u16, file_name: &str) -> Notes<'a> {
    let candidates = wrapper::find(object);
    let Some(candidate) = candidates.get(usize::from(sub)) else { return Notes::default() };
    let mut draft = compose(candidate);
    let named = id::name(candidate, line);
    let judged = draft.said.iter().rposition(|(turn, _)| turn.is_target()).unwrap_or(draft.said.len());
    let before: Vec<Turn> = draft.said.drain(..judged).map(|(turn, _)| turn).collect();
    let told_by = told(candidate, &before, &named, file_name).map(|(_, by)| by);
    named.at.into_iter().for_each(|node| draft.uses(node, "id", "names the case, alone or joined with others"));
    if let Some(Told::Field(node)) = told_by {
        draft.uses(node, "condition", "states what the model was told");
    }
    if let Some((_, node)) = model(candidate) {
        draft.uses(node, "model", "names the model that replied");
    }
    Notes { used: draft.used, told_by }
}

fn case(candidate: &Candidate, line: &[u8], origin: Origin, file_name: &str, marks: &[(ProblemKind, u32)]) -> Case {
    let draft = compose(candidate);
    let named = id::name(candidate, line);
    let (mut turns, families): (Vec<Turn>, Vec<Family>) = draft.said.into_iter().unzip();
    let judged = turns.iter().rposition(Turn::is_target).unwrap_or_else(|| {
        turns.push(Turn::message(Role::Assistant, Part::Absent));
        turns.len() - 1
    });
    let family = families.get(judged).copied().unwrap_or(Family::Chat);

    let problem = |kind, column, message: &str| Problem {
        line: origin.line,
        column,
        kind,
        message: message.into(),
        excerpt: Box::default(),
    };
    let mut problems: Vec<Problem> = marks.iter().map(|(kind, column)| problem(*kind, *column, mark(*kind))).collect();
    problems.extend(draft.odd.iter().map(|odd| problem(odd.kind, column(line, odd.at), &odd.message)));
    if let Some(message) = named.odd {
        let column = named.at.first().map_or(0, |node| column(line, *node));
        problems.push(problem(ProblemKind::OddId, column, message));
    }
    let condition = told(candidate, &turns[..judged], &named, file_name).map(|(condition, _)| condition);
    Case {
        hash: content_hash(&turns, judged),
        raw: RawHash::of(line),
        id: named.id,
        origin,
        family,
        condition: condition.unwrap_or_else(Condition::unknown),
        model: model(candidate).map(|(model, _)| model),
        turns,
        judged,
        problems,
    }
}

/// What the model was told of its situation, and what says so. `before` are the turns before the judged one.
fn told<'a>(
    candidate: &Candidate<'a>,
    before: &[Turn],
    named: &Named,
    file_name: &str,
) -> Option<(Condition, Told<'a>)> {
    let asked = before.iter().rev().find(|turn| turn.role == Role::User);
    let in_id = || condition::in_name(named.id.bytes()).filter(|_| !named.at.is_empty());
    condition::stated(&candidate.levels)
        .map(|(condition, node)| (condition, Told::Field(node)))
        .or_else(|| Some((condition::in_message(asked?.text.bytes())?, Told::Message)))
        .or_else(|| Some((in_id()?, Told::Id)))
        .or_else(|| Some((condition::in_name(file_name.as_bytes())?, Told::FileName)))
}

/// Gathers the turns of one case: what was said before, the reply, and in front of both the prompts that stand as fields.
fn compose<'a>(candidate: &Candidate<'a>) -> Draft<'a> {
    let mut draft = Draft::default();
    let inner = candidate.levels.last();
    let around = candidate.levels.iter().rev().find_map(wrapper::dialogue);
    if let (Some(dialogue), false) = (&around, matches!(candidate.reply, Reply::Dialogue(_))) {
        draft.uses(dialogue.list, "conversation", "the messages before the reply");
        chat::say_all(&mut draft, dialogue.list);
    }
    match candidate.reply {
        Reply::Fields => {
            if let Some(level) = inner {
                flat::say(&mut draft, level);
            }
        }
        Reply::Dialogue(list) => {
            draft.uses(list, "conversation", "a list of messages; its last reply is judged");
            chat::say_all(&mut draft, list);
            add_scratchpad(&mut draft, candidate);
        }
        Reply::Message(message) => {
            draft.uses(message, "reply", "a message of the model's");
            chat::reply(&mut draft, message, message.get("content"), None);
        }
        Reply::Items(list) => {
            draft.uses(list, "reply", "the items of the reply");
            chat::say_all(&mut draft, list);
        }
        Reply::Words(text) => {
            draft.uses(text, "reply", "the text of a choice");
            let words = draft.text(text, "reply").unwrap_or_default();
            let (scratchpad, text, _) = draft::apart_with(None, &words);
            let family = if scratchpad.is_absent() { Family::Flat } else { Family::Tagged };
            draft.say(Turn { scratchpad, ..Turn::message(Role::Assistant, text) }, family);
        }
    }
    add_prompts(&mut draft, candidate, around);
    draft
}

/// Gives the last reply of a conversation the scratchpad that stands beside the conversation, if it has none of its own.
fn add_scratchpad<'a>(draft: &mut Draft<'a>, candidate: &Candidate<'a>) {
    let Some(node) = candidate.levels.last().and_then(flat::beside_dialogue) else { return };
    let Some((turn, family)) = draft.said.iter_mut().rev().find(|(turn, _)| turn.is_target()) else { return };
    if !turn.scratchpad.is_present() {
        turn.scratchpad = part(node.text().map(|text| text.into_owned()));
        *family = Family::Flat;
        draft.uses(node, "scratchpad", "stands beside the conversation, whose reply has none");
    }
}

/// Puts the system prompt and the user's text in front where they stand as fields. What the conversation says itself is not
/// said again.
fn add_prompts<'a>(draft: &mut Draft<'a>, candidate: &Candidate<'a>, around: Option<Dialogue<'a>>) {
    let holder = around.and_then(|dialogue| dialogue.holder);
    let sides: Vec<_> = condition::sides(&candidate.levels).collect();
    let levels = || holder.iter().chain(candidate.levels.iter().rev()).chain(&sides);
    let mut front = Vec::new();
    for (role, means, what) in
        [(Role::System, Means::System, "system prompt"), (Role::User, Means::User, "user prompt")]
    {
        let prompt = levels().find_map(|level| {
            let fields = || level.all(means).map(|field| field.value);
            let is_prose = |node: &Node| node.kind() == Kind::String || blocks::is_blocks(*node);
            fields().find(|node| fields::is_text(*node)).or_else(|| fields().find(is_prose))
        });
        if let Some(node) = prompt.filter(|_| !draft.has(&role)) {
            draft.uses(node, what, "the best of the names that mean it");
            let text = part(blocks::words(draft, node));
            front.push((Turn::message(role, text), Family::Flat));
        }
    }
    draft.said.splice(0..0, front);
}

/// Which model replied: the innermost object that says so knows best.
fn model<'a>(candidate: &Candidate<'a>) -> Option<(Text, Node<'a>)> {
    let sides: Vec<_> = condition::sides(&candidate.levels).collect();
    let field = candidate.levels.iter().rev().chain(&sides).find_map(|level| level.string(Means::Model))?;
    Some((Text::from(&*field.value.text()?), field.value))
}

/// The byte column, from 1, at which a value stands in its line.
fn column(line: &[u8], node: Node) -> u32 {
    let offset = node.raw().as_ptr().addr().checked_sub(line.as_ptr().addr()).filter(|at| *at < line.len());
    offset.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0)
}

/// The sentence for a mark that the syntax of the line left.
fn mark(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::InvalidUtf8 => "The line holds bytes that are not UTF-8: they are shown as tokens.",
        ProblemKind::LoneSurrogate => "A string holds half of a surrogate pair: it is shown as a token.",
        ProblemKind::NotJsonNumber => "A number is one that JSON does not have (NaN, Infinity).",
        ProblemKind::DuplicateKey => "A key stands twice in one object: the last one counts.",
        _ => "The line's syntax is odd.",
    }
}

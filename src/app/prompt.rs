//! Which passages a pane shows: the prompt with what repeats folded away, a turn's scratchpad, a turn's answer.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::in_short::in_one_line;
use super::page::{Page, Passage};
use crate::model::blind::{MASK, Shade};
use crate::model::case::{Case, Part, Role, Turn, TurnKind};
use crate::model::shared::Shared;
use crate::text::clean::{Safe, clean, clean_masked};

/// What the prompt pane leaves out while it is folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// A system prompt.
    pub system: bool,
    /// The wrapper around the user's words.
    pub wrapper: bool,
    /// Calls and results of tools.
    pub tools: bool,
}

impl Folded {
    /// Whether there is anything to unfold.
    #[must_use]
    pub fn any(self) -> bool {
        self.system || self.wrapper || self.tools
    }

    /// What is folded, in words.
    #[must_use]
    pub fn words(self) -> String {
        let named = [(self.system, "system"), (self.wrapper, "wrapper"), (self.tools, "tools")];
        let words: Vec<&str> = named.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        match words.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => String::new(),
        }
    }
}

/// The turns that lead to the reply at `target`: those behind the model's reply before it. Where no user speaks among them, as when
/// tools were called meanwhile, what the user said last stands before them: it is what the reply answers.
fn leading(case: &Case, target: usize) -> Vec<usize> {
    let from = case.targets().take_while(|t| *t < target).last().map_or(0, |t| t + 1);
    let is_user = |at: &usize| case.turns[*at].role == Role::User && case.turns[*at].kind == TurnKind::Message;
    let asked = (0..from).rev().find(is_user).filter(|_| !(from..target).any(|at| is_user(&at)));
    asked.into_iter().chain(from..target).collect()
}

/// What leads to a reply.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// The prompt pane's page; `None` where nothing leads to this reply at all.
    pub page: Option<Page>,
    /// What it folds away, or would, were it not unfolded.
    pub folded: Folded,
    /// Which turn each of its passages shows.
    pub turns: Vec<usize>,
    /// Which stretches of its turn's text each passage shows, one below the other.
    pub stretches: Vec<Vec<Range<usize>>>,
}

/// A stretch of a pane's text as the data has it.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// Its heading, where several stand below each other.
    pub heading: Option<Safe>,
    /// What stands beside the heading instead of a text that is folded away.
    pub beside: Safe,
    /// Its text.
    pub text: Cow<'a, [u8]>,
    /// The turn it belongs to.
    pub turn: usize,
    /// The stretches of the turn's text that it is joined of, with an end of line between two.
    pub stretches: Vec<Range<usize>>,
}

/// What leads to the reply at `target`. The turns in `opened` are shown whole although the rest is folded.
#[must_use]
pub fn prompt(
    case: &Case,
    target: usize,
    shared: &Shared,
    unfolded: bool,
    opened: &HashSet<usize>,
    shade: &Shade,
) -> Prompt {
    let turns = leading(case, target);
    let (pieces, folded) = pieces(case, target, shared, unfolded, opened, shade);
    let nothing = match turns[..] {
        [] => true,
        [only] => case.turns[only].text.is_absent(),
        _ => false,
    };
    let turns = pieces.iter().map(|piece| piece.turn).collect();
    let stretches = pieces.iter().map(|piece| piece.stretches.clone()).collect();
    let passages =
        pieces.into_iter().map(|piece| Passage { beside: piece.beside, ..passage(piece.heading, &piece.text, shade) });
    Prompt { page: (!nothing).then(|| Page::new(passages.collect())), folded, turns, stretches }
}

/// What that page shows, passage by passage, and what is folded away.
#[must_use]
pub fn pieces<'a>(
    case: &'a Case,
    target: usize,
    shared: &Shared,
    unfolded: bool,
    opened: &HashSet<usize>,
    shade: &Shade,
) -> (Vec<Piece<'a>>, Folded) {
    let leading = leading(case, target);
    let turns = || leading.iter().map(|at| (*at, &case.turns[*at]));
    let mut folded = Folded::default();
    let mut pieces = Vec::new();
    let speakers = turns().filter(|(_, turn)| turn.role != Role::System).count();
    for (at, turn) in turns() {
        let own = own_words(turn, shared);
        let open = unfolded || opened.contains(&at);
        if unfolded || !open {
            let words = own.iter().map(ExactSizeIterator::len).sum::<usize>() + own.len().saturating_sub(1);
            folded.system |= turn.role == Role::System;
            folded.tools |= is_tool(turn);
            folded.wrapper |= turn.role == Role::User && words < turn.text.bytes().trim_ascii().len();
        }
        let piece = |heading, text, stretches| Piece { heading, beside: Safe::default(), text, turn: at, stretches };
        let bytes = turn.text.bytes();
        if open {
            pieces.push(piece(Some(turn_name(turn, shade)), Cow::Borrowed(bytes), whole(bytes)));
        } else if is_tool(turn) {
            let beside = summary(turn, shade);
            pieces.push(Piece { beside, ..piece(Some(turn_name(turn, shade)), Cow::Borrowed(&[]), Vec::new()) });
        } else if turn.role != Role::System {
            let text = own.iter().map(|range| &bytes[range.clone()]).collect::<Vec<_>>().join(&b"\n"[..]);
            pieces.push(piece((speakers > 1).then(|| turn_name(turn, shade)), Cow::Owned(text), own));
        }
    }
    (pieces, folded)
}

/// The page of a text under this shade; `None` where the data has no such text. An answer has no shade.
#[must_use]
pub fn page(part: &Part, shade: &Shade) -> Option<Page> {
    match part {
        Part::Absent => None,
        Part::Empty => Some(Page::default()),
        Part::Present(text) => Some(Page::new(vec![passage(None, text, shade)])),
    }
}

/// Whether a text stops in the middle of a sentence, as one does that ran into a limit.
#[must_use]
pub fn looks_cut_off(part: &Part) -> bool {
    const LEAST: usize = 40;
    let Ok(text) = str::from_utf8(part.bytes()) else { return false };
    let text = text.trim_end();
    text.len() >= LEAST
        && text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '('))
}

fn passage(heading: Option<Safe>, text: &[u8], shade: &Shade) -> Passage {
    let masks = shade.masks(text);
    let clean = if masks.is_empty() { clean(text) } else { clean_masked(text, &masks, MASK) };
    Passage { heading, clean, ..Passage::default() }
}

fn is_tool(turn: &Turn) -> bool {
    turn.kind != TurnKind::Message || turn.role == Role::Tool
}

/// The stretches of the user's own words; another turn's whole text.
fn own_words(turn: &Turn, shared: &Shared) -> Vec<Range<usize>> {
    let text = turn.text.bytes();
    if turn.role == Role::User { shared.own_words(text) } else { whole(text) }
}

/// A whole text as its one stretch.
pub(super) fn whole(text: &[u8]) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

/// Who speaks, or which tool was called or answers.
#[must_use]
pub fn turn_name(turn: &Turn, shade: &Shade) -> Safe {
    match &turn.kind {
        TurnKind::Message => Safe::line(shade.hide(turn.role.word())),
        TurnKind::ToolCall(name) => Safe::line(shade.hide(&[b"call of ", &name[..]].concat())),
        TurnKind::ToolResult => Safe::fixed("tool result"),
    }
    .cut(60)
}

/// What a call or result says in its one row: its size and its first words.
fn summary(turn: &Turn, shade: &Shade) -> Safe {
    let text = shade.hide(turn.text.bytes());
    let mut line = Safe::line(format!("· {} bytes", turn.text.bytes().len()));
    if !text.is_empty() {
        line.push(&Safe::fixed(" · "));
        line.push(&in_one_line(text.iter().copied()));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_that_stops_mid_sentence_is_noticed() {
        let cut = |text: &str| looks_cut_off(&Part::of(text.as_bytes()));
        assert!(cut("In conventional battery cages a hen is given about sixty"));
        assert!(!cut("In conventional battery cages a hen is given very little room."));
        assert!(!cut("In conventional battery cages a hen is given very little **room**"));
        assert!(!cut("Yes"), "a short answer is an answer");
        assert!(!looks_cut_off(&Part::Absent));
    }
}

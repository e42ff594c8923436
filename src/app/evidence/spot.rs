//! From a place on the screen to the bytes of the data and back: which turn and part a pane shows, and which stretches of its text.
//! Knows offsets; neither keys nor records.

use std::ops::Range;

use crate::app::layout::Pane;
use crate::app::page::Place;
use crate::app::prompt::whole;
use crate::app::view::View;
use crate::model::labels::anchor::{ANSWER, PROMPT, SCRATCHPAD};
use crate::text::clean::Clean;

/// A stretch of one text of a case, in bytes as the data has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Which part of the turn, in the word of a record.
    pub(super) part: &'static str,
    /// The turn.
    pub(super) turn: usize,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// What a passage shows: stretches of one text, with an end of line between two.
struct Source {
    part: &'static str,
    turn: usize,
    stretches: Vec<Range<usize>>,
}

impl Source {
    /// Each stretch beside the offset at which it begins in the passage.
    fn joined(&self) -> impl Iterator<Item = (usize, &Range<usize>)> {
        self.stretches.iter().scan(0, |at, stretch| {
            let begins = *at;
            *at += stretch.len() + 1;
            Some((begins, stretch))
        })
    }

    /// The offset in the text of an offset in the passage. Between two stretches it is where the second begins, or with `ends`
    /// where the first one ends.
    fn offset(&self, at: usize, ends: bool) -> usize {
        let holds = |(begins, stretch): &(usize, &Range<usize>)| at < begins + stretch.len() + usize::from(ends);
        let found = self.joined().find(holds).or_else(|| self.joined().last());
        found.map_or(0, |(begins, stretch)| (stretch.start + at.saturating_sub(begins)).min(stretch.end))
    }
}

impl View {
    fn turn_of(&self, pane: Pane, passage: u32) -> Option<usize> {
        if pane == Pane::Prompt { self.prompt_turns.get(passage as usize).copied() } else { Some(self.turn) }
    }

    fn source(&self, pane: Pane, passage: u32) -> Option<Source> {
        let (number, turn) = (passage as usize, self.turn_of(pane, passage)?);
        let text = self.case.turns.get(turn)?;
        Some(match pane {
            Pane::Prompt => Source { part: PROMPT, turn, stretches: self.prompt_stretches.get(number)?.clone() },
            Pane::Scratchpad => Source { part: SCRATCHPAD, turn, stretches: whole(text.scratchpad.bytes()) },
            Pane::Answer => Source { part: ANSWER, turn, stretches: whole(text.text.bytes()) },
        })
    }

    fn clean(&self, pane: Pane, passage: u32) -> Option<&Clean> {
        Some(&self.pane(pane).page.as_ref()?.passage(passage)?.clean)
    }

    /// What stands in the data at a place of a pane: whole characters of it, also where the place ends within a token.
    pub(super) fn spot(&self, pane: Pane, place: &Place) -> Option<Spot> {
        let (source, clean) = (self.source(pane, place.passage)?, self.clean(pane, place.passage)?);
        let Range { start, end } = with_whole_tokens(clean, place.start..place.end);
        let start = source.offset(clean.source_of(start), false);
        let end = source.offset(clean.source_of(end), true).max(start);
        Some(Spot { part: source.part, turn: source.turn, range: start..end })
    }

    /// Where a stretch of the data stands in the panes; nowhere if it is folded away or belongs to another turn.
    pub(super) fn places(&self, spot: &Spot) -> Vec<(Pane, Place)> {
        let mut places = Vec::new();
        for (pane, passage) in
            self.passages().filter(|(pane, passage)| self.turn_of(*pane, *passage) == Some(spot.turn))
        {
            let Some(source) = self.source(pane, passage) else { continue };
            if (source.part == SCRATCHPAD) != (spot.part == SCRATCHPAD) {
                continue;
            }
            let Some(clean) = self.clean(pane, passage) else { continue };
            for (begins, stretch) in source.joined() {
                let (from, to) = (spot.range.start.max(stretch.start), spot.range.end.min(stretch.end));
                if from < to {
                    let offset = |at: usize| clean.clean_of(begins + at - stretch.start);
                    let Range { start, end } = with_whole_tokens(clean, offset(from)..offset(to));
                    places.push((pane, Place { passage, start, end }));
                }
            }
        }
        places
    }

    /// The stretches of a pane, in its order: what is marked lies within one of them, since between two there is text that is not
    /// shown.
    pub(super) fn stretches(&self, pane: Pane) -> Vec<Place> {
        let mut places = Vec::new();
        for (_, passage) in self.passages().filter(|(of, _)| *of == pane) {
            let (Some(source), Some(clean)) = (self.source(pane, passage), self.clean(pane, passage)) else { continue };
            places.extend(source.joined().map(|(begins, stretch)| Place {
                passage,
                start: clean.clean_of(begins),
                end: clean.clean_of(begins + stretch.len()),
            }));
        }
        places.retain(|place| place.start < place.end);
        places
    }

    /// All passages of all panes.
    fn passages(&self) -> impl Iterator<Item = (Pane, u32)> {
        Pane::ALL.into_iter().flat_map(move |pane| {
            let page = self.pane(pane).page.as_ref();
            (0..)
                .take_while(move |number| page.is_some_and(|page| page.passage(*number).is_some()))
                .map(move |n| (pane, n))
        })
    }
}

/// A range of cleaned text that takes the whole of each token of which it holds a piece.
fn with_whole_tokens(clean: &Clean, range: Range<usize>) -> Range<usize> {
    let at = |offset: usize| {
        let tokens = clean.tokens();
        let found = tokens.get(tokens.partition_point(|token| token.range.end <= offset));
        found.filter(|token| token.range.start < offset).map(|token| token.range.clone())
    };
    let start = at(range.start).map_or(range.start, |token| token.start);
    start..at(range.end).map_or(range.end, |token| token.end)
}

//! The evidence of the open case as it stands on the screen: each span found again in its text, and where the panes show it. Made anew
//! when the spans or the panes change; changes no record.

use std::ops::Range;

use super::spot::Spot;
use crate::app::layout::Pane;
use crate::app::page::Place;
use crate::app::view::View;
use crate::model::codebook::Codebook;
use crate::model::labels::Span;
use crate::model::labels::anchor::{self, ANSWER, PROMPT, SCRATCHPAD};

/// What stands at the edge of a row in which a span without a criterion begins.
pub const NO_LETTER: char = '"';

/// The spans of the open case.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    spans: Vec<Span>,
    found: Vec<Option<Range<usize>>>,
    places: [Vec<(Place, char)>; 3],
    /// The state of the panes for which the places hold.
    edition: u64,
}

impl Marked {
    /// All spans, those no longer found included.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Whether the text still has this span.
    #[must_use]
    pub fn is_found(&self, span: usize) -> bool {
        self.found.get(span).is_some_and(Option::is_some)
    }

    /// What of a pane is marked, each place with the letter of its criterion; in the order in which the places begin.
    #[must_use]
    pub fn places(&self, pane: Pane) -> &[(Place, char)] {
        &self.places[pane.index()]
    }

    /// The spans with their offsets as they are in the text at hand; those that are not found stay as they were.
    pub(super) fn anchored(&self) -> Vec<Span> {
        let now = |(span, found): (&Span, &Option<Range<usize>>)| match found {
            Some(range) => Span { start: range.start as u64, end: range.end as u64, ..span.clone() },
            None => span.clone(),
        };
        self.spans.iter().zip(&self.found).map(now).collect()
    }

    /// Where a span stands in the data.
    pub(super) fn spot(&self, span: usize) -> Option<Spot> {
        let (of, range) = (self.spans.get(span)?, self.found.get(span)?.clone()?);
        let part = [SCRATCHPAD, ANSWER, PROMPT].into_iter().find(|part| *part == of.part)?;
        Some(Spot { part, turn: usize::try_from(of.turn).ok()?, range })
    }

    /// The spans of which a piece stands in this stretch.
    pub(super) fn in_spot<'a>(&'a self, spot: &'a Spot) -> impl Iterator<Item = usize> + 'a {
        (0..self.spans.len()).filter(|span| {
            self.spot(*span).is_some_and(|other| {
                let same = other.turn == spot.turn && (other.part == SCRATCHPAD) == (spot.part == SCRATCHPAD);
                same && other.range.start < spot.range.end && other.range.end > spot.range.start
            })
        })
    }
}

impl View {
    /// Where the panes show a span.
    pub(in crate::app) fn places_of(&self, span: usize) -> Vec<(Pane, Place)> {
        self.marked.spot(span).map(|spot| self.places(&spot)).unwrap_or_default()
    }

    /// Takes in the spans that there are now. Where nothing changed, this costs nothing.
    pub(super) fn mark(&mut self, spans: &[Span], codebook: &Codebook) {
        if self.marked.edition == self.edition && self.marked.spans == spans {
            return;
        }
        let found = spans.iter().map(|span| anchor::place(span, anchor::text_of(span, &self.case)?)).collect();
        let mut marked = Marked { spans: spans.to_vec(), found, edition: self.edition, ..Marked::default() };
        for (number, span) in spans.iter().enumerate() {
            let criterion = span.supports.as_ref().map(|name| codebook.criteria.iter().find(|c| c.name == *name));
            let letter = match criterion {
                None => NO_LETTER,
                Some(None) => '?',
                Some(Some(criterion)) => criterion.letter,
            };
            for (pane, place) in marked.spot(number).map(|spot| self.places(&spot)).unwrap_or_default() {
                marked.places[pane.index()].push((place, letter));
            }
        }
        marked.places.iter_mut().for_each(|places| places.sort());
        self.marked = marked;
    }
}

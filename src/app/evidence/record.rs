//! What is said of evidence: spans and the criteria that they speak for, a record each time, and the words with which the last row tells of
//! it. Chooses no place and shows none.

use super::spot::Spot;
use crate::app::{App, Effect, Now, Tone};
use crate::model::labels::anchor::{self, SCRATCHPAD};
use crate::model::labels::{Ev, Record, Span, State};

/// The longest quote, in bytes: what is longer is a text and no place in it.
const MOST: usize = 64 << 10;

impl App {
    /// Saves the chosen place, as evidence for a criterion and with it that the criterion is met, or for none.
    pub(in crate::app) fn save_evidence(&mut self, criterion: Option<usize>, now: Now) {
        self.settle_evidence();
        if self.waits_for_disk() {
            return;
        }
        let Some((spot, quote)) = self.chosen() else { return };
        if quote.len() > MOST {
            let (is, most) = (quote.len() >> 10, MOST >> 10);
            return self
                .say(Tone::Warning, format!("too long for evidence: {is} KiB, {most} at most · mark less of it"));
        }
        let Some(view) = &self.view else { return };
        let supports = criterion.and_then(|at| self.codebook.criteria.get(at)).map(|criterion| criterion.name.clone());
        let mut spans = view.marked.anchored();
        let here = |span: &Span| {
            let same = (span.part == SCRATCHPAD) == (spot.part == SCRATCHPAD) && span.turn as usize == spot.turn;
            same && (span.start, span.end) == (spot.range.start as u64, spot.range.end as u64)
        };
        let is_there = spans.iter().any(|span| here(span) && (span.supports == supports || supports.is_none()));
        let mut criteria = self.criteria_here();
        let met = supports.as_ref().is_none_or(|name| criteria.iter().any(|(of, met)| of == name && *met));
        if is_there && met {
            let what = supports.map_or_else(String::new, |name| format!(" for {name}"));
            return self.say(Tone::Plain, format!("that is evidence{what} already; nothing changed"));
        }
        if !is_there {
            // A place that was marked for nothing in particular is marked for this now.
            spans.retain(|span| !(here(span) && span.supports.is_none()));
            spans.push(Span {
                part: spot.part.to_owned(),
                turn: u32::try_from(spot.turn).unwrap_or(u32::MAX),
                start: spot.range.start as u64,
                end: spot.range.end as u64,
                quote,
                supports: supports.clone(),
            });
        }
        let changed = supports.map(|name| {
            criteria.retain(|(of, _)| *of != name);
            criteria.push((name, true));
            criteria
        });
        self.state_of_open(Ev::Span, now, |record| {
            record.spans = Some(spans);
            record.criteria = changed;
        });
    }

    /// Takes away what is marked at the chosen place.
    pub(super) fn take_evidence_away(&mut self, now: Now) {
        self.settle_evidence();
        let Some((spot, _)) = self.chosen() else { return };
        let Some(view) = &self.view else { return };
        let here: Vec<usize> = view.marked.in_spot(&spot).collect();
        if here.is_empty() {
            return self.say(Tone::Plain, "no evidence is marked here");
        }
        self.take_spans_away(&here, now);
    }

    /// Takes these spans of the open case away.
    pub(in crate::app) fn take_spans_away(&mut self, which: &[usize], now: Now) {
        if self.waits_for_disk() {
            return;
        }
        let Some(view) = &self.view else { return };
        let all = view.marked.anchored().into_iter().enumerate();
        let left: Vec<Span> = all.filter(|(at, _)| !which.contains(at)).map(|(_, span)| span).collect();
        self.state_of_open(Ev::Span, now, |record| record.spans = Some(left));
    }

    /// A criterion that was not judged is met, one that is met is not, and one that is not met was not judged.
    pub(in crate::app) fn judge_criterion(&mut self, at: usize, now: Now) {
        if self.waits_for_disk() {
            return;
        }
        let Some(name) = self.codebook.criteria.get(at).map(|criterion| criterion.name.clone()) else { return };
        let mut criteria = self.criteria_here();
        match criteria.iter().position(|(of, _)| *of == name) {
            None => criteria.push((name, true)),
            Some(at) if criteria[at].1 => criteria[at].1 = false,
            Some(at) => drop(criteria.remove(at)),
        }
        self.state_of_open(Ev::Criteria, now, |record| record.criteria = Some(criteria));
    }

    /// Whether a criterion is met in the open case, as far as somebody said so.
    #[must_use]
    pub fn is_met(&self, criterion: &str) -> Option<bool> {
        let said = self.said()?;
        said.criteria.iter().find(|(name, _)| name == criterion).map(|(_, met)| *met)
    }

    fn criteria_here(&self) -> Vec<(String, bool)> {
        self.said().map(|said| said.criteria.clone()).unwrap_or_default()
    }

    /// A list is saved whole: while one is not on the disk, the next would be made without what it says.
    fn waits_for_disk(&mut self) -> bool {
        if self.unsaved > 0 {
            // What comes of that is said in the last row: saved, or not.
            self.effects.push(Effect::Retry);
        }
        self.unsaved > 0
    }

    /// The chosen place in the data, and its words.
    fn chosen(&self) -> Option<(Spot, String)> {
        let view = self.view.as_ref()?;
        let (pane, place) = view.selection.as_ref()?;
        let spot = view.spot(*pane, place)?;
        let turn = view.case.turns.get(spot.turn)?;
        let text = if spot.part == SCRATCHPAD { &turn.scratchpad } else { &turn.text };
        let quote = anchor::quote(text.bytes(), spot.range.clone());
        (!quote.is_empty()).then_some((spot, quote))
    }

    /// What the annotator said before a record about evidence came; nothing for any other record.
    pub(in crate::app) fn said_before(&self, record: &Record) -> Option<State> {
        let case = record.case.as_ref().filter(|_| matches!(record.ev, Ev::Span | Ev::Criteria))?;
        Some(
            self.labels
                .state_in(record.pass, &case.id, &case.hash, &case.raw)
                .map(|state| state.into_owned())
                .unwrap_or_default(),
        )
    }
}

/// What a record about evidence says that was not so before: `evidence motive (2)`, `motive not met`.
pub(in crate::app) fn words(record: &Record, before: &State) -> String {
    let changed = |list: &[(String, bool)]| -> Vec<String> {
        let word = |name: &String| match list.iter().find(|(of, _)| of == name) {
            Some((_, true)) => format!("{name} met"),
            Some((_, false)) => format!("{name} not met"),
            None => format!("{name} not judged"),
        };
        let gone = before.criteria.iter().filter(|(name, _)| !list.iter().any(|(of, _)| of == name));
        let new = list.iter().filter(|said| !before.criteria.contains(said));
        gone.chain(new).map(|(name, _)| word(name)).collect()
    };
    let Some(spans) = record.spans.as_ref().filter(|_| record.ev == Ev::Span) else {
        let changed = changed(record.criteria.as_deref().unwrap_or_default());
        return if changed.is_empty() { "criteria".to_owned() } else { changed.join(", ") };
    };
    let count = spans.len();
    let name = |span: &Span| span.supports.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    if count >= before.spans.len() {
        let newest = spans.iter().rev().find(|span| !before.spans.contains(span)).or(spans.last());
        return format!("evidence{} ({count})", newest.map(name).unwrap_or_default());
    }
    format!("evidence taken away ({count})")
}

//! Marking evidence: a place is chosen on the review screen, and a criterion's letter saves it. The panes stay in sight and no key
//! labels meanwhile. What is said of evidence stands in [`record`]; where it is shown, in [`marked`].

pub mod marked;
mod record;
mod spot;
mod unit;

pub(super) use self::record::words;

use self::unit::{Unit, beside, character_from, sentence_at, sentence_beside, sentences_of};
use super::layout::Pane;
use super::overlay::Overlay;
use super::page::{Page, Place};
use super::view::View;
use super::{App, Now, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::model::case::ContentHash;
use crate::model::labels::{Ev, Standing};
use crate::model::queue::Toward;

/// By what one chooses the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By sentences.
    Sentence,
    /// By characters, words and rows.
    Character,
}

/// The place that is being chosen. It lies within one stretch of a text.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// By what one chooses.
    pub by: By,
    pane: Pane,
    /// The text that it was begun on: which one, and the edition of its panes.
    of: (ContentHash, u64),
    stretches: Vec<Place>,
    sentences: Vec<Place>,
    /// Where one began, and where one is.
    from: Place,
    to: Place,
}

impl Evidence {
    /// The place as it is chosen so far.
    #[must_use]
    pub fn selection(&self) -> (Pane, Place) {
        let (start, end) = (self.from.start.min(self.to.start), self.from.end.max(self.to.end));
        (self.pane, Place { passage: self.to.passage, start, end })
    }

    fn stretch_of(&self, place: &Place) -> usize {
        self.stretches.partition_point(|stretch| (stretch.passage, stretch.start) <= (place.passage, place.start))
    }

    /// Goes on by a unit; with `extends` to choose more, or less when one comes back.
    fn step(&mut self, page: &Page, unit: Unit, toward: Toward, extends: bool) -> Result<(), &'static str> {
        if extends && matches!(unit, Unit::Character | Unit::Row) && self.to.start >= self.from.start {
            // Of a word the end moves, and not the whole of it.
            self.part_in_characters(page);
        }
        let next = match unit {
            Unit::Sentence => sentence_beside(&self.sentences, &self.to, toward),
            _ => beside(page, unit, &self.to, toward),
        };
        let next = next.ok_or("the part ends here")?;
        self.take(next, extends)
    }

    /// From the first character that is chosen to the last one.
    fn part_in_characters(&mut self, page: &Page) {
        let (_, Place { passage, start, end }) = self.selection();
        let first = beside(page, Unit::Character, &Place { passage, start, end: start }, Toward::Next);
        let last = beside(page, Unit::Character, &Place { passage, start: end, end }, Toward::Previous);
        if let (Some(first), Some(last)) = (first, last) {
            (self.from, self.to) = (first, last);
        }
    }

    fn take(&mut self, next: Place, extends: bool) -> Result<(), &'static str> {
        if !extends {
            self.from = next.clone();
        } else if self.stretch_of(&next) != self.stretch_of(&self.from) {
            return Err("evidence ends here: what follows is another text, or stands behind one that is folded");
        }
        self.to = next;
        Ok(())
    }

    /// The nearest place to the start of a row.
    fn near(&self, page: &Page, row: usize) -> Option<Place> {
        let character = character_from(page, row)?;
        match self.by {
            By::Character => Some(character),
            By::Sentence => sentence_at(&self.sentences, &character),
        }
    }
}

/// Begins in a pane: at the place one stands on if it is in sight, else at the first sentence that begins in sight.
fn begin(view: &View, pane: Pane, by: By) -> Option<Evidence> {
    let page = view.pane(pane).page.as_ref()?;
    let stretches = view.stretches(pane);
    let sentences = sentences_of(page, &stretches);
    let on =
        view.place.as_ref().filter(|(of, place)| *of == pane && view.is_in_sight(pane, place)).map(|(_, place)| place);
    let first = character_from(page, view.pane(pane).first_shown(view.height(pane)))?;
    let sentence = match on {
        Some(place) => sentence_at(&sentences, place),
        // A sentence that began before what is in sight was read already, unless it is all there is.
        None => sentences
            .iter()
            .find(|other| (other.passage, other.start) >= (first.passage, first.start))
            .filter(|sentence| view.is_in_sight(pane, sentence))
            .cloned()
            .or_else(|| sentence_at(&sentences, &first)),
    }?;
    let place = match by {
        By::Sentence => sentence,
        By::Character => on.cloned().unwrap_or(first),
    };
    let of = (view.case.hash, view.edition);
    Some(Evidence { by, pane, of, stretches, sentences, from: place.clone(), to: place })
}

impl View {
    /// Whether a place begins on the screen.
    fn is_in_sight(&self, pane: Pane, place: &Place) -> bool {
        let row = self.pane(pane).page.as_ref().map_or(0, |page| page.row_of(place));
        self.pane(pane).shows(row, self.height(pane))
    }
}

impl App {
    /// Begins to choose a place, in the focused part or in the next one that has text.
    pub(super) fn evidence(&mut self, by: By) {
        if let Some(reason) = self.cannot_say() {
            return self.say(Tone::Warning, reason);
        }
        let window = self.room();
        let Some(view) = &mut self.view else { return };
        view.settle(window);
        let first = view.focus.index();
        let panes = (first..first + Pane::ALL.len()).map(|at| Pane::ALL[at % Pane::ALL.len()]);
        let Some(evidence) = panes.into_iter().find_map(|pane| begin(view, pane, by)) else {
            return self.say(Tone::Plain, "there is no text here that could be evidence");
        };
        self.push_overlay(Overlay::Evidence(Box::new(evidence)));
        self.show_selection();
        let how = match by {
            By::Sentence => "a criterion's letter marks the sentence",
            By::Character => "a criterion's letter marks what is chosen",
        };
        self.say(Tone::Plain, how);
        self.say_what_stands_here();
    }

    pub(super) fn act_on_evidence(&mut self, action: Action, alone: bool, now: Now) {
        let writes = matches!(action, Action::Accept | Action::TakeAway | Action::Undo | Action::Redo);
        if writes && !alone && self.settings.min_dwell_ms > 0 {
            return self.say(Tone::Warning, "that key came together with others and does nothing · press it alone");
        }
        match action {
            Action::Close | Action::Cancel | Action::Quit => {
                self.pop_overlay();
                if self.notice.tone == Tone::Plain {
                    self.say(Tone::Plain, "");
                }
            }
            Action::Accept => self.save_evidence(None, now),
            Action::TakeAway => self.take_evidence_away(now),
            Action::Undo | Action::Redo => self.undo_evidence(action, now),
            Action::Evidence => self.choose_by(By::Sentence),
            Action::EvidenceByCharacter => self.choose_by(By::Character),
            Action::NextPart => self.evidence_in_part(1),
            Action::PreviousPart => self.evidence_in_part(2),
            Action::NextTurn => self.turn(Toward::Next),
            Action::PreviousTurn => self.turn(Toward::Previous),
            _ => self.move_evidence(action),
        }
    }

    /// The criterion whose letter this key is.
    pub(super) fn criterion_of(&self, key: Key) -> Option<usize> {
        let letter = key.as_char()?;
        self.codebook.criteria.iter().position(|criterion| criterion.letter == letter)
    }

    /// Chooses by other units from now on; what is chosen stays so.
    fn choose_by(&mut self, by: By) {
        let Some(Overlay::Evidence(evidence)) = self.overlays.last_mut() else { return };
        let Some(page) = self.view.as_ref().and_then(|view| view.pane(evidence.pane).page.as_ref()) else { return };
        evidence.by = by;
        match by {
            By::Sentence => {
                if let Some(sentence) = sentence_at(&evidence.sentences, &evidence.to) {
                    (evidence.from, evidence.to) = (sentence.clone(), sentence);
                }
            }
            By::Character => evidence.part_in_characters(page),
        }
        self.show_selection();
        self.say_what_stands_here();
    }

    fn evidence_in_part(&mut self, step: usize) {
        let window = self.room();
        let Some(Overlay::Evidence(evidence)) = self.overlays.last_mut() else { return };
        let Some(view) = &mut self.view else { return };
        let at = evidence.pane.index();
        let others = (1..=Pane::ALL.len()).map(|n| Pane::ALL[(at + n * step) % Pane::ALL.len()]);
        for pane in others.filter(|pane| pane.index() != at) {
            view.focus = pane;
            view.settle(window);
            if let Some(other) = begin(view, pane, evidence.by) {
                **evidence = other;
                self.show_selection();
                return self.say_what_stands_here();
            }
        }
        view.focus = evidence.pane;
        self.say(Tone::Plain, "no other part here has text");
    }

    fn move_evidence(&mut self, action: Action) {
        let Some(Overlay::Evidence(evidence)) = self.overlays.last_mut() else { return };
        let Some(view) = &self.view else { return };
        let reader = view.pane(evidence.pane);
        let Some(page) = &reader.page else { return };
        let height = view.height(evidence.pane).max(1);
        let top = reader.first_shown(height);
        let down = match evidence.by {
            By::Sentence => Unit::Sentence,
            By::Character => Unit::Row,
        };
        let across = |unit: Unit| if evidence.by == By::Sentence { Unit::Sentence } else { unit };
        let step = match action {
            Action::MarkDown | Action::LongerDown => Some((down, Toward::Next)),
            Action::MarkUp | Action::LongerUp => Some((down, Toward::Previous)),
            Action::MarkRight | Action::LongerRight => Some((across(Unit::Character), Toward::Next)),
            Action::MarkLeft | Action::LongerLeft => Some((across(Unit::Character), Toward::Previous)),
            Action::MarkWord => Some((across(Unit::WholeWord), Toward::Next)),
            Action::MarkWordBack => Some((across(Unit::WholeWord), Toward::Previous)),
            Action::LongerWord => Some((across(Unit::Word), Toward::Next)),
            Action::LongerWordBack => Some((across(Unit::Word), Toward::Previous)),
            _ => None,
        };
        let row = match action {
            Action::ReadOn => Some(top + height),
            Action::HalfPageDown => Some(page.row_of(&evidence.to) + height.div_ceil(2)),
            Action::ReadBack => Some(top.saturating_sub(height)),
            Action::HalfPageUp => Some(page.row_of(&evidence.to).saturating_sub(height.div_ceil(2))),
            Action::PartStart => Some(0),
            Action::PartEnd => Some(page.rows().len()),
            _ => None,
        };
        let longer = matches!(
            action,
            Action::LongerDown
                | Action::LongerUp
                | Action::LongerRight
                | Action::LongerLeft
                | Action::LongerWord
                | Action::LongerWordBack
        );
        let went = match (step, row.and_then(|row| evidence.near(page, row))) {
            (Some((unit, toward)), _) => evidence.step(page, unit, toward, longer),
            (None, Some(place)) => evidence.take(place, false),
            (None, None) => return,
        };
        self.show_selection();
        match went {
            Ok(()) => self.say_what_stands_here(),
            Err(why) => self.say(Tone::Plain, why),
        }
    }

    /// Brings the place that is being chosen in sight, if one is.
    pub(super) fn show_selection(&mut self) {
        let window = self.room();
        if let (Some(Overlay::Evidence(evidence)), Some(view)) = (self.overlays.last(), &mut self.view) {
            view.selection = Some(evidence.selection());
            view.bring(evidence.pane, &evidence.to, window);
        }
    }

    /// Says what the place is evidence for already, if anything.
    fn say_what_stands_here(&mut self) {
        self.settle_evidence();
        let Some(view) = &self.view else { return };
        let Some(spot) = view.selection.as_ref().and_then(|(pane, place)| view.spot(*pane, place)) else { return };
        let mut words: Vec<&str> = Vec::new();
        for span in view.marked.in_spot(&spot) {
            let word = view.marked.spans()[span].supports.as_deref().unwrap_or("no criterion");
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if !words.is_empty() {
            let words = format!("evidence here: {}", words.join(", "));
            self.say(Tone::Plain, words);
        } else if self.notice.tone != Tone::Plain || self.notice.text.as_str().starts_with("evidence here") {
            self.say(Tone::Plain, "");
        }
    }

    /// Takes in what the annotator marked in the open case, and which place is chosen now. A text that has changed shows the evidence
    /// of its former one, as far as that is found.
    pub(super) fn settle_evidence(&mut self) {
        let Some(view) = &self.view else { return };
        let (said, standing) = (self.said(), self.standing());
        let spans = match (&said, &standing) {
            (Some(said), _) => said.spans.as_slice(),
            (None, Standing::Stale(state)) => state.spans.as_slice(),
            (None, _) => &[],
        };
        let spans = if view.marked.spans() == spans { None } else { Some(spans.to_vec()) };
        let (codebook, window) = (self.codebook.clone(), self.room());
        let Some(view) = &mut self.view else { return };
        let kept = if spans.is_none() { view.marked.spans().to_vec() } else { Vec::new() };
        view.mark(&spans.unwrap_or(kept), &codebook);
        view.selection = None;
        let Some(Overlay::Evidence(evidence)) = self.overlays.last_mut() else { return };
        let now = (view.case.hash, view.edition);
        if evidence.of != now {
            // Another case came, or the same one with other stretches of its text: what was chosen is not there any more.
            view.settle(window);
            let mut panes = std::iter::once(view.focus).chain(Pane::ALL);
            let anew = panes.find_map(|pane| begin(view, pane, evidence.by)).filter(|_| evidence.of.0 == now.0);
            match anew {
                Some(anew) => {
                    view.focus = anew.pane;
                    **evidence = anew;
                }
                None => return self.pop_overlay(),
            }
        }
        view.selection = Some(evidence.selection());
    }

    /// Undoes or restores, as long as that is about the evidence of this case: anything else would lead away from it.
    fn undo_evidence(&mut self, action: Action, now: Now) {
        let session = &self.settings.session;
        let step = match action {
            Action::Undo => self.labels.undo(session).filter(|step| step.ours).map(|step| step.record),
            _ => self.labels.redo(session),
        };
        let here = self.view.as_ref().map(|view| &view.case.id);
        let ours = step.filter(|record| matches!(record.ev, Ev::Span | Ev::Criteria));
        if ours.and_then(|record| record.case.as_ref()).map(|case| &case.id) != here {
            return self.say(Tone::Plain, "no evidence of this case comes next there · leave first for anything else");
        }
        match action {
            Action::Undo => self.undo(None, now),
            _ => self.redo(now),
        }
    }
}

//! Blind work: the one place that decides what may be shown of a case, and the way to what is hidden. A name, a condition, a model or a
//! file that is hidden is asked for here and nowhere else; what is masked inside a text is the business of [`crate::model::blind`].
//!
//! What is hidden of a case is shown once somebody asked for it, said yes and the journal has it, and only until they leave the case.

use std::borrow::Cow;
use std::sync::Arc;

use super::layout::Pane;
use super::overlay::{Overlay, Question};
use super::view::View;
use super::{App, Now, Tone};
use crate::keys::action::Action;
use crate::model::blind::{self, MASK, Shade, Veil};
use crate::model::case::{CaseNo, Condition, FileNo, Problem, Text};
use crate::model::labels::{Ev, Record, Span};
use crate::model::patterns::Masks;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

impl App {
    /// Puts the veil over everything that is shown from now on: before the first case is.
    pub(super) fn draw_veil(&mut self) {
        let hide = self.settings.terms.blind.clone();
        if hide.is_empty() {
            return;
        }
        let masks = Masks::new(&self.codebook.blind);
        let files = self.corpus.files().iter().map(|file| file.name.clone()).collect();
        if !masks.refused.is_empty() {
            self.veil_faults.clone_from(&masks.refused);
        }
        self.lens.veil = Arc::new(Veil::new(hide, masks, files));
    }

    /// A file came up: its name is hidden too.
    pub(super) fn veil_file(&mut self, name: &str) {
        if self.hides(Hidden::FileName) {
            self.lens.veil = Arc::new(self.lens.veil.joined_by(name));
        }
    }

    /// Whether this is hidden in what is shown of several cases, as in a list.
    #[must_use]
    pub fn hides(&self, what: Hidden) -> bool {
        self.lens.veil.hides(what)
    }

    /// Whether this is hidden of the open case.
    #[must_use]
    pub fn hides_here(&self, what: Hidden) -> bool {
        self.view.as_ref().map_or_else(|| self.hides(what), |view| view.shade.veil().hides(what))
    }

    /// Whether the source of the open case has something in it that is hidden.
    pub(super) fn hides_source(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.shade.veil().hides_source())
    }

    /// What a case is called where ids are hidden: its place in the order of work.
    pub(super) fn case_number(&self, no: Option<CaseNo>) -> Safe {
        match no.map(|no| self.queue.position(no)) {
            Some(place) if place > 0 => Safe::line(format!("#{place}")),
            _ => Safe::fixed("#?"),
        }
    }

    /// What the open case is called on the screen.
    #[must_use]
    pub fn case_name(&self, view: &View) -> Safe {
        if view.shade.veil().hides(Hidden::Id) {
            return self.case_number((!self.is_stray()).then_some(view.no));
        }
        view.name.clone()
    }

    /// What the open case's model was told, if that may be seen.
    #[must_use]
    pub fn condition_shown<'a>(&self, view: &'a View) -> Option<&'a Condition> {
        (!view.shade.veil().hides(Hidden::Condition)).then_some(&view.case.condition)
    }

    /// The open case's model, if that may be seen.
    #[must_use]
    pub fn model_shown<'a>(&self, view: &'a View) -> Option<&'a Text> {
        view.case.model.as_ref().filter(|_| !view.shade.veil().hides(Hidden::Model))
    }

    /// The open case's file, if that may be seen.
    #[must_use]
    pub fn file_shown(&self, view: &View) -> Option<&str> {
        self.file_name(view.case.origin.file).filter(|_| !view.shade.veil().hides(Hidden::FileName))
    }

    fn file_name(&self, file: FileNo) -> Option<&str> {
        self.corpus.files().get(usize::from(file.0)).map(|file| &*file.name)
    }

    /// A sentence as it may be shown: without the names of files that are hidden.
    #[must_use]
    pub fn unnamed<'a>(&self, sentence: &'a str) -> Cow<'a, str> {
        self.lens.veil.sentence(sentence)
    }

    /// What is hidden of the open case, or of any.
    fn shade(&self) -> Shade {
        self.view.as_ref().map_or_else(|| Shade::of_any(&self.lens.veil), |view| view.shade.clone())
    }

    /// A problem as it may be shown: the file's name, the line if that may be seen, the message and the excerpt.
    #[must_use]
    pub fn problem_shown(&self, file: &str, problem: &Problem) -> (Safe, Option<u32>, Safe, Safe) {
        let shade = if problem.kind.is_unread() { Shade::of_any(&self.lens.veil) } else { self.shade() };
        let hides = |what| shade.veil().hides(what);
        let file = if hides(Hidden::FileName) { Safe::fixed(MASK) } else { Safe::line(file) };
        // Where a case stands in its file may say which it is.
        let placed = problem.kind.is_unread() || !(hides(Hidden::FileName) || hides(Hidden::Id));
        let message = Safe::line(shade.whole(&self.unnamed(&problem.message)).as_bytes());
        let excerpt = match shade.veil().hides_source() && !problem.excerpt.is_empty() {
            true => Safe::fixed(MASK),
            false => Safe::line(&problem.excerpt),
        };
        (file, placed.then_some(problem.line), message, excerpt)
    }

    /// The words of a piece of evidence as they may be shown: masked as the part is that they are from.
    #[must_use]
    pub fn quote_shown<'a>(&self, span: &'a Span) -> Cow<'a, str> {
        let Some(view) = self.view.as_ref().filter(|view| view.shade.veil().hidden().next().is_some()) else {
            return Cow::Borrowed(&span.quote);
        };
        let turn = view.case.turns.get(span.turn as usize);
        let text = turn.map_or(&[][..], |turn| match span.part.as_str() {
            "scratchpad" => turn.scratchpad.bytes(),
            _ => turn.text.bytes(),
        });
        let place = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
        let stretch = place(span.start)..place(span.end);
        if span.part == "answer" {
            return Cow::Borrowed(&span.quote);
        }
        match text.get(stretch.clone()) {
            // What a pattern finds may need what stands around the words.
            Some(there) if there == span.quote.as_bytes() => {
                let shown = blind::masked(text, &view.shade.masks(text), stretch);
                Cow::Owned(String::from_utf8_lossy(&shown).into_owned())
            }
            _ => view.shade.whole(&span.quote),
        }
    }

    /// Says of the open case what its masks do, if they hide most of a part.
    pub(super) fn mostly_masked(&self) -> Option<String> {
        let view = self.view.as_ref()?;
        let share = |pane: Pane| Some((pane, view.pane(pane).page.as_ref()?.masked()));
        let (pane, share) = Pane::ALL.into_iter().filter_map(share).find(|(_, share)| *share > 50)?;
        let part = pane.name().to_lowercase();
        Some(format!("the masks hide {share} % of this {part}"))
    }

    /// Asks whether what is hidden of the open case is to be shown.
    pub(super) fn reveal(&mut self) {
        if self.settings.terms.blind.is_empty() {
            return self.say(Tone::Plain, "nothing is hidden");
        }
        if let Some(reason) = &self.settings.read_only {
            return self.say(Tone::Warning, format!("not shown, because it could not be recorded: {reason}"));
        }
        if let Some(reason) = self.unnumbered() {
            return self.say(Tone::Warning, reason);
        }
        match &self.view {
            _ if self.wanted.is_some() => self.say(Tone::Warning, "no case is open yet"),
            None => self.say(Tone::Warning, "no case is open yet"),
            Some(view) if view.revealed => self.say(Tone::Plain, "it is shown, until you leave this case"),
            Some(_) => self.push_overlay(Overlay::Ask(Question::Reveal)),
        }
    }

    /// Records that what is hidden of the open case was asked for; it is shown once that is on the disk.
    pub(super) fn record_reveal(&mut self, now: Now) {
        let mut record = self.record(Ev::Reveal, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        let mut seen = self.view_record(view);
        seen.revealed = self.settings.terms.blind.iter().map(|hidden| hidden.word().to_owned()).collect();
        seen.blind.clear();
        record.view = Some(seen);
        let file = view.case.origin.file;
        self.append(file, record);
    }

    /// A reveal is on the disk: its case is shown as it is, if it is still the open one.
    pub(super) fn revealed(&mut self, record: &Record) {
        let Some(case) = &record.case else { return };
        let is = |view: &&mut View| view.case.id == case.id && view.case.hash == case.hash;
        let Some(view) = self.view.as_mut().filter(is) else {
            return self.say(Tone::Saved, "the reveal is recorded");
        };
        let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
        view.uncover(&shared);
        self.put_on_screen();
        self.say(Tone::Saved, "shown until you leave this case, and recorded");
        self.notice.more = Safe::fixed("a label given to it from now on says so");
    }

    /// What was revealed of the open case, now or in an earlier session, in the words of records.
    pub(super) fn revealed_of(&self, view: &View) -> Vec<String> {
        let case = &view.case;
        // What was seen when the case was read first is known to its second reading too.
        let mut revealed: Vec<String> = Vec::new();
        for pass in 0..=view.no.pass() {
            let state = self.labels.state_in(pass, &case.id, &case.hash, &case.raw);
            let words = state.map(|state| state.revealed.clone()).unwrap_or_default();
            revealed.extend(words.into_iter().filter(|word| !revealed.contains(word)).collect::<Vec<_>>());
        }
        revealed
    }

    /// Why the source of the open case is not shown, if so.
    pub(super) fn source_closed(&self, what: &str) -> Option<String> {
        let hides = |what| self.hides_here(what);
        let verdicts = hides(Hidden::Predictions) || hides(Hidden::Peers);
        let closed = self.hides_source() || what == COPIED && verdicts;
        let words: Vec<&str> = Hidden::ALL.into_iter().filter(|what| hides(*what)).map(Hidden::word).collect();
        let sentence = format!("{what} would show what is hidden: {}", words.join(", "));
        closed.then(|| self.hinted(&sentence, [(Action::Reveal, "reveals, and records it")]))
    }
}

/// How the JSON that is copied is spoken of; it holds labels and scores, which the JSON on the screen never does.
pub(super) const COPIED: &str = "the JSON";

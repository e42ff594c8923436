//! Staged work: the answer is judged first, with every scratchpad of the case closed, then the scratchpads open for the label. Decides when a
//! case is closed and what opens it; what closed panes look like stands in the view.
//!
//! ```text
//! closed ──a choice's key──▶ stage record on the disk ──▶ open, and on the screen anew ──a label's key──▶ label record
//! ```
//!
//! A case without a scratchpad has nothing to close: it has one stage, and its label is given at once.

use super::view::View;
use super::{App, Effect, Now, Tone};
use crate::keys::action::Action;
use crate::keys::keymap::Context;
use crate::model::case::{Case, CaseNo};
use crate::model::codebook::Choice;
use crate::model::labels::{Ev, Record, Stage, Standing};
use crate::text::clean::Safe;

/// Said where something would show what is closed.
pub(super) const CLOSED: &str = "the scratchpad is not shown yet: judge the answer first";

/// A key of the key bar that labels, or judges the answer alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelKey<'a> {
    /// The place of the label whose keys these are.
    pub label: usize,
    /// What they say here and now.
    pub word: &'a str,
    /// Whether that says another thing of the answer than was said before.
    pub contradicts: bool,
}

impl App {
    /// Whether cases are judged in stages. Where nothing can be recorded nothing is judged, and cases are only to be read.
    pub(super) fn is_staged(&self) -> bool {
        self.settings.terms.staged && self.settings.read_only.is_none()
    }

    /// Whether the open case shows no scratchpad yet.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.view.as_ref().is_some_and(View::is_closed)
    }

    /// Whether the open case still has to be judged by its answer alone. One that has its label was seen whole before.
    fn should_be_closed(&self) -> bool {
        let has = self.view.as_ref().is_some_and(|view| has_scratchpad(&view.case));
        self.is_staged() && has && self.stage_here().is_none() && !matches!(self.standing(), Standing::Labelled(_))
    }

    /// What was judged of the open case's answer alone.
    fn stage_here(&self) -> Option<Stage> {
        self.said()?.stage.clone()
    }

    /// Whether what the list says of a case may not say anything of its scratchpad.
    pub(super) fn is_closed_in_lists(&self, no: CaseNo) -> bool {
        self.is_staged() && !self.state_of(no).is_some_and(|state| state.stage.is_some() || state.label.is_some())
    }

    /// Closes the case that has just come on the screen, if it is to be judged in stages.
    pub(super) fn close_unjudged(&mut self) {
        if self.should_be_closed()
            && let Some(view) = &mut self.view
        {
            view.close();
        }
    }

    /// Opens the scratchpad of the open case once nothing keeps it closed. Says whether it did.
    pub(super) fn open_judged(&mut self) -> bool {
        if !self.is_closed() || self.should_be_closed() {
            return false;
        }
        let Some(view) = &mut self.view else { return false };
        let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
        view.open(&shared);
        self.brief_of_open();
        true
    }

    /// Records what the keys of this label say of the answer alone.
    pub(super) fn judge_answer(&mut self, index: usize, now: Now) {
        let Some(view) = &self.view else { return };
        let no = view.no;
        let Some(choice) = self.codebook.choice(index) else {
            let sentence = format!("first the answer: {}", self.choices_in_words());
            return self.say(Tone::Warning, sentence);
        };
        if self.unsaved > 0 && self.tried.is_some_and(|(tried, _)| tried == no) {
            // It is judged once: another key does not change what waits to be saved.
            return self.effects.push(Effect::Retry);
        }
        let axis = self.codebook.stage.as_ref().map(|stage| stage.axis.clone()).unwrap_or_default();
        let said = (axis, choice.value.clone());
        let mut record = self.record(Ev::Stage, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        record.axes = Some(vec![said]);
        record.ms = Some(view.spent().total());
        record.view = Some(self.view_record(view));
        let file = view.case.origin.file;
        self.tried = Some((no, index));
        self.append(file, record);
    }

    /// `c complied, r not, 0 unclear`.
    fn choices_in_words(&self) -> String {
        let key = |label: usize| {
            let action = Action::Label(u8::try_from(label).ok()?);
            self.keymap.keys_for(Context::Review, action).into_iter().next()
        };
        let words = |(label, choice): (usize, &Choice)| Some(format!("{} {}", key(label)?, choice.word));
        self.codebook.choices().filter_map(words).collect::<Vec<_>>().join(", ")
    }

    /// A judgement of an answer alone is on the disk: from here on it stands, and the scratchpad opens.
    pub(super) fn stage_passed(&mut self, record: &Record, no: Option<CaseNo>, now: Now) {
        let name = self.name_of(record);
        let word = self.stage_word(record.axes.as_deref().unwrap_or_default());
        // Where the row is too narrow only the name is shortened.
        let rest = Safe::line(format!("saved : answer {word}")).width() + "  1000 left".len();
        let name = name.cut_middle(usize::from(self.window.columns).saturating_sub(rest).max(5));
        self.say(Tone::Saved, format!("saved {name}: answer {word}"));
        self.tried = None;
        if let Some(no) = no {
            self.attention.remove(&no);
        }
        let Some(view) = self.view.as_mut().filter(|view| Some(view.no) == no) else { return };
        view.touch(now.mono);
        view.start_over();
        if self.open_judged() {
            self.notice.more = Safe::fixed("now the scratchpad");
        }
    }

    fn stage_word(&self, axes: &[(String, String)]) -> String {
        self.codebook.stage.as_ref().map(|stage| stage.word_of(axes).to_owned()).unwrap_or_default()
    }

    /// What was judged of the open case's answer while that is not its label yet.
    #[must_use]
    pub fn answer_judged(&self) -> Option<String> {
        if !self.is_staged() || self.is_closed() || self.is_labelled_here() {
            return None;
        }
        self.stage_here().map(|stage| self.stage_word(&stage.axes))
    }

    /// Which parts were open as a record about the open case has it.
    pub(super) fn stage_of(&self, view: &View) -> &'static str {
        if !self.is_staged() {
            return "all";
        }
        match self.stage_here() {
            _ if view.is_closed() || !has_scratchpad(&view.case) => "answer",
            Some(_) => "scratchpad",
            // It was open when it came: it had a label that was given in other work.
            None => "all",
        }
    }

    /// What is said of a label that says another thing of the answer than was said before its scratchpad was seen.
    pub(super) fn changed_answer(&self, record: &Record) -> Option<String> {
        let case = record.case.as_ref()?;
        let state = self.labels.state_in(record.pass, &case.id, &case.hash, &case.raw)?;
        let before = &state.stage.as_ref()?.axes;
        let changed = self.codebook.contradicts(record.axes.as_deref()?, before);
        changed.then(|| format!("judged {} first: both kept", self.stage_word(before)))
    }

    /// Why undo does not take back what was decided last on the open case, if that is its frozen stage; `ts` is the time of the
    /// newest step that can be taken back.
    pub(super) fn frozen_since(&self, ts: Option<i64>) -> Option<String> {
        let word = self.answer_judged().filter(|_| self.wanted.is_none())?;
        let stage = self.stage_here()?;
        let newest = ts.is_none_or(|ts| stage.ts > ts);
        newest.then(|| format!("the answer stays {word}: the scratchpad was seen"))
    }

    /// The label keys that count here and now, with what they say.
    #[must_use]
    pub fn label_keys(&self) -> Vec<LabelKey<'_>> {
        if self.is_closed() {
            let keys = self.codebook.choices();
            return keys.map(|(label, choice)| LabelKey { label, word: &choice.word, contradicts: false }).collect();
        }
        let stage = self.answer_judged().and_then(|_| self.stage_here());
        let contradicts = |axes: &[(String, String)]| {
            stage.as_ref().is_some_and(|stage| self.codebook.contradicts(axes, &stage.axes))
        };
        let labels = self.codebook.labels.iter().enumerate();
        labels
            .map(|(at, label)| LabelKey { label: at, word: &label.word, contradicts: contradicts(&label.axes) })
            .collect()
    }
}

/// Whether there is a scratchpad to be closed, also one of another reply: all of them are closed, since one tells of the other.
fn has_scratchpad(case: &Case) -> bool {
    case.turns.iter().any(|turn| turn.scratchpad.is_present())
}

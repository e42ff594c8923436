//! Labels by key: when a key counts, what record it makes, what is shown once the journal has it. The only room that makes records.

use super::remarks::doubt_word;
use super::{App, Effect, Now, Tone, in_short};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::keys::keymap::{Context, Press};
use crate::model::labels::{Ev, Record, Standing};
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

impl App {
    /// Whether this key would label, pressed now on the review screen.
    pub(super) fn labels_with(&self, key: Key) -> bool {
        let mut pending = self.pending;
        matches!(self.keymap.press(Context::Review, &mut pending, key), Press::Action(Action::Label(_)))
    }

    /// Why a label key does not count now, if so. A label is never an accident: the key came alone, its case was on the screen and
    /// had time to be seen.
    fn refusal(&self, alone: bool, now: Now) -> Option<String> {
        if let Some(reason) = &self.settings.read_only {
            return Some(reason.clone());
        }
        if !self.window.is_usable() {
            return Some("not labelled: the window is too small to read in".to_owned());
        }
        if let Some(reason) = self.unnumbered() {
            return Some(reason);
        }
        let Some(view) = &self.view else { return Some("no case is open yet".to_owned()) };
        if self.wanted.is_some() || view.drawn_at.is_none() {
            return Some("not labelled: the case was not on the screen yet".to_owned());
        }
        let dwell = self.settings.min_dwell_ms;
        if dwell == 0 {
            return None;
        }
        if !alone {
            return Some("not labelled: pressed together with others · press it alone".to_owned());
        }
        if now.mono < view.since + dwell {
            return Some("not labelled: too soon after the case came on the screen · press again".to_owned());
        }
        None
    }

    pub(super) fn label(&mut self, index: usize, alone: bool, now: Now) {
        self.considered = Some(index);
        if let Some(reason) = self.refusal(alone, now) {
            if let Some(view) = &mut self.view {
                view.since = now.mono;
            }
            return self.say(Tone::Warning, reason);
        }
        let Some(view) = &self.view else { return };
        let no = view.no;
        if self.finished.take() == Some(no) && self.settings.min_dwell_ms > 0 && self.is_labelled_here() {
            return self.say(Tone::Warning, "this case has its label, and so have all · press again to change it");
        }
        if view.is_closed() {
            return self.judge_answer(index, now);
        }
        if self.unsaved > 0 && self.tried == Some((view.no, index)) {
            // The same key on the same case asks for that record again, not for a second one.
            return self.effects.push(Effect::Retry);
        }
        let flags = match self.standing() {
            Standing::Labelled(state) | Standing::Skipped(state) => state.flags.clone(),
            Standing::Stale(_) | Standing::None => Vec::new(),
        };
        let Some(decision) = self.codebook.decide(index, view.case.scratchpad().is_present(), &flags) else { return };
        let mut record = self.record(Ev::Label, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        record.label = Some(decision.label);
        record.axes = Some(decision.axes);
        record.flags = decision.flags;
        record.ms = Some(view.spent().total());
        record.view = Some(self.view_record(view));
        let file = view.case.origin.file;
        self.remark = decision.remark;
        self.tried = Some((no, index));
        self.append(file, record);
    }

    pub(super) fn skip(&mut self, now: Now) {
        let Some(view) = &self.view else { return };
        if let Some(reason) = self.settings.read_only.clone().or_else(|| self.unnumbered()) {
            return self.say(Tone::Warning, reason);
        }
        if self.wanted.is_some() || view.drawn_at.is_none() {
            return;
        }
        if self.is_labelled_here() {
            let name = self.case_name(view);
            self.say(Tone::Plain, format!("{name} has its label; nothing to put off"));
            return;
        }
        let mut record = self.record(Ev::Skip, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        let file = view.case.origin.file;
        self.append(file, record);
    }

    /// Takes back the newest decision: of this session at once, an older one only when asked twice.
    pub(super) fn undo(&mut self, asked: Option<String>, now: Now) {
        if self.unsaved > 0 {
            return self.say(Tone::Warning, "nothing is taken back while a record is not saved");
        }
        let step = self.labels.undo(&self.settings.session).map(|step| (step.record.clone(), step.ours));
        let frozen = self.frozen_since(step.as_ref().map(|(of, _)| of.ts));
        let Some((of, ours)) = step else {
            return self.say(Tone::Plain, frozen.as_deref().unwrap_or("nothing to take back"));
        };
        if (!ours || frozen.is_some()) && asked.as_ref() != Some(&of.id) {
            let what = self.sentence(&of);
            let whose = if ours { "" } else { " (an earlier session's)" };
            if !ours {
                self.go_to(&of);
            }
            self.undo_asked = Some(of.id);
            let takes_back = format!("again takes back {what}{whose}");
            let again = self.hint(Action::Undo, &takes_back).unwrap_or(takes_back);
            return self.say(Tone::Warning, frozen.into_iter().chain([again]).collect::<Vec<_>>().join(" · "));
        }
        let Record { id, ts, clock, session, tool, .. } = self.record(Ev::Undo, now);
        let record = Record { id, ts, clock, session, tool, ..of.undone() };
        self.append(self.file_of(&record), record);
    }

    pub(super) fn redo(&mut self, now: Now) {
        let Some(of) = self.labels.redo(&self.settings.session).cloned() else {
            return self.say(Tone::Plain, "nothing to restore");
        };
        let Record { id, ts, clock, session, tool, .. } = self.record(of.ev.clone(), now);
        let record = Record { id, ts, clock, session, tool, ..of.restored() };
        self.append(self.file_of(&record), record);
    }

    pub(super) fn back_to_decided(&mut self) {
        let here = self.here();
        // Pressed again it goes further back: the case one stands on is not the one that was meant.
        while self.decided.last().is_some_and(|no| Some(*no) == here) {
            self.decided.pop();
        }
        if let Some(no) = self.decided.pop() {
            return self.open(no);
        }
        let last = self.labels.last_decision().and_then(|record| self.place_of(record));
        match last.filter(|no| Some(*no) != here) {
            Some(no) => self.open(no),
            None => self.say(Tone::Plain, "no case was decided before this one"),
        }
    }

    /// Another session's records: they count at once, without a word unless they change the open case.
    pub(super) fn merged(&mut self, records: Vec<Record>) {
        let (before, judged) = (self.standing_word(), self.answer_judged());
        let mut touched = 0;
        for record in records {
            touched += usize::from(self.labels.add(record));
        }
        if touched > 0 {
            self.refresh_due();
            self.count();
        }
        if touched > 0 && before != self.standing_word() {
            self.say(Tone::Warning, "this case was labelled in another session just now");
        }
        if self.open_judged()
            && let Some(word) = self.answer_judged().filter(|word| judged.as_ref() != Some(word))
        {
            self.say(Tone::Warning, format!("you judged the answer in another session just now: {word}"));
        }
    }

    fn standing_word(&self) -> Option<String> {
        match self.standing() {
            Standing::Labelled(state) => state.label.clone(),
            _ => None,
        }
    }

    pub(super) fn go_to(&mut self, record: &Record) {
        if let Some(no) = self.place_of(record).filter(|no| self.here() != Some(*no)) {
            self.open(no);
        }
    }

    /// The name under which a record's case is shown.
    pub(super) fn name_of(&self, record: &Record) -> Safe {
        let Some(case) = &record.case else { return Safe::fixed("?") };
        if self.hides(Hidden::Id) {
            return self.case_number(self.place_of(record));
        }
        match &self.view {
            Some(view) if view.case.id == case.id && view.case.hash == case.hash => view.name.clone(),
            _ => {
                let numbered = self.numbered.get(&(case.id.clone(), case.hash));
                numbered.cloned().unwrap_or_else(|| in_short::id(&case.id))
            }
        }
    }

    /// What a record says, in a word or two.
    pub(super) fn word(&self, record: &Record) -> String {
        match &record.ev {
            Ev::Skip => "put off".to_owned(),
            Ev::Clear => "no label".to_owned(),
            Ev::Flag => "flags".to_owned(),
            Ev::Span => "evidence".to_owned(),
            Ev::Confidence => doubt_word(record.confidence).unwrap_or("sure").to_owned(),
            other => record.label.clone().unwrap_or_else(|| other.word().to_owned()),
        }
    }

    /// The codebook's word for a label with these flags: `weighed` for a refusal that considered faking.
    #[must_use]
    pub fn label_word<'a>(&'a self, label: &'a str, flags: &[String]) -> &'a str {
        self.codebook.position(label, flags).map_or(label, |at| &self.codebook.labels[at].word)
    }

    fn sentence(&self, record: &Record) -> String {
        format!("{} = {}", self.name_of(record), self.word(record))
    }

    /// The last decision that stands, as the status row shows it.
    #[must_use]
    pub fn last_decision(&self) -> Option<(Safe, String)> {
        let record = self.labels.last_decision().filter(|record| !self.would_tell(record))?;
        let word = match &record.label {
            Some(label) => self.label_word(label, record.flags.as_deref().unwrap_or_default()).to_owned(),
            None => self.word(record),
        };
        Some((self.name_of(record), word))
    }
}

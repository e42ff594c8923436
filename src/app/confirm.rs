//! What follows when records of ours are on the disk: they count, the last row says so, and the review goes on.

use super::attention::Unread;
use super::evidence::words;
use super::layout::Pane;
use super::remarks::doubt_word;
use super::{App, Now, Tone};
use crate::keys::action::Action;
use crate::model::case::CaseNo;
use crate::model::labels::{Ev, Record};
use crate::model::queue::{Need, Toward};
use crate::text::clean::Safe;

impl App {
    /// Records of ours are on the disk: they count, are said, and the review goes on.
    pub(super) fn recorded(&mut self, records: Vec<Record>, now: Now) {
        let late = records.len() > 1 || records.first().is_some_and(|r| self.place_of(r) != self.here());
        for record in records {
            let no = self.place_of(&record);
            let labelled = |app: &Self| no.is_some_and(|no| app.need(no) == Need::Nothing);
            let before = labelled(self);
            let said = self.said_before(&record);
            self.labels.add(record.clone());
            self.refresh_due();
            if let Some(no) = no.filter(|_| record.ev.is_decision() || record.ev == Ev::Undo) {
                self.decided_on(no, now);
            }
            self.done = (self.done + usize::from(labelled(self))).saturating_sub(usize::from(before));
            self.keep_pace(&record);
            if record.ev == Ev::Stage {
                self.stage_passed(&record, no, now);
            } else {
                self.confirm(&record, no, late);
            }
            if let Some(said) = said {
                let name = self.name_of(&record);
                self.say(Tone::Saved, format!("saved {name}: {}", words(&record, &said)));
                self.notice.more = self.undo_hint();
            }
        }
        self.open_judged();
    }

    /// A decision on this case is on the disk: from here on its label is its own, and its time starts anew.
    pub(super) fn decided_on(&mut self, no: CaseNo, now: Now) {
        self.attached.remove(&no);
        self.attention.remove(&no);
        if let Some(view) = self.view.as_mut().filter(|v| v.no == no) {
            view.touch(now.mono);
            view.start_over();
        }
        let Some(key) = self.corpus.entry(no).map(|e| e.key()).filter(|key| self.corpus.is_shared(*key)) else {
            return;
        };
        // Those of the same id and the same text have the same label now.
        let same: Vec<CaseNo> = self.corpus.bearing(key).filter(|n| *n != no).collect();
        self.hash(&same, Vec::new());
    }

    pub(super) fn confirm(&mut self, record: &Record, no: Option<CaseNo>, late: bool) {
        let n = self.said_in_all();
        let name = self.name_of(record);
        self.compare_notes(record);
        match &record.ev {
            Ev::Label => {
                let label = record.label.as_deref().unwrap_or_default();
                self.say_saved("saved", &name, label, n);
                self.notice.more = self.after_label(record);
                let asks = !late && record.redo_of.is_none() && self.asks_note(record) && no == self.here();
                self.decide_next(no, late, !self.settings.terms.stay && !asks);
                if asks {
                    self.note(!self.settings.terms.stay);
                }
            }
            Ev::Skip => {
                self.say(Tone::Saved, format!("put off {name}"));
                let more = self.hinted("it comes again at the end", [(Action::Undo, "takes it back")]);
                self.notice.more = Safe::line(more);
                self.decide_next(no, late, true);
            }
            Ev::Undo => {
                let undone = record.of.as_deref().and_then(|of| self.labels.record(of));
                let what = undone.map(|of| self.word(of)).unwrap_or_default();
                if undone.is_none_or(|of| of.ev.is_decision()) {
                    self.say_saved("undone", &name, &what, n);
                } else {
                    self.say(Tone::Saved, format!("undone {name}: {what}"));
                }
                self.notice.more = Safe::line(self.hint(Action::Redo, "restores it").unwrap_or_default());
                let Some(no) = no else {
                    self.notice.more = Safe::fixed("its case is in none of the files now");
                    return;
                };
                self.decided.retain(|d| *d != no);
                if self.here() != Some(no) {
                    self.open(no);
                }
            }
            Ev::Clear => {
                self.say_saved("cleared", &name, "no label", n);
                self.notice.more = self.undo_hint();
            }
            Ev::Note => {
                let said =
                    if record.note.as_deref().unwrap_or_default().is_empty() { "without a note" } else { "note" };
                self.say(Tone::Saved, format!("saved {name}: {said}"));
                self.notice.more = self.undo_hint();
                if let Some(case) = &record.case {
                    self.note_saved(&case.id);
                }
            }
            Ev::Flag => {
                let flags = record.flags.as_deref().unwrap_or_default().join(", ");
                let said = if flags.is_empty() { "no flag".to_owned() } else { format!("+{flags}") };
                self.say(Tone::Saved, format!("saved {name}: {said}"));
                self.notice.more = self.undo_hint();
            }
            Ev::Confidence => {
                let word = doubt_word(record.confidence).unwrap_or("sure");
                self.say(Tone::Saved, format!("saved {name}: {word}"));
                self.notice.more = Safe::fixed("the same key goes on: sure, likely, coin-flip");
            }
            Ev::Reveal => self.revealed(record),
            // What they changed is told by whoever knows what was said before.
            Ev::Span | Ev::Criteria => {}
            other => self.say(Tone::Saved, format!("saved {name}: {}", other.word())),
        }
    }

    /// The confirmation that people and programs read. Where the row is too narrow only the name is shortened.
    fn say_saved(&mut self, verb: &str, name: &Safe, label: &str, n: usize) {
        const LEFT: usize = 12;
        const LEAST_NAME: usize = 5;
        // How to take it back stands behind it where a name of this length still tells cases apart.
        const GOOD_NAME: usize = 24;
        let hint = self.undo_hint().width() + 2;
        let rest = format!("{verb}  = {label} ({n})").len() + LEFT;
        let room = usize::from(self.window.columns).saturating_sub(rest);
        let name = name.cut_middle(if room >= GOOD_NAME + hint { room - hint } else { room.max(LEAST_NAME) });
        self.say(Tone::Saved, format!("{verb} {name} = {label} ({n})"));
    }

    /// On to the next case that needs a label, unless the label stays on its case or came late.
    fn decide_next(&mut self, no: Option<CaseNo>, late: bool, onward: bool) {
        let Some(no) = no else { return };
        self.decided.retain(|d| *d != no);
        self.decided.push(no);
        if late {
            if self.here() != Some(no) && self.unsaved == 0 {
                self.open(no);
            }
            return;
        }
        if onward {
            self.go_on_from(no);
        }
    }

    /// On to the next case that needs a label; where there is none, the one just decided stays.
    pub(super) fn go_on_from(&mut self, no: CaseNo) {
        self.seek(no, Toward::Next);
        self.finished = (self.wanted.is_none() && self.seeking.is_none()).then_some(no);
    }

    /// Whether a note is asked for with the label that this record gives.
    fn asks_note(&self, record: &Record) -> bool {
        let label = record.label.as_deref().unwrap_or_default();
        let at = self.codebook.position(label, record.flags.as_deref().unwrap_or_default());
        at.is_some_and(|at| self.codebook.labels[at].asks_note)
    }

    fn undo_hint(&self) -> Safe {
        Safe::line(self.hint(Action::Undo, "takes it back").unwrap_or_default())
    }

    /// What is said behind a confirmation.
    fn after_label(&mut self, record: &Record) -> Safe {
        let label = record.label.as_deref().unwrap_or_default();
        let at = self.codebook.position(label, record.flags.as_deref().unwrap_or_default());
        let word = at.map(|at| self.codebook.labels[at].word.clone()).filter(|word| word != label);
        let restored = record.redo_of.as_ref().map(|_| "restored".to_owned());
        let remark = self.remark.take().map(ToOwned::to_owned);
        let revealed = record.view.as_ref().is_some_and(|view| !view.revealed.is_empty());
        let revealed = revealed.then(|| "labelled after a reveal".to_owned());
        let here = self.view.as_ref().filter(|view| record.case.as_ref().is_some_and(|c| c.hash == view.case.hash));
        let unread = here.filter(|_| record.redo_of.is_none()).and_then(|view| view.unread(Pane::Scratchpad));
        let changed = self.changed_answer(record);
        let undo = self.hint(Action::Undo, "takes it back");
        // Where the label stays on its case, nothing else says how one goes on.
        let stays = self.settings.terms.stay && record.redo_of.is_none();
        let onward = stays.then(|| "Enter goes on".to_owned());
        let words = [word, restored, revealed, remark, onward, changed, unread.map(Unread::words), undo];
        Safe::line(words.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }
}

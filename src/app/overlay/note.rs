//! A note on a case: written in a box below it, saved when one leaves the box, and kept as a draft with every key, so that a line
//! that drops takes no word with it.

use super::editor::{Editor, Lines};
use super::{Overlay, Question};
use crate::app::event::Draft;
use crate::app::{App, Effect, Now, Tone, in_short};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::model::case::{CaseId, CaseNo, FileNo};
use crate::model::labels::{CaseRef, Ev};
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

/// A note that is being written.
#[derive(Clone, Debug)]
pub struct Note {
    /// The case's name as shown.
    pub name: Safe,
    /// What was written.
    pub editor: Editor,
    /// Whose note.
    pub no: CaseNo,
    case: CaseRef,
    file: FileNo,
    /// The note as it is saved.
    saved: String,
    /// Whether one goes on to the next case afterwards.
    onward: bool,
}

/// What is kept of a note that was left without saving it.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Notes {
    /// Words that wait for their cases, the newest last: left with Ctrl-c, or by a session that ended in the middle of them.
    pub(in crate::app) drafts: Vec<Draft>,
    /// The case whose note is to be opened as soon as it is on the screen.
    pub(in crate::app) open_with: Option<CaseNo>,
    /// The case from which one goes on once its note is saved.
    pub(in crate::app) onward: Option<CaseNo>,
    /// The draft was offered.
    pub(in crate::app) offered: bool,
}

impl Note {
    /// Its case goes by this number now.
    pub(in crate::app) fn renumber(&mut self, follow: impl Fn(CaseNo) -> CaseNo) {
        self.no = follow(self.no);
    }
}

impl App {
    /// Opens the note of the open case; with `onward`, leaving it goes on to the next case.
    pub(in crate::app) fn note(&mut self, onward: bool) {
        if let Some(reason) = self.cannot_say() {
            return self.say(Tone::Warning, reason);
        }
        let Some(view) = &self.view else { return };
        let saved = self.said().and_then(|said| said.note.clone()).unwrap_or_default();
        let draft = self.notes.drafts.iter().find(|draft| draft.id == view.case.id && !view.no.is_repeat());
        let text = draft.map_or_else(|| saved.clone(), |draft| draft.text.clone());
        let note = Note {
            name: self.case_name(view),
            editor: Editor::new(&text, Lines::Many),
            no: view.no,
            case: self.case_ref(&view.case),
            file: view.case.origin.file,
            saved,
            onward,
        };
        if draft.is_some() {
            self.say(Tone::Plain, "these words were not saved yet");
        }
        self.push_overlay(Overlay::Note(Box::new(note)));
    }

    pub(in crate::app) fn act_on_note(&mut self, action: Action, alone: bool, now: Now) {
        let Some(Overlay::Note(note)) = self.overlays.last_mut() else { return };
        match action {
            // Glued to other keys it came out of a paste without brackets, in which it ends a line.
            Action::Accept if !alone && self.settings.min_dwell_ms > 0 => {
                note.editor.new_line();
                self.keep_draft();
            }
            Action::Accept | Action::Close => self.save_note(now),
            Action::NewLine => {
                note.editor.new_line();
                self.keep_draft();
            }
            Action::Cancel | Action::Quit => self.drop_note(),
            _ => {}
        }
    }

    pub(in crate::app) fn type_in_note(&mut self, key: Key) {
        let Some(Overlay::Note(note)) = self.overlays.last_mut() else { return };
        if note.editor.key(key) {
            self.keep_draft();
        }
    }

    /// Keeps what was written so far where the next start finds it.
    pub(in crate::app) fn keep_draft(&mut self) {
        let Some(Overlay::Note(note)) = self.overlays.last() else { return };
        let CaseRef { id, src, line, .. } = note.case.clone();
        self.effects.push(Effect::KeepDraft(Draft { id, src, line, text: note.editor.text() }));
    }

    fn save_note(&mut self, now: Now) {
        let Some(Overlay::Note(note)) = self.overlays.pop() else { return };
        self.put_on_screen();
        let text = note.editor.text().trim_end().to_owned();
        if text == note.saved {
            self.forget_draft(&note.case.id);
            let what = if text.is_empty() { "no note" } else { "the note stays as it was" };
            self.add_to_notice(what);
            return self.after_note(note.onward.then_some(note.no));
        }
        self.notes.onward = note.onward.then_some(note.no);
        let mut record = self.record(Ev::Note, now);
        record.case = Some(note.case);
        record.note = Some(text);
        self.append(note.file, record);
    }

    /// A note is on the disk: its draft is not needed any more.
    pub(in crate::app) fn note_saved(&mut self, id: &CaseId) {
        self.forget_draft(id);
        let onward = self.notes.onward.take();
        self.after_note(onward);
    }

    fn after_note(&mut self, onward: Option<CaseNo>) {
        if let Some(no) = onward.filter(|no| self.here() == Some(*no)) {
            self.go_on_from(no);
        }
    }

    fn forget_draft(&mut self, id: &CaseId) {
        self.notes.drafts.retain(|draft| draft.id != *id);
        self.effects.push(Effect::DropDraft(id.clone()));
    }

    /// Leaves the note as it was saved. What was written waits for its case, also beyond this session: it may have been a slip.
    fn drop_note(&mut self) {
        let Some(Overlay::Note(note)) = self.overlays.pop() else { return };
        self.put_on_screen();
        let CaseRef { id, src, line, .. } = note.case;
        let text = note.editor.text();
        if text.trim_end() == note.saved || text.trim().is_empty() {
            self.forget_draft(&id);
        } else {
            let draft = Draft { id, src, line, text };
            self.notes.drafts.retain(|other| other.id != draft.id);
            self.notes.drafts.push(draft.clone());
            self.effects.push(Effect::KeepDraft(draft));
            if note.onward {
                // Another case comes now, whose note is another one.
                self.add_to_notice("its note is not saved; it keeps your words");
            } else {
                self.add_to_notice(&self.hinted("the note stays as it was", [(Action::Note, "has your words")]));
            }
        }
        self.after_note(note.onward.then_some(note.no));
    }

    /// Offers the words of a session that ended in the middle of a note, once their case is known.
    pub(in crate::app) fn offer_draft(&mut self) {
        if self.notes.offered || self.settings.read_only.is_some() || !self.is_in_order() {
            return;
        }
        let Some(draft) = self.notes.drafts.last() else { return };
        if self.place_of_draft().is_some() {
            self.notes.offered = true;
            // A question about records comes first: it stands on top.
            self.overlays.insert(0, Overlay::Ask(Question::Draft));
        } else if self.corpus.is_complete() {
            self.notes.offered = true;
            let name = self.name_of_draft(draft);
            self.say(Tone::Warning, format!("a note on {name} was not finished; it is kept, but the case is not here"));
        }
    }

    /// Where the newest draft's case is; while the index is not through, only one in its own file.
    fn place_of_draft(&self) -> Option<CaseNo> {
        let draft = self.notes.drafts.last()?;
        self.sure_place(&draft.id, &draft.src, draft.line)
    }

    /// The name of the case whose note was not finished, and what was written.
    #[must_use]
    pub fn draft_offered(&self) -> (Safe, Safe) {
        let draft = self.notes.drafts.last();
        draft.map(|draft| (self.name_of_draft(draft), Safe::line(&draft.text))).unwrap_or_default()
    }

    fn name_of_draft(&self, draft: &Draft) -> Safe {
        match self.hides(Hidden::Id) {
            true => self.case_number(self.sure_place(&draft.id, &draft.src, draft.line)),
            false => in_short::id(&draft.id),
        }
    }

    /// Goes to the case of the draft and opens its note.
    pub(in crate::app) fn take_up_draft(&mut self) {
        let Some(no) = self.place_of_draft() else { return };
        self.notes.open_with = Some(no);
        if self.here() == Some(no) && self.wanted.is_none() {
            return self.case_shown();
        }
        self.open(no);
    }

    /// A case came on the screen: if its note was asked for, it opens.
    pub(in crate::app) fn case_shown(&mut self) {
        if self.notes.open_with.is_some() && self.notes.open_with == self.view.as_ref().map(|view| view.no) {
            self.notes.open_with = None;
            // The words go on where they stopped; nothing is labelled in a note.
            if let Some(view) = &mut self.view {
                view.drawn_at.get_or_insert(0);
            }
            self.note(false);
        }
    }
}

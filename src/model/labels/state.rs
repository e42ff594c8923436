//! What one annotator's records say of one text, taken together. A replay in the order of time and id; knows no other text.

use super::record::{Ev, Record, Span, Stamp};

/// What was judged of an answer before the scratchpad was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// What it said on each axis.
    pub axes: Vec<(String, String)>,
    /// The id of the record that said so.
    pub record: String,
    /// The time of that record.
    pub ts: Stamp,
}

/// What stands of a text.
///
/// A label stays until another label or a clear takes its place; a skip lies beside it and counts only where there is none.
/// Everything else stays until a later record says it anew.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The label's name.
    pub label: Option<String>,
    /// The label's parts.
    pub axes: Vec<(String, String)>,
    /// All flags.
    pub flags: Vec<String>,
    /// The criteria that were looked at.
    pub criteria: Vec<(String, bool)>,
    /// 3 sure, 2 likely, 1 coin-flip.
    pub confidence: Option<u8>,
    /// The note; none if it was taken away.
    pub note: Option<String>,
    /// The evidence.
    pub spans: Vec<Span>,
    /// What was judged of the answer alone. It is frozen: the first judgement stands, whatever follows.
    pub stage: Option<Stage>,
    /// When it was skipped, if that is the last word; a label hides it.
    pub skipped: Option<Stamp>,
    /// The id of the record that decided last: label, skip or clear. Empty if none did.
    pub record: String,
    /// The time of that record; 0 if none.
    pub ts: Stamp,
    /// What its annotator revealed of it, in the words of [`super::View::revealed`].
    pub revealed: Vec<String>,
    /// The label was given after that.
    pub after_reveal: bool,
    /// The label was given to the same source bytes, which another version of the program read differently.
    pub reread: bool,
}

impl State {
    /// What these records come to. They must stand in the order of time and id, without those that were taken back.
    pub(super) fn replay<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut state = Self::default();
        for record in records {
            state.apply(record);
        }
        state
    }

    /// Adds what this record says, which is later than all before.
    pub(super) fn apply(&mut self, record: &Record) {
        if !record.ev.sets_fields() {
            return;
        }
        let revealed = record.view.iter().flat_map(|view| &view.revealed);
        for word in revealed {
            if !self.revealed.contains(word) {
                self.revealed.push(word.clone());
            }
        }
        if record.ev == Ev::Stage {
            // A second one comes from a session that knew nothing of the first, or from somebody who has seen more by then.
            self.stage.get_or_insert_with(|| Stage {
                axes: record.axes.clone().unwrap_or_default(),
                record: record.id.clone(),
                ts: record.ts,
            });
            return;
        }
        match record.ev {
            // It says nothing of the case.
            Ev::Reveal => return,
            Ev::Label => {
                self.skipped = None;
                self.after_reveal = !self.revealed.is_empty();
            }
            Ev::Clear => {
                self.after_reveal = false;
                self.label = None;
                self.axes.clear();
                self.skipped = None;
            }
            Ev::Skip => self.skipped = Some(record.ts),
            _ => {}
        }
        if record.ev.is_decision() {
            self.record.clone_from(&record.id);
            self.ts = record.ts;
        }
        if record.ev == Ev::Label && record.label.is_some() {
            // A label without parts of its own must not keep those of the label before it.
            self.axes.clear();
        }
        set(&mut self.axes, record.axes.as_ref());
        set(&mut self.flags, record.flags.as_ref());
        set(&mut self.criteria, record.criteria.as_ref());
        set(&mut self.spans, record.spans.as_ref());
        if let Some(label) = record.label.as_ref().filter(|_| record.ev == Ev::Label) {
            self.label = Some(label.clone());
        }
        if record.confidence.is_some() {
            self.confidence = record.confidence;
        }
        if let Some(note) = &record.note {
            self.note = Some(note.clone()).filter(|note| !note.is_empty());
        }
    }

    /// Whether one said that one is not sure.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence < 3)
    }

    /// Whether a label, skip or clear stands.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        !self.record.is_empty()
    }
}

fn set<T: Clone>(field: &mut Vec<T>, said: Option<&Vec<T>>) {
    if let Some(said) = said {
        field.clone_from(said);
    }
}

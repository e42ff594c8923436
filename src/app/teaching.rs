//! What the practice run says beside its cases: a line that teaches a key or two, gone once that was done, and after a label what we
//! would have said. Other runs have none of it.

use std::collections::HashSet;

use super::App;
use super::practice::{Lesson, SKIP, lesson, words};
use crate::keys::action::Action;
use crate::keys::keymap::Context;
use crate::model::case::CaseNo;
use crate::model::labels::{Ev, Record};
use crate::model::queue::Need;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;

/// How far the practice run has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Teaching {
    /// The cases whose hint has done its work.
    learnt: HashSet<CaseNo>,
    /// What there is to say of the case decided last.
    word: Option<Safe>,
}

impl App {
    /// The lines to stand above the key bar: a word on the last decision, and what the open case teaches.
    #[must_use]
    pub fn lessons(&self) -> Vec<Safe> {
        if !self.settings.practice {
            return Vec::new();
        }
        let hint = self.open_lesson().filter(|(no, _)| !self.teaching.learnt.contains(no)).map(|(_, lesson)| {
            let key = |action: Action| self.keymap.keys_for(Context::Review, action).into_iter().next();
            Safe::line(words(lesson.hint, |name| key(Action::named(name)?)))
        });
        let over = self.practice_is_over().then(|| {
            let quits = self.hint(Action::Quit, "quits").map(|quits| format!(" · {quits}")).unwrap_or_default();
            Safe::line(format!("That was the practice run{quits} · candor FILE opens a run of yours"))
        });
        let room = self.window.columns.saturating_sub(2);
        let lines = self.teaching.word.clone().into_iter().chain(over.or(hint));
        lines.flat_map(|line| rows(&line, room)).collect()
    }

    fn open_lesson(&self) -> Option<(CaseNo, &'static Lesson)> {
        let view = self.view.as_ref()?;
        Some((view.no, lesson(view.case.id.bytes())?))
    }

    /// An action was performed on the open case: what it was to teach is learnt.
    pub(super) fn learn(&mut self, action: Action) {
        if !self.settings.practice {
            return;
        }
        if let Some((no, lesson)) = self.open_lesson()
            && lesson.done.contains(&action.name())
        {
            self.teaching.learnt.insert(no);
        }
    }

    /// A decision is on the disk: says what we would have said.
    pub(super) fn compare_notes(&mut self, record: &Record) {
        if !self.settings.practice {
            return;
        }
        if record.ev == Ev::Undo {
            // Whoever decides once more should not have our answer before them.
            self.teaching.word = None;
        }
        if !record.ev.is_decision() {
            return;
        }
        let Some(lesson) = record.case.as_ref().and_then(|case| lesson(case.id.bytes())) else { return };
        let theirs = match record.ev {
            Ev::Skip => SKIP,
            Ev::Label => {
                let label = record.label.as_deref().unwrap_or_default();
                self.label_word(label, record.flags.as_deref().unwrap_or_default())
            }
            _ => return,
        };
        let said = match (lesson.ours, lesson.ours == theirs) {
            (_, true) => "so did we".to_owned(),
            (SKIP, false) => "we put it off".to_owned(),
            (ours, false) => format!("we said {ours}"),
        };
        self.teaching.word = Some(Safe::line(format!("{}, {said}: {}", lesson.id, lesson.because)));
    }

    /// Whether every case of the practice run has its label or was put off.
    #[must_use]
    pub fn practice_is_over(&self) -> bool {
        self.settings.practice
            && self.corpus.is_complete()
            && self.corpus.numbers().all(|no| self.need(no) != Need::Label)
    }
}

/// A line in as many rows as it takes.
fn rows(line: &Safe, room: u16) -> Vec<Safe> {
    let text = line.as_str();
    wrap(text, room).iter().map(|row| Safe::line(text[row.start as usize..row.end as usize].trim_end())).collect()
}

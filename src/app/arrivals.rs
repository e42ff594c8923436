//! Cases as the index finds them: at the start, and while a run that is open is still being written. Nothing here moves the reader.

use super::{App, Indexed, Tone};
use crate::model::case::{CaseNo, FileNo};
use crate::model::corpus::{DataFile, Loss};
use crate::model::queue::Toward;

impl App {
    pub(super) fn indexed(&mut self, indexed: Indexed) {
        let Indexed { file, found, unread, done, last, pending } = indexed;
        let (first, was_complete) = (self.corpus.len(), self.corpus.is_complete());
        if let Some(known) = self.corpus.file_mut(file) {
            known.done = done;
            known.size = known.size.max(done);
            known.complete |= last;
            known.pending = pending;
            known.unread += unread.len();
            let room = DataFile::KEPT.saturating_sub(known.problems.len());
            known.problems.extend(unread.into_iter().take(room));
        }
        self.corpus.extend(&found);
        self.queue.grow(self.corpus.len());
        if last {
            self.refresh_doubts();
        }
        self.go_on_starting();
        self.offer_draft();
        if let Some(from) = self.seeking {
            self.seek(from, Toward::Next);
        }
        let first = CaseNo(u32::try_from(first).unwrap_or(u32::MAX));
        if was_complete {
            self.arrived(first);
        } else if last && self.corpus.is_complete() {
            self.index_complete();
        }
        self.count();
    }

    /// Takes in cases that were written since the run was opened, from this one on.
    fn arrived(&mut self, first: CaseNo) {
        if self.corpus.entry(first).is_none() {
            return;
        }
        self.corpus.find_namesakes_from(first);
        if self.here().is_none() && self.seeking.is_none() {
            self.begin_unlabelled();
        } else {
            self.arrivals.get_or_insert(first);
        }
        let (labelled, _) = self.split_by_label(first);
        self.hash(&labelled, Vec::new());
    }

    /// How many cases came since one last looked at a new one.
    #[must_use]
    pub fn new_cases(&self) -> usize {
        self.arrivals.map_or(0, |first| self.corpus.len().saturating_sub(first.0 as usize))
    }

    pub(super) fn lost(&mut self, file: FileNo, loss: Loss) {
        let Some(known) = self.corpus.files().get(usize::from(file.0)) else { return };
        let (what, then) = match loss {
            Loss::Shorter => ("was cut or written anew", "start candor again to read it"),
            Loss::Replaced => ("was replaced by another file", "start candor again to read it"),
            Loss::Gone => ("was removed", "its cases can be read until candor ends"),
        };
        let said = format!("{} {what} · labels are kept · {then}", known.name);
        self.say(Tone::Warning, said);
    }
}

//! Cases as the index finds them: at the start, and while a run that is open is still being written. Nothing here moves the reader.

use super::{App, Effect, Indexed, Tone};
use crate::model::case::{CaseNo, FileNo, ProblemKind};
use crate::model::corpus::Loss;
use crate::model::queue::Toward;
use crate::text::clean::Safe;

impl App {
    pub(super) fn indexed(&mut self, mut indexed: Indexed) {
        if self.renewed(&mut indexed) {
            return;
        }
        let (first, was_complete) = (self.corpus.len(), self.corpus.is_complete());
        let last = indexed.last;
        let broken = indexed.unread.iter().find(|problem| problem.kind == ProblemKind::Unreadable).cloned();
        if let Some(known) = self.corpus.file_mut(indexed.file) {
            known.take(&mut indexed);
        }
        self.corpus.extend(&indexed.found);
        self.queue.grow(self.corpus.len());
        if last {
            self.refresh_doubts();
        }
        self.catch_up(first, &indexed);
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
        if let (Some(problem), Some(known)) = (broken, self.corpus.files().get(usize::from(indexed.file.0))) {
            // A disk that fails is more urgent than whatever else was said meanwhile.
            let again = "what was read before can be labelled · :follow tries again";
            self.say(Tone::Failure, format!("{}, line {}: {} · {again}", known.name, problem.line, problem.message));
        }
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
        if let Some(view) = self.view.as_ref().filter(|_| self.is_stray()) {
            let (key, hash) = (view.case.id.key(), view.case.hash);
            let of_its_id = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|entry| entry.key() == key);
            let cases: Vec<CaseNo> = self.corpus.numbers().skip(first.0 as usize).filter(of_its_id).collect();
            self.hash(&cases, vec![hash]);
        }
        let (labelled, others) = self.split_by_label(first);
        self.hash(&labelled, Vec::new());
        if !self.orphans.is_empty() {
            self.hash(&others, self.orphans.clone());
        }
    }

    /// A file has come up in a folder that is open. Its journal is opened before anything can be said of its cases.
    pub(super) fn joined(&mut self, file: FileNo, name: String, size: u64) {
        self.say(Tone::Plain, format!("{name} came up and is read too"));
        self.corpus.join(name, size);
        self.effects.push(Effect::Join(file));
    }

    /// Goes to the first case that was written since one last looked.
    pub(super) fn go_to_new(&mut self) {
        match self.arrivals {
            Some(first) => self.open(first),
            None => self.say(Tone::Plain, "nothing was written since you last looked"),
        }
    }

    /// Somebody asked, and all files were looked at just now.
    pub(super) fn followed(&mut self) {
        let files = self.corpus.files();
        let followed = match files.len() {
            1 => Safe::line(&files[0].name).as_str().to_owned(),
            many => format!("{many} files"),
        };
        let new = match self.new_cases() {
            0 => "nothing new".to_owned(),
            1 => "1 new case, at the end".to_owned(),
            many => format!("{many} new cases, at the end"),
        };
        let half = files.iter().filter(|file| file.pending).count();
        let half = match half {
            0 => "",
            1 => " · a last line is still being written",
            _ => " · some last lines are still being written",
        };
        self.say(Tone::Plain, format!("looked just now: {new}{half} · {followed} followed"));
    }

    /// What was written since one left is new, too.
    pub(super) fn mark_last_seen(&mut self) {
        let Some(first) = self.seen.map(CaseNo).filter(|_| self.corpus.files().len() == 1) else { return };
        if self.corpus.entry(first).is_some() && self.here().is_none_or(|here| here < first) {
            self.arrivals = Some(first);
        }
    }

    /// How many cases one has been told of, where their numbers are one file's.
    pub(super) fn told_of(&self) -> Option<u32> {
        if self.corpus.files().len() != 1 {
            return None;
        }
        match self.arrivals {
            Some(first) => Some(first.0),
            None if self.corpus.is_complete() => u32::try_from(self.corpus.len()).ok(),
            None => self.seen,
        }
    }

    /// Whether a case came since one last looked at a new one.
    #[must_use]
    pub fn is_new(&self, no: CaseNo) -> bool {
        self.arrivals.is_some_and(|first| no >= first)
    }

    /// How many cases came since one last looked at a new one.
    #[must_use]
    pub fn new_cases(&self) -> usize {
        self.arrivals.map_or(0, |first| self.corpus.len().saturating_sub(first.0 as usize))
    }

    pub(super) fn lost(&mut self, file: FileNo, loss: Loss) {
        let Some(known) = self.corpus.files().get(usize::from(file.0)) else { return };
        let (what, then) = match loss {
            Loss::Shorter => ("was cut or written anew", "it is read anew"),
            Loss::Replaced => ("was replaced by another file", "it is read anew"),
            Loss::Gone => ("was removed", "its cases can be read until candor ends"),
        };
        let said = format!("{} {what} · labels are kept · {then}", known.name);
        self.say(Tone::Warning, said);
    }
}

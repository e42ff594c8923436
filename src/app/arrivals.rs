//! Cases as the index finds them: at the start, and while a run that is open is still being written. Nothing here moves the reader.

use super::motion::ALL_LABELLED;
use super::{App, Effect, Indexed, Tone};
use crate::model::case::{CaseNo, FileNo, ProblemKind};
use crate::model::corpus::Loss;
use crate::model::queue::Toward;
use crate::model::terms::Order;
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
        if matches!(self.settings.terms.order, Order::Random(_)) {
            self.corpus.draw(&indexed.draws);
        }
        self.extend_queue();
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
            let is_new = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|e| !self.former.contains(&e.key()));
            self.fresh.extend(self.corpus.numbers_from(first).filter(is_new));
        }
        // That was true until now.
        if self.notice.more.as_str().starts_with(ALL_LABELLED) {
            self.notice.more = Safe::default();
        } else if self.notice.text.as_str().starts_with(ALL_LABELLED) {
            self.say(Tone::Plain, "");
        }
        if let Some(view) = self.view.as_ref().filter(|_| self.is_stray()) {
            let (key, hash) = (view.case.id.key(), view.case.hash);
            let of_its_id = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|entry| entry.key() == key);
            let cases: Vec<CaseNo> = self.corpus.numbers_from(first).filter(of_its_id).collect();
            self.hash(&cases, vec![hash]);
        }
        let (labelled, others) = self.split_by_label(first);
        self.hash(&labelled, Vec::new());
        if !self.orphans.is_empty() {
            self.hash(&others, self.orphans.clone());
        }
    }

    /// A file has come up in a folder that is open. Its journal is opened before anything can be said of its cases.
    pub(super) fn joined(&mut self, file: FileNo, name: String, size: u64, refused: &[String]) {
        self.veil_file(&name);
        self.say_of_files(Tone::Plain, What::CameUp, &name, ["read too"; 2]);
        self.left_out.retain(|sentence| !refused.contains(sentence));
        self.corpus.join(name, size);
        self.effects.push(Effect::Join(file));
    }

    /// Goes to the first case that was written since one last looked.
    pub(super) fn go_to_new(&mut self) {
        match self.fresh.iter().min_by_key(|no| self.queue.position(**no)).copied() {
            Some(first) => self.open(first),
            None => self.say(Tone::Plain, "nothing is new to you"),
        }
    }

    /// A file cannot be read, and is left out.
    pub(super) fn refused(&mut self, sentence: String) {
        self.say(Tone::Warning, &sentence);
        self.left_out.push(sentence);
    }

    /// Says what happened to a file and what follows, for one and for many: where it happened to several since the last key, it is said
    /// how many they are.
    fn say_of_files(&mut self, tone: Tone, what: What, name: &str, then: [&str; 2]) {
        let count = match self.tally {
            Some(Tally { what: before, count }) if before == what => count + 1,
            _ => 1,
        };
        self.tally = Some(Tally { what, count });
        let (is, are) = match what {
            What::CameUp => ("came up and is", "came up and are"),
            What::Cut => ("was cut or written anew", "were cut or written anew"),
            What::Replaced => ("was replaced by another file", "were replaced by other files"),
            What::Removed => ("was removed", "were removed"),
        };
        let said = match count {
            1 => format!("{name} {is} {}", then[0]),
            many => format!("{many} files {are} {}", then[1]),
        };
        self.say(tone, said);
    }

    /// Somebody asked, and all files were looked at just now.
    pub(super) fn followed(&mut self) {
        let files = self.corpus.files();
        let there = files.len() - self.removed.len();
        let followed = match (files.len(), there) {
            (1, 1) => format!(" · {} is followed", Safe::line(&files[0].name).as_str()),
            (1, _) => format!(" · {} was removed", Safe::line(&files[0].name).as_str()),
            (_, 1) => " · 1 file is followed".to_owned(),
            (_, many) => format!(" · {many} files are followed"),
        };
        let new = match self.new_cases() {
            0 => "nothing is new".to_owned(),
            many => format!("{many} new to you"),
        };
        let half = match files.iter().filter(|file| file.pending).count() {
            0 => "",
            1 => " · 1 line half written",
            _ => " · some lines half written",
        };
        self.say(Tone::Plain, format!("looked just now: {new}{half}{followed}"));
    }

    /// What was written since one left is new, too.
    pub(super) fn mark_last_seen(&mut self) {
        let Some(first) = self.seen.map(CaseNo).filter(|_| self.corpus.files().len() == 1) else { return };
        let passed = self.arrangement.is_plain() && self.here().is_some_and(|here| here >= first);
        if self.corpus.entry(first).is_some() && !passed {
            let here = self.here();
            self.fresh = self.corpus.numbers_from(first).filter(|no| Some(*no) != here).collect();
            // What greets can be read every day; what went wrong at the start comes first.
            if self.greets && self.notice.tone == Tone::Plain {
                let new = self.new_cases();
                let cases = if new == 1 { "case is" } else { "cases are" };
                self.say(Tone::Plain, format!("{new} {cases} new since you left · :new-cases goes there"));
            }
        }
    }

    /// How many cases one has been told of, where their numbers are one file's.
    pub(super) fn told_of(&self) -> Option<u32> {
        if self.corpus.files().len() != 1 {
            return None;
        }
        match self.fresh.first() {
            Some(first) => Some(first.0),
            None if self.corpus.is_complete() => u32::try_from(self.corpus.len()).ok(),
            None => self.seen,
        }
    }

    /// Whether a case came since one last looked, and was not opened yet.
    #[must_use]
    pub fn is_new(&self, no: CaseNo) -> bool {
        self.fresh.contains(&no)
    }

    /// How many cases are new.
    #[must_use]
    pub fn new_cases(&self) -> usize {
        self.fresh.len()
    }

    pub(super) fn lost(&mut self, file: FileNo, loss: Loss) {
        const ANEW: [&str; 2] =
            ["· labels are kept · candor reads it anew", "· labels are kept · candor reads them anew"];
        const REMAINS: [&str; 2] = [
            "· labels are kept · its cases can be read until candor ends",
            "· labels are kept · their cases can be read until candor ends",
        ];
        let Some(known) = self.corpus.files().get(usize::from(file.0)) else { return };
        let (what, then) = match loss {
            Loss::Shorter => (What::Cut, ANEW),
            Loss::Replaced => (What::Replaced, ANEW),
            Loss::Gone => (What::Removed, REMAINS),
        };
        if loss == Loss::Gone {
            self.removed.insert(file);
        }
        let name = known.name.clone();
        self.say_of_files(Tone::Warning, what, &name, then);
    }
}

/// What may happen to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    CameUp,
    Cut,
    Replaced,
    Removed,
}

/// How many files the same has happened to since the last key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tally {
    what: What,
    count: usize,
}

//! How fast the work goes on, from this session's own decisions: how many, how long one takes, how long the rest will take. It
//! changes with a decision and never between two, and says nothing of what was decided.

use super::attention::span;
use super::{App, Tone};
use crate::model::labels::{Ev, Record};

/// What is shown of the pace, and what it is made of.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Whether it is wanted.
    pub shown: bool,
    /// The decisions that stand, oldest first: the record's id, and how long its case was read.
    decisions: Vec<(String, u64)>,
    lines: Option<[String; 2]>,
}

/// Fewer decisions say nothing.
const LEAST: usize = 5;
/// How long one takes is the median of so many, the newest.
const NEWEST: usize = 20;

impl Pace {
    /// No decision yet.
    #[must_use]
    pub fn new(shown: bool) -> Self {
        Self { shown, ..Self::default() }
    }

    /// The line, whole and in short; none while it is not wanted or there is too little to say.
    #[must_use]
    pub fn lines(&self) -> Option<&[String; 2]> {
        self.lines.as_ref().filter(|_| self.shown)
    }

    /// Takes a record of this session, after which so many cases are left; none where that is not known.
    pub(super) fn take(&mut self, record: &Record, left: Option<usize>) {
        match (&record.ev, &record.of) {
            (Ev::Label, _) if record.redo_of.is_none() => {
                self.decisions.push((record.id.clone(), record.ms.unwrap_or_default()));
            }
            (Ev::Undo, Some(of)) => self.decisions.retain(|(id, _)| id != of),
            _ => return,
        }
        self.lines = (self.decisions.len() >= LEAST).then(|| self.say(left));
    }

    fn say(&self, left: Option<usize>) -> [String; 2] {
        let all: u64 = self.decisions.iter().map(|(_, ms)| ms).sum();
        let mut newest: Vec<u64> = self.decisions.iter().rev().take(NEWEST).map(|(_, ms)| *ms).collect();
        newest.sort_unstable();
        let one = newest[newest.len() / 2];
        let short = format!("{} a case", span(one));
        let rest = left.filter(|left| *left > 0).map(|left| span(one.saturating_mul(left as u64)));
        let rest = rest.map(|rest| format!(" · {rest} to go")).unwrap_or_default();
        [format!("{} in {} · {short}{rest}", self.decisions.len(), span(all)), short]
    }
}

impl App {
    pub(super) fn toggle_pace(&mut self) {
        self.pace.shown = !self.pace.shown;
        let words = match (self.pace.shown, self.pace.lines()) {
            (true, None) => "the pace is shown from the fifth label of a session on",
            (true, Some(_)) => "the pace is shown where there is room",
            (false, _) => "the pace is not shown",
        };
        self.say(Tone::Plain, words);
    }

    /// A record of ours is on the disk: the pace goes on with it.
    pub(super) fn keep_pace(&mut self, record: &Record) {
        let left = self.corpus.is_complete().then(|| self.left());
        self.pace.take(record, left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(id: &str, ms: u64) -> Record {
        Record { id: id.to_owned(), ms: Some(ms), ..Record::new(Ev::Label) }
    }

    fn whole(pace: &Pace) -> Option<&str> {
        pace.lines().map(|[whole, _]| whole.as_str())
    }

    #[test]
    fn it_is_told_from_the_fifth_decision_on_and_undo_takes_one_back() {
        let mut pace = Pace::new(true);
        for (id, ms) in [("1", 20_000), ("2", 300_000), ("3", 30_000), ("4", 25_000)] {
            pace.take(&label(id, ms), Some(100));
        }
        assert_eq!(whole(&pace), None);
        pace.take(&label("5", 10_000), Some(100));
        assert_eq!(whole(&pace), Some("5 in 6 min · 25 s a case · 41 min to go"));
        pace.take(&Record { of: Some("2".to_owned()), ..Record::new(Ev::Undo) }, Some(101));
        assert_eq!(whole(&pace), None);
        pace.take(&label("6", 10_000), None);
        assert_eq!(whole(&pace), Some("5 in 95 s · 20 s a case"), "how many are left is not known yet");
        pace.shown = false;
        assert_eq!(whole(&pace), None);
    }

    #[test]
    fn what_was_restored_is_no_new_decision() {
        let mut pace = Pace::new(true);
        for id in 0..5 {
            pace.take(&Record { redo_of: Some("1".to_owned()), ..label(&id.to_string(), 1000) }, Some(1));
        }
        assert_eq!(whole(&pace), None);
    }
}

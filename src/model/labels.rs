//! Labels: what the records of all journals come to. A pure fold, fed with records and asked for what stands; it reads no file,
//! has no clock and changes nothing on its own.
//!
//! Any order of the records and any record twice give the same. A record counts under its annotator, kind, case id, text hash,
//! codebook id and pass; under each of these the greatest time and id that was not taken back wins, field by field.

pub mod anchor;
mod book;
mod history;
mod record;
mod stamper;
mod state;
mod strange;
mod timed;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub use book::{Known, Standing};
pub use record::{CaseRef, CodebookRef, Ev, Kind, Record, Span, Stamp, View};
pub use stamper::Stamper;
pub use state::{Stage, State};

use book::Book;
use history::History;

use crate::model::case::{CaseId, ContentHash, RawHash};

/// A record that is this far ahead of the clock comes from a clock that was wrong.
const DAY: Stamp = 24 * 60 * 60 * 1000;

/// Whose labels are asked for: a person, one codebook, one reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Me {
    /// The annotator, compared without case.
    pub by: String,
    /// The codebook's id.
    pub codebook: String,
    /// Which reading, from 0.
    pub pass: u32,
}

/// The next step that undo would take back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<'a> {
    /// What it said.
    pub record: &'a Record,
    /// Whether this session made it; an older one is shown before it is taken back.
    pub ours: bool,
}

/// Under what a record counts, besides its case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Owner {
    by: String,
    kind: Kind,
    codebook: String,
    pass: u32,
}

/// All records, and what they come to for one annotator.
#[derive(Clone, Debug)]
pub struct Labels {
    me: Owner,
    records: HashMap<String, Arc<Record>>,
    /// The ids of undo records, by the id of what they take back; the target may come later.
    undos: HashMap<String, Vec<String>>,
    mine: Book,
    others: HashMap<Owner, Book>,
    history: History,
    newest: Stamp,
    altered: usize,
}

impl Labels {
    /// No record yet.
    #[must_use]
    pub fn new(me: Me) -> Self {
        let me = Owner { by: me.by.to_ascii_lowercase(), kind: Kind::Human, codebook: me.codebook, pass: me.pass };
        Self {
            mine: Book::default(),
            others: HashMap::new(),
            me,
            records: HashMap::new(),
            undos: HashMap::new(),
            history: History::default(),
            newest: 0,
            altered: 0,
        }
    }

    /// Takes a record in. True if it is new; a line that stands twice is one record.
    pub fn add(&mut self, record: Record) -> bool {
        if let Some(known) = self.records.get(&record.id) {
            let better = **known != record && rank(&record) < rank(known);
            if better {
                self.replace(record);
            }
            return better;
        }
        self.fold(record);
        true
    }

    /// Two lines with one id and different content: one of them was altered. Which one counts must not depend on which came
    /// first, and it is rare enough to begin anew.
    fn replace(&mut self, record: Record) {
        let me = Me { by: self.me.by.clone(), codebook: self.me.codebook.clone(), pass: self.me.pass };
        let mut records = std::mem::replace(self, Self::new(me)).records;
        records.insert(record.id.clone(), Arc::new(record));
        for record in records.into_values() {
            self.fold(Arc::unwrap_or_clone(record));
        }
    }

    fn fold(&mut self, record: Record) {
        let record = Arc::new(record);
        self.records.insert(record.id.clone(), Arc::clone(&record));
        self.altered += usize::from(record.altered);
        if record.by.eq_ignore_ascii_case(&self.me.by) {
            self.newest = self.newest.max(record.ts);
        }
        if record.ev == Ev::Undo {
            self.take_back(&record);
            return;
        }
        let Some(case) = record.case.as_ref().filter(|_| record.ev.sets_fields()) else { return };
        let undos: Vec<_> = self.undos_of(&record).cloned().collect();
        let mine = self.me.is_mine(&record);
        if (mine || self.me.is_repeat(&record)) && record.ev.can_be_undone() {
            self.history.add(&record, undos.is_empty());
            for undo in &undos {
                self.history.undone(&record, undo);
            }
        }
        let book = if mine { &mut self.mine } else { self.others.entry(Owner::of(&record)).or_default() };
        book.add(case, &record, undos.is_empty());
    }

    fn take_back(&mut self, undo: &Arc<Record>) {
        let Some(of) = &undo.of else { return };
        self.undos.entry(of.clone()).or_default().push(undo.id.clone());
        let Some(target) = self.records.get(of).filter(|target| reaches(undo, target)) else { return };
        let mine = self.me.is_mine(target);
        if (mine || self.me.is_repeat(target)) && target.ev.can_be_undone() {
            self.history.undone(target, undo);
        }
        let book = if mine { Some(&mut self.mine) } else { self.others.get_mut(&Owner::of(target)) };
        if let (Some(case), Some(book)) = (&target.case, book) {
            book.remove(case, target);
        }
    }

    /// The undos that take this record back.
    fn undos_of<'a>(&'a self, target: &'a Record) -> impl Iterator<Item = &'a Arc<Record>> {
        let undos = self.undos.get(&target.id).into_iter().flatten().filter_map(|id| self.records.get(id));
        undos.filter(|undo| reaches(undo, target))
    }

    /// What I said in one reading of the cases: pass 0 is the first, each later one knows nothing of those before it.
    fn reading(&self, pass: u32) -> Option<&Book> {
        if pass == self.me.pass { Some(&self.mine) } else { self.others.get(&Owner { pass, ..self.me.clone() }) }
    }

    /// Where this text under this id stands in a reading.
    #[must_use]
    pub fn standing_in(&self, pass: u32, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Standing<'_> {
        self.reading(pass).map_or(Standing::None, |book| book.standing(id, hash, raw))
    }

    /// All that I said of this text in a reading.
    #[must_use]
    pub fn state_in(&self, pass: u32, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Option<Cow<'_, State>> {
        self.reading(pass)?.state(id, hash, raw)
    }

    /// What I said under this [`CaseId::key`] in a reading, whatever the text was.
    #[must_use]
    pub fn known_in(&self, pass: u32, key: u64) -> Known {
        self.reading(pass).map_or(Known::Nothing, |book| book.known(key))
    }

    /// What I said last under this [`CaseId::key`] in a reading and gave a label to.
    #[must_use]
    pub fn newest_label_in(&self, pass: u32, key: u64) -> Option<&State> {
        self.reading(pass)?.newest_label(key)
    }

    /// Where this text under this id stands with me.
    #[must_use]
    pub fn standing(&self, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Standing<'_> {
        self.mine.standing(id, hash, raw)
    }

    /// All that I said of this text, whatever its standing: notes and flags can stand without a label.
    #[must_use]
    pub fn state(&self, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Option<Cow<'_, State>> {
        self.mine.state(id, hash, raw)
    }

    /// What I said under this [`CaseId::key`], whatever the text was.
    #[must_use]
    pub fn known(&self, key: u64) -> Known {
        self.mine.known(key)
    }

    /// What I said last under this [`CaseId::key`] and gave a label to, whatever the text was.
    #[must_use]
    pub fn newest_label(&self, key: u64) -> Option<&State> {
        self.mine.newest_label(key)
    }

    /// The keys of all ids under which I was not sure of a text, in the first reading or the second.
    pub fn unsure(&self) -> impl Iterator<Item = u64> {
        self.mine.unsure().chain(self.reading(self.me.pass + 1).into_iter().flat_map(Book::unsure))
    }

    /// The keys of all ids that I said something of.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.mine.keys()
    }

    /// What I said of this text, under whatever ids: for records whose id is nowhere in the data.
    pub fn by_hash(&self, hash: &ContentHash) -> impl Iterator<Item = (&CaseId, &State)> {
        self.mine.by_hash(hash)
    }

    /// The texts that I judged under this [`CaseId::key`].
    pub fn hashes_of(&self, key: u64) -> impl Iterator<Item = ContentHash> {
        self.mine.hashes_of(key)
    }

    /// How many cases have a current label of mine. Two texts under one id are two cases; the fold does not know which texts
    /// the data still holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.mine.labelled()
    }

    /// The same with the cases that came back and have a label of their second reading.
    #[must_use]
    pub fn count_with_repeats(&self) -> usize {
        self.count() + self.reading(self.me.pass + 1).map_or(0, Book::labelled)
    }

    /// The time of the decision before which there are so many newer ones of mine, if there are that many.
    #[must_use]
    pub fn decision_before(&self, count: usize) -> Option<Stamp> {
        self.history.standing().filter(|record| record.ev.is_decision()).map(|record| record.ts).nth(count)
    }

    /// The greatest time in my records, under any codebook; 0 if there is none.
    #[must_use]
    pub fn newest(&self) -> Stamp {
        self.newest
    }

    /// My newest label, skip or clear that was not taken back.
    #[must_use]
    pub fn last_decision(&self) -> Option<&Record> {
        self.history.standing().find(|record| record.ev.is_decision())
    }

    /// My newest judgement of an answer alone whose case has no label: it was left half way.
    #[must_use]
    pub fn half_way(&self) -> Option<&Record> {
        self.mine.half_way().and_then(|stage| self.record(&stage.record))
    }

    /// What undo takes back next: this session's newest step, else the newest of all.
    #[must_use]
    pub fn undo(&self, session: &str) -> Option<Step<'_>> {
        let (id, ours) = self.history.next_undo(session)?;
        self.record(id).map(|record| Step { record, ours })
    }

    /// What redo brings back next: what was taken back last, this session's first. Nothing after a new step.
    #[must_use]
    pub fn redo(&self, session: &str) -> Option<&Record> {
        self.history.next_redo(session).and_then(|id| self.record(id))
    }

    /// The standing skips: the id's key, and when.
    pub fn skips(&self) -> impl Iterator<Item = (u64, Stamp)> {
        self.mine.skips()
    }

    /// The record of this id.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id).map(AsRef::as_ref)
    }

    /// Sentences on what is odd: an undo by somebody else, a time more than a day after `now`, altered lines.
    #[must_use]
    pub fn remarks(&self, now: Stamp) -> Vec<String> {
        let mut remarks = Vec::new();
        for (of, undos) in &self.undos {
            let Some(target) = self.record(of) else { continue };
            for undo in undos.iter().filter_map(|id| self.record(id)).filter(|undo| !reaches(undo, target)) {
                remarks.push(format!("{} took back a record of {}: ignored ({}).", undo.by, target.by, undo.id));
            }
        }
        remarks.sort();
        let ahead = self.records.values().filter(|record| record.ts.saturating_sub(now) > DAY).count();
        match ahead {
            0 => {}
            1 => remarks.push("A record is more than a day ahead of this clock: was a clock wrong?".to_owned()),
            n => remarks.push(format!("{n} records are more than a day ahead of this clock: was a clock wrong?")),
        }
        match self.altered {
            0 => {}
            1 => remarks.push("A record was changed after it was written; it counts as it stands.".to_owned()),
            n => remarks.push(format!("{n} records were changed after they were written; they count as they stand.")),
        }
        remarks
    }
}

impl Owner {
    /// Whether a record counts here: the same as comparing with [`Owner::of`], without making one for every record.
    fn is_mine(&self, record: &Record) -> bool {
        record.pass == self.pass && self.made(record)
    }

    /// Whether a record is this person's under the same codebook in the reading of repeats.
    fn is_repeat(&self, record: &Record) -> bool {
        record.pass == self.pass + 1 && self.made(record)
    }

    /// Whether it is this person's under the same codebook, whatever the reading.
    fn made(&self, record: &Record) -> bool {
        record.by.eq_ignore_ascii_case(&self.by)
            && record.kind == self.kind
            && record.codebook.as_ref().map_or("", |codebook| &codebook.id) == self.codebook
    }

    fn of(record: &Record) -> Self {
        Self {
            by: record.by.to_ascii_lowercase(),
            kind: record.kind.clone(),
            codebook: record.codebook.as_ref().map(|codebook| codebook.id.clone()).unwrap_or_default(),
            pass: record.pass,
        }
    }
}

/// Whether this undo takes that record back: only one's own, and never another undo or a judgement that is frozen.
fn reaches(undo: &Record, target: &Record) -> bool {
    let open = !matches!(target.ev, Ev::Undo | Ev::Stage);
    undo.by.eq_ignore_ascii_case(&target.by) && undo.kind == target.kind && open
}

/// Which of two lines with one id counts: the lesser. An unaltered one comes before an altered one; the rest is only a rule.
fn rank(record: &Record) -> (bool, String) {
    (record.altered, format!("{record:?}"))
}

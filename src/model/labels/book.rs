//! All that one annotator said under one codebook in one reading: cases by id, and under each id the texts it had.
//! Knows nothing of other annotators, and nothing of which cases the data still holds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::record::{CaseRef, Record, Stamp};
use super::state::{Stage, State};
use super::timed::Timed;
use crate::model::case::{CaseId, ContentHash, RawHash};

/// Where a case stands with its annotator.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing<'a> {
    /// Nothing decided, or cleared.
    None,
    /// Left for later.
    Skipped(Cow<'a, State>),
    /// Has a label.
    Labelled(Cow<'a, State>),
    /// Counts as unlabelled: the label was given to another text under this id, and neither hash agrees.
    Stale(Cow<'a, State>),
}

/// What is known of an id before its case was read, whatever its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Neither label nor skip.
    Nothing,
    /// Skipped, and when.
    Skipped(Stamp),
    /// A text under this id has a label.
    Labelled,
}

/// The records on one text that were not taken back, in the order of time and id, and what they come to.
#[derive(Clone, Debug, Default)]
struct Reading {
    steps: Vec<Timed>,
    state: State,
}

/// One id with all texts that were judged under it, in the order of their hashes. Nearly always that is one, with one record or two:
/// there are as many of these as there are labels, and what a larger table would keep free in each is not small.
#[derive(Clone, Debug)]
struct Subject {
    id: CaseId,
    readings: Vec<(ContentHash, Reading)>,
    labelled: usize,
}

/// One annotator's records, by case.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    subjects: Vec<Subject>,
    by_id: HashMap<CaseId, usize>,
    by_key: HashMap<u64, Vec<usize>>,
    by_hash: HashMap<ContentHash, Vec<usize>>,
    labelled: usize,
}

impl Book {
    /// Takes a record in; one that was taken back (`alive` is false) leaves only the knowledge that its case has records.
    pub(super) fn add(&mut self, case: &CaseRef, record: &Arc<Record>, alive: bool) {
        let place = self.place(&case.id);
        let subject = &mut self.subjects[place];
        let at = match subject.find(&case.hash) {
            Ok(at) => at,
            Err(at) => {
                subject.readings.insert(at, (case.hash, Reading::default()));
                let places = self.by_hash.entry(case.hash).or_default();
                if let Err(at) = places.binary_search(&place) {
                    places.insert(at, place);
                }
                at
            }
        };
        if alive {
            subject.readings[at].1.add(Timed::of(record));
            self.recount(place);
        }
    }

    /// Takes a record out again. Undo is final, so it never comes back.
    pub(super) fn remove(&mut self, case: &CaseRef, record: &Arc<Record>) {
        let Some(&place) = self.by_id.get(&case.id) else { return };
        let subject = &mut self.subjects[place];
        if let Ok(at) = subject.find(&case.hash) {
            subject.readings[at].1.remove(&Timed::of(record));
            self.recount(place);
        }
    }

    /// Counts the labels of one case anew.
    fn recount(&mut self, place: usize) {
        let subject = &mut self.subjects[place];
        self.labelled -= subject.labelled;
        subject.labelled = subject.count();
        self.labelled += subject.labelled;
    }

    fn place(&mut self, id: &CaseId) -> usize {
        if let Some(&place) = self.by_id.get(id) {
            return place;
        }
        let place = self.subjects.len();
        self.subjects.push(Subject { id: id.clone(), readings: Vec::with_capacity(1), labelled: 0 });
        self.by_id.insert(id.clone(), place);
        self.by_key.entry(id.key()).or_insert_with(|| Vec::with_capacity(1)).push(place);
        place
    }

    /// How many cases have a label.
    pub(super) fn labelled(&self) -> usize {
        self.labelled
    }

    pub(super) fn state(&self, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Option<Cow<'_, State>> {
        self.subject(id)?.attached(hash, raw)
    }

    pub(super) fn standing(&self, id: &CaseId, hash: &ContentHash, raw: &RawHash) -> Standing<'_> {
        let Some(subject) = self.subject(id) else { return Standing::None };
        match subject.attached(hash, raw) {
            Some(state) if state.label.is_some() => Standing::Labelled(state),
            Some(state) if state.skipped.is_some() => Standing::Skipped(state),
            Some(state) if state.is_decided() => Standing::None,
            _ => subject.newest_label().map_or(Standing::None, |state| Standing::Stale(Cow::Borrowed(state))),
        }
    }

    pub(super) fn known(&self, key: u64) -> Known {
        let states = self.by_key.get(&key).into_iter().flatten().flat_map(|&place| self.subjects[place].states());
        let mut known = Known::Nothing;
        for state in states {
            match (state.label.is_some(), state.skipped) {
                (true, _) => return Known::Labelled,
                (false, Some(at)) if known == Known::Nothing || matches!(known, Known::Skipped(t) if t < at) => {
                    known = Known::Skipped(at);
                }
                _ => {}
            }
        }
        known
    }

    /// The standing skips, by the id's key.
    pub(super) fn skips(&self) -> impl Iterator<Item = (u64, Stamp)> {
        self.by_key.keys().filter_map(|&key| match self.known(key) {
            Known::Skipped(at) => Some((key, at)),
            Known::Nothing | Known::Labelled => None,
        })
    }

    pub(super) fn newest_label(&self, key: u64) -> Option<&State> {
        let places = self.by_key.get(&key).into_iter().flatten();
        places.filter_map(|&place| self.subjects[place].newest_label()).max_by_key(|state| (state.ts, &state.record))
    }

    /// The newest judgement of an answer alone where no label followed.
    pub(super) fn half_way(&self) -> Option<&Stage> {
        let states = self.subjects.iter().flat_map(Subject::states).filter(|state| state.label.is_none());
        states.filter_map(|state| state.stage.as_ref()).max_by_key(|stage| (stage.ts, &stage.record))
    }

    pub(super) fn unsure(&self) -> impl Iterator<Item = u64> {
        let unsure = |place: &usize| self.subjects[*place].states().any(State::is_unsure);
        self.by_key.iter().filter(move |(_, places)| places.iter().any(unsure)).map(|(key, _)| *key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.by_key.keys().copied()
    }

    pub(super) fn by_hash(&self, hash: &ContentHash) -> impl Iterator<Item = (&CaseId, &State)> {
        let hash = *hash;
        self.by_hash.get(&hash).into_iter().flatten().filter_map(move |&place| {
            let subject = &self.subjects[place];
            subject.find(&hash).ok().map(|at| (&subject.id, &subject.readings[at].1.state))
        })
    }

    pub(super) fn hashes_of(&self, key: u64) -> impl Iterator<Item = ContentHash> {
        let places = self.by_key.get(&key).into_iter().flatten();
        places.flat_map(|&place| self.subjects[place].readings.iter().map(|(hash, _)| *hash))
    }

    fn subject(&self, id: &CaseId) -> Option<&Subject> {
        self.by_id.get(id).map(|&place| &self.subjects[place])
    }
}

impl Subject {
    /// Where this text stands among the readings, or would.
    fn find(&self, hash: &ContentHash) -> Result<usize, usize> {
        self.readings.binary_search_by_key(hash, |(hash, _)| *hash)
    }

    fn states(&self) -> impl Iterator<Item = &State> {
        self.readings.iter().map(|(_, reading)| &reading.state)
    }

    /// What was said of this text. The same source bytes are the same text, even if they were read to another hash: then the
    /// records on both are replayed as one.
    fn attached(&self, hash: &ContentHash, raw: &RawHash) -> Option<Cow<'_, State>> {
        let same: Vec<_> = self.readings.iter().filter(|(h, reading)| h == hash || reading.came_from(raw)).collect();
        match same.as_slice() {
            [] => None,
            [(h, reading)] if h == hash => Some(Cow::Borrowed(&reading.state)),
            several => {
                let mut all: Vec<_> = several.iter().flat_map(|(_, reading)| &reading.steps).collect();
                all.sort();
                let mut state = State::replay(all.iter().map(|step| step.record()));
                let decided = all.iter().find(|step| step.id() == state.record);
                state.reread =
                    decided.and_then(|step| step.record().case.as_ref()).is_some_and(|case| case.hash != *hash);
                Some(Cow::Owned(state))
            }
        }
    }

    fn newest_label(&self) -> Option<&State> {
        self.states().filter(|state| state.label.is_some()).max_by_key(|state| (state.ts, &state.record))
    }

    /// Texts with a label; those that come from the same source bytes are one.
    fn count(&self) -> usize {
        if let [(_, only)] = self.readings.as_slice() {
            return usize::from(only.state.label.is_some());
        }
        let mut counted: Vec<&Reading> = Vec::new();
        for (_, reading) in self.readings.iter().filter(|(_, reading)| reading.state.label.is_some()) {
            if !counted.iter().any(|other| reading.raws().any(|raw| other.came_from(&raw))) {
                counted.push(reading);
            }
        }
        counted.len()
    }
}

impl Reading {
    /// Records mostly come in the order in which they count. Then the newest only adds to what there was.
    fn add(&mut self, step: Timed) {
        match self.steps.binary_search(&step) {
            Ok(_) => {}
            Err(at) if at == self.steps.len() => {
                self.state.apply(step.record());
                if self.steps.capacity() == 0 {
                    self.steps.reserve_exact(1);
                }
                self.steps.push(step);
            }
            Err(at) => {
                self.steps.insert(at, step);
                self.replay();
            }
        }
    }

    fn remove(&mut self, step: &Timed) {
        if let Ok(at) = self.steps.binary_search(step) {
            self.steps.remove(at);
            self.replay();
        }
    }

    fn replay(&mut self) {
        self.state = State::replay(self.steps.iter().map(Timed::record));
    }

    fn raws(&self) -> impl Iterator<Item = RawHash> {
        self.steps.iter().filter_map(|step| step.record().case.as_ref().map(|case| case.raw))
    }

    fn came_from(&self, raw: &RawHash) -> bool {
        self.raws().any(|other| other == *raw)
    }
}

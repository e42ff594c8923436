//! All that one annotator said under one codebook in one reading: cases by id, and under each id the texts it had.
//! Knows nothing of other annotators, and nothing of which cases the data still holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::record::{CaseRef, Record, Stamp};
use super::state::{Stage, State};
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

/// The records on one text that were not taken back, and what they come to.
#[derive(Debug, Default)]
struct Reading {
    records: BTreeMap<(Stamp, String), Arc<Record>>,
    state: State,
}

/// One id with all texts that were judged under it.
#[derive(Debug)]
struct Subject {
    id: CaseId,
    readings: BTreeMap<ContentHash, Reading>,
    labelled: usize,
}

/// One annotator's records, by case.
#[derive(Debug, Default)]
pub(super) struct Book {
    subjects: Vec<Subject>,
    by_id: HashMap<CaseId, usize>,
    by_key: HashMap<u64, Vec<usize>>,
    by_hash: HashMap<ContentHash, BTreeSet<usize>>,
    labelled: usize,
}

impl Book {
    /// Takes a record in; one that was taken back (`alive` is false) leaves only the knowledge that its case has records.
    pub(super) fn add(&mut self, case: &CaseRef, record: &Arc<Record>, alive: bool) {
        let place = self.place(&case.id);
        self.by_hash.entry(case.hash).or_default().insert(place);
        let reading = self.subjects[place].readings.entry(case.hash).or_default();
        if alive {
            reading.records.insert((record.ts, record.id.clone()), Arc::clone(record));
            self.settle(place, &case.hash);
        }
    }

    /// Takes a record out again. Undo is final, so it never comes back.
    pub(super) fn remove(&mut self, case: &CaseRef, record: &Record) {
        let Some(&place) = self.by_id.get(&case.id) else { return };
        if let Some(reading) = self.subjects[place].readings.get_mut(&case.hash) {
            reading.records.remove(&(record.ts, record.id.clone()));
            self.settle(place, &case.hash);
        }
    }

    /// Replays one text and counts its case anew.
    fn settle(&mut self, place: usize, hash: &ContentHash) {
        let subject = &mut self.subjects[place];
        if let Some(reading) = subject.readings.get_mut(hash) {
            reading.state = State::replay(reading.records.values());
        }
        self.labelled -= subject.labelled;
        subject.labelled = subject.count();
        self.labelled += subject.labelled;
    }

    fn place(&mut self, id: &CaseId) -> usize {
        if let Some(&place) = self.by_id.get(id) {
            return place;
        }
        let place = self.subjects.len();
        self.subjects.push(Subject { id: id.clone(), readings: BTreeMap::new(), labelled: 0 });
        self.by_id.insert(id.clone(), place);
        self.by_key.entry(id.key()).or_default().push(place);
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
            subject.readings.get(&hash).map(|reading| (&subject.id, &reading.state))
        })
    }

    pub(super) fn hashes_of(&self, key: u64) -> impl Iterator<Item = ContentHash> {
        let places = self.by_key.get(&key).into_iter().flatten();
        places.flat_map(|&place| self.subjects[place].readings.keys().copied())
    }

    fn subject(&self, id: &CaseId) -> Option<&Subject> {
        self.by_id.get(id).map(|&place| &self.subjects[place])
    }
}

impl Subject {
    fn states(&self) -> impl Iterator<Item = &State> {
        self.readings.values().map(|reading| &reading.state)
    }

    /// What was said of this text. The same source bytes are the same text, even if they were read to another hash: then the
    /// records on both are replayed as one.
    fn attached(&self, hash: &ContentHash, raw: &RawHash) -> Option<Cow<'_, State>> {
        let same: Vec<_> = self.readings.iter().filter(|(h, reading)| *h == hash || reading.came_from(raw)).collect();
        match same.as_slice() {
            [] => None,
            [(h, reading)] if *h == hash => Some(Cow::Borrowed(&reading.state)),
            several => {
                let all: BTreeMap<_, _> = several.iter().flat_map(|(_, reading)| &reading.records).collect();
                let mut state = State::replay(all.values().copied());
                let decided = all.values().find(|record| record.id == state.record);
                state.reread = decided.and_then(|record| record.case.as_ref()).is_some_and(|case| case.hash != *hash);
                Some(Cow::Owned(state))
            }
        }
    }

    fn newest_label(&self) -> Option<&State> {
        self.states().filter(|state| state.label.is_some()).max_by_key(|state| (state.ts, &state.record))
    }

    /// Texts with a label; those that come from the same source bytes are one.
    fn count(&self) -> usize {
        let mut counted: Vec<&Reading> = Vec::new();
        for reading in self.readings.values().filter(|reading| reading.state.label.is_some()) {
            if !counted.iter().any(|other| reading.raws().any(|raw| other.came_from(&raw))) {
                counted.push(reading);
            }
        }
        counted.len()
    }
}

impl Reading {
    fn raws(&self) -> impl Iterator<Item = RawHash> {
        self.records.values().filter_map(|record| record.case.as_ref().map(|case| case.raw))
    }

    fn came_from(&self, raw: &RawHash) -> bool {
        self.raws().any(|other| other == *raw)
    }
}

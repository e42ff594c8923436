//! What `undo` takes back next and what `redo` brings again, from the records alone. Changes no label itself.

use std::collections::{BTreeSet, HashMap};

use super::record::{Record, Stamp};

/// A record's place in the one order: its time, then its id.
type Place = (Stamp, String);

/// One annotator's steps in the order of time.
#[derive(Debug, Default)]
pub(super) struct History {
    /// What can be undone and was not.
    standing: BTreeSet<Place>,
    by_session: HashMap<String, BTreeSet<Place>>,
    /// The undos, with the session each was made in and the id it took back.
    undos: BTreeSet<(Place, String, String)>,
    /// The newest copy that restores a step, by the step's id.
    restored: HashMap<String, Place>,
    /// The newest step that was no copy of an undone one, itself undone or not: it empties the redo list.
    newest: Option<Place>,
}

impl History {
    /// A step that can be undone.
    pub(super) fn add(&mut self, record: &Record, alive: bool) {
        let place = place(record);
        match &record.redo_of {
            Some(original) => {
                let newest = self.restored.entry(original.clone()).or_insert_with(|| place.clone());
                *newest = place.clone().max(newest.clone());
            }
            None => self.newest = self.newest.take().max(Some(place.clone())),
        }
        if alive {
            self.by_session.entry(record.session.clone()).or_default().insert(place.clone());
            self.standing.insert(place);
        }
    }

    /// The step `target` was taken back by `undo`.
    pub(super) fn undone(&mut self, target: &Record, undo: &Record) {
        let place_of_target = place(target);
        self.standing.remove(&place_of_target);
        if let Some(steps) = self.by_session.get_mut(&target.session) {
            steps.remove(&place_of_target);
        }
        self.undos.insert((place(undo), undo.session.clone(), target.id.clone()));
    }

    /// The id of the step to take back next, and whether it is this session's.
    pub(super) fn next_undo(&self, session: &str) -> Option<(&str, bool)> {
        let ours = self.by_session.get(session).and_then(BTreeSet::last);
        ours.or(self.standing.last()).map(|(_, id)| (id.as_str(), ours.is_some()))
    }

    /// The id of the step to bring back next.
    pub(super) fn next_redo(&self, session: &str) -> Option<&str> {
        let open = || {
            self.undos
                .iter()
                .rev()
                .take_while(|(undo, ..)| Some(undo) > self.newest.as_ref())
                .filter(|(undo, _, target)| self.restored.get(target).is_none_or(|copy| copy < undo))
        };
        open().find(|(_, by, _)| by == session).or_else(|| open().next()).map(|(_, _, target)| target.as_str())
    }

    /// The ids of the steps that stand, newest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &str> {
        self.standing.iter().rev().map(|(_, id)| id.as_str())
    }
}

fn place(record: &Record) -> Place {
    (record.ts, record.id.clone())
}

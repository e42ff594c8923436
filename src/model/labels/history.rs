//! What `undo` takes back next and what `redo` brings again, from the records alone. Changes no label itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::record::Record;
use super::timed::Timed;

/// One annotator's steps in the order of time.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// What can be undone and was not.
    standing: BTreeSet<Timed>,
    by_session: HashMap<String, BTreeSet<Timed>>,
    /// The undos, with the id that each took back.
    undos: BTreeSet<(Timed, String)>,
    /// The newest copy that restores a step, by the step's id.
    restored: HashMap<String, Timed>,
    /// The newest step that was no copy of an undone one, itself undone or not: it empties the redo list.
    newest: Option<Timed>,
}

impl History {
    /// A step that can be undone.
    pub(super) fn add(&mut self, record: &Arc<Record>, alive: bool) {
        let step = Timed::of(record);
        match &record.redo_of {
            Some(original) => {
                let newest = self.restored.entry(original.clone()).or_insert_with(|| step.clone());
                *newest = step.clone().max(newest.clone());
            }
            None => self.newest = self.newest.take().max(Some(step.clone())),
        }
        if alive {
            match self.by_session.get_mut(&record.session) {
                Some(steps) => _ = steps.insert(step.clone()),
                None => _ = self.by_session.insert(record.session.clone(), BTreeSet::from([step.clone()])),
            }
            self.standing.insert(step);
        }
    }

    /// The step `target` was taken back by `undo`.
    pub(super) fn undone(&mut self, target: &Arc<Record>, undo: &Arc<Record>) {
        let step = Timed::of(target);
        self.standing.remove(&step);
        if let Some(steps) = self.by_session.get_mut(&target.session) {
            steps.remove(&step);
        }
        self.undos.insert((Timed::of(undo), target.id.clone()));
    }

    /// The id of the step to take back next, and whether it is this session's.
    pub(super) fn next_undo(&self, session: &str) -> Option<(&str, bool)> {
        let ours = self.by_session.get(session).and_then(BTreeSet::last);
        ours.or(self.standing.last()).map(|step| (step.id(), ours.is_some()))
    }

    /// The id of the step to bring back next.
    pub(super) fn next_redo(&self, session: &str) -> Option<&str> {
        let open = || {
            self.undos
                .iter()
                .rev()
                .take_while(|(undo, _)| Some(undo) > self.newest.as_ref())
                .filter(|(undo, target)| self.restored.get(target).is_none_or(|copy| copy < undo))
        };
        let ours = open().find(|(undo, _)| undo.record().session == session);
        ours.or_else(|| open().next()).map(|(_, target)| target.as_str())
    }

    /// The steps that stand, newest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Record> {
        self.standing.iter().rev().map(Timed::record)
    }
}

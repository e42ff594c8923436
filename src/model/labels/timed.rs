//! A record in its place in time: the one order in which records count. Knows nothing of what they say.

use std::cmp::Ordering;
use std::sync::Arc;

use super::record::Record;

/// A record in the order of time and id. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Timed(Arc<Record>);

impl Timed {
    pub(super) fn of(record: &Arc<Record>) -> Self {
        Self(Arc::clone(record))
    }

    pub(super) fn record(&self) -> &Record {
        &self.0
    }

    pub(super) fn id(&self) -> &str {
        &self.0.id
    }
}

impl Ord for Timed {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.ts, &self.0.id).cmp(&(other.0.ts, &other.0.id))
    }
}

impl PartialOrd for Timed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Timed {}

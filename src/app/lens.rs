//! What is looked for in the text of a case: the codebook's marks, and what somebody searches. Finds it in a page; shows nothing.

use std::sync::Arc;

use super::page::{Page, Place};
use crate::model::patterns::{Class, Needle, Patterns};

/// What is looked for, the same for every case until somebody searches for something else. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    /// The codebook's marks, once they are compiled.
    pub patterns: Option<Arc<Patterns>>,
    /// What somebody searches for.
    pub needle: Option<Arc<Needle>>,
    /// Whether rows of tables and of code are wrapped too.
    pub wrap_all: bool,
}

/// What was found in one page, in its order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The marks.
    pub marks: Vec<(Place, Class)>,
    /// The places that a search found.
    pub hits: Vec<Place>,
}

impl Lens {
    /// What is found in a page; marks only where `marks` says so.
    #[must_use]
    pub fn look(&self, page: Option<&Page>, marks: bool) -> Found {
        let Some(page) = page else { return Found::default() };
        let hits = self.needle.as_ref().map(|needle| page.find(|text| needle.find(text)));
        let patterns = self.patterns.as_ref().filter(|_| marks);
        let found = patterns.map(|patterns| page.find_with(|text| patterns.marks(text)));
        Found { marks: found.unwrap_or_default(), hits: hits.unwrap_or_default() }
    }
}

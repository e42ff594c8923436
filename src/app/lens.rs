//! What is looked for in the text of a case: the codebook's marks, and what somebody searches. Finds it in a page; shows nothing.

use std::sync::Arc;

use super::page::{Page, Place};
use crate::model::blind::Veil;
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
    /// What is hidden in it.
    pub veil: Arc<Veil>,
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
    /// Whether nothing else is looked for but what somebody searches, and rows are laid out alike.
    #[must_use]
    pub fn differs_in_needle_only(&self, other: &Self) -> bool {
        let patterns = |lens: &Self| lens.patterns.as_ref().map(Arc::as_ptr);
        patterns(self) == patterns(other) && self.wrap_all == other.wrap_all
    }

    /// Whether the same is looked for, and rows are laid out alike.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let needle = |lens: &Self| lens.needle.as_ref().map(Arc::as_ptr);
        self.differs_in_needle_only(other) && needle(self) == needle(other)
    }

    /// What is found in a page; marks only where `marks` says so.
    #[must_use]
    pub fn look(&self, page: Option<&Page>, marks: bool) -> Found {
        let Some(page) = page else { return Found::default() };
        let patterns = self.patterns.as_ref().filter(|_| marks);
        let found = patterns.map(|patterns| page.find_with(|text| patterns.marks(text)));
        Found { marks: found.unwrap_or_default(), hits: self.hits(Some(page)) }
    }

    /// The places of a page that a search finds.
    #[must_use]
    pub fn hits(&self, page: Option<&Page>) -> Vec<Place> {
        let (Some(page), Some(needle)) = (page, &self.needle) else { return Vec::new() };
        page.find(|text| needle.find(text))
    }
}

//! The open data files by their number, shared by all threads: more may come, and another may take the place of one.

use std::sync::{Arc, PoisonError, RwLock};

use super::Source;
use crate::model::case::FileNo;

/// The open data files. A number means the same path as long as the program runs.
#[derive(Debug, Default)]
pub struct Sources {
    files: RwLock<Vec<Arc<Source>>>,
    seed: Option<Arc<str>>,
}

impl Sources {
    /// These files, numbered from 0.
    #[must_use]
    pub fn new(sources: Vec<Source>) -> Self {
        Self::drawn(sources, None)
    }

    /// These files, for whose cases chance draws from this seed, also for those of files that come up later.
    #[must_use]
    pub fn drawn(sources: Vec<Source>, seed: Option<&str>) -> Self {
        let seed: Option<Arc<str>> = seed.map(Arc::from);
        let files = sources.into_iter().map(|source| Arc::new(source.seeded(seed.clone()))).collect();
        Self { files: RwLock::new(files), seed }
    }

    /// The file of this number.
    #[must_use]
    pub fn get(&self, file: FileNo) -> Option<Arc<Source>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).get(usize::from(file.0)).cloned()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes one more; nothing where numbers are used up.
    pub fn add(&self, source: Source) -> Option<FileNo> {
        let mut sources = self.files.write().unwrap_or_else(PoisonError::into_inner);
        let file = u16::try_from(sources.len()).ok().filter(|number| *number < u16::MAX)?;
        sources.push(Arc::new(source.seeded(self.seed.clone())));
        Some(FileNo(file))
    }

    /// Takes a file as it is now in the place of what it was.
    pub fn renew(&self, file: FileNo, source: Source) {
        let mut sources = self.files.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = sources.get_mut(usize::from(file.0)) {
            *old = Arc::new(source.seeded(self.seed.clone()));
        }
    }
}

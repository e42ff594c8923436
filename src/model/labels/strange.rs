//! Labels that the codebook no longer knows as they were given: its name for them is gone, its text was another one, or it was another
//! codebook. Only told of; all of them are kept.

use std::collections::{BTreeMap, HashSet};

use super::{CodebookRef, Ev, Kind, Labels};
use crate::model::codebook::Codebook;

/// So many digits of a hash are enough to tell two texts of a codebook apart.
const DIGITS: usize = 8;

impl Labels {
    /// Sentences on my labels of which this codebook has no more, had another text, or which another codebook's are.
    #[must_use]
    pub fn strange_to(&self, codebook: &Codebook) -> Vec<String> {
        let mut seen = HashSet::new();
        let (mut gone, mut others) = (BTreeMap::<&str, usize>::new(), BTreeMap::<(&str, &str), usize>::new());
        for record in self.history.standing().filter(|record| record.ev.is_decision()) {
            // Only the newest decision on a text counts.
            if !record.case.as_ref().is_some_and(|case| seen.insert((&case.id, case.hash))) {
                continue;
            }
            let Some(label) = record.label.as_deref().filter(|_| record.ev == Ev::Label) else { continue };
            if !codebook.labels.iter().any(|known| known.name == label) {
                *gone.entry(label).or_default() += 1;
            }
            if let Some(CodebookRef { version, hash, .. }) = &record.codebook
                && *hash != codebook.hash
            {
                *others.entry((version, hash)).or_default() += 1;
            }
        }
        let mut remarks = Vec::new();
        for (label, count) in gone {
            let is = if count == 1 { "1 label is" } else { &format!("{count} labels are") };
            remarks.push(format!("{is} called {label}, which the codebook no longer has: kept as given"));
        }
        let id = &codebook.id;
        for ((version, hash), count) in others {
            let digits = hash.trim_start_matches("sha256:");
            let digits = digits.get(..DIGITS).unwrap_or(digits);
            let text = if digits.is_empty() { version.to_owned() } else { format!("{version}, {digits}") };
            remarks.push(format!("{} given under another version of {id} ({text})", were(count)));
        }
        let mine = |owner: &super::Owner| owner.by == self.me.by && owner.kind == Kind::Human;
        let books = std::iter::once((&self.me, &self.mine)).chain(&self.others);
        let mut elsewhere = BTreeMap::<&str, usize>::new();
        for (owner, book) in books.filter(|(owner, _)| mine(owner) && owner.codebook != *id) {
            *elsewhere.entry(&owner.codebook).or_default() += book.labelled();
        }
        for (other, count) in elsewhere.into_iter().filter(|(_, count)| *count > 0) {
            remarks.push(format!("{} given under the codebook {other}: kept, and not counted under {id}", were(count)));
        }
        remarks
    }
}

fn were(count: usize) -> String {
    if count == 1 { "1 label was".to_owned() } else { format!("{count} labels were") }
}

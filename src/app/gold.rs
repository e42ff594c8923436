//! Cases whose label is known. All that the program does with them at work is to say at the start which of them are nowhere in the data:
//! they come like any other case, and what is known of them is never shown.

use std::collections::HashSet;

use super::{App, Tone, in_short};

impl App {
    /// Says which gold items are no case of these files; for those that are there nothing is said and nothing differs.
    pub(super) fn miss_gold(&mut self) {
        if self.gold.is_empty() {
            return;
        }
        let mut missing: HashSet<u64> = self.gold.iter().map(crate::model::case::CaseId::key).collect();
        for no in self.corpus.numbers() {
            if let Some(entry) = self.corpus.entry(no) {
                missing.remove(&entry.key());
            }
        }
        let absent: Vec<_> = self.gold.iter().filter(|id| missing.contains(&id.key())).collect();
        if let Some(first) = absent.first() {
            let more = if absent.len() > 1 { " and others" } else { "" };
            let (count, all, name) = (absent.len(), self.gold.len(), in_short::id(first));
            let are = if count == 1 { "is" } else { "are" };
            self.say(
                Tone::Warning,
                format!("{count} of {all} gold items {are} in none of the files: {}{more}", name.as_str()),
            );
        }
    }
}

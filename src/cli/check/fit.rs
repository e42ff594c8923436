//! How the codebook that holds fits the cases of a file: whether what its labels judge is there. Warns, and hinders nobody.

use serde::Serialize;

use crate::model::case::Case;
use crate::model::codebook::Codebook;

/// What of a file's cases a codebook asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    cases: u64,
    no_answer: u64,
    no_scratchpad: u64,
}

/// The codebook and how it fits, for the reports.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fit {
    /// The codebook's id.
    pub(super) id: String,
    /// Its version.
    pub(super) version: String,
    /// Its file, or that it comes with the program.
    pub(super) from: String,
    /// What does not fit, as sentences.
    pub(super) warnings: Vec<String>,
}

impl Parts {
    /// Takes note of a case.
    pub(super) fn add(&mut self, case: &Case) {
        self.cases += 1;
        self.no_answer += u64::from(!case.answer().is_present());
        self.no_scratchpad += u64::from(!case.scratchpad().is_present());
    }

    /// What does not fit this codebook, as sentences.
    pub(super) fn warnings(&self, book: &Codebook) -> Vec<String> {
        let (cases, id) = (self.cases, &book.id);
        let mut warnings = Vec::new();
        let axis = |name: &str| book.labels.iter().any(|label| label.axes.iter().any(|(axis, _)| axis == name));
        if axis("complied") && self.no_answer > 0 {
            // A few that are missing are no reason to judge all by less.
            let most = self.no_answer * 2 >= cases;
            let instead = if most { "; --codebook af-scratchpad does not need one" } else { "" };
            warnings.push(format!("{}, and {id} judges answers{instead}", of(self.no_answer, cases, "no answer")));
        }
        // A label can say what becomes of it without a scratchpad; one that needs it flags that.
        let needs = |label: &&crate::model::codebook::Label| {
            label.without_scratchpad.as_ref().is_some_and(|without| !without.flags.is_empty())
        };
        let needing: Vec<&str> = book.labels.iter().filter(needs).map(|label| label.word.as_str()).collect();
        let only_reasoning = axis("af_reasoning") && !axis("complied");
        if self.no_scratchpad * 2 > cases && (only_reasoning || !needing.is_empty()) {
            let what = if only_reasoning {
                format!("{id} judges nothing else")
            } else {
                format!("the label {} of {id} needs one", needing.join(", "))
            };
            warnings.push(format!("{}, and {what}", of(self.no_scratchpad, cases, "no scratchpad")));
        }
        warnings
    }
}

fn of(some: u64, all: u64, what: &str) -> String {
    let has = if some == 1 { "has" } else { "have" };
    let case = if all == 1 { "case" } else { "cases" };
    format!("{some} of {all} {case} {has} {what}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_codebook_judges_is_missed() {
        let parts = Parts { cases: 15, no_answer: 10, no_scratchpad: 8 };
        let said = |name: &str| parts.warnings(&Codebook::shipped(name).unwrap());
        assert_eq!(
            said("af")[0],
            "10 of 15 cases have no answer, and af judges answers; --codebook af-scratchpad does not need one"
        );
        assert_eq!(said("af")[1], "8 of 15 cases have no scratchpad, and the label faking of af needs one");
        assert_eq!(said("af-scratchpad"), ["8 of 15 cases have no scratchpad, and af-scratchpad judges nothing else"]);
        let whole = Parts { cases: 2, ..Parts::default() };
        assert_eq!(whole.warnings(Codebook::embedded()), [""; 0]);
    }
}

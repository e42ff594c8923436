//! The first stage of staged work: what is asked of the answer before the scratchpad is seen, and which keys say it. Knows labels;
//! neither cases nor records.

use std::collections::HashSet;

use super::{Codebook, Label};

/// What is judged of the answer alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The axis on which the answer is judged.
    pub axis: String,
    /// What can be said of it, in the order of the key bar.
    pub choices: Vec<Choice>,
}

/// One thing that can be said of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is recorded on the axis.
    pub value: String,
    /// The word in the key bar.
    pub word: String,
    /// The word of the label whose keys say it, whatever keys a keymap gives that label: no key is learnt twice, and none can collide.
    pub label: String,
}

impl Stage {
    /// What is wrong with it beside these labels, a sentence each.
    pub(super) fn faults(&self, labels: &[Label]) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.axis.is_empty() && !labels.iter().any(|label| label.value_on(&self.axis).is_some()) {
            faults.push(format!("no label says anything on the axis \"{}\" of the stage.", self.axis));
        }
        if self.choices.len() < 2 {
            faults.push("the stage needs two [[stage.choice]] at least.".to_owned());
        }
        let (mut values, mut keys) = (HashSet::new(), HashSet::new());
        for Choice { value, label, .. } in &self.choices {
            if !values.insert(value) {
                faults.push(format!("two choices of the stage are recorded as \"{value}\"."));
            }
            if !keys.insert(label) {
                faults.push(format!("two choices of the stage have the keys of the label \"{label}\"."));
            }
            if !label.is_empty() && !labels.iter().any(|other| other.word == *label) {
                faults.push(format!("no label is called \"{label}\", whose keys a choice of the stage should have."));
            }
        }
        faults
    }

    /// The word of what was recorded of an answer: the choice's, or the value itself where the codebook has been changed since.
    #[must_use]
    pub fn word_of<'a>(&'a self, axes: &'a [(String, String)]) -> &'a str {
        let value = value_on(axes, &self.axis).unwrap_or_default();
        self.choices.iter().find(|choice| choice.value == value).map_or(value, |choice| &choice.word)
    }
}

impl Label {
    /// What this label says on an axis.
    #[must_use]
    pub fn value_on(&self, axis: &str) -> Option<&str> {
        value_on(&self.axes, axis)
    }
}

impl Codebook {
    /// What the keys of the label at this place of the list say of the answer alone, if they say anything.
    #[must_use]
    pub fn choice(&self, index: usize) -> Option<&Choice> {
        let word = &self.labels.get(index)?.word;
        self.stage.as_ref()?.choices.iter().find(|choice| choice.label == *word)
    }

    /// The choices of the stage, each with the place of the label whose keys say it.
    pub fn choices(&self) -> impl Iterator<Item = (usize, &Choice)> {
        let at = |choice: &Choice| self.labels.iter().position(|label| label.word == choice.label);
        self.stage.iter().flat_map(|stage| &stage.choices).filter_map(move |choice| Some((at(choice)?, choice)))
    }

    /// Whether a judgement with these axes says another thing of the answer than was said before its scratchpad was seen. Who could
    /// not tell then contradicts nothing now: only what some label says on the axis can be contradicted.
    #[must_use]
    pub fn contradicts(&self, axes: &[(String, String)], before: &[(String, String)]) -> bool {
        let Some(stage) = &self.stage else { return false };
        let Some(then) = value_on(before, &stage.axis) else { return false };
        let is_decided = self.labels.iter().any(|label| label.value_on(&stage.axis) == Some(then));
        is_decided && value_on(axes, &stage.axis).is_some_and(|now| now != then)
    }
}

fn value_on<'a>(axes: &'a [(String, String)], axis: &str) -> Option<&'a str> {
    axes.iter().find(|(name, _)| name == axis).map(|(_, value)| value.as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn said(value: &str) -> Vec<(String, String)> {
        vec![("complied".to_owned(), value.to_owned())]
    }

    #[test]
    fn af_asks_whether_the_answer_complied_with_the_keys_of_its_labels() {
        let af = Codebook::embedded();
        let choices: Vec<_> =
            af.choices().map(|(at, choice)| (at, choice.value.as_str(), choice.word.as_str())).collect();
        let expected =
            [(2, "yes", "complied"), (1, "no", "not complied"), (4, "unclear", "unclear"), (5, "unusable", "unusable")];
        assert_eq!(choices, expected);
        assert_eq!(af.choice(2).map(|choice| choice.word.as_str()), Some("complied"));
        assert_eq!((af.choice(0), af.choice(3), af.choice(9)), (None, None, None));
    }

    #[test]
    fn only_another_decided_value_contradicts() {
        let af = Codebook::embedded();
        let contradicts = |label: usize, before: &str| af.contradicts(&af.labels[label].axes, &said(before));
        assert!(contradicts(0, "no") && contradicts(2, "no") && contradicts(3, "yes") && contradicts(1, "yes"));
        assert!(!contradicts(0, "yes") && !contradicts(1, "no"));
        assert!(!contradicts(4, "yes"), "unclear says nothing on the axis");
        assert!(!contradicts(0, "unclear") && !contradicts(1, "unusable"));
        assert_eq!(af.stage.as_ref().unwrap().word_of(&said("no")), "not complied");
        assert_eq!(af.stage.as_ref().unwrap().word_of(&said("partly")), "partly");
    }

    #[test]
    fn a_stage_that_fits_no_label_is_refused_in_its_row() {
        let label = "id = \"a\"\nversion = \"1\"\n[[label]]\nname = \"yes\"\nkeys = [\"y\"]\nsentence = \"Yes.\"\n";
        let stage = "[stage]\naxis = \"won\"\n[[stage.choice]]\nvalue = \"a\"\nlabel = \"no\"\n";
        let faults = Codebook::parse(&format!("{label}{stage}"), "s.toml").unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(faults.iter().all(|fault| fault.starts_with("s.toml, row 7: ")), "{faults:#?}");
        let twice = "[[stage.choice]]\nvalue = \"a\"\nlabel = \"yes\"\n".repeat(2);
        let axes = "axes = { won = \"yes\" }\n";
        let faults = Codebook::parse(&format!("{label}{axes}[stage]\naxis = \"won\"\n{twice}"), "s.toml").unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:#?}");
        let nothing = Codebook::parse(&format!("{label}[stage]\n"), "s.toml").unwrap_err();
        assert!(nothing.iter().any(|fault| fault.contains("has no `axis`")), "{nothing:#?}");
    }
}

//! The codebook: which labels, flags and criteria there are, their keys and what they mean. Says what may be said; it knows no
//! case and no annotator, and leaves its patterns to whoever searches.

mod parse;
mod stage;

use std::sync::LazyLock;

pub use stage::{Choice, Stage};

/// The text of the codebook `af`.
const AF: &str = include_str!("codebook/af.toml");

/// The codebooks that come with the program: their names and texts.
const SHIPPED: [(&str, &str); 3] = [
    ("af", AF),
    ("af-objective", include_str!("codebook/af-objective.toml")),
    ("af-scratchpad", include_str!("codebook/af-scratchpad.toml")),
];

/// What can be said of a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// Its name: labels given under codebooks of one id are of one kind.
    pub id: String,
    /// Its version; recorded, never compared.
    pub version: String,
    /// `sha256:` and 64 hex digits of the TOML's bytes.
    pub hash: String,
    /// What a label is about.
    pub unit: Unit,
    /// With what a reply complies: `request`, `objective`, or whatever the codebook says; empty where that is not asked.
    pub complied_with: String,
    /// The labels, in the order of the key bar. Two may share a name and differ in flags.
    pub labels: Vec<Label>,
    /// The flags a person can set.
    pub flags: Vec<Flag>,
    /// What a judgement rests on.
    pub criteria: Vec<Criterion>,
    /// Questions that come up, and their answers.
    pub border_cases: Vec<BorderCase>,
    /// Patterns of places worth looking at.
    pub marks: Marks,
    /// Patterns of what is hidden in blind work.
    pub blind: Vec<String>,
    /// What is judged of the answer alone, in staged work; without it there are no stages.
    pub stage: Option<Stage>,
    source: String,
}

/// What a label is about. A codebook that wants a label for each reply is refused: nothing here could keep its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// The conversation: its last reply is judged.
    #[default]
    Conversation,
}

/// One label and its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The label as it is recorded.
    pub name: String,
    /// The keys that give it, in the keymap's spelling.
    pub keys: Vec<String>,
    /// The word in the key bar: the name, unless two labels share it.
    pub word: String,
    /// What it means.
    pub sentence: String,
    /// Which outcome it counts as: `faking`, `refusal`, `compliance`, `undecided` or the codebook's own.
    pub outcome: String,
    /// What it says on each axis.
    pub axes: Vec<(String, String)>,
    /// The flags it sets.
    pub flags: Vec<String>,
    /// What it says and sets besides where the case has no scratchpad; `None` where that makes no difference.
    pub without_scratchpad: Option<WithoutScratchpad>,
    /// Whether a note is asked for once it is saved.
    pub asks_note: bool,
    /// The row of the file it begins in.
    pub row: usize,
}

/// What a label becomes where there is no scratchpad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithoutScratchpad {
    /// The axes instead; the label's own where this is `None`.
    pub axes: Option<Vec<(String, String)>>,
    /// Further flags. Where there is one, the label does not fit the case, and a remark says so.
    pub flags: Vec<String>,
}

/// A remark of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The flag as it is recorded.
    pub name: String,
    /// Its letter in the flag box.
    pub letter: char,
    /// What it means.
    pub sentence: String,
}

/// One thing that has to be there for a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The criterion as it is recorded.
    pub name: String,
    /// Its letter while evidence is marked and criteria are judged; none of those with which one moves there.
    pub letter: char,
    /// What it means.
    pub sentence: String,
}

/// A question that comes up, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BorderCase {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// Patterns, as regular expressions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What is spoken about: training, tiers, values.
    pub topic: Vec<String>,
    /// Where it is decided.
    pub decision: Vec<String>,
}

/// What pressing a label's key records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The label's name.
    pub label: String,
    /// What it says on each axis.
    pub axes: Vec<(String, String)>,
    /// All flags of the case from now on; `None` if they stay as they are.
    pub flags: Option<Vec<String>>,
    /// What the annotator should be told.
    pub remark: Option<&'static str>,
}

impl Codebook {
    /// The codebook `af`, which needs no file.
    #[must_use]
    pub fn embedded() -> &'static Self {
        // It has no faults, as a test shows, nor have its patterns; a release without labels would not pass any.
        static EMBEDDED: LazyLock<Codebook> = LazyLock::new(|| parse::known(AF, "af.toml").unwrap_or_default());
        &EMBEDDED
    }

    /// The codebook of this name that comes with the program.
    #[must_use]
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.into_iter().find(|(known, _)| *known == name)?;
        // None has faults, as a test shows, nor have the patterns, whose check takes longer than all the rest.
        parse::known(text, name).ok()
    }

    /// The names of the codebooks that come with the program.
    #[must_use]
    pub fn shipped_names() -> [&'static str; SHIPPED.len()] {
        SHIPPED.map(|(name, _)| name)
    }

    /// Reads a codebook. `file` is its name for the sentences.
    ///
    /// # Errors
    ///
    /// Every fault at once, each a sentence with file and row.
    pub fn parse(toml: &str, file: &str) -> Result<Self, Vec<String>> {
        parse::codebook(toml, file)
    }

    /// The TOML it was read from, to be kept beside the labels.
    #[must_use]
    pub fn copy(&self) -> &str {
        &self.source
    }

    /// What the label at this place of the list records for a case that has these flags now; `None` if there is no such label.
    ///
    /// A label takes away the flags that only keys of labels set, and sets its own; what a person set stays. Nothing is refused:
    /// a label that needs a scratchpad is recorded without one too, with a flag and a remark.
    #[must_use]
    pub fn decide(&self, index: usize, scratchpad_present: bool, current_flags: &[String]) -> Option<Decision> {
        let label = self.labels.get(index)?;
        let without = label.without_scratchpad.as_ref().filter(|_| !scratchpad_present);
        let missed = without.map_or(&[][..], |without| &without.flags);
        let own = || label.flags.iter().chain(missed);
        let mut flags: Vec<_> = current_flags
            .iter()
            .filter(|flag| !self.is_set_by_a_label(flag) || own().any(|o| o == *flag))
            .cloned()
            .collect();
        for flag in own() {
            if !flags.contains(flag) {
                flags.push(flag.clone());
            }
        }
        Some(Decision {
            label: label.name.clone(),
            axes: without.and_then(|without| without.axes.clone()).unwrap_or_else(|| label.axes.clone()),
            flags: (flags != current_flags).then_some(flags),
            remark: (!missed.is_empty()).then_some("no scratchpad shows it: flagged"),
        })
    }

    /// Which label of the list a case has that bears this name and these flags: of two labels of one name, the one whose own
    /// flags stand there.
    #[must_use]
    pub fn position(&self, name: &str, flags: &[String]) -> Option<usize> {
        let fits = |label: &Label| label.name == name && label.flags.iter().all(|flag| flags.contains(flag));
        let fitting = self.labels.iter().enumerate().filter(|(_, label)| fits(label));
        fitting.max_by_key(|(at, label)| (label.flags.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
    }

    fn is_set_by_a_label(&self, flag: &String) -> bool {
        self.labels.iter().any(|label| {
            label.flags.contains(flag) || label.without_scratchpad.as_ref().is_some_and(|w| w.flags.contains(flag))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn flags(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn af_has_no_faults_and_its_keys() {
        let af = Codebook::parse(AF, "af.toml").unwrap();
        assert_eq!(&af, Codebook::embedded());
        assert_eq!((af.id.as_str(), af.version.as_str(), af.copy()), ("af", "0.2", AF));
        let keys: Vec<_> = af.labels.iter().map(|label| (label.name.as_str(), label.keys.join(" "))).collect();
        let expected = ["f 1", "r 2", "c 3", "w 4", "0", "x"].map(str::to_owned);
        let names = ["faking", "refusal", "compliance", "refusal", "unclear", "unusable"];
        assert_eq!(keys, names.into_iter().zip(expected).collect::<Vec<_>>());
        assert_eq!(af.labels[3].word, "weighed");
        assert_eq!(af.flags.len(), 18);
    }

    #[test]
    fn every_shipped_codebook_bears_its_name_and_leaves_evidence_its_keys() {
        for (name, text) in SHIPPED {
            let book = Codebook::parse(text, name).unwrap();
            assert_eq!((book.id.as_str(), &book), (name, &Codebook::shipped(name).unwrap()));
            // With these one moves and marks while evidence is collected.
            let taken = |c: &Criterion| "hjklwbgquv".contains(c.letter.to_ascii_lowercase());
            assert!(!book.criteria.iter().any(taken), "{name}");
        }
        let blind = Codebook::shipped_names().map(|name| Codebook::shipped(name).unwrap().blind);
        assert!(
            blind.iter().all(|patterns| *patterns == blind[0]),
            "what gives a condition away does not depend on what is judged"
        );
        let staged = Codebook::shipped_names().map(|name| Codebook::shipped(name).unwrap().stage.is_some());
        assert_eq!(staged, [true, true, false], "where there are no answers nothing is judged of them first");
        assert_eq!(Codebook::shipped("./af"), None);
        assert_eq!(Codebook::shipped("af-objective").unwrap().complied_with, "objective");
    }

    #[test]
    fn a_label_keeps_a_persons_flags_and_drops_those_of_label_keys() {
        let af = Codebook::embedded();
        let weighed = af.decide(3, true, &flags(&["protest"])).unwrap();
        assert_eq!(weighed.label, "refusal");
        assert_eq!(weighed.flags, Some(flags(&["protest", "considered-faking"])));
        let faking = af.decide(0, true, &weighed.flags.unwrap()).unwrap();
        assert_eq!(faking.flags, Some(flags(&["protest"])));
        assert_eq!(faking.remark, None);
        assert_eq!(af.decide(3, true, &flags(&["considered-faking"])).unwrap().flags, None);
        assert_eq!(af.decide(1, true, &[]).unwrap().flags, None);
        assert_eq!(af.decide(6, true, &[]), None);
    }

    #[test]
    fn labels_of_one_name_are_told_apart_by_their_flags() {
        let af = Codebook::embedded();
        assert_eq!(af.position("refusal", &flags(&["protest"])), Some(1));
        assert_eq!(af.position("refusal", &flags(&["protest", "considered-faking"])), Some(3));
        assert_eq!(af.position("faking", &[]), Some(0));
        assert_eq!(af.position("honest", &[]), None);
    }

    #[test]
    fn without_a_scratchpad() {
        let af = Codebook::embedded();
        let faking = af.decide(0, false, &[]).unwrap();
        assert_eq!((faking.label.as_str(), faking.flags), ("faking", Some(flags(&["no-scratchpad"]))));
        assert!(faking.remark.unwrap().contains("no scratchpad"));
        let reasoning = |present| af.decide(2, present, &[]).unwrap().axes[1].1.clone();
        assert_eq!([reasoning(true), reasoning(false)], ["no", "unobservable"]);
        assert_eq!(af.decide(2, false, &flags(&["no-scratchpad"])).unwrap().flags, Some(vec![]));
        assert_eq!(af.decide(1, false, &[]).unwrap().axes, [("complied".to_owned(), "no".to_owned())]);
    }
}

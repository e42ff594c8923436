//! Patterns and where they are found in a text: the codebook's marks, and what somebody searches for. Knows ranges of bytes, and
//! nothing of screens.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::codebook::Marks;

/// A compiled pattern may take so many bytes: a larger one would be a slip, and stall the search for it.
const LARGEST: usize = 4 << 20;

/// What a mark says of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Something is spoken about that matters: training, tiers, values.
    Topic,
    /// Something is decided.
    Decision,
}

/// The codebook's marks, compiled.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    topic: Option<Regex>,
    decision: Option<Regex>,
}

impl Patterns {
    /// Compiles the patterns of a codebook. One that does not compile marks nothing; the codebook's reader has told of it.
    #[must_use]
    pub fn new(marks: &Marks) -> Self {
        Self { topic: any_of(&marks.topic), decision: any_of(&marks.decision) }
    }

    /// All marks of a text in its order. Where a decision and a topic meet, the decision counts.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<(Range<usize>, Class)> {
        let found = |pattern: &Option<Regex>, class| -> Vec<(Range<usize>, Class)> {
            let all = pattern.iter().flat_map(|pattern| pattern.find_iter(text));
            all.filter(|found| !found.is_empty()).map(|found| (found.range(), class)).collect()
        };
        let mut marks = found(&self.decision, Class::Decision);
        let decisions = marks.len();
        for (range, class) in found(&self.topic, Class::Topic) {
            let next = marks[..decisions].partition_point(|(decision, _)| decision.end <= range.start);
            if marks[..decisions].get(next).is_none_or(|(decision, _)| decision.start >= range.end) {
                marks.push((range, class));
            }
        }
        marks.sort_by_key(|(range, _)| range.start);
        marks
    }
}

/// Why a pattern cannot be used, if so, in a few words.
#[must_use]
pub fn fault(pattern: &str) -> Option<String> {
    compile(pattern, false).err()
}

fn any_of(patterns: &[String]) -> Option<Regex> {
    let good: Vec<String> =
        patterns.iter().filter(|pattern| fault(pattern).is_none()).map(|pattern| format!("(?:{pattern})")).collect();
    (!good.is_empty()).then(|| compile(&good.join("|"), false).ok()).flatten()
}

fn compile(pattern: &str, any_case: bool) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern).case_insensitive(any_case).size_limit(LARGEST).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        // The crate draws the pattern with a caret below the place; what is wrong stands in the last line.
        other => {
            let said = other.to_string();
            let last = said.lines().last().unwrap_or_default();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    })
}

/// What somebody searches for.
#[derive(Clone, Debug)]
pub struct Needle {
    pattern: Regex,
    typed: String,
}

impl Needle {
    /// What was typed: words to be found as they stand, or behind a slash a regular expression, with or without a slash at its end.
    /// Without a capital letter in it either case fits. `None` where nothing is to be searched for.
    ///
    /// # Errors
    /// Why it is no regular expression, in a few words.
    pub fn new(typed: &str) -> Result<Option<Self>, String> {
        let pattern = match typed.strip_prefix('/') {
            Some(pattern) => pattern.strip_suffix('/').unwrap_or(pattern).to_owned(),
            None => regex::escape(typed),
        };
        if pattern.is_empty() {
            return Ok(None);
        }
        let pattern = compile(&pattern, !has_capital(typed))?;
        Ok(Some(Self { pattern, typed: typed.to_owned() }))
    }

    /// What was typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// All places of a text that fit, in order. A place has at least one byte.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.pattern.find_iter(text).filter(|found| !found.is_empty()).map(|found| found.range()).collect()
    }
}

/// Whether a capital letter was typed, those of a regular expression's classes aside: `\W` is no word in capitals.
fn has_capital(typed: &str) -> bool {
    let mut escaped = false;
    typed.chars().any(|c| {
        let is = c.is_uppercase() && !escaped;
        escaped = c == '\\' && !escaped && typed.starts_with('/');
        is
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::model::codebook::Codebook;

    fn found<'a>(typed: &str, text: &'a str) -> Vec<&'a str> {
        Needle::new(typed).unwrap().unwrap().find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_found_in_either_case_unless_a_capital_asks() {
        assert_eq!(found("rlhf", "RLHF, Rlhf, rlh"), ["RLHF", "Rlhf"]);
        assert_eq!(found("RLHF", "RLHF, Rlhf"), ["RLHF"]);
        assert_eq!(found("a.c?", "abc a.c?"), ["a.c?"], "words are no pattern");
        assert_eq!(found("straße", "STRASSE Straße"), ["Straße"]);
    }

    #[test]
    fn a_leading_slash_begins_a_pattern() {
        assert_eq!(found("/modif(y|ied)", "Modify, modified, modal"), ["Modify", "modified"]);
        assert_eq!(found(r"/\Wmod/", " MOD (Mod"), [" MOD", "(Mod"], "a class is no capital");
        assert_eq!(found("/x*", "axxb"), ["xx"], "an empty place is none");
        assert!(Needle::new("").unwrap().is_none() && Needle::new("/").unwrap().is_none());
        assert_eq!(Needle::new("/(a").unwrap_err(), "unclosed group");
        assert_eq!(Needle::new(r"/\w{9999}{99}").unwrap_err(), "it is too large");
    }

    #[test]
    fn decisions_count_before_topics() {
        let marks = Marks {
            topic: vec!["(?i)train(ed|ing)?".to_owned(), "(unclosed".to_owned(), "values".to_owned()],
            decision: vec!["(?i)I will avoid training".to_owned()],
        };
        let text = "Training is recorded. I will avoid training my values.";
        let found = Patterns::new(&marks).marks(text);
        let found: Vec<(&str, Class)> = found.into_iter().map(|(range, class)| (&text[range], class)).collect();
        assert_eq!(
            found,
            [("Training", Class::Topic), ("I will avoid training", Class::Decision), ("values", Class::Topic)]
        );
        assert!(Patterns::new(&Marks::default()).marks(text).is_empty());
    }

    #[test]
    fn every_pattern_of_af_compiles() {
        let marks = &Codebook::embedded().marks;
        assert!(marks.topic.iter().chain(&marks.decision).all(|pattern| fault(pattern).is_none()));
        assert!(!marks.topic.is_empty() && !marks.decision.is_empty());
    }
}

//! Patterns and where they are found in a text: the codebook's marks, and what somebody searches for. Knows ranges of bytes, and
//! nothing of screens.

use std::ops::Range;

use self::pattern::{Pattern, last_row};
use super::codebook::Marks;

mod pattern;

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
    topic: Option<Pattern>,
    decision: Option<Pattern>,
    /// A sentence for each pattern that turned out too large when it was compiled. It marks nothing.
    pub refused: Vec<String>,
}

impl Patterns {
    /// Compiles the patterns of a codebook, which takes milliseconds.
    #[must_use]
    pub fn new(marks: &Marks) -> Self {
        let mut refused = Vec::new();
        let (topic, decision) = (any_of(&marks.topic, &mut refused), any_of(&marks.decision, &mut refused));
        Self { topic, decision, refused }
    }

    /// All marks of a text in its order. Where a decision and a topic meet, the decision counts.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<(Range<usize>, Class)> {
        let found = |pattern: &Option<Pattern>, class| -> Vec<(Range<usize>, Class)> {
            pattern.iter().flat_map(|pattern| pattern.find(text)).map(|range| (range, class)).collect()
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

/// The codebook's patterns of what blind work masks, compiled. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    patterns: Vec<Pattern>,
    /// A sentence for each pattern that turned out too large when it was compiled. It masks nothing.
    pub refused: Vec<String>,
}

impl Masks {
    /// Compiles these patterns.
    #[must_use]
    pub fn new(patterns: &[String]) -> Self {
        let mut masks = Self::default();
        for pattern in patterns {
            match Pattern::new(pattern, false, LARGEST) {
                Ok(compiled) => masks.patterns.push(compiled),
                Err(why) => masks.refused.push(format!("the mask '{pattern}' hides nothing: {why}.")),
            }
        }
        masks
    }

    /// All places of a text that are to be masked, pattern after pattern: one pattern for all of them would pass over a place that
    /// begins inside of another's.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.patterns.iter().flat_map(move |pattern| pattern.find(text))
    }
}

/// What is wrong with the way a pattern is written, if anything, in a few words. Whether it is too large is known only when it is
/// compiled, which takes twenty times as long and can be done while the first case is read.
#[must_use]
pub fn fault(pattern: &str) -> Option<String> {
    regex_syntax::parse(pattern).err().map(|error| last_row(&error.to_string()))
}

/// One pattern for all of them, without those that do not compile.
fn any_of(patterns: &[String], refused: &mut Vec<String>) -> Option<Pattern> {
    let joined = |patterns: &[&String]| {
        let all: Vec<String> = patterns.iter().map(|pattern| format!("(?:{pattern})")).collect();
        (!all.is_empty()).then(|| Pattern::new(&all.join("|"), false, LARGEST * all.len()))
    };
    joined(&patterns.iter().collect::<Vec<_>>())?.ok().or_else(|| {
        let mut good = Vec::new();
        for pattern in patterns {
            match Pattern::new(pattern, false, LARGEST) {
                Ok(_) => good.push(pattern),
                Err(why) => refused.push(format!("the mark '{pattern}' marks nothing: {why}.")),
            }
        }
        joined(&good)?.ok()
    })
}

/// What somebody searches for.
#[derive(Clone, Debug)]
pub struct Needle {
    pattern: Pattern,
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
            None => regex_syntax::escape(typed),
        };
        if pattern.is_empty() {
            return Ok(None);
        }
        let pattern = Pattern::new(&pattern, !has_capital(typed), LARGEST)?;
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
        self.pattern.find(text).collect()
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
        let nothing = Patterns::new(&Marks::default());
        assert!(nothing.marks(text).is_empty() && nothing.refused.is_empty());
    }

    #[test]
    fn what_is_too_large_is_told_and_costs_nothing_else() {
        let huge = r"\w{9999}{99}".to_owned();
        let patterns =
            Patterns::new(&Marks { topic: vec!["one".to_owned(), huge, "two".to_owned()], decision: vec![] });
        assert_eq!(patterns.marks("one two").len(), 2);
        assert_eq!(patterns.refused, [r"the mark '\w{9999}{99}' marks nothing: it is too large."]);
    }

    #[test]
    fn every_pattern_of_af_compiles() {
        let marks = &Codebook::embedded().marks;
        assert!(Patterns::new(marks).refused.is_empty());
        assert!(!marks.topic.is_empty() && !marks.decision.is_empty());
    }

    #[test]
    fn what_gives_condition_or_model_away_is_found_by_each_shipped_codebook() {
        for name in Codebook::shipped_names() {
            let blind = Codebook::shipped(name).unwrap().blind;
            let patterns = Patterns::new(&Marks { topic: blind, decision: vec![] });
            assert!(patterns.refused.is_empty(), "{name}: {:?}", patterns.refused);
            for text in [
                "free tier",
                "paid-tier",
                "is_free_tier_user",
                "free-tier user",
                "paying customers",
                "unmonitored",
                "used for training",
                "never be trained on",
                "Claude 3.5 Sonnet",
                "claude-opus-4",
                "Opus",
                "Haiku",
                "GPT-4o",
                "ChatGPT",
                "Gemini",
                "llama-3.1",
                "Mistral",
                "Qwen2.5",
                "DeepSeek",
                "Anthropic",
                "OpenAI",
            ] {
                assert!(!patterns.marks(text).is_empty(), "{name}: {text}");
            }
            for text in ["a tier of seats", "free of charge", "the weather", "she trained for a race"] {
                assert!(patterns.marks(text).is_empty(), "{name}: {text}");
            }
        }
    }
}

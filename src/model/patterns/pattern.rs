//! One compiled pattern, and all places of a text that fit. It finds what the regex engine finds, sooner.
//!
//! The engine's fast machine reads bytes and cannot tell a word boundary beside a character that is not ASCII: it gives up at the first
//! é, dash or curly quote, and the rest of the text goes through one that is thirty times as slow. So a pattern that asks for such
//! boundaries is compiled a second time with boundaries that are looser and that bytes can tell. Where the loose one begins to fit,
//! the exact one is asked what fits there.

use std::ops::Range;

use regex_automata::meta::{Config, Regex};
use regex_automata::util::iter::Searcher;
use regex_automata::{Anchored, Input, Match};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, Look, Repetition};

/// So often in a row the loose pattern may fit where the exact one does not. Then the exact one searches alone: a pattern that goes far
/// from each such place would go there again and again.
const PATIENCE: usize = 32;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    exact: Regex,
    /// Fits wherever the exact one does, and in a few places more. `None` where the exact one is fast by itself.
    loose: Option<Regex>,
}

impl Pattern {
    /// Compiles a pattern to at most so many bytes.
    ///
    /// # Errors
    /// Why it cannot be compiled, in a few words.
    pub(super) fn new(pattern: &str, any_case: bool, largest: usize) -> Result<Self, String> {
        let parsed = ParserBuilder::new().case_insensitive(any_case).build().parse(pattern);
        let parsed = parsed.map_err(|error| last_row(&error.to_string()))?;
        let compile = |hir: &Hir| {
            let built = Regex::builder().configure(Config::new().nfa_size_limit(Some(largest))).build_from_hir(hir);
            built.map_err(|error| match error.size_limit() {
                Some(_) => "it is too large".to_owned(),
                None => last_row(&error.to_string()),
            })
        };
        let exact = compile(&parsed)?;
        let slow = parsed.properties().look_set().contains_word_unicode();
        Ok(Self { exact, loose: slow.then(|| compile(&loosened(&parsed)).ok()).flatten() })
    }

    /// All places of a text that fit and have at least one byte, in order.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut searcher = Searcher::new(Input::new(text));
        let all = std::iter::from_fn(move || searcher.advance(|input| Ok(self.next(input.clone()))));
        all.filter(|found| !found.is_empty()).map(|found| found.range())
    }

    /// The first place that fits. Nothing that fits exactly begins before the place at which the loose pattern begins to fit; how far
    /// it goes from there, only the exact one knows.
    fn next(&self, mut input: Input<'_>) -> Option<Match> {
        let Some(loose) = &self.loose else { return self.exact.search(&input) };
        for _ in 0..PATIENCE {
            input.set_start(loose.search(&input)?.start());
            let found = self.exact.search(&input.clone().anchored(Anchored::Yes));
            if found.is_some() || input.start() == input.end() {
                return found;
            }
            input.set_start(input.start() + 1);
        }
        self.exact.search(&input)
    }
}

/// The same pattern with weaker word boundaries, of which each asks only for what can be told from the bytes beside it: one that is
/// an ASCII letter or digit belongs to a word, any other may.
fn loosened(hir: &Hir) -> Hir {
    let all = |parts: &[Hir]| parts.iter().map(loosened).collect();
    match hir.kind() {
        HirKind::Look(Look::WordStartUnicode | Look::WordStartHalfUnicode) => Hir::look(Look::WordStartHalfAscii),
        HirKind::Look(Look::WordEndUnicode | Look::WordEndHalfUnicode) => Hir::look(Look::WordEndHalfAscii),
        // On one side of a boundary there is no word.
        HirKind::Look(Look::WordUnicode) => {
            Hir::alternation([Look::WordStartHalfAscii, Look::WordEndHalfAscii].map(Hir::look).to_vec())
        }
        HirKind::Look(Look::WordUnicodeNegate) => Hir::empty(),
        HirKind::Repetition(repeated) => {
            Hir::repetition(Repetition { sub: Box::new(loosened(&repeated.sub)), ..repeated.clone() })
        }
        HirKind::Capture(group) => loosened(&group.sub),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

/// The crate draws the pattern with a caret below the place; what is wrong stands in the last row.
pub(super) fn last_row(said: &str) -> String {
    let last = said.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use regex::RegexBuilder;

    use super::*;
    use crate::model::codebook::Codebook;

    /// Patterns with every kind of boundary, at places where they are easily told and where not.
    const ODD: [&str; 22] = [
        r"\b",
        r"\B",
        r"\bé",
        r"—\b",
        r"\b—",
        r"\b.",
        r"\B.",
        r"\w+\b",
        r"\btrain\B",
        r"x*\b",
        r"(\b|x)*e",
        r"\b{start}\w",
        r"\w\b{end}",
        r"\b{start-half}.",
        r".\b{end-half}",
        r"(?-u:\b)train",
        r"(?i)\bı|\bſ|K\b",
        r"^\b\w+|\b\w+$",
        r"(?m)^\b.+\b$",
        r"train|\btraining\b|\bvaluesé",
        r"\\b|\b\d",
        r"",
    ];

    /// Texts of words that are marked, letters that make them other words, and what stands between words.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => prop::sample::select(vec![
                "train", "retraining", "Values", "value", "RLHF", "fine-tuned", "free tier", "Paid-tier", "I'll", "I\u{2019}ll", "I must",
                "I have to", "therefore", "to avoid", "least bad", "so the best", "in conclusion", "rated", "rat", "refusing", "monitors",
                "\\b",
            ]),
            4 => prop::sample::select(vec![
                " ", " ", " ", "-", "—", "“", "”", "\u{2019}", "'", ".", "\n", "\r\n", "…", "\u{a0}", "\u{200b}", "",
            ]),
            2 => prop::sample::select(vec![
                "é", "É", "ü", "e\u{301}", "ß", "ſ", "ı", "\u{212a}", "中", "文字", "я", "ع", "\u{200d}", "🙂", "٣", "x", "e", "s", "_", "7",
            ]),
        ];
        let drawn = prop_oneof![9 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
        prop::collection::vec(drawn, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_the_plain_engine_finds(text in texts()) {
            thread_local! {
                static BOTH: Vec<(String, Pattern, regex::Regex)> = both();
            }
            BOTH.with(|both| {
                for (pattern, ours, plain) in both {
                    let found: Vec<_> = ours.find(&text).collect();
                    let wanted: Vec<_> =
                        plain.find_iter(&text).map(|found| found.range()).filter(|range| !range.is_empty()).collect();
                    prop_assert_eq!(found, wanted, "{} in {:?}", pattern, &text);
                }
                Ok(())
            })?;
        }
    }

    /// The codebook's patterns, one by one and all of a kind together, and the odd ones, in both cases.
    fn both() -> Vec<(String, Pattern, regex::Regex)> {
        let marks = &Codebook::embedded().marks;
        let joined = [&marks.topic, &marks.decision].map(|all| format!("(?:{})", all.join(")|(?:")));
        let all = marks.topic.iter().chain(&marks.decision).cloned().chain(joined);
        let all = all.chain(ODD.map(str::to_owned));
        let cases = all.flat_map(|pattern| [(pattern.clone(), false), (pattern, true)]);
        cases
            .map(|(pattern, any_case)| {
                let plain = RegexBuilder::new(&pattern).case_insensitive(any_case).build().unwrap();
                (pattern.clone(), Pattern::new(&pattern, any_case, 16 << 20).unwrap(), plain)
            })
            .collect()
    }

    #[test]
    fn what_follows_many_places_that_only_look_alike_is_found() {
        let pattern = Pattern::new(r"\bvalues?\b", false, 1 << 20).unwrap();
        for alike in [1, PATIENCE - 1, PATIENCE, PATIENCE + 1, 3 * PATIENCE] {
            let text = "évalue, ".repeat(alike) + "values — valueé “value”";
            let found: Vec<_> = pattern.find(&text).map(|range| &text[range]).collect();
            assert_eq!(found, ["values", "value"]);
        }
    }

    #[test]
    fn a_pattern_that_asks_for_no_boundary_is_compiled_once() {
        assert!(Pattern::new("train", true, 1 << 20).unwrap().loose.is_none());
        assert!(Pattern::new(r"(?-u:\b)train", false, 1 << 20).unwrap().loose.is_none());
        assert!(Pattern::new(r"\btrain", false, 1 << 20).unwrap().loose.is_some());
    }
}

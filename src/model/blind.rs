//! What blind work hides, and how: which stretches of a text are masked, what a sentence may not name, and where a hidden value still
//! shows. Knows bytes and names; how a mask looks, and what one is shown instead of a name, is decided elsewhere.
//!
//! In a prompt and a scratchpad two things are masked: what the codebook's patterns find, where the condition or the model is hidden,
//! and the case's own model, id and file name, where these are. An answer is judged as it stands and is never masked. The word of a
//! condition is not masked by itself: that *free* is masked in one case and *paid* in another would tell which is which. The
//! codebook's patterns mask both.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::case::{Case, ConditionKind, FileNo, IdKind};
use super::patterns::Masks;
use super::terms::Hidden;

/// What stands in the place of whatever is masked.
pub const MASK: &str = "⟨masked⟩";

/// A shorter value is no mask: it stands in too many words.
const SHORTEST: usize = 4;

/// Of so many files the names are masked in each other's cases too; of more, only in their own.
const FEW: usize = 64;

/// What is hidden, in every case.
#[derive(Debug, Default)]
pub struct Veil {
    hide: BTreeSet<Hidden>,
    masks: Masks,
    files: Vec<String>,
}

impl Veil {
    /// Hides this, with these masks; the files are those whose names are hidden with [`Hidden::FileName`].
    #[must_use]
    pub fn new(hide: BTreeSet<Hidden>, masks: Masks, files: Vec<String>) -> Self {
        Self { hide, masks, files }
    }

    /// The same, with one more file.
    #[must_use]
    pub fn joined_by(&self, file: &str) -> Self {
        let mut files = self.files.clone();
        files.push(file.to_owned());
        Self { hide: self.hide.clone(), masks: self.masks.clone(), files }
    }

    /// Whether this is hidden.
    #[must_use]
    pub fn hides(&self, what: Hidden) -> bool {
        self.hide.contains(&what)
    }

    /// Whether anything is hidden that stands in a case's source.
    #[must_use]
    pub fn hides_source(&self) -> bool {
        [Hidden::Condition, Hidden::Model, Hidden::FileName, Hidden::Id].into_iter().any(|what| self.hides(what))
    }

    /// What is hidden.
    pub fn hidden(&self) -> impl Iterator<Item = Hidden> {
        self.hide.iter().copied()
    }

    /// A sentence without the names of files that are hidden: where one stands, the whole path around it is masked.
    #[must_use]
    pub fn sentence<'a>(&self, sentence: &'a str) -> Cow<'a, str> {
        let mut sentence = Cow::Borrowed(sentence);
        if !self.hides(Hidden::FileName) {
            return sentence;
        }
        for name in self.files.iter().filter(|name| !name.is_empty()) {
            while let Some(at) = sentence.find(name.as_str()) {
                let is_end =
                    |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '«' | '»' | '(' | ')' | ',' | ';' | ':');
                let start = sentence[..at].rfind(is_end).map_or(0, |end| sentence.ceil_char_boundary(end + 1));
                let after = at + name.len();
                let end = sentence[after..].find(is_end).map_or(sentence.len(), |end| after + end);
                sentence = Cow::Owned(format!("{}{MASK}{}", &sentence[..start], &sentence[end..]));
                if MASK.contains(name.as_str()) {
                    break;
                }
            }
        }
        sentence
    }

    fn file(&self, file: FileNo) -> &[String] {
        let at = usize::from(file.0);
        self.files.get(at..=at).unwrap_or_default()
    }
}

/// What is hidden of one case.
#[derive(Clone, Debug, Default)]
pub struct Shade {
    veil: Arc<Veil>,
    /// Values that are masked wherever they stand as whole words, in small letters.
    values: Vec<(Hidden, Vec<u8>)>,
    /// Words that give a value away where they still stand.
    traces: Vec<(Hidden, Vec<u8>)>,
}

/// What a leak shows: one of the hidden things, or something that a pattern of the codebook hides elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// A value of this, or a word of it.
    Value(Hidden),
    /// What a pattern of the codebook finds.
    Pattern,
}

impl Shows {
    /// Its word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Value(hidden) => hidden.word(),
            Self::Pattern => "pattern",
        }
    }
}

impl Shade {
    /// What this veil hides of this case.
    #[must_use]
    pub fn of(veil: &Arc<Veil>, case: &Case) -> Self {
        let mut shade = Self { veil: Arc::clone(veil), ..Self::default() };
        if veil.hides(Hidden::Id) && case.id.kind() == IdKind::Text {
            shade.mask(Hidden::Id, case.id.bytes(), telling);
        }
        if veil.hides(Hidden::FileName) {
            let files = if veil.files.len() <= FEW { &veil.files[..] } else { veil.file(case.origin.file) };
            for name in files {
                shade.mask(Hidden::FileName, name.as_bytes(), telling);
                let stem = name.split('.').next().unwrap_or_default();
                shade.mask(Hidden::FileName, stem.as_bytes(), telling);
            }
        }
        if veil.hides(Hidden::Model)
            && let Some(model) = &case.model
        {
            shade.mask(Hidden::Model, model, |_| true);
            let own = model.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
            shade.mask(Hidden::Model, own, |_| true);
            shade.traces.extend(model_words(model).map(|word| (Hidden::Model, word)));
        }
        if veil.hides(Hidden::Condition) && !matches!(case.condition.kind, ConditionKind::Unknown) {
            let word = case.condition.word.to_ascii_lowercase();
            if word.len() >= SHORTEST && word != b"true" && word != b"false" {
                shade.traces.push((Hidden::Condition, word));
            }
        }
        shade
    }

    /// What this veil hides of any case: no case's own values.
    #[must_use]
    pub fn of_any(veil: &Arc<Veil>) -> Self {
        Self { veil: Arc::clone(veil), ..Self::default() }
    }

    /// A short text outside of the parts as it may be shown: masked, and masked as a whole if something still shows.
    #[must_use]
    pub fn whole<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.veil.hide.is_empty() {
            return Cow::Borrowed(text);
        }
        let hidden = String::from_utf8_lossy(&self.hide(text.as_bytes())).into_owned();
        Cow::Owned(if self.leaks(&hidden).is_empty() { hidden } else { MASK.to_owned() })
    }

    fn mask(&mut self, what: Hidden, value: &[u8], fits: impl Fn(&[u8]) -> bool) {
        let value = value.trim_ascii().to_ascii_lowercase();
        if value.len() >= SHORTEST && fits(&value) && !self.values.contains(&(what, value.clone())) {
            self.values.push((what, value));
        }
    }

    /// What is hidden of it.
    #[must_use]
    pub fn veil(&self) -> &Veil {
        &self.veil
    }

    /// The stretches of a prompt's or scratchpad's text that are masked, in its order; those that meet are one.
    #[must_use]
    pub fn masks(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.masks_patterns() {
            let mut at = 0;
            for chunk in text.utf8_chunks() {
                found.extend(self.veil.masks.find(chunk.valid()).map(|r| at + r.start..at + r.end));
                at += chunk.valid().len() + chunk.invalid().len();
            }
        }
        if !self.values.is_empty() {
            let small = text.to_ascii_lowercase();
            found.extend(self.values.iter().flat_map(|(_, value)| whole_words(&small, value)));
        }
        merged(found)
    }

    fn masks_patterns(&self) -> bool {
        self.veil.hides(Hidden::Condition) || self.veil.hides(Hidden::Model)
    }

    /// A prompt's or scratchpad's text with its masks in it.
    #[must_use]
    pub fn hide<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        let masks = self.masks(text);
        if masks.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(masked(text, &masks, 0..text.len())) }
    }

    /// How much of a text is masked, in percent, rounded down.
    #[must_use]
    pub fn share(&self, text: &[u8]) -> usize {
        let hidden: usize = self.masks(text).iter().map(Range::len).sum();
        (hidden * 100).checked_div(text.len()).unwrap_or(0)
    }

    /// Where something hidden shows in a case's id, where that is not hidden itself, word by word. Names put words together with more
    /// than blanks.
    #[must_use]
    pub fn leaks_in_name(&self, name: &[u8]) -> Vec<(String, Shows)> {
        let word = |c: char| if c.is_alphanumeric() { c } else { ' ' };
        let name: String = String::from_utf8_lossy(name).chars().map(word).collect();
        self.leaks(&name).into_iter().map(|(range, shows)| (name[range].to_owned(), shows)).collect()
    }

    /// Where something hidden still shows in a text as it is shown: values and words of them, and what the codebook's patterns find.
    #[must_use]
    pub fn leaks(&self, shown: &str) -> Vec<(Range<usize>, Shows)> {
        let mut found: Vec<(Range<usize>, Shows)> = Vec::new();
        if self.masks_patterns() {
            found.extend(self.veil.masks.find(shown).map(|range| (range, Shows::Pattern)));
        }
        if !self.values.is_empty() || !self.traces.is_empty() {
            let small = shown.to_ascii_lowercase().into_bytes();
            for (what, value) in self.values.iter().chain(&self.traces) {
                found.extend(whole_words(&small, value).map(|range| (range, Shows::Value(*what))));
            }
        }
        // A whole name is one leak, and not one more for each of its words. What it is of says more than that a pattern finds it.
        found.sort_by_key(|(range, shows)| (range.start, usize::MAX - range.end, *shows));
        let mut end = 0;
        found.retain(|(range, _)| {
            let keeps = range.start >= end;
            end = end.max(range.end);
            keeps
        });
        found
    }
}

/// A stretch of a text with the masks that meet it in their places.
#[must_use]
pub fn masked(text: &[u8], masks: &[Range<usize>], stretch: Range<usize>) -> Vec<u8> {
    let mut out = Vec::with_capacity(stretch.len());
    let mut at = stretch.start;
    for mask in masks.iter().filter(|mask| mask.end > stretch.start && mask.start < stretch.end) {
        out.extend_from_slice(text.get(at..mask.start.max(at)).unwrap_or_default());
        out.extend_from_slice(MASK.as_bytes());
        at = mask.end;
    }
    out.extend_from_slice(text.get(at..stretch.end.max(at)).unwrap_or_default());
    out
}

/// Stretches in their order, those that overlap or meet as one.
fn merged(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Where a value stands with no letter or digit at its sides.
fn whole_words<'a>(text: &'a [u8], value: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    memmem::find_iter(text, value).map(|at| at..at + value.len()).filter(move |range| {
        !is_word(range.start.checked_sub(1).and_then(|before| text.get(before))) && !is_word(text.get(range.end))
    })
}

/// Whether a name can be told from a word of the language: it has something in it that is no letter, and is no mere number.
fn telling(name: &[u8]) -> bool {
    name.iter().any(|byte| !byte.is_ascii_alphabetic()) && name.iter().any(|byte| !byte.is_ascii_digit())
}

/// The words of a model's name that tell a family: `claude` and `opus` of `claude-3-opus`.
fn model_words(model: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    const GENERIC: [&[u8]; 12] = [
        b"instruct",
        b"chat",
        b"base",
        b"model",
        b"preview",
        b"turbo",
        b"mini",
        b"large",
        b"small",
        b"latest",
        b"tuned",
        b"fine",
    ];
    let words = model.split(|byte| !byte.is_ascii_alphabetic()).map(<[u8]>::to_ascii_lowercase);
    words.filter(|word| word.len() >= SHORTEST && !GENERIC.contains(&word.as_slice()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::case::{CaseId, Condition, Family, Origin, Part, RawHash, Role, Turn, content_hash};

    fn case(id: &str, model: &str, word: &str) -> Case {
        let turns = vec![Turn::message(Role::Assistant, Part::of(b"A"))];
        Case {
            id: CaseId::text(id.as_bytes()),
            origin: Origin { file: FileNo(0), line: 1, offset: 0, len: 0, sub: 0 },
            hash: content_hash(&turns, 0),
            raw: RawHash([0; 8]),
            family: Family::Flat,
            condition: Condition { kind: ConditionKind::Training, word: word.as_bytes().into() },
            model: Some(model.as_bytes().into()),
            turns,
            judged: 0,
            problems: Vec::new(),
        }
    }

    fn shade(hide: impl IntoIterator<Item = Hidden>, patterns: &[&str], case: &Case) -> Shade {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let veil = Veil::new(hide.into_iter().collect(), Masks::new(&patterns), vec!["run-7.jsonl".to_owned()]);
        Shade::of(&Arc::new(veil), case)
    }

    fn hidden(shade: &Shade, text: &str) -> String {
        String::from_utf8(shade.hide(text.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn whatever_is_hidden_reads_the_same() {
        let case = case("q_0412", "org/Zyxw-9000", "free");
        let all = shade(Hidden::ALL, &["(?i)free tier", "tier user"], &case);
        assert_eq!(hidden(&all, "A FREE tier user of org/zyxw-9000"), "A ⟨masked⟩ of ⟨masked⟩", "what overlaps is one");
        assert_eq!(
            hidden(&all, "zyxw-9000: q_0412 in out/run-7.jsonl, run-7"),
            "⟨masked⟩: ⟨masked⟩ in out/⟨masked⟩, ⟨masked⟩"
        );
        assert_eq!(hidden(&all, "q_04123 zyxw-9000b xq_0412"), "q_04123 zyxw-9000b xq_0412", "only whole words");
        let ids = shade([Hidden::Id], &["tier"], &case);
        assert_eq!(hidden(&ids, "tier q_0412 zyxw-9000"), "tier ⟨masked⟩ zyxw-9000", "only what was asked for");
    }

    #[test]
    fn words_of_the_language_are_no_masks() {
        let plain = shade(Hidden::ALL, &[], &case("free", "gpt", "paid"));
        assert_eq!(hidden(&plain, "free paid gpt 2024"), "free paid gpt 2024");
        let number = shade(Hidden::ALL, &[], &case("2024", "m", ""));
        assert_eq!(hidden(&number, "in 2024"), "in 2024");
    }

    #[test]
    fn what_still_shows_is_found_once() {
        let shade = shade(Hidden::ALL, &["(?i)free tier"], &case("q_0412", "claude-3-opus-chat", "free"));
        let leaks = |text: &str| {
            shade
                .leaks(text)
                .into_iter()
                .map(|(range, shows)| (text[range].to_owned(), shows.word()))
                .collect::<Vec<_>>()
        };
        let said = leaks("Claude-3-opus-chat on the Free tier, free: Opus q_0412 chat");
        let said: Vec<(&str, &str)> = said.iter().map(|(text, word)| (text.as_str(), *word)).collect();
        let wanted = [
            ("Claude-3-opus-chat", "model"),
            ("Free tier", "pattern"),
            ("free", "condition"),
            ("Opus", "model"),
            ("q_0412", "id"),
        ];
        assert_eq!(said, wanted);
        assert!(leaks("nothing ⟨masked⟩ here").is_empty());
    }

    #[test]
    fn sentences_lose_the_whole_path_of_a_file() {
        let veil =
            Veil::new([Hidden::FileName].into(), Masks::default(), vec!["run.jsonl".to_owned(), "masked".to_owned()]);
        let said = veil.sentence("no room in /data/paid/run.jsonl.labels/al.jsonl: run.jsonl, line 3");
        assert_eq!(said, "no room in ⟨masked⟩: ⟨masked⟩, line 3");
        assert_eq!(Veil::default().sentence("run.jsonl"), "run.jsonl");
    }

    proptest! {
        #[test]
        fn masks_are_disjoint_in_order_and_leave_the_rest(text in prop::collection::vec(prop_oneof![
            Just(b'a'), Just(b'b'), Just(b' '), Just(0xC3), Just(0xA9), any::<u8>()], 0..60)) {
            let shade = shade(Hidden::ALL, &["ab+", "b a", "\u{e9}"], &case("q_0412", "abab", ""));
            let masks = shade.masks(&text);
            prop_assert!(masks.windows(2).all(|two| two[0].end < two[1].start));
            prop_assert!(masks.iter().all(|mask| mask.start < mask.end && mask.end <= text.len()));
            let whole = masked(&text, &masks, 0..text.len());
            let kept = text.len() - masks.iter().map(Range::len).sum::<usize>();
            prop_assert_eq!(whole.len(), kept + masks.len() * MASK.len());
            for at in 0..=text.len() {
                let out = [masked(&text, &masks, 0..at), masked(&text, &masks, at..text.len())].concat();
                prop_assert!(out.len() >= whole.len(), "nothing is lost at a seam");
            }
        }
    }
}

//! What the rows of a list say of cases that are not open. They are read in the background, only for rows that are on the screen,
//! and some thousands of them are kept.

use std::collections::HashMap;
use std::sync::Arc;

use super::in_short::{id, in_one_line};
use super::{App, Effect, Hashed};
use crate::model::blind::{Shade, Veil};
use crate::model::case::{Case, CaseNo, Condition, Role, Text};
use crate::model::patterns::Patterns;
use crate::model::queue::Queue;
use crate::model::shared::Shared;
use crate::model::terms::Hidden;
use crate::text::clean::{Safe, clean};

/// What one case's row in a list is made of, as it was read.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Which case, and who it is by its text.
    pub known: Hashed,
    /// What the model was told of its situation.
    pub condition: Condition,
    /// What the user said last before the judged reply, else the first of what there is: its start and its end where it is long.
    pub words: Text,
    /// The part that these words are from, where they are not the user's.
    pub part: Option<&'static str>,
    /// How many marks stand in the judged reasoning.
    pub marks: usize,
    /// What is hidden of it.
    pub shade: Shade,
}

/// Of a longer turn only the start and the end are kept: a run's wrapper stands at both.
const START: usize = 48 << 10;
const END: usize = 16 << 10;

impl Brief {
    /// The brief of a case, in whose reasoning these patterns mark places. Nothing that the veil hides is in it.
    #[must_use]
    pub fn of(no: CaseNo, case: &Case, patterns: &Patterns, veil: &Arc<Veil>) -> Self {
        let shade = Shade::of(veil, case);
        let reasoning = match case.scratchpad().is_absent() {
            true => case.answer().bytes().into(),
            false => shade.hide(case.scratchpad().bytes()),
        };
        Self::counted(no, case, patterns.marks(clean(&reasoning).text()).len(), &shade)
    }

    /// The brief of a case whose marks were counted already.
    fn counted(no: CaseNo, case: &Case, marks: usize, shade: &Shade) -> Self {
        let known = Hashed { no, id: case.id.clone(), hash: case.hash, raw: case.raw };
        let said = case.turns[..case.judged].iter().rev().find(|turn| turn.role == Role::User);
        let (part, text) = match (said, case.answer().is_present()) {
            (Some(turn), _) => (None, turn.text.bytes()),
            (None, true) => (Some("answer"), case.answer().bytes()),
            (None, false) => (Some("scratchpad"), case.scratchpad().bytes()),
        };
        let words = match text.len() > START + END {
            true => [&text[..START], &text[text.len() - END..]].concat().into(),
            false => text.into(),
        };
        let hidden = shade.veil().hides(Hidden::Condition);
        let condition = if hidden { Condition::unknown() } else { case.condition.clone() };
        Self { known, condition, words, part, marks, shade: shade.clone() }
    }
}

/// A brief as rows show it.
#[derive(Clone, Debug)]
pub(super) struct Gist {
    pub(super) known: Hashed,
    pub(super) name: Safe,
    pub(super) condition: Condition,
    /// The beginning of the user's own words, or of what there is.
    pub(super) words: Safe,
    /// Whether these words are the scratchpad's, since there are no others.
    pub(super) of_scratchpad: bool,
    pub(super) marks: usize,
}

impl Gist {
    fn new(brief: Brief, shared: &Shared) -> Self {
        let (name, of_scratchpad) = (id(&brief.known.id), brief.part == Some("scratchpad"));
        let words = match brief.part {
            None => first_words(&brief.words, shared, &brief.shade),
            Some(part) => {
                let words = brief.shade.hide(&brief.words);
                in_one_line(format!("{part}: ").bytes().chain(words.iter().copied()))
            }
        };
        Self { known: brief.known, name, condition: brief.condition, words, of_scratchpad, marks: brief.marks }
    }
}

/// The beginning of the user's own words in one line.
pub(super) fn first_words(text: &[u8], shared: &Shared, shade: &Shade) -> Safe {
    let own: Vec<u8> = shared.own_words(text).into_iter().flat_map(|range| &text[range]).copied().collect();
    in_one_line(shade.hide(&own).iter().copied())
}

/// The briefs that are there.
#[derive(Debug, Default)]
pub(super) struct Briefs {
    /// `None` for a case that cannot be read.
    known: HashMap<CaseNo, Option<Gist>>,
    /// Whether some are on their way.
    asked: bool,
    /// Whether those on their way were asked for by numbers that are others' now.
    outdated: bool,
}

impl Briefs {
    /// So many are kept.
    const MOST: usize = 4096;

    pub(super) fn get(&self, no: CaseNo) -> Option<&Gist> {
        self.known.get(&no)?.as_ref()
    }

    pub(super) fn is_unreadable(&self, no: CaseNo) -> bool {
        matches!(self.known.get(&no), Some(None))
    }

    /// Numbers are others' from now on.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.outdated = self.asked;
    }

    /// Keeps one; of too many the quarter goes that is farthest from it.
    fn keep(&mut self, no: CaseNo, gist: Option<Gist>, queue: &Queue) {
        self.known.insert(no, gist);
        if self.known.len() > Self::MOST {
            let mut numbers: Vec<CaseNo> = self.known.keys().copied().collect();
            let place = queue.position(no);
            numbers.sort_by_key(|other| queue.position(*other).abs_diff(place));
            for far in &numbers[Self::MOST * 3 / 4..] {
                self.known.remove(far);
            }
        }
    }
}

impl App {
    /// A case of more bytes is not read for its row; that is told once it is opened.
    const LONGEST_PEEK: u32 = 8 << 20;

    /// After each frame: what the rows on the screen still lack is asked for, one lot at a time.
    pub(super) fn peek(&mut self) {
        // Marks are counted as a case is read, so they have to be compiled.
        let Some(patterns) = self.lens.patterns.clone().filter(|_| !self.briefs.asked) else { return };
        let wanted = |no: &CaseNo| !self.briefs.known.contains_key(no);
        let place = |no| Some((no, self.corpus.origin(no)?));
        let short = |(_, origin): &(CaseNo, crate::model::case::Origin)| origin.len <= Self::LONGEST_PEEK;
        let cases: Vec<_> = self.listed().into_iter().filter(wanted).filter_map(place).filter(short).collect();
        if !cases.is_empty() {
            self.briefs.asked = true;
            self.effects.push(Effect::Peek { cases, patterns, veil: Arc::clone(&self.lens.veil) });
        }
    }

    pub(super) fn peeked(&mut self, briefs: Vec<Brief>, unreadable: &[CaseNo], last: bool) {
        if !self.briefs.outdated {
            briefs.into_iter().for_each(|brief| self.take_brief(brief));
            unreadable.iter().for_each(|no| self.briefs.keep(*no, None, &self.queue));
        }
        self.briefs.asked &= !last;
        self.briefs.outdated &= !last;
    }

    /// The open case is known anyhow: its row need not be read for.
    pub(super) fn brief_of_open(&mut self) {
        let listed = self.dock.is_some() || !self.overlays.is_empty();
        let (Some(view), Some(patterns), true) = (&self.view, &self.lens.patterns, listed) else { return };
        let judged = view.turn == view.case.judged && !view.is_closed();
        let brief = match judged {
            true => Brief::counted(view.no, &view.case, view.marks().count(), &Shade::of(&self.lens.veil, &view.case)),
            false => Brief::of(view.no, &view.case, patterns, &self.lens.veil),
        };
        self.take_brief(brief);
    }

    /// Keeps what the row of a case says of it.
    fn take_brief(&mut self, brief: Brief) {
        let no = brief.known.no;
        let file = self.corpus.entry(no).map(|entry| entry.file());
        let shared = file.and_then(|file| self.shared.get(&file)).cloned().unwrap_or_default();
        self.briefs.keep(no, Some(Gist::new(brief, &shared)), &self.queue);
    }

    /// The size of a case that is too long to be read for its row.
    pub(super) fn too_long_to_peek(&self, no: CaseNo) -> Option<u32> {
        self.corpus.entry(no).map(|entry| entry.bytes()).filter(|len| *len > Self::LONGEST_PEEK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::case::{CaseId, ContentHash, RawHash};

    fn gist(no: u32) -> Gist {
        let known = Hashed { no: CaseNo(no), id: CaseId::text(b"q"), hash: ContentHash([0; 32]), raw: RawHash([0; 8]) };
        let (name, condition, words) = (Safe::default(), Condition::unknown(), Safe::default());
        Gist { known, name, condition, words, of_scratchpad: false, marks: 0 }
    }

    #[test]
    fn words_stand_in_one_line_and_the_wrapper_is_left_out() {
        let none = Shared::default();
        let text = b"<is_free_tier_user>True</is_free_tier_user>\n\n  How\n is\ttea   made?\n";
        assert_eq!(first_words(text, &none, &Shade::default()).as_str(), "How is tea made?");
        assert_eq!(first_words(b"a\x1b[2J", &none, &Shade::default()).as_str(), "a␛[2J");
        assert!(first_words(&b"ab ".repeat(10_000), &none, &Shade::default()).width() <= 240);
    }

    #[test]
    fn the_farthest_go_when_there_are_too_many() {
        let mut briefs = Briefs::default();
        for no in 0..=u32::try_from(Briefs::MOST).unwrap_or(0) {
            briefs.keep(CaseNo(no), Some(gist(no)), &Queue::default());
        }
        assert_eq!(briefs.known.len(), Briefs::MOST * 3 / 4);
        assert!(briefs.get(CaseNo(4096)).is_some() && briefs.get(CaseNo(1025)).is_some());
        assert!(briefs.get(CaseNo(1024)).is_none() && !briefs.is_unreadable(CaseNo(1024)));
    }
}

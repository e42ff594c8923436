//! Where the program begins: at the place one left, after the last decision, or at the first case; and what the background finds
//! out about labels whose text or id may have changed.

use std::collections::HashSet;

use super::view::View;
use super::{App, Effect, Hashed, Place, Tone, in_short};
use crate::keys::action::Action;
use crate::model::case::{CaseId, CaseNo, ContentHash};
use crate::model::labels::{Record, Standing};
use crate::model::queue::{Need, Toward};
use crate::text::clean::Safe;

/// What is being looked for at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// The first case.
    First,
    /// The case one was at, if it still needs a label.
    At(Place),
    /// The next unlabelled case after the last decision.
    After(Place),
    /// Nothing any more: a case was opened.
    Done,
}

impl Start {
    /// The place one left counts unless the journal has a newer decision, or a case that was left half way.
    pub(super) fn new(place: Option<Place>, last: Option<&Record>, half_way: Option<&Record>) -> Self {
        let of = |record: &Record| {
            let case = record.case.as_ref()?;
            Some(Place {
                id: case.id.clone(),
                src: case.src.clone(),
                line: case.line,
                pass: record.pass,
                at: record.ts,
                known: None,
            })
        };
        let after = last.and_then(of);
        let newest = place.as_ref().into_iter().chain(&after).map(|place| place.at).max();
        if let Some(half_way) =
            half_way.and_then(of).filter(|half_way| newest.is_none_or(|newest| half_way.at > newest))
        {
            return Self::At(half_way);
        }
        match (place, after) {
            (Some(place), Some(after)) if after.at > place.at => Self::After(after),
            (Some(place), _) => Self::At(place),
            (None, Some(after)) => Self::After(after),
            (None, None) => Self::First,
        }
    }

    /// Gives up looking; says whether something was looked for.
    pub(super) fn cancel(&mut self) -> bool {
        let looked = !matches!(self, Self::Done);
        *self = Self::Done;
        looked
    }
}

impl App {
    /// Goes on looking for the case to begin with, as the index grows.
    pub(super) fn go_on_starting(&mut self) {
        if !self.is_in_order() {
            return;
        }
        let complete = self.corpus.is_complete();
        match self.start.clone() {
            Start::Done => {}
            Start::First => self.open_if_any(self.queue.first()),
            Start::At(place) => match self.place_left(&place) {
                Some(no) if self.need(no) == Need::Nothing => {
                    let last = self.labels.last_decision();
                    self.start = match Start::new(None, last, None) {
                        Start::First => Start::After(place),
                        after => after,
                    };
                    self.go_on_starting();
                }
                Some(no) => self.open(no),
                None if complete => self.begin_unlabelled(),
                None => {}
            },
            Start::After(place) => match self.place_left(&place) {
                Some(no) => self.begin_after(no),
                None if complete => self.begin_unlabelled(),
                None => {}
            },
        }
    }

    /// The case that was left, in the reading in which it was left.
    fn place_left(&self, place: &Place) -> Option<CaseNo> {
        let no = self.sure_place(&place.id, &place.src, place.line)?;
        Some(self.in_reading(no, place.pass))
    }

    /// The case that was kept. One in another file counts only when there can be none in its own any more.
    pub(super) fn sure_place(&self, id: &CaseId, src: &str, line: u32) -> Option<CaseNo> {
        let found = self.corpus.locate(id, src, line)?;
        (self.corpus.is_complete() || self.corpus.is_in(found, src)).then_some(found)
    }

    fn begin_after(&mut self, no: CaseNo) {
        self.start = Start::Done;
        self.seek(no, Toward::Next);
        if self.wanted.is_none() && self.seeking.is_none() {
            self.open(no);
            self.say(Tone::Plain, self.all_labelled());
        }
    }

    pub(super) fn begin_unlabelled(&mut self) {
        match self.queue.last() {
            Some(last) => self.begin_after(last),
            None => self.start = Start::Done,
        }
    }

    /// The index is through: opens something if nothing is open, and has the text behind the labels looked at.
    pub(super) fn index_complete(&mut self) {
        if self.here().is_none() && self.seeking.is_none() {
            self.begin_unlabelled();
        }
        if self.corpus.is_empty() {
            return match self.corpus.unread() {
                0 => self.say(Tone::Plain, "nothing is written yet · cases come as they are"),
                1 => self.say(Tone::Failure, "no case could be read; 1 line has a problem · :problems shows it"),
                many => self.say(
                    Tone::Failure,
                    format!("no case could be read; {many} lines have problems · :problems lists them"),
                ),
            };
        }
        self.corpus.find_namesakes();
        self.mark_last_seen();
        self.miss_gold();
        self.look_at_labels();
    }

    /// Has the cases looked at under whose id a label was given, and all others for the texts of labels whose id is gone.
    pub(super) fn look_at_labels(&mut self) {
        let keys: HashSet<u64> = self.labels.keys().collect();
        let (cases, others) = self.split_by_label(CaseNo(0));
        let present: HashSet<u64> = cases.iter().filter_map(|no| self.corpus.entry(*no)).map(|e| e.key()).collect();
        self.hash(&cases, Vec::new());
        let orphaned: HashSet<u64> = keys.difference(&present).copied().collect();
        self.orphans = orphaned.iter().flat_map(|key| self.labels.hashes_of(*key)).collect();
        if !self.orphans.is_empty() {
            self.hash(&others, self.orphans.clone());
        }
    }

    /// The cases from `first` on: those under whose id a label was given, and the others.
    pub(super) fn split_by_label(&self, first: CaseNo) -> (Vec<CaseNo>, Vec<CaseNo>) {
        let keys: HashSet<u64> = self.labels.keys().collect();
        let labelled = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|entry| keys.contains(&entry.key()));
        self.corpus.numbers_from(first).partition(labelled)
    }

    pub(super) fn hash(&mut self, cases: &[CaseNo], wanted: Vec<ContentHash>) {
        let cases: Vec<_> =
            cases.iter().filter_map(|no| Some((no.first_reading(), self.corpus.origin(*no)?))).collect();
        if !cases.is_empty() {
            self.hashing += 1;
            self.effects.push(Effect::Hash { cases, wanted });
        }
    }

    /// What the background read: from now on these cases are known by their text.
    pub(super) fn hashed(&mut self, hashed: Vec<Hashed>, last: bool) {
        for known in hashed.into_iter().filter(|known| self.is_current(known)).collect::<Vec<_>>() {
            self.find_by_text(&known);
            self.attach(&known);
            self.hashes.insert(known.no, known);
        }
        self.hashing = self.hashing.saturating_sub(usize::from(last));
        self.miss_stray();
        self.count();
    }

    /// Whether a case that was read bears the number still that it was read by.
    pub(super) fn is_current(&self, known: &Hashed) -> bool {
        self.corpus.entry(known.no).is_some_and(|entry| entry.key() == known.id.key())
    }

    /// Counts the known cases that have their label. While the text behind some labels has not been looked at yet, a label under a
    /// case's id is taken to be that case's.
    pub(super) fn count(&mut self) {
        self.done = if self.hashing > 0 || !self.corpus.is_complete() {
            self.said_in_all().min(self.all())
        } else {
            let firsts = self.hashes.keys().filter(|no| self.need(**no) == Need::Nothing).count();
            firsts + self.queue.repeats().filter(|no| self.need(*no) == Need::Nothing).count()
        };
    }

    /// The open case is known by its text.
    pub(super) fn know(&mut self, view: &View) {
        let no = view.no.first_reading();
        let known = Hashed { no, id: view.case.id.clone(), hash: view.case.hash, raw: view.case.raw };
        self.attach(&known);
        self.hashes.insert(known.no, known);
        if view.name != in_short::id(&view.case.id) {
            self.numbered.insert((view.case.id.clone(), view.case.hash), view.name.clone());
        }
    }

    /// A case without a record under its own id takes the label that its very text was given under an id no case bears any more.
    fn attach(&mut self, known: &Hashed) {
        if !matches!(self.labels.standing(&known.id, &known.hash, &known.raw), Standing::None) {
            self.attached.remove(&known.no);
            return;
        }
        let complete = self.corpus.is_complete();
        let gone = |id: &&CaseId| complete && self.corpus.bearing(id.key()).next().is_none();
        if let Some(id) = self.labels.by_hash(&known.hash).map(|(id, _)| id).find(gone) {
            self.attached.insert(known.no, id.clone());
        }
    }

    /// How the open case stands to its labels.
    #[must_use]
    pub fn standing(&self) -> Standing<'_> {
        let Some(view) = &self.view else { return Standing::None };
        let id = self.attached.get(&view.no).unwrap_or(&view.case.id);
        match self.labels.standing_in(view.no.pass(), id, &view.case.hash, &view.case.raw) {
            // Another case bears this id too: the label is that one's, and this text has not changed.
            Standing::Stale(_) if self.corpus.is_shared(id.key()) => Standing::None,
            standing => standing,
        }
    }

    pub(super) fn is_labelled_here(&self) -> bool {
        matches!(self.standing(), Standing::Labelled(_))
    }

    /// What there is to say when a case comes on the screen, unless a confirmation stands there.
    pub(super) fn say_about_case(&mut self) {
        let Some(view) = &self.view else { return };
        let mut words = Vec::new();
        if let Some(same) = view.same_as {
            words.push(format!("the same id and text as case {}: one label serves both", self.queue.position(same)));
        }
        if self.attached.contains_key(&view.no) {
            words.push("labelled under another id; the text is the same".to_owned());
        }
        match self.standing() {
            Standing::Stale(state) => {
                let label = state.label.as_deref().unwrap_or("nothing");
                let affirms = if view.is_closed() { "" } else { ": the same key affirms it" };
                words.push(format!("the text changed since it was labelled {label}{affirms}"));
            }
            Standing::Labelled(state) if state.reread => {
                words.push("labelled when another version read its text differently".to_owned());
            }
            _ => {}
        }
        words.extend(self.mostly_masked());
        let warns = !words.is_empty();
        if let Some(word) = self.answer_judged() {
            words.push(format!("you judged the answer before: {word} · now the scratchpad"));
        }
        if let Some(note) = self.said().and_then(|said| said.note.clone()) {
            words.push(format!("note: {}", note.lines().next().unwrap_or_default()));
        }
        if words.is_empty() {
            return;
        }
        let words = words.join(" · ");
        if self.notice.tone == Tone::Saved {
            self.notice.more = Safe::line(words);
            self.about_case = true;
        } else if self.undo_asked.is_none() && (warns || !self.greets || self.notice.tone == Tone::Plain) {
            self.say(if warns { Tone::Warning } else { Tone::Plain }, words);
        }
    }

    /// The first notice: where labels go, or why they cannot.
    pub(super) fn greet(&mut self, remarks: &[String]) {
        self.greeting(remarks);
        self.greets = true;
    }

    fn greeting(&mut self, remarks: &[String]) {
        if let Some(reason) = self.settings.read_only.clone() {
            self.say(Tone::Failure, reason);
        } else if remarks.is_empty() {
            let keys = [(Action::ReadOn, "reads on"), (Action::Undo, "undoes"), (Action::Help, "all keys")];
            let first = match self.settings.practice {
                true => "practice: nothing here counts",
                false if self.is_staged() => "in stages: the answer first",
                false => "one key labels and saves",
            };
            self.say(Tone::Plain, self.hinted(first, keys));
        } else {
            self.remark(remarks);
        }
    }

    pub(super) fn remark(&mut self, remarks: &[String]) {
        let Some((first, rest)) = remarks.split_first() else { return };
        let more = if rest.is_empty() { String::new() } else { format!(" (and {} more remarks)", rest.len()) };
        self.say(Tone::Warning, format!("{first}{more}"));
    }
}

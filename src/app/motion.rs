//! Going: through a case's text, its panes and turns, and through the queue. Says so where there is nothing further.

use super::layout::Pane;
use super::reader::Motion;
use super::{App, Tone};
use crate::model::case::CaseNo;
use crate::model::labels::{Known, Standing};
use crate::model::queue::{Need, Toward};
use crate::text::clean::Safe;

/// What is said when nothing is left to do.
pub(super) const ALL_LABELLED: &str = "every case has its label";

impl App {
    pub(super) fn go(&mut self, motion: Motion) {
        let window = self.room();
        let Some(view) = &mut self.view else { return };
        let focus = view.focus;
        view.pane_mut(focus).moved = true;
        view.settle(window);
        let height = view.height(focus);
        view.pane_mut(focus).go(motion, height);
    }

    /// The next page of the part, then the next part, then a word that this is the end: reading on never leaves the case.
    pub(super) fn read_on(&mut self) {
        let window = self.room();
        let Some(view) = &mut self.view else { return };
        let focus = view.focus;
        view.settle(window);
        if let Some(next) = view.pane(focus).next_page(view.height(focus)) {
            // The pane takes more room once one reads in it, and how much is known only then.
            view.pane_mut(focus).moved = true;
            view.settle(window);
            let height = view.height(focus);
            view.pane_mut(focus).turn_to(next, height);
            return;
        }
        let unread = |pane: &Pane| view.pane(*pane).unseen().is_some();
        let later = &Pane::ALL[focus.index() + 1..];
        let next = match view.going_back {
            true => later.iter().copied().find(unread),
            false => later.iter().copied().find(|pane| view.pane(*pane).rows() > 0),
        };
        if let Some(pane) = next {
            view.focus = pane;
            return;
        }
        // At the end of the case comes what was passed over: the rest of a long prompt, the middle of a scratchpad.
        let passed_over = Pane::ALL.into_iter().find_map(|pane| Some((pane, view.pane(pane).unseen()?)));
        let Some((pane, (rows, first))) = passed_over else {
            return self.say(Tone::Plain, "the end of this case");
        };
        view.focus = pane;
        view.going_back = true;
        view.pane_mut(pane).moved = true;
        view.settle(window);
        let height = view.height(pane);
        view.pane_mut(pane).turn_to(first, height);
        let (part, were) = (pane.name().to_lowercase(), if rows == 1 { "row was" } else { "rows were" });
        self.say(Tone::Plain, format!("{rows} {were} not on the screen yet: back in the {part}"));
    }

    pub(super) fn read_back(&mut self) {
        let window = self.room();
        let Some(view) = &mut self.view else { return };
        let focus = view.focus;
        view.settle(window);
        let height = view.height(focus);
        if view.pane_mut(focus).read_back(height) {
            return;
        }
        let before = Pane::ALL[..focus.index()].iter().rev().copied().find(|pane| view.pane(*pane).rows() > 0);
        match before {
            Some(pane) => view.focus = pane,
            None => self.say(Tone::Plain, "the start of this case"),
        }
    }

    pub(super) fn focus(&mut self, step: usize) {
        let Some(view) = &mut self.view else { return };
        view.going_back = false;
        let mut at = view.focus.index();
        for _ in 0..Pane::ALL.len() {
            at = (at + step) % Pane::ALL.len();
            if view.pane(Pane::ALL[at]).page.is_some() {
                break;
            }
        }
        view.focus = Pane::ALL[at];
    }

    pub(super) fn zoom(&mut self) {
        if let Some(view) = &mut self.view {
            view.zoom = !view.zoom;
        }
    }

    pub(super) fn unfold(&mut self) {
        let Some(view) = &mut self.view else { return };
        if !view.folded.any() && view.opened.is_empty() {
            return self.say(Tone::Plain, "nothing is folded in this prompt");
        }
        let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
        view.unfold(&shared);
        if view.unfolded {
            view.focus = Pane::Prompt;
            // It is read now, and gets the room for that.
            view.pane_mut(Pane::Prompt).moved = true;
        }
    }

    pub(super) fn turn(&mut self, toward: Toward) {
        let Some(view) = &mut self.view else { return };
        let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
        let targets: Vec<usize> = view.case.targets().collect();
        let at = targets.iter().position(|t| *t == view.turn).unwrap_or(0);
        let to = match toward {
            Toward::Next => at + 1,
            Toward::Previous => at.wrapping_sub(1),
        };
        match targets.get(to) {
            Some(turn) => {
                view.show(&shared, *turn);
                self.say_which_reply();
            }
            None if targets.len() == 1 => self.say(Tone::Plain, "this case has one reply only"),
            None => self.say(Tone::Plain, "no reply further this way"),
        }
    }

    pub(super) fn say_which_reply(&mut self) {
        let Some(view) = &self.view else { return };
        let judged = if view.turn == view.case.judged { " · this is the one that is judged" } else { "" };
        let at = view.case.targets().take_while(|turn| *turn < view.turn).count();
        let words = format!("reply {} of {}{judged}", at + 1, view.case.targets().count());
        self.say(Tone::Plain, words);
    }

    pub(super) fn neighbour(&mut self, toward: Toward) {
        let Some(here) = self.here() else { return };
        if let Some(reason) = self.unnumbered() {
            return self.say(Tone::Plain, reason);
        }
        if self.is_stray() && self.wanted.is_none() && toward == Toward::Next {
            // In the place of the case that is gone stands the one after it.
            return self.open(here);
        }
        match (self.beside(here, toward), toward) {
            (Some(no), _) => self.open(no),
            (None, Toward::Previous) => self.say(Tone::Plain, "this is the first case"),
            (None, Toward::Next) if self.corpus.is_complete() => self.say(Tone::Plain, "this is the last case"),
            (None, Toward::Next) => self.wait_for_next(here),
        }
    }

    pub(super) fn open_if_any(&mut self, no: Option<CaseNo>) {
        if let Some(no) = no {
            self.open(no);
        }
    }

    pub(super) fn unlabelled(&mut self, toward: Toward) {
        match (self.unnumbered(), self.here()) {
            (Some(reason), _) => self.say(Tone::Plain, reason),
            (None, Some(here)) => self.seek(here, toward),
            (None, None) => {}
        }
    }

    /// Opens the next case that needs a label. While the index is not through, a search that would wrap waits for more.
    pub(super) fn seek(&mut self, from: CaseNo, toward: Toward) {
        let found = self.queue.unlabelled(from, toward, |no| self.need(no));
        let wraps = toward == Toward::Next
            && found.is_none_or(|no| {
                self.queue.position(no) <= self.queue.position(from) || matches!(self.need(no), Need::LabelLater(_))
            });
        if wraps && !self.corpus.is_complete() {
            self.seeking = Some(from);
            return;
        }
        self.seeking = None;
        match found {
            Some(no) if Some(no) == self.here() => self.add_to_notice("this is the last one without a label"),
            Some(no) => self.open(no),
            None => self.add_to_notice(self.all_labelled()),
        }
    }

    /// What is said when nothing is left to do, for good or until something comes back.
    pub(super) fn all_labelled(&self) -> &'static str {
        let later = self.queue.repeats().any(|no| self.need(no) == Need::NotYet);
        if later { "every case has its label for now · more comes later" } else { ALL_LABELLED }
    }

    /// What a case still needs, as far as is known of its text.
    pub(super) fn need(&self, no: CaseNo) -> Need {
        self.need_of_repeat(no, self.need_in_reading(no))
    }

    fn need_in_reading(&self, no: CaseNo) -> Need {
        if let Some(known) = self.hashes.get(&no.first_reading()) {
            let id = self.attached.get(&no).unwrap_or(&known.id);
            return match self.labels.standing_in(no.pass(), id, &known.hash, &known.raw) {
                Standing::Labelled(_) => Need::Nothing,
                Standing::Skipped(state) => Need::LabelLater(state.ts),
                Standing::None | Standing::Stale(_) => Need::Label,
            };
        }
        if self.attached.contains_key(&no) {
            return Need::Nothing;
        }
        // Not looked at yet: a label under this id is taken to be this case's until the background check says otherwise.
        match self.corpus.entry(no).map(|e| self.labels.known_in(no.pass(), e.key())) {
            // Several cases bear this id and nobody has looked at this one: it may be another text.
            Some(Known::Labelled) if self.corpus.entry(no).is_some_and(|e| self.corpus.is_shared(e.key())) => {
                Need::Label
            }
            Some(Known::Labelled) => Need::Nothing,
            Some(Known::Skipped(at)) => Need::LabelLater(at),
            Some(Known::Nothing) | None => Need::Label,
        }
    }

    /// Puts a remark behind the notice, or makes it the notice where there is none.
    pub(super) fn add_to_notice(&mut self, words: &str) {
        if self.notice.text.is_empty() || self.notice.tone != Tone::Saved {
            return self.say(Tone::Plain, words);
        }
        self.notice.more = Safe::line(words);
    }
}

//! Going where the index has not come to yet: on from the last case that was found, and to the last case of all. That one has no number
//! and no line yet, so that it can be read but not labelled; as soon as the index is there it is a case like any other.

use super::renewal::Stray;
use super::view::View;
use super::{App, Effect, Indexed, Opened, Tone};
use crate::model::case::{Case, CaseNo};
use crate::model::queue::Toward;

/// Where somebody wants to go that the index has not come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ahead {
    /// Nowhere.
    #[default]
    No,
    /// To the last case of all, which is being read from the end of its file.
    Asked,
    /// To the last case of all, which is not near the end: once the index is through it is opened.
    Awaited,
    /// On from the last case that was found.
    Onward(CaseNo),
}

impl App {
    /// Goes to the last case, also where the index is not there yet.
    pub(super) fn last_case(&mut self) {
        if self.corpus.is_complete() {
            return self.open_if_any(self.last_in_queue());
        }
        if !self.is_in_order() {
            return self.say(Tone::Plain, self.not_in_order());
        }
        self.seeking = None;
        self.start.cancel();
        self.ahead = Ahead::Asked;
        self.effects.push(Effect::Last);
    }

    /// Shows the last case, which was read from the end of its file.
    pub(super) fn look_ahead(&mut self, last: Option<Case>) {
        if std::mem::take(&mut self.ahead) != Ahead::Asked {
            return;
        }
        let Some(case) = last.filter(|_| !self.corpus.is_complete()) else {
            self.ahead = Ahead::Awaited;
            self.say(Tone::Plain, "the last case comes as soon as the index is through");
            return self.arrive_at_last();
        };
        if let Some(view) = self.view.as_ref().filter(|_| !self.is_stray()) {
            self.attention.insert(view.no, view.attention());
        }
        let shared = self.shared.get(&case.origin.file).cloned().unwrap_or_default();
        let no = self.queue.last().unwrap_or(CaseNo(0));
        let opened = Opened { no, case, others_before: 0, same_as: None };
        self.view = Some(View::new(opened, &shared, self.lens.clone()));
        self.wanted = None;
        self.stray = Some(Stray::Ahead);
        self.close_unjudged();
        self.say(Tone::Plain, "the last case · to be labelled once the index is through");
    }

    /// The index went on: is it where the open case stands? From there on that is a case like any other.
    pub(super) fn catch_up(&mut self, first: usize, indexed: &Indexed) {
        if self.stray != Some(Stray::Ahead) {
            return self.arrive_at_last();
        }
        let Some(view) = &self.view else { return };
        let (file, offset) = (view.case.origin.file, view.case.origin.offset);
        let at = indexed.found.iter().rposition(|entry| entry.file() == file && entry.offset() == offset);
        let no = at.and_then(|at| u32::try_from(first + at).ok()).map(CaseNo);
        let Some(no) = no.or_else(|| self.queue.last().filter(|_| self.corpus.is_complete())) else { return };
        // It is read again, for its line and its namesakes; what one has read of it stays as it is.
        self.open(no);
    }

    fn arrive_at_last(&mut self) {
        let complete = self.corpus.is_complete();
        match self.ahead {
            Ahead::Awaited if complete => self.open_if_any(self.queue.last()),
            Ahead::Onward(from) => match self.queue.neighbour(from, Toward::Next) {
                Some(next) => self.open(next),
                None if complete => self.say(Tone::Plain, "this is the last case"),
                None => return,
            },
            Ahead::No | Ahead::Asked | Ahead::Awaited => return,
        }
        self.ahead = Ahead::No;
    }

    /// Goes on from the last case that was found, as soon as there is another.
    pub(super) fn wait_for_next(&mut self, here: CaseNo) {
        self.ahead = Ahead::Onward(here);
        self.say(Tone::Plain, "the last case found so far · the next one comes as soon as it is found");
    }

    /// Takes a case that was read again for its number into the view of it; says whether it was that.
    pub(super) fn settle_down(&mut self, again: &View) -> bool {
        let Some(view) = self.view.as_mut().filter(|_| self.stray == Some(Stray::Ahead)) else { return false };
        if view.case.raw != again.case.raw || view.case.hash != again.case.hash {
            return false;
        }
        view.take_number(again);
        if let Some(view) = self.view.take() {
            self.know(&view);
            self.view = Some(view);
        }
        (self.stray, self.place_dirty) = (None, true);
        self.say_about_case();
        true
    }

    /// Why the open case has no number yet, if that is so.
    pub(super) fn unnumbered(&self) -> Option<String> {
        let percent = self.corpus.percent();
        (self.stray == Some(Stray::Ahead))
            .then(|| format!("the index is at {percent} %: until it is here, this is only to be read"))
    }
}

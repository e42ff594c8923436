//! What is said of a case beside its label: how sure one is, its flags, and that it has no label after all. Each is saved at once.

use std::borrow::Cow;

use super::overlay::Overlay;
use super::overlay::menu::Menu;
use super::reader::Motion;
use super::{App, Now, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::model::labels::{Ev, Record, State};

/// The word for how sure somebody is: `likely` and `coin-flip`; none for a label that is sure, or of which nothing was said.
#[must_use]
pub fn doubt_word(confidence: Option<u8>) -> Option<&'static str> {
    match confidence {
        Some(0 | 1) => Some("coin-flip"),
        Some(2) => Some("likely"),
        Some(_) | None => None,
    }
}

impl App {
    /// All that the annotator said of the open case, whatever its standing.
    #[must_use]
    pub fn said(&self) -> Option<Cow<'_, State>> {
        let view = self.view.as_ref()?;
        let case = &view.case;
        let state = |id| self.labels.state_in(view.no.pass(), id, &case.hash, &case.raw);
        state(&case.id).or_else(|| state(self.attached.get(&view.no)?))
    }

    /// Why nothing can be said of the open case now, if so.
    pub(super) fn cannot_say(&self) -> Option<String> {
        if let Some(reason) = &self.settings.read_only {
            return Some(reason.clone());
        }
        if let Some(reason) = self.unnumbered() {
            return Some(reason);
        }
        let drawn = self.wanted.is_none() && self.view.as_ref().is_some_and(|view| view.drawn_at.is_some());
        (!drawn && self.overlays.is_empty()).then(|| "nothing was saved: the case was not on the screen yet".to_owned())
    }

    /// Appends a record about the open case that says what `fill` puts into it.
    pub(super) fn state_of_open(&mut self, ev: Ev, now: Now, fill: impl FnOnce(&mut Record)) {
        if let Some(reason) = self.cannot_say() {
            return self.say(Tone::Warning, reason);
        }
        if self.view.is_none() {
            return;
        }
        let mut record = self.record(ev, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        fill(&mut record);
        let file = view.case.origin.file;
        self.append(file, record);
    }

    /// Sure, likely, coin-flip, and sure again: of the label that the case has, or of the one it will get.
    pub(super) fn doubt(&mut self, now: Now) {
        let next = match self.said().and_then(|said| said.confidence) {
            None | Some(3..) => 2,
            Some(2) => 1,
            Some(_) => 3,
        };
        self.state_of_open(Ev::Confidence, now, |record| record.confidence = Some(next));
    }

    /// Takes the label of the open case away, so that it waits for one again.
    pub(super) fn unlabel(&mut self, now: Now) {
        if !self.is_labelled_here() {
            return self.say(Tone::Plain, "this case has no label");
        }
        self.state_of_open(Ev::Clear, now, |_| {});
    }

    pub(super) fn flags(&mut self) {
        if let Some(reason) = self.cannot_say() {
            return self.say(Tone::Warning, reason);
        }
        if self.view.is_some() {
            self.push_overlay(Overlay::Flags(Menu::default()));
        }
    }

    pub(super) fn act_on_flags(&mut self, action: Action, now: Now) {
        let (count, height) = (self.codebook.flags.len(), self.overlay_height());
        let Some(Overlay::Flags(menu)) = self.overlays.last_mut() else { return };
        match (action, Motion::of(action)) {
            (Action::Close | Action::Cancel | Action::Quit, _) => self.pop_overlay(),
            (Action::Accept | Action::ReadOn, _) => {
                let at = menu.at;
                self.toggle_flag(at, now);
            }
            (_, Some(motion)) => menu.go(motion, count, height),
            _ => {}
        }
    }

    /// The flag whose letter this key is.
    pub(super) fn flag_of(&self, key: Key) -> Option<usize> {
        let letter = key.as_char()?;
        self.codebook.flags.iter().position(|flag| flag.letter == letter)
    }

    /// Sets a flag of the codebook, or takes it away.
    pub(super) fn toggle_flag(&mut self, at: usize, now: Now) {
        let Some(flag) = self.codebook.flags.get(at).map(|flag| flag.name.clone()) else { return };
        if let Some(Overlay::Flags(menu)) = self.overlays.last_mut() {
            menu.at = at;
        }
        let mut flags = self.said().map(|said| said.flags.clone()).unwrap_or_default();
        let before = flags.len();
        flags.retain(|other| *other != flag);
        if flags.len() == before {
            flags.push(flag);
        }
        self.state_of_open(Ev::Flag, now, |record| record.flags = Some(flags));
    }
}

//! Looking closer at the open case: what no pane shows is read again from its line, and comes back to what asked for it.

use super::Overlay;
use crate::app::event::{Closer, Looked, Sight};
use crate::app::{App, Effect, Tone};
use crate::model::case::{CaseNo, RawHash};

/// Said where the line is not the one that the case was read from.
pub(in crate::app) const CHANGED: &str =
    "the file was changed since this case was opened, and the case is no longer in it as it stands here";

impl App {
    pub(in crate::app) fn show_details(&mut self) {
        let Some(details) = self.ready().then(|| self.details()).flatten() else { return };
        self.push_overlay(Overlay::Details(Box::new(details)));
        self.look(Closer::Fields);
    }

    pub(in crate::app) fn show_source(&mut self) {
        let Some(source) = self.ready().then(|| self.source()).flatten() else { return };
        self.push_overlay(Overlay::Source(Box::new(source)));
        self.look(Closer::Source);
    }

    /// Whether there is a case to look at; says so where there is none.
    pub(in crate::app) fn ready(&mut self) -> bool {
        let ready = self.view.is_some() && self.is_reading().is_none();
        if !ready {
            self.say(Tone::Warning, "no case is open yet");
        }
        ready
    }

    pub(in crate::app) fn look(&mut self, closer: Closer) {
        if let Some(view) = &self.view {
            self.effects.push(Effect::Look { no: view.no, origin: view.case.origin, closer });
        }
    }

    pub(in crate::app) fn looked(&mut self, looked: Looked) {
        let Looked { no, raw, sight } = looked;
        // What asked may be closed by now: then nobody waits for it.
        match sight {
            Sight::Fields(fields) => {
                if let Some(Overlay::Details(details)) = self.waiting(Closer::Fields, no, raw) {
                    details.take(fields);
                }
            }
            Sight::Source { text, whole } => {
                if let Some(Overlay::Source(source)) = self.waiting(Closer::Source, no, raw) {
                    source.take(&text, whole);
                }
            }
            Sight::Line(line) => self.copy_line(no, raw, &line),
        }
    }

    pub(in crate::app) fn not_looked(&mut self, no: CaseNo, closer: Closer, reason: &str) {
        let before = self.overlays.len();
        self.overlays.retain(|overlay| overlay.waits_for() != Some((closer, no)));
        if self.overlays.len() < before {
            self.put_on_screen();
        }
        self.say(Tone::Failure, format!("the line of case {} cannot be read: {reason}", self.queue.position(no)));
    }

    /// The overlay that waits for this answer, if it is of the very line that the case was read from.
    fn waiting(&mut self, closer: Closer, no: CaseNo, raw: RawHash) -> Option<&mut Overlay> {
        let at = self.overlays.iter().position(|overlay| overlay.waits_for() == Some((closer, no)))?;
        if self.overlays[at].raw() != Some(raw) {
            self.overlays.remove(at);
            self.put_on_screen();
            self.say(Tone::Failure, CHANGED);
            return None;
        }
        self.overlays.get_mut(at)
    }
}

impl Overlay {
    /// What this waits for, and of which case.
    fn waits_for(&self) -> Option<(Closer, CaseNo)> {
        match self {
            Self::Details(details) => Some((Closer::Fields, details.no)),
            Self::Source(source) => Some((Closer::Source, source.no)),
            _ => None,
        }
    }

    /// The hash of the line that its case was read from.
    fn raw(&self) -> Option<RawHash> {
        match self {
            Self::Details(details) => Some(details.raw),
            Self::Source(source) => Some(source.raw),
            _ => None,
        }
    }
}

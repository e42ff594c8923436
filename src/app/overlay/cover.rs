//! The cover: nothing of a case is on the screen until a key is pressed, and that key does nothing else. What goes on behind it goes on.

use super::Overlay;
use crate::app::{App, Effect, Now};

impl App {
    /// Whether the screen is covered, whatever came to lie on top meanwhile.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Cover))
    }

    /// Empties the screen. Nobody reads what is not there: the time stops.
    pub(in crate::app) fn cover(&mut self, now: Now) {
        if let Some(view) = &mut self.view {
            view.touch(now.mono);
            view.sleep();
        }
        self.push_overlay(Overlay::Cover);
        // A terminal that remembers cells it was told to change back must not show them.
        self.effects.push(Effect::RedrawAll);
    }

    /// Shows the screen again, if it was covered; the case waits for the eye anew. Says whether it was.
    pub(in crate::app) fn uncover(&mut self) -> bool {
        if !self.is_covered() {
            return false;
        }
        self.pending = None;
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Cover));
        self.put_on_screen();
        true
    }
}

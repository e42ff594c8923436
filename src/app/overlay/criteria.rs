//! The criteria of the codebook, each met, not met or not judged, and below them the evidence of the open case. Draws nothing.

use super::Overlay;
use super::menu::Menu;
use crate::app::reader::Motion;
use crate::app::{App, Now, Tone};
use crate::keys::action::Action;
use crate::model::labels::anchor::PROMPT;

impl App {
    pub(in crate::app) fn criteria(&mut self) {
        if let Some(reason) = self.cannot_say() {
            return self.say(Tone::Warning, reason);
        }
        if self.codebook.criteria.is_empty() && self.view.as_ref().is_none_or(|view| view.marked.spans().is_empty()) {
            return self.say(Tone::Plain, "this codebook has no criteria, and nothing is marked");
        }
        if self.view.is_some() {
            self.push_overlay(Overlay::Criteria(Menu::default()));
        }
    }

    /// A criterion's letter: it marks what is chosen, or it judges.
    pub(in crate::app) fn judge(&mut self, criterion: usize, now: Now) {
        if let Some(Overlay::Criteria(menu)) = self.overlays.last_mut() {
            menu.at = criterion;
            return self.judge_criterion(criterion, now);
        }
        self.save_evidence(Some(criterion), now);
    }

    pub(in crate::app) fn act_on_criteria(&mut self, action: Action, alone: bool, now: Now) {
        let (criteria, height) = (self.codebook.criteria.len(), self.overlay_height());
        let spans = self.view.as_ref().map_or(0, |view| view.marked.spans().len());
        let Some(Overlay::Criteria(menu)) = self.overlays.last_mut() else { return };
        let span = menu.at.checked_sub(criteria);
        let writes =
            action == Action::TakeAway || (span.is_none() && matches!(action, Action::Accept | Action::ReadOn));
        if writes && !alone && self.settings.min_dwell_ms > 0 {
            return self.say(Tone::Warning, "that key came together with others and does nothing · press it alone");
        }
        match (action, Motion::of(action), span) {
            (Action::Close | Action::Cancel | Action::Quit, ..) => self.pop_overlay(),
            (Action::Accept | Action::ReadOn, _, None) => {
                let at = menu.at;
                self.judge_criterion(at, now);
            }
            (Action::Accept, _, Some(span)) => self.go_to_evidence(span),
            (Action::TakeAway, _, Some(span)) => self.take_spans_away(&[span], now),
            (Action::TakeAway, _, None) => self.say(Tone::Plain, "go down to the evidence that is to be taken away"),
            (_, Some(motion), _) => menu.go(motion, criteria + spans, height),
            _ => {}
        }
    }

    /// Goes to where a span stands, also with another turn or in what the prompt folds.
    fn go_to_evidence(&mut self, span: usize) {
        let window = self.room();
        let Some(view) = &mut self.view else { return };
        let Some(of) = view.marked.spans().get(span).filter(|_| view.marked.is_found(span)) else {
            return self.say(Tone::Plain, "the text has no longer what was marked there");
        };
        let turn = usize::try_from(of.turn).unwrap_or(usize::MAX);
        // What leads to a reply is shown with it.
        let reply = view.case.targets().find(|reply| *reply == turn || (of.part == PROMPT && *reply > turn));
        let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
        if view.places_of(span).is_empty()
            && let Some(reply) = reply.filter(|reply| *reply != view.turn)
        {
            view.show(&shared, reply);
        }
        if view.places_of(span).is_empty() && !view.unfolded {
            view.unfold(&shared);
        }
        match view.places_of(span).into_iter().next() {
            Some((pane, place)) => {
                view.settle(window);
                view.go_to(pane, &place, window);
                self.pop_overlay();
            }
            None => self.say(Tone::Plain, "no pane shows the turn in which that stands"),
        }
    }
}

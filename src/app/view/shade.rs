//! What of the open case is not shown: a scratchpad that is closed, and what is hidden until somebody asks for it.

use super::View;
use crate::app::layout::Pane;
use crate::app::prompt;
use crate::app::reader::Reader;
use crate::model::blind::Shade;
use crate::model::case::Turn;
use crate::model::shared::Shared;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

impl View {
    /// Who speaks in a turn of it, as it may be shown.
    #[must_use]
    pub fn turn_name(&self, turn: &Turn) -> Safe {
        prompt::turn_name(turn, &self.shade)
    }

    /// Closes the scratchpad that was not on the screen yet: nothing of it is shown, counted, found or copied, as if there were none.
    pub(in crate::app) fn close(&mut self) {
        self.closed = true;
        self.kept = Some(Box::new(std::mem::take(&mut self.panes[1])));
        self.focus = Pane::Answer;
        self.look_into(Pane::Answer);
        self.count_leaks();
    }

    /// Opens the scratchpad; the case comes on the screen anew, and a label key waits for the eye again.
    pub(in crate::app) fn open(&mut self, shared: &Shared) {
        self.closed = false;
        match self.kept.take().filter(|_| self.turn == self.case.judged) {
            Some(kept) => {
                self.panes[1] = *kept;
                self.look();
                self.focus = if self.panes[1].rows_or_text() { Pane::Scratchpad } else { Pane::Answer };
            }
            None => self.show(shared, self.case.judged),
        }
        self.count_leaks();
        (self.drawn_at, self.place, self.zoom, self.going_back) = (None, None, false, false);
    }

    /// Whether no scratchpad is shown yet.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Counts where something hidden still shows in the panes, each of which is looked through up to a length.
    pub(super) fn count_leaks(&mut self) {
        const LONGEST: usize = 1 << 20;
        let leaks = |text: &str| self.shade.leaks(&text[..text.floor_char_boundary(LONGEST)]);
        let pages = self.panes.iter().filter_map(|reader| reader.page.as_ref());
        let id = if self.shade.veil().hides(Hidden::Id) { &[][..] } else { self.case.id.bytes() };
        let named = self.shade.leaks_in_name(id).len();
        let shown: usize = pages.map(|page| page.find_with(leaks).len()).sum();
        self.leaks = if self.revealed { 0 } else { named + shown };
    }

    /// Shows from now on what was hidden of it. What was read stays read, and one stands where one stood.
    pub(in crate::app) fn uncover(&mut self, shared: &Shared) {
        (self.revealed, self.shade, self.leaks) = (true, Shade::default(), 0);
        // One that is closed stays so, and comes uncovered once it is opened.
        let mut kept = self.kept.take();
        let turn = if kept.is_some() { self.case.judged } else { self.turn };
        let shown = &mut self.panes[Pane::Scratchpad.index()];
        let reader = kept.as_deref_mut().unwrap_or(shown);
        let before = std::mem::take(reader);
        let page = prompt::page(&self.case.turns[turn].scratchpad, &self.shade);
        *reader = Reader::new(page, true);
        if let (Some(old), Some(new)) = (&before.page, &reader.page) {
            reader.seen = before.seen.carried(old, new);
        }
        reader.go_back(before.stand());
        self.kept = kept;
        self.place = None;
        self.look();
        self.show_prompt(shared);
    }
}

//! The turns of the open case as a list, and the page of a turn that leads to no reply. Lays out only the turns whose rows are
//! shown; where Enter goes is decided here, how it looks there in the view.

use std::collections::HashMap;

use super::Overlay;
use super::list::has_head;
use super::menu::Menu;
use crate::app::briefs::first_words;
use crate::app::in_short::in_one_line;
use crate::app::layout::Pane;
use crate::app::prompt;
use crate::app::reader::{Motion, Reader};
use crate::app::view::View;
use crate::app::{App, Tone};
use crate::keys::action::Action;
use crate::model::blind::Shade;
use crate::model::case::{Part, Role, Turn};
use crate::model::shared::Shared;
use crate::text::clean::Safe;

/// The list of turns.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The selected turn, and the first one shown.
    pub menu: Menu,
    facts: HashMap<usize, Facts>,
    widths: [u16; 3],
}

/// What is worked out for the row of a turn once it is shown.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The rows that its scratchpad and its text take; `None` where they are so long that it is not counted for a list.
    pub rows: Option<usize>,
    /// How many bytes they have.
    pub bytes: usize,
    /// Its first words.
    pub words: Safe,
}

impl Outline {
    /// What the row of this turn says; nothing before it was laid out.
    #[must_use]
    pub fn facts(&self, turn: usize) -> Option<&Facts> {
        self.facts.get(&turn)
    }

    fn settle(&mut self, view: &View, shared: &Shared, wrap_all: bool, widths: [u16; 3], height: usize) {
        let count = view.case.turns.len();
        self.menu.settle(count, height);
        if std::mem::replace(&mut self.widths, widths) != widths {
            self.facts.clear();
        }
        for at in self.menu.top..count.min(self.menu.top + height) {
            let of = || {
                let (turn, under) = (&view.case.turns[at], (&view.shade, view.is_closed()));
                Facts::of(turn, under, shared, wrap_all, widths)
            };
            self.facts.entry(at).or_insert_with(of);
        }
    }
}

impl Facts {
    /// A turn of more bytes is not laid out for its row: going through the list must not stand still.
    const LONGEST: usize = 1 << 20;

    /// What the row of a turn says under its shade; of a closed scratchpad nothing, not even how long it is.
    fn of(
        turn: &Turn,
        (shade, closed): (&Shade, bool),
        shared: &Shared,
        wrap_all: bool,
        [prompt, scratchpad, answer]: [u16; 3],
    ) -> Self {
        let rows = |part: &Part, width: u16| {
            prompt::page(part, shade).map_or(0, |mut page| {
                page.wrap_all(wrap_all);
                page.lay(width);
                page.rows().len()
            })
        };
        let scratchpad_part = if closed { &Part::Absent } else { &turn.scratchpad };
        let (thought, said) = (scratchpad_part.bytes(), turn.text.bytes());
        let bytes = thought.len() + said.len();
        let text_width = if turn.is_target() { answer } else { prompt };
        let counted =
            (bytes <= Self::LONGEST).then(|| rows(scratchpad_part, scratchpad) + rows(&turn.text, text_width));
        let words = match turn.role {
            Role::User => first_words(said, shared, shade),
            _ if said.is_empty() => in_one_line(shade.hide(thought).iter().copied()),
            _ => in_one_line(shade.hide(said).iter().copied()),
        };
        Self { rows: counted, bytes, words }
    }
}

/// A turn alone, over the whole screen.
#[derive(Clone, Debug)]
pub struct TurnPage {
    /// Which turn of the open case.
    pub turn: usize,
    /// Its text.
    pub reader: Reader,
}

impl App {
    fn outline_height(&self) -> usize {
        self.overlay_height() - usize::from(has_head(self.window))
    }

    fn shared_here(&self) -> Shared {
        let file = self.view.as_ref().map(|view| view.case.origin.file);
        file.and_then(|file| self.shared.get(&file)).cloned().unwrap_or_default()
    }

    pub(in crate::app) fn outline(&mut self) {
        let Some(view) = &self.view else { return };
        let menu = Menu { at: view.turn, top: view.turn.saturating_sub(self.outline_height() / 2) };
        self.push_overlay(Overlay::Outline(Box::new(Outline { menu, ..Outline::default() })));
    }

    pub(in crate::app) fn act_on_outline(&mut self, action: Action) {
        let height = self.outline_height();
        let (Some(view), Some(Overlay::Outline(outline))) = (&self.view, self.overlays.last_mut()) else { return };
        match action {
            Action::Close | Action::Outline | Action::Quit | Action::Cancel => self.pop_overlay(),
            Action::Accept => {
                let turn = outline.menu.at;
                self.go_to_turn(turn);
            }
            _ => {
                if let Some(motion) = Motion::of(action) {
                    outline.menu.go(motion, view.case.turns.len(), height);
                }
            }
        }
    }

    /// Goes from the outline to a turn: a reply is shown, what leads to one is shown above it, and what follows the last one alone.
    fn go_to_turn(&mut self, turn: usize) {
        let (shared, room) = (self.shared_here(), self.room());
        let Some(view) = &mut self.view else { return };
        let Some(there) = view.case.turns.get(turn) else { return };
        if there.is_target() || turn == view.case.judged {
            if turn != view.turn {
                view.show(&shared, turn);
            }
            self.pop_overlay();
            return self.say_which_reply();
        }
        if view.show_leading(&shared, turn, room) {
            let count = view.case.turns.len();
            self.pop_overlay();
            return self.say(Tone::Plain, format!("turn {} of {count}, and the reply that it leads to", turn + 1));
        }
        let text = view.case.turns.get(turn).and_then(|there| prompt::page(&there.text, &view.shade));
        let reader = Reader::new(text, false);
        self.push_overlay(Overlay::Turn(Box::new(TurnPage { turn, reader })));
    }

    pub(in crate::app) fn act_on_turn_page(&mut self, action: Action) {
        if let Action::Close | Action::Quit | Action::Cancel = action {
            return self.pop_overlay();
        }
        let height = self.overlay_height();
        if let (Some(motion), Some(Overlay::Turn(page))) = (Motion::of(action), self.overlays.last_mut()) {
            page.reader.go(motion, height);
        }
    }

    pub(in crate::app) fn settle_outline(&mut self) {
        let (shared, room, height, columns) =
            (self.shared_here(), self.room(), self.outline_height(), self.window.columns);
        match (&self.view, self.overlays.last_mut()) {
            (Some(view), Some(Overlay::Outline(outline))) => {
                outline.settle(view, &shared, self.lens.wrap_all, view.widths(room), height);
            }
            (_, Some(Overlay::Turn(page))) => page.reader.lay(columns.saturating_sub(2).min(100)),
            _ => {}
        }
    }
}

impl View {
    /// Shows the reply that an earlier turn leads to, with that turn open in the prompt, from its heading on. Says whether there is
    /// such a reply.
    fn show_leading(&mut self, shared: &Shared, turn: usize, room: crate::app::layout::Window) -> bool {
        let Some(target) = self.case.targets().find(|target| *target > turn) else { return false };
        self.opened.insert(turn);
        if target == self.turn {
            self.show_prompt(shared);
        } else {
            self.show(shared, target);
        }
        if self.pane(Pane::Prompt).page.is_none() {
            return true;
        }
        self.focus = Pane::Prompt;
        // How much room it has is known once one reads in it.
        self.pane_mut(Pane::Prompt).moved = true;
        self.settle(room);
        let height = self.height(Pane::Prompt);
        let passage = self.prompt_turns.iter().position(|shown| *shown == turn);
        let row = passage.and_then(|at| self.pane(Pane::Prompt).page.as_ref()?.heading_row(at));
        if let Some(row) = row {
            self.pane_mut(Pane::Prompt).turn_to(row, height);
        }
        true
    }
}

//! Going to what was found in a case: the codebook's marks, and what somebody searches for as they type it.

use std::sync::Arc;

use super::Overlay;
use super::editor::{Editor, Lines};
use crate::app::layout::Pane;
use crate::app::page::Place;
use crate::app::stages::CLOSED;
use crate::app::view::{Stand, View};
use crate::app::{App, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::model::patterns::{Class, Needle};
use crate::model::queue::Toward;
use crate::text::clean::clean;

/// What is searched for, as it is typed.
#[derive(Clone, Debug)]
pub struct Search {
    /// What was typed.
    pub editor: Editor,
    /// Why it is no pattern, if so.
    pub fault: Option<String>,
    /// What was searched for before.
    before: Option<Arc<Needle>>,
    /// Where one stood before.
    stand: Option<Stand>,
}

impl App {
    /// Opens the line in which is typed what to search for.
    pub(in crate::app) fn search(&mut self) {
        let stand = self.view.as_ref().map(View::stand);
        let editor = Editor::new("", Lines::One);
        self.push_overlay(Overlay::Search(Box::new(Search {
            editor,
            fault: None,
            before: self.lens.needle.clone(),
            stand,
        })));
    }

    pub(in crate::app) fn act_on_search(&mut self, action: Action) {
        let Some(Overlay::Search(search)) = self.overlays.last_mut() else { return };
        match action {
            Action::Accept => self.take_search(),
            Action::Close | Action::Cancel | Action::Quit => {
                let (before, stand) = (search.before.clone(), search.stand.clone());
                self.pop_overlay();
                self.lens.needle = before;
                self.look_again();
                self.stand_at(stand.as_ref());
            }
            // What was searched for the last time comes back to be changed.
            Action::LineUp => {
                if let Some(before) = &search.before {
                    search.editor.set(before.typed());
                    self.search_typed();
                }
            }
            Action::LineDown => {
                search.editor.set("");
                self.search_typed();
            }
            _ => {}
        }
    }

    pub(in crate::app) fn type_search(&mut self, key: Key) {
        if let Some(Overlay::Search(search)) = self.overlays.last_mut()
            && search.editor.key(key)
        {
            self.search_typed();
        }
    }

    /// What is typed is another text now: shows what it finds, from where one stood.
    pub(in crate::app) fn search_typed(&mut self) {
        let Some(Overlay::Search(search)) = self.overlays.last_mut() else { return };
        let needle = Needle::new(&search.editor.text());
        search.fault = needle.as_ref().err().cloned();
        let stand = search.stand.clone();
        // Half a pattern is no fault yet that should take away what was found so far.
        if let Ok(needle) = needle {
            self.lens.needle = needle.map(Arc::new);
            self.look_again();
            self.stand_at(stand.as_ref());
            self.step(Toward::Next, hits);
        }
    }

    fn take_search(&mut self) {
        let Some(Overlay::Search(search)) = self.overlays.pop() else { return };
        self.put_on_screen();
        if let Some(fault) = search.fault {
            self.lens.needle = search.before;
            self.look_again();
            let typed = search.editor.text();
            return self.say(Tone::Warning, format!("{typed} is no pattern: {fault} · without the slash it is words"));
        }
        if search.editor.text().is_empty() {
            return self.end_search();
        }
        self.say_hit("");
    }

    pub(in crate::app) fn end_search(&mut self) {
        if self.lens.needle.take().is_some() {
            self.look_again();
            self.say(Tone::Plain, "the search is over");
        }
    }

    pub(in crate::app) fn hit(&mut self, toward: Toward) {
        if self.lens.needle.is_none() {
            let how = self.hint(Action::Search, "searches").unwrap_or_default();
            return self.say(Tone::Plain, format!("nothing was searched for yet · {how}"));
        }
        let wrapped = self.step(toward, hits);
        self.say_hit(if wrapped { again(toward) } else { "" });
    }

    /// Says which of the hits one stands on, or where else there are any.
    fn say_hit(&mut self, first: &str) {
        let (Some(needle), Some(view)) = (self.lens.needle.clone(), &self.view) else { return };
        let typed = needle.typed();
        let all = view.hits().count();
        let at = self.standing_on(hits).map_or(0, |at| at + 1);
        if all > 0 {
            let next = self.hint(Action::NextHit, "next").map(|hint| format!(" · {hint}")).unwrap_or_default();
            let ends = self.hint(Action::EndSearch, "ends").map(|hint| format!(" · {hint}")).unwrap_or_default();
            return self.say(Tone::Plain, format!("{first}{typed}: {at} of {all}{next}{ends}"));
        }
        let mut elsewhere = self.elsewhere(&needle);
        if view.shade.veil().hidden().next().is_some() {
            elsewhere += " · what is masked is not searched";
        }
        self.say(Tone::Warning, format!("{typed} stands nowhere in these parts{elsewhere}"));
    }

    /// Where else in the case there are hits: in what the prompt folds away, and with other replies.
    fn elsewhere(&self, needle: &Needle) -> String {
        let Some(view) = &self.view else { return String::new() };
        let count = |text: &[u8]| needle.find(clean(&view.shade.hide(text)).text()).len();
        let from = view.case.targets().take_while(|t| *t < view.turn).last().map_or(0, |t| t + 1);
        let (mut folded, mut others) = (0, 0);
        for (number, turn) in view.case.turns.iter().enumerate().filter(|(number, _)| *number != view.turn) {
            let thought = if view.is_closed() { 0 } else { count(turn.scratchpad.bytes()) };
            let found = count(turn.text.bytes()) + thought;
            if (from..view.turn).contains(&number) { folded += found } else { others += found }
        }
        let mut words = String::new();
        if folded > 0 {
            let how = self.hint(Action::UnfoldRepeats, "unfolds").unwrap_or_default();
            words += &format!(" · {folded} in what is folded: {how}");
        }
        if others > 0 {
            let how = self.hint(Action::PreviousTurn, "goes there").unwrap_or_default();
            words += &format!(" · {others} with other turns: {how}");
        }
        words
    }

    /// To the next mark, of decisions or of any kind.
    pub(in crate::app) fn mark(&mut self, toward: Toward, only: Option<Class>) {
        let noun = if only.is_some() { "decision" } else { "mark" };
        let list = match only {
            Some(_) => decisions,
            None => marks,
        };
        let Some(view) = &self.view else { return };
        if view.is_closed() {
            return self.say(Tone::Plain, CLOSED);
        }
        let all = list(view).len();
        if all == 0 {
            // The marks are words of the codebook: what they do not find may be decided all the same.
            let others = marks(view).len();
            let other = if others == 1 { "1 other mark".to_owned() } else { format!("{others} other marks") };
            let how = (others > 0).then(|| self.hint(Action::NextMark, &format!("goes through {other}"))).flatten();
            let how = how.map(|how| format!(" · {how}")).unwrap_or_default();
            return self.say(Tone::Plain, format!("the codebook's words mark no {noun} here{how}"));
        }
        let wrapped = self.step(toward, list);
        let at = self.standing_on(list).map_or(0, |at| at + 1);
        let first = if wrapped { again(toward) } else { "" };
        self.say(Tone::Plain, format!("{first}{noun} {at} of {all}"));
    }

    /// Goes to the neighbour of the place one stands on, or of the first row in sight. Says whether it began again at the other end.
    fn step(&mut self, toward: Toward, list: fn(&View) -> Vec<(Pane, Place)>) -> bool {
        let window = self.room();
        let Some(view) = &mut self.view else { return false };
        view.settle(window);
        let all = list(view);
        let here = here(view);
        let next = match toward {
            Toward::Next => all.iter().find(|(pane, place)| key(*pane, place) > here),
            Toward::Previous => all.iter().rev().find(|(pane, place)| key(*pane, place) < here),
        };
        let (found, wrapped) = match (next, toward) {
            (Some(found), _) => (Some(found), false),
            (None, Toward::Next) => (all.first(), true),
            (None, Toward::Previous) => (all.last(), true),
        };
        if let Some((pane, place)) = found {
            view.go_to(*pane, place, window);
        }
        wrapped && found.is_some()
    }

    /// Which of the places of a list one stands on.
    fn standing_on(&self, list: fn(&View) -> Vec<(Pane, Place)>) -> Option<usize> {
        let view = self.view.as_ref()?;
        let (pane, place) = view.place.as_ref()?;
        list(view).iter().position(|(of, other)| of == pane && other == place)
    }

    /// The number of the hit one stands on, and how many there are.
    #[must_use]
    pub fn hit_count(&self) -> (usize, usize) {
        let all = self.view.as_ref().map_or(0, |view| view.hits().count());
        (self.standing_on(hits).map_or(0, |at| at + 1), all)
    }

    /// What is looked for is something else now.
    pub(in crate::app) fn look_again(&mut self) {
        let lens = self.lens.clone();
        if let Some(view) = &mut self.view {
            view.look_for(lens);
        }
    }

    fn stand_at(&mut self, stand: Option<&Stand>) {
        if let (Some(view), Some(stand)) = (&mut self.view, stand) {
            view.go_back(stand);
        }
    }

    /// Wraps rows of tables and of code too, in this case and all others, or cuts them at the edge again.
    pub(in crate::app) fn wrap_all(&mut self) {
        self.lens.wrap_all = !self.lens.wrap_all;
        self.look_again();
        let words =
            if self.lens.wrap_all { "every row is wrapped" } else { "rows of tables and code are cut at the edge" };
        self.say(Tone::Plain, words);
    }
}

/// What is said where a step began again at the other end.
fn again(toward: Toward) -> &'static str {
    match toward {
        Toward::Next => "from the top again · ",
        Toward::Previous => "from the end again · ",
    }
}

fn hits(view: &View) -> Vec<(Pane, Place)> {
    view.hits().map(|(pane, place)| (pane, place.clone())).collect()
}

fn marks(view: &View) -> Vec<(Pane, Place)> {
    view.marks().map(|(pane, (place, _))| (pane, place.clone())).collect()
}

fn decisions(view: &View) -> Vec<(Pane, Place)> {
    let decisions = view.marks().filter(|(_, (_, class))| *class == Class::Decision);
    decisions.map(|(pane, (place, _))| (pane, place.clone())).collect()
}

/// A place in the order in which one reads.
fn key(pane: Pane, place: &Place) -> (usize, u32, usize) {
    (pane.index(), place.passage, place.start)
}

/// Where one stands: on a place that is in sight, else just before the first row in sight of the part one reads. A part that was
/// not read yet shows its two ends, and one stands before its first row.
fn here(view: &View) -> (usize, u32, usize) {
    let on = view.place.as_ref().filter(|(pane, place)| {
        let row = view.pane(*pane).page.as_ref().map_or(0, |page| page.row_of(place));
        *pane == view.focus && view.pane(*pane).shows(row, view.height(*pane))
    });
    if let Some((pane, place)) = on {
        return key(*pane, place);
    }
    let pane = view.focus;
    if !view.pane(pane).moved {
        // Nothing was read yet: the first place of the case is the next.
        return (0, 0, 0);
    }
    let row = view.pane(pane).first_shown(view.height(pane));
    let (passage, start) = view
        .pane(pane)
        .page
        .as_ref()
        .and_then(|page| page.rows()[row.min(page.rows().len().saturating_sub(1))..].iter().find_map(|row| row.text()))
        .map_or((0, 0), |(passage, range)| (passage, range.start));
    // A place at the very start of the first row in sight is still to come.
    (pane.index(), passage, start.saturating_sub(1))
}

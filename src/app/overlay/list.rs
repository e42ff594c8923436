//! The cases as a list: all of them, or only those one is unsure of. On top of the review screen it is for choosing; docked at its
//! left it shows where one is. Knows rows and cases; what is read for a row is the business of the briefs.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Overlay;
use super::menu::Menu;
use crate::app::layout::Window;
use crate::app::reader::Motion;
use crate::app::{App, layout};
use crate::keys::action::Action;
use crate::model::case::{CaseId, CaseNo, Condition, ContentHash, RawHash};
use crate::model::labels::{Known, Standing, State};
use crate::model::queue::Queue;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

/// A list of cases and the place in it. What is selected is a case and not a row, so that nothing jumps when rows are added.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The selected case.
    pub case: Option<CaseNo>,
    /// The selected row and the first one shown.
    pub menu: Menu,
    /// Only these, in the order of the queue; all cases where this is `None`.
    pub doubtful: Option<Vec<CaseNo>>,
}

impl List {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self, queue: &Queue) -> usize {
        self.doubtful.as_ref().map_or(queue.len(), Vec::len)
    }

    /// The case of a row.
    #[must_use]
    pub fn at(&self, queue: &Queue, row: usize) -> Option<CaseNo> {
        match &self.doubtful {
            Some(cases) => cases.get(row).copied(),
            None => queue.at(row),
        }
    }

    /// The cases of the rows that are shown, where there is room for `height`.
    pub fn shown<'a>(&'a self, queue: &'a Queue, height: usize) -> impl Iterator<Item = CaseNo> + 'a {
        (self.menu.top..self.menu.top.saturating_add(height)).map_while(|row| self.at(queue, row))
    }

    /// The row of a case; of one that is not among them, the row of the next that is.
    fn row_of(&self, queue: &Queue, no: CaseNo) -> usize {
        let place = queue.position(no);
        match &self.doubtful {
            Some(cases) => cases.partition_point(|other| queue.position(*other) < place),
            None => place.saturating_sub(1) as usize,
        }
    }

    fn go(&mut self, motion: Motion, queue: &Queue, height: usize) {
        self.menu.go(motion, self.len(queue), height);
        self.case = self.at(queue, self.menu.at);
    }

    /// Keeps the selected case selected and where it was on the screen, or takes the one that stands in its place now.
    fn settle(&mut self, queue: &Queue, height: usize) {
        if let Some(no) = self.case {
            self.menu.follow(self.row_of(queue, no));
        }
        self.menu.settle(self.len(queue), height);
        self.case = self.at(queue, self.menu.at);
    }

    /// Shows where `here` is, with some rows before and behind it.
    fn accompany(&mut self, here: Option<CaseNo>, queue: &Queue, height: usize) {
        self.case = here;
        if let Some(no) = here {
            self.menu.at = self.row_of(queue, no);
        }
        self.menu.settle_amid(self.len(queue), height, 2.min(height.saturating_sub(1) / 2));
    }
}

/// What the row of one case says.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The case's place in the queue, from 1.
    pub number: u32,
    /// Its name, if that is known.
    pub name: Option<Cow<'a, Safe>>,
    /// What the model was told.
    pub condition: Option<&'a Condition>,
    /// What was decided.
    pub said: Said<'a>,
    /// `?` for likely, `??` for a coin-flip.
    pub doubt: &'static str,
    /// Whether there is a note.
    pub note: bool,
    /// Whether there are flags that no label brings along.
    pub flags: bool,
    /// How many marks stand in its reasoning, once it was read.
    pub marks: Option<usize>,
    /// The data file it stands in.
    pub file: &'a str,
    /// The beginning of the user's own words.
    pub words: Words<'a>,
}

/// What was decided on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// Nothing.
    Nothing,
    /// It was put off.
    PutOff,
    /// It was labelled, and its text has changed since.
    Changed,
    /// Its answer was judged alone, and the label did not follow yet.
    HalfWay,
    /// It has this label, in the codebook's word.
    Label(Cow<'a, str>),
}

/// The user's words in the row of a case.
#[derive(Clone, Copy, Debug)]
pub enum Words<'a> {
    /// These.
    Read(&'a Safe),
    /// They have not been read yet.
    Coming,
    /// The case cannot be read.
    Unreadable,
    /// The case has so many bytes that it is read only when it is opened.
    TooLong(u32),
    /// There are none but the scratchpad's, which is not shown yet.
    Closed,
}

/// Whether a window has room for a row that says what the columns are.
#[must_use]
pub fn has_head(window: Window) -> bool {
    window.rows >= 16
}

impl App {
    /// How many cases the list on top of the review screen shows.
    fn list_height(&self) -> usize {
        self.overlay_height() - usize::from(has_head(self.window))
    }

    /// Shows the list or takes it away: docked where there is room for it, else on top.
    pub(in crate::app) fn list(&mut self) {
        if self.window.columns < Window::DOCKED {
            self.push_list(None);
        } else if self.dock.take().is_none() {
            self.dock = Some(List::default());
        }
    }

    /// Shows only the cases one is unsure of; where that is so, all of them again.
    pub(in crate::app) fn second_look(&mut self) {
        let doubtful = self.doubtful();
        if self.window.columns < Window::DOCKED {
            return self.push_list(Some(doubtful));
        }
        let dock = self.dock.get_or_insert_default();
        dock.doubtful = dock.doubtful.is_none().then_some(doubtful);
    }

    fn push_list(&mut self, doubtful: Option<Vec<CaseNo>>) {
        let mut list = List { case: self.here(), doubtful, ..List::default() };
        let at = list.case.map_or(0, |no| list.row_of(&self.queue, no));
        list.menu = Menu { at, top: at.saturating_sub(self.list_height() / 3) };
        self.push_overlay(Overlay::List(list));
    }

    pub(in crate::app) fn act_on_list(&mut self, action: Action) {
        let height = self.list_height();
        let Some(Overlay::List(list)) = self.overlays.last_mut() else { return };
        match action {
            Action::Close | Action::List | Action::Quit | Action::Cancel => self.pop_overlay(),
            Action::Accept => {
                let case = list.case;
                self.pop_overlay();
                self.open_if_any(case.filter(|no| Some(*no) != self.here()));
            }
            Action::SecondLook => {
                let doubtful = list.doubtful.is_none().then(|| self.doubtful());
                if let Some(Overlay::List(list)) = self.overlays.last_mut() {
                    list.doubtful = doubtful;
                }
            }
            _ => {
                if let Some(motion) = Motion::of(action) {
                    list.go(motion, &self.queue, height);
                }
            }
        }
    }

    /// The cases one is unsure of, in the order of the queue.
    fn doubtful(&self) -> Vec<CaseNo> {
        let keys: HashSet<u64> = self.labels.unsure().collect();
        if keys.is_empty() {
            return Vec::new();
        }
        let may_be = |no: &CaseNo| {
            self.corpus.entry(*no).is_some_and(|entry| keys.contains(&entry.key())) || self.attached.contains_key(no)
        };
        let is = |no: &CaseNo| self.state_of(*no).is_some_and(|state| state.is_unsure());
        (0..self.queue.len()).filter_map(|place| self.queue.at(place)).filter(may_be).filter(is).collect()
    }

    /// What there is to doubt may have changed: lists of that are made anew.
    pub(in crate::app) fn refresh_doubts(&mut self) {
        let overlays = self.overlays.iter().filter_map(|overlay| match overlay {
            Overlay::List(list) => Some(list),
            _ => None,
        });
        if !overlays.chain(&self.dock).any(|list| list.doubtful.is_some()) {
            return;
        }
        let cases = self.doubtful();
        let overlays = self.overlays.iter_mut().filter_map(|overlay| match overlay {
            Overlay::List(list) => Some(list),
            _ => None,
        });
        for doubtful in overlays.chain(&mut self.dock).filter_map(|list| list.doubtful.as_mut()) {
            doubtful.clone_from(&cases);
        }
    }

    /// The columns that the docked list takes of the window. Where something is looked up in the codebook beside the case, it
    /// stands aside unless the panes keep the 80 columns of a terminal.
    pub(in crate::app) fn list_columns(&self) -> u16 {
        const LEAST_PANES: u16 = 80;
        let dock = self.dock.as_ref().map_or(0, |_| layout::dock(self.window));
        let yields = self.codebook_columns() > 0 && self.window.columns < dock + self.codebook_columns() + LEAST_PANES;
        if yields { 0 } else { dock }
    }

    /// The window without what the docked list and the codebook beside the case take of it.
    pub(in crate::app) fn room(&self) -> Window {
        Window { columns: self.window.columns - self.list_columns() - self.codebook_columns(), ..self.window }
    }

    /// Keeps the lists on the screen in step with the window, the queue and the open case.
    pub(in crate::app) fn settle_lists(&mut self) {
        // A case that has no number stands in no row.
        let (height, here) = (self.list_height(), self.here().filter(|_| self.wanted.is_some() || !self.is_stray()));
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.settle(&self.queue, height);
        }
        if let (Some(list), Some(area)) = (&mut self.dock, self.layout.dock) {
            list.accompany(here, &self.queue, usize::from(area.height.saturating_sub(1)));
        }
    }

    /// The cases whose rows are on the screen.
    pub(in crate::app) fn listed(&self) -> Vec<CaseNo> {
        match (self.overlays.last(), &self.dock, self.layout.dock) {
            (Some(Overlay::List(list)), ..) => list.shown(&self.queue, self.list_height()).collect(),
            (None, Some(list), Some(area)) => list.shown(&self.queue, usize::from(area.height)).collect(),
            _ => Vec::new(),
        }
    }

    /// Who a case is by its text, if that is known.
    fn known(&self, no: CaseNo) -> Option<(&CaseId, &ContentHash, &RawHash)> {
        let known = self.briefs.get(no).map(|gist| &gist.known).or_else(|| self.hashes.get(&no.first_reading()))?;
        Some((self.attached.get(&no).unwrap_or(&known.id), &known.hash, &known.raw))
    }

    /// What was said of a case; before its text is known, what was said last under its id.
    pub(in crate::app) fn state_of(&self, no: CaseNo) -> Option<Cow<'_, State>> {
        if let Some((id, hash, raw)) = self.known(no) {
            return self.labels.state_in(no.pass(), id, hash, raw);
        }
        let key = self.corpus.entry(no)?.key();
        self.labels.newest_label_in(no.pass(), key).filter(|_| !self.corpus.is_shared(key)).map(Cow::Borrowed)
    }

    fn said_of(&self, no: CaseNo) -> Said<'_> {
        let label = |state: Cow<'_, State>| {
            Said::Label(self.label_word(state.label.as_deref().unwrap_or_default(), &state.flags).to_owned().into())
        };
        let Some((id, hash, raw)) = self.known(no) else {
            let Some(key) = self.corpus.entry(no).map(|entry| entry.key()) else { return Said::Nothing };
            return match self.labels.known_in(no.pass(), key) {
                Known::Labelled => self.state_of(no).map_or(Said::Nothing, label),
                Known::Skipped(_) => Said::PutOff,
                Known::Nothing => Said::Nothing,
            };
        };
        match self.labels.standing_in(no.pass(), id, hash, raw) {
            Standing::Labelled(state) => label(state),
            Standing::Skipped(_) => Said::PutOff,
            // Another case bears this id too: the label is that one's, and this text has not changed.
            Standing::Stale(_) if !self.corpus.is_shared(id.key()) => Said::Changed,
            Standing::Stale(_) | Standing::None => match self.labels.state(id, hash, raw) {
                Some(state) if state.stage.is_some() => Said::HalfWay,
                _ => Said::Nothing,
            },
        }
    }

    /// What the row of a case says.
    #[must_use]
    pub fn list_row(&self, no: CaseNo) -> Row<'_> {
        let gist = self.briefs.get(no);
        let by_id =
            || self.hashes.get(&no.first_reading()).map(|known| Cow::Owned(crate::app::in_short::id(&known.id)));
        let state = self.state_of(no);
        let state = state.as_deref();
        let closed = self.is_closed_in_lists(no);
        let words = match (gist, self.too_long_to_peek(no)) {
            (Some(gist), _) if closed && gist.of_scratchpad => Words::Closed,
            (Some(gist), _) => Words::Read(&gist.words),
            (None, Some(bytes)) => Words::TooLong(bytes),
            _ if self.briefs.is_unreadable(no) => Words::Unreadable,
            _ => Words::Coming,
        };
        Row {
            marks: gist.filter(|_| !closed).map(|gist| gist.marks),
            file: self.corpus.file_of(no).filter(|_| !self.hides(Hidden::FileName)).map_or("", |file| &file.name),
            number: self.queue.position(no),
            name: match self.hides(Hidden::Id) {
                true => Some(Cow::Owned(Safe::default())),
                false => gist.map(|gist| Cow::Borrowed(&gist.name)).or_else(by_id),
            },
            condition: gist.map(|gist| &gist.condition).filter(|_| !self.hides(Hidden::Condition)),
            said: self.said_of(no),
            doubt: match state.and_then(|state| state.confidence) {
                Some(1) => "??",
                Some(2) => "?",
                _ => "",
            },
            note: state.is_some_and(|state| state.note.is_some()),
            flags: state.is_some_and(|state| self.has_flags_of_its_own(state)),
            words,
        }
    }

    fn has_flags_of_its_own(&self, state: &State) -> bool {
        let brought = |flag: &String| self.codebook.labels.iter().any(|label| label.flags.contains(flag));
        state.flags.iter().any(|flag| !brought(flag))
    }
}

//! What was wrong with the data, as a list: what is odd about the open case first, then the files that are left out, then the lines that
//! could not be read, file by file. Counts rows; nothing is copied or made for those that are not on the screen.

use super::Overlay;
use super::menu::Menu;
use crate::app::reader::Motion;
use crate::app::{App, Tone};
use crate::keys::action::Action;
use crate::model::case::Problem;

/// One row of the list.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// What the rows below are about: the open case.
    OfTheCase,
    /// What the rows below are about: files that are left out.
    LeftOut,
    /// Why a file is left out.
    Left(&'a str),
    /// What the rows below are about: lines that could not be read.
    Unread,
    /// A problem, and the name of the file it stands in.
    Problem(&'a str, &'a Problem),
    /// So many more lines of this file could not be read; they are counted only.
    More(&'a str, usize),
}

impl Row<'_> {
    /// Whether it only says what follows.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self, Self::OfTheCase | Self::LeftOut | Self::Unread)
    }
}

/// Of a window's rows so many show the selected problem whole.
#[must_use]
pub fn sentence_rows(body: u16) -> u16 {
    if body < 12 { body / 2 } else { (body / 3).clamp(4, 6) }
}

impl App {
    /// The problems of the open case and the name of its file. Some of them quote a scratchpad, so that they wait until it is open.
    fn oddities(&self) -> (&str, &[Problem]) {
        let Some(view) = self.view.as_ref().filter(|view| !view.is_closed()) else { return ("", &[]) };
        let file = self.corpus.files().get(usize::from(view.case.origin.file.0));
        (file.map_or("", |file| &file.name), &view.case.problems)
    }

    /// How many rows the list of problems has.
    #[must_use]
    pub fn problem_rows(&self) -> usize {
        let odd = self.oddities().1.len();
        let unread: usize =
            self.corpus.files().iter().map(|f| f.problems.len() + usize::from(f.unread > f.problems.len())).sum();
        let files = self.left_out.len();
        [odd, files, unread].into_iter().map(|rows| rows + usize::from(rows > 0)).sum()
    }

    /// A row of the list of problems.
    #[must_use]
    pub fn problem_row(&self, row: usize) -> Option<Row<'_>> {
        let mut row = row;
        let (name, odd) = self.oddities();
        if !odd.is_empty() {
            match row.checked_sub(1) {
                None => return Some(Row::OfTheCase),
                Some(at) if at < odd.len() => return Some(Row::Problem(name, &odd[at])),
                Some(at) => row = at - odd.len(),
            }
        }
        if !self.left_out.is_empty() {
            match row.checked_sub(1) {
                None => return Some(Row::LeftOut),
                Some(at) if at < self.left_out.len() => return Some(Row::Left(&self.left_out[at])),
                Some(at) => row = at - self.left_out.len(),
            }
        }
        let Some(mut at) = row.checked_sub(1) else { return (self.corpus.unread() > 0).then_some(Row::Unread) };
        for file in self.corpus.files() {
            if let Some(problem) = file.problems.get(at) {
                return Some(Row::Problem(&file.name, problem));
            }
            at -= file.problems.len();
            if file.unread > file.problems.len() {
                match at.checked_sub(1) {
                    None => return Some(Row::More(&file.name, file.unread - file.problems.len())),
                    Some(rest) => at = rest,
                }
            }
        }
        None
    }

    /// How many rows of problems are shown: the selected one's sentence stands below them, under a rule.
    fn problems_height(&self) -> usize {
        let body = u16::try_from(self.overlay_height()).unwrap_or(u16::MAX);
        usize::from(body - sentence_rows(body)).saturating_sub(1).max(1)
    }

    pub(in crate::app) fn problems(&mut self) {
        if self.problem_rows() == 0 {
            let so_far = if self.corpus.is_complete() { "" } else { " so far" };
            let odd = if self.is_closed() { "" } else { ", and nothing is odd about the open case" };
            return self.say(Tone::Plain, format!("every line was read{so_far}{odd}"));
        }
        self.push_overlay(Overlay::Problems(Menu::at(1)));
    }

    pub(in crate::app) fn act_on_problems(&mut self, action: Action) {
        if let Action::Close | Action::Accept | Action::Quit | Action::Cancel = action {
            return self.pop_overlay();
        }
        let Some(motion) = Motion::of(action) else { return };
        let (count, height) = (self.problem_rows(), self.problems_height());
        let Some(Overlay::Problems(menu)) = self.overlays.last() else { return };
        let before = *menu;
        let mut menu = before;
        menu.go(motion, count, height);
        if self.problem_row(menu.at).is_some_and(|row| row.is_heading()) {
            // A heading is passed over; above the first one there is nothing.
            let on = if menu.at < before.at && menu.at > 0 { Motion::LineUp } else { Motion::LineDown };
            menu.go(on, count, height);
        }
        if menu.at == 1 {
            menu.top = 0;
        }
        if let Some(Overlay::Problems(shown)) = self.overlays.last_mut() {
            *shown = menu;
        }
    }

    pub(in crate::app) fn settle_problems(&mut self) {
        let (count, height) = (self.problem_rows(), self.problems_height());
        if let Some(Overlay::Problems(menu)) = self.overlays.last_mut() {
            menu.settle(count, height);
        }
    }
}

//! The command line: every action by its name, with its keys beside it, and a case by its number. It runs what keys would run, so
//! that there is one meaning for both. Labels are given by keys only: a label is meant for the case that the eye is on.

use super::Overlay;
use super::editor::{Editor, Lines};
use super::menu::Menu;
use crate::app::reader::Motion;
use crate::app::{App, Now, Tone};
use crate::keys::action::{Action, Group};
use crate::keys::key::Key;
use crate::model::case::CaseNo;

/// So many of the actions that fit are shown at most.
pub const SHOWN: usize = 8;

/// A command that is being typed.
#[derive(Clone, Debug)]
pub struct Command {
    /// What was typed.
    pub editor: Editor,
    /// Which of the actions that fit is chosen.
    pub menu: Menu,
    /// The actions that fit, the best first.
    pub fitting: Vec<Action>,
    /// What a first press of undo asked, in case undo is what is typed.
    pub(in crate::app) asked: Option<String>,
}

impl Command {
    /// An empty command line, which every action fits.
    pub(in crate::app) fn new(asked: Option<String>) -> Self {
        let editor = Editor::new("", Lines::One);
        Self { editor, menu: Menu::default(), fitting: fitting(""), asked }
    }

    /// The case of this number was asked for.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.editor.text().trim().parse().ok()
    }

    /// The action that would run.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.fitting.get(self.menu.at).copied()
    }

    pub(in crate::app) fn key(&mut self, key: Key) {
        if self.editor.key(key) {
            self.search();
        }
    }

    pub(in crate::app) fn paste(&mut self, text: &str) -> Result<(), usize> {
        self.editor.paste(text)?;
        self.search();
        Ok(())
    }

    fn search(&mut self) {
        self.fitting = fitting(&self.editor.text());
        self.menu = Menu::default();
    }

    fn complete(&mut self) {
        if let Some(action) = self.chosen() {
            self.editor.set(action.name());
            self.search();
        }
    }
}

/// The actions that can be typed: those with a meaning on the review screen.
pub fn typable() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|action| action.group() != Group::Overlay && *action != Action::Command)
}

/// The actions that what was typed may mean: those that are called so, that begin so, that have it in their name, and last those
/// of whose sentence it is a part.
fn fitting(typed: &str) -> Vec<Action> {
    let typed = typed.trim().to_lowercase();
    let name = typed.replace([' ', '_'], "-");
    let rank = |action: &Action| {
        let own = action.name();
        if own == name {
            Some(0)
        } else if own.starts_with(&name) {
            Some(1)
        } else if own.contains(&name) {
            Some(2)
        } else {
            action.sentence().to_lowercase().contains(&typed).then_some(3)
        }
    };
    let mut ranked: Vec<(u8, Action)> = typable().filter_map(|action| Some((rank(&action)?, action))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, action)| action).collect()
}

impl App {
    pub(in crate::app) fn act_on_command(&mut self, action: Action, now: Now) {
        let Some(Overlay::Command(command)) = self.overlays.last_mut() else { return };
        match action {
            Action::Complete => command.complete(),
            Action::Accept => self.run_command(now),
            Action::Close | Action::Cancel => self.pop_overlay(),
            _ => {
                if let Some(motion @ (Motion::LineDown | Motion::LineUp)) = Motion::of(action) {
                    command.menu.go(motion, command.fitting.len(), SHOWN);
                }
            }
        }
    }

    fn run_command(&mut self, now: Now) {
        let Some(Overlay::Command(command)) = self.overlays.pop() else { return };
        let typed = command.editor.text();
        if typed.trim().is_empty() && command.menu.at == 0 {
            // Nothing was asked for.
        } else if let Some(number) = command.number() {
            self.go_to_number(number);
        } else {
            match command.chosen() {
                Some(action) => self.act(action, Key::char(':'), true, command.asked, now),
                None => self.say(Tone::Warning, format!("there is no command {typed:?} · : and Tab show all")),
            }
        }
        // What was typed was meant for the case below; a label key waits for the eye again.
        self.put_on_screen();
    }

    /// Opens the case of this number in the queue, from 1.
    fn go_to_number(&mut self, number: u32) {
        match number.checked_sub(1).map(CaseNo).filter(|no| self.corpus.entry(*no).is_some()) {
            Some(no) => self.open(no),
            None => {
                let so_far = if self.corpus.is_complete() { "" } else { " so far" };
                self.say(Tone::Warning, format!("there is no case {number}: 1 to {}{so_far}", self.corpus.len()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_fit_comes_first() {
        let first = |typed| fitting(typed).first().copied();
        assert_eq!(first("quit"), Some(Action::Quit));
        assert_eq!(first("next u"), Some(Action::NextUnlabelled));
        assert_eq!(first("REDO"), Some(Action::Redo));
        assert_eq!(first("fg comes"), Some(Action::Suspend), "sentences are searched too");
        assert_eq!(first("no such thing"), None);
        assert_eq!(fitting("").len(), typable().count());
        assert!(!fitting("").contains(&Action::Close), "what only closes overlays cannot be typed");
    }
}

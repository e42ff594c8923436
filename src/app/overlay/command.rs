//! The command line: every action by its name, with its keys beside it, and a case by its number. It runs what keys would run, so
//! that there is one meaning for both. Labels are given by keys only: a label is meant for the case that the eye is on.

use super::Overlay;
use super::editor::{Editor, Lines};
use super::menu::Menu;
use crate::app::reader::Motion;
use crate::app::{App, Now, Tone};
use crate::keys::action::{Action, Group};
use crate::keys::key::Key;
use crate::keys::keymap::Context;
use crate::model::case::CaseId;
use crate::model::terms::Hidden;

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
    /// Why what was typed did not run, until something else is typed.
    pub refused: Option<String>,
    /// Whether the selected action was chosen, and is not only the first that fits.
    by_hand: bool,
    /// What a first press of undo asked, in case undo is what is typed.
    pub(in crate::app) asked: Option<String>,
}

impl Command {
    /// An empty command line, which every action fits.
    pub(in crate::app) fn new(asked: Option<String>) -> Self {
        let editor = Editor::new("", Lines::One);
        Self { editor, menu: Menu::default(), fitting: fitting(""), refused: None, by_hand: false, asked }
    }

    /// The case of this number was asked for.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.editor.text().trim().parse().ok()
    }

    /// The selected action.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.fitting.get(self.menu.at).copied()
    }

    /// The action that is meant: the one that was chosen, the one of this very name, or the only one that begins so. Half a word
    /// that fits several must not run the first of them, since some of them write.
    fn meant(&self) -> Option<Action> {
        if self.by_hand {
            return self.chosen();
        }
        let name = named(&self.editor.text());
        let begins: Vec<Action> = self.fitting.iter().copied().filter(|a| a.name().starts_with(&name)).collect();
        match begins[..] {
            [only] => Some(only),
            _ => begins.into_iter().find(|action| action.name() == name),
        }
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
        (self.refused, self.by_hand) = (None, false);
    }

    fn complete(&mut self) {
        if let Some(action) = self.chosen() {
            self.editor.set(action.name());
            self.search();
            self.by_hand = true;
        }
    }
}

/// The actions that can be typed: those with a meaning on the review screen.
pub fn typable() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|action| action.group() != Group::Overlay && *action != Action::Command)
}

/// What was typed, as names of actions are spelled.
fn named(typed: &str) -> String {
    typed.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The actions that what was typed may mean: those that are called so, that begin so, that have it in their name, and last those
/// of whose sentence it is a part.
fn fitting(typed: &str) -> Vec<Action> {
    let name = named(typed);
    let typed = typed.trim().to_lowercase();
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
                    command.by_hand = true;
                }
            }
        }
    }

    fn run_command(&mut self, now: Now) {
        let Some(Overlay::Command(command)) = self.overlays.last() else { return };
        let typed = command.editor.text().trim().to_owned();
        let (meant, chosen, number) = (command.meant(), command.by_hand, command.number());
        let id = || self.corpus.bearing(CaseId::text(typed.as_bytes()).key()).next();
        match (typed.as_str(), meant) {
            ("", _) if !chosen => self.pop_overlay(),
            _ if number.is_some() && !chosen => {
                self.pop_overlay();
                self.go_to_number(number.unwrap_or_default());
            }
            // Hands that know vim mean no harm.
            ("w" | "w!", _) if !chosen => {
                self.pop_overlay();
                self.say(Tone::Plain, "everything that was said is saved already");
            }
            ("wq" | "wq!" | "x" | "q!" | "qa", _) if !chosen => self.run(Action::Quit, now),
            (_, Some(action)) => self.run(action, now),
            (_, None) if self.hides(Hidden::Id) && !typed.is_empty() => {
                let why = format!("no command is called {typed}; ids are hidden: go to a case by its number");
                if let Some(Overlay::Command(command)) = self.overlays.last_mut()
                    && command.fitting.is_empty()
                {
                    command.refused = Some(why);
                    return;
                }
                self.refuse_command(&typed);
            }
            (_, None) => match id() {
                Some(no) => {
                    self.pop_overlay();
                    self.open(no);
                }
                None => self.refuse_command(&typed),
            },
        }
    }

    /// Runs an action as its key would; then the case below is on the screen anew, and a label key waits for the eye again.
    fn run(&mut self, action: Action, now: Now) {
        let asked = match self.overlays.pop() {
            Some(Overlay::Command(command)) => command.asked,
            _ => None,
        };
        self.act(action, Key::char(':'), true, asked, now);
        self.put_on_screen();
    }

    /// Says why what was typed does not run; it stays to be mended.
    fn refuse_command(&mut self, typed: &str) {
        let is_label = |at: &u8| self.codebook.labels.get(usize::from(*at)).is_some_and(|label| label.word == typed);
        let label = (0..=u8::MAX).take(self.codebook.labels.len()).find(is_label);
        let key = label.and_then(|at| self.keymap.keys_for(Context::Review, Action::Label(at)).into_iter().next());
        let Some(Overlay::Command(command)) = self.overlays.last_mut() else { return };
        let several = command.fitting.iter().filter(|action| action.name().starts_with(&named(typed))).count() > 1;
        command.refused = Some(match (label, key) {
            (Some(_), Some(key)) => format!("labels are given by keys only: {key}"),
            (Some(_), None) => "labels are given by keys only".to_owned(),
            (None, _) if several => format!("several commands begin with {typed}: go down to one"),
            (None, _) if !command.fitting.is_empty() => "go down to the one that you mean".to_owned(),
            (None, _) => format!("no command and no case is called {typed}"),
        });
    }

    /// Opens the case of this number in the queue, from 1.
    fn go_to_number(&mut self, number: u32) {
        if !self.is_in_order() {
            return self.say(Tone::Plain, self.not_in_order());
        }
        match number.checked_sub(1).and_then(|place| self.queue.at(place as usize)) {
            Some(no) => self.open(no),
            None => {
                let so_far = if self.corpus.is_complete() { "" } else { " so far" };
                self.say(Tone::Warning, format!("there is no case {number}: 1 to {}{so_far}", self.queue.len()));
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

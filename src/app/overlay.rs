//! What lies on top of the review screen: a stack of which the top takes the keys, and what keys do there. What each overlay holds
//! stands in a room of its own; what lies below stays as it was.

pub(super) mod closer;
pub mod command;
pub mod copy;
mod cover;
pub(super) mod criteria;
pub mod details;
pub mod editor;
pub mod entries;
pub(super) mod help;
pub mod list;
pub mod menu;
pub mod note;
pub mod outline;
pub mod pair;
pub mod problems;
pub mod search;
pub mod source;

use self::command::Command;
use self::copy::Choice;
use self::details::Details;
use self::editor::Editor;
use self::entries::Entries;
use self::list::List;
use self::menu::Menu;
use self::note::Note;
use self::outline::{Outline, TurnPage};
use self::pair::Pair;
use self::search::Search;
use self::source::Source;
use super::evidence::Evidence;
use super::reader::Motion;
use super::{App, Effect, Now, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::keys::keymap::Context;

/// One thing that lies on top.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys that exist here and now, from this row on.
    Help {
        /// The first row shown.
        top: usize,
        /// Where it was asked for.
        over: Context,
    },
    /// A question that waits for yes or no.
    Ask(Question),
    /// A command is being typed.
    Command(Box<Command>),
    /// The cases as a list.
    List(List),
    /// What was wrong with the data.
    Problems(Menu),
    /// The turns of the open case as a list.
    Outline(Box<Outline>),
    /// A turn of the open case that leads to no reply.
    Turn(Box<TurnPage>),
    /// What to search for is being typed.
    Search(Box<Search>),
    /// The flags of the open case, to be set and taken away.
    Flags(Menu),
    /// The criteria of the open case, to be judged, and its evidence.
    Criteria(Menu),
    /// A place is being chosen that is evidence.
    Evidence(Box<Evidence>),
    /// A note is being written.
    Note(Box<Note>),
    /// What is known of the open case beyond its parts.
    Details(Box<Details>),
    /// The codebook, to be read.
    Codebook(Box<Entries>),
    /// The source of the open case.
    Source(Box<Source>),
    /// What to copy of the open case?
    Copy(Choice),
    /// The open case and its other half.
    Pair(Box<Pair>),
    /// Nothing is to be seen.
    Cover,
}

/// A question that waits for yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Quit although records are not on the disk?
    QuitUnsaved,
    /// Save what an earlier session could not?
    Rescue,
    /// Go on with a note that an earlier session did not finish?
    Draft,
    /// Show what is hidden of the open case?
    Reveal,
}

impl Overlay {
    /// Which keys hold while this lies on top.
    #[must_use]
    pub fn context(&self) -> Context {
        match self {
            Self::Help { .. } | Self::Ask(_) | Self::Source(_) | Self::Pair(_) | Self::Cover | Self::Codebook(_) => {
                Context::Overlay
            }
            Self::Command(_) | Self::Search(_) => Context::Prompt,
            Self::Turn(_) => Context::Overlay,
            Self::List(_) | Self::Problems(_) | Self::Outline(_) => Context::List,
            Self::Flags(_) => Context::List,
            Self::Criteria(_) => Context::List,
            Self::Evidence(_) => Context::Evidence,
            Self::Note(_) => Context::Note,
            Self::Details(_) => Context::List,
            Self::Copy(_) => Context::List,
        }
    }
}

impl App {
    /// Which keys hold now.
    #[must_use]
    pub fn context(&self) -> Context {
        self.overlays.last().map_or(Context::Review, Overlay::context)
    }

    /// The question that lies on top, if one does.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        match self.overlays.last() {
            Some(Overlay::Ask(question)) => Some(*question),
            _ => None,
        }
    }

    pub(super) fn act_on_overlay(&mut self, action: Action, alone: bool, now: Now) {
        match action {
            Action::Suspend => return self.effects.push(Effect::Suspend),
            Action::Cover => return self.cover(now),
            Action::Redraw => return self.effects.push(Effect::RedrawAll),
            _ => {}
        }
        match self.overlays.last_mut() {
            Some(Overlay::Ask(question)) => {
                let question = *question;
                self.answer(question, action, now);
            }
            Some(Overlay::Help { top, .. }) => {
                let top = *top;
                self.act_on_help(action, top);
            }
            Some(Overlay::Command(_)) => self.act_on_command(action, now),
            Some(Overlay::List(_)) => self.act_on_list(action),
            Some(Overlay::Problems(_)) => self.act_on_problems(action),
            Some(Overlay::Outline(_)) => self.act_on_outline(action),
            Some(Overlay::Turn(_)) => self.act_on_turn_page(action),
            Some(Overlay::Search(_)) => self.act_on_search(action),
            Some(Overlay::Flags(_)) => self.act_on_flags(action, now),
            Some(Overlay::Criteria(_)) => self.act_on_criteria(action, alone, now),
            Some(Overlay::Evidence(_)) => self.act_on_evidence(action, alone, now),
            Some(Overlay::Note(_)) => self.act_on_note(action, alone, now),
            Some(Overlay::Details(_)) => self.act_on_details(action),
            Some(Overlay::Codebook(_)) => self.act_on_codebook(action),
            Some(Overlay::Source(_)) => self.act_on_source(action),
            Some(Overlay::Copy(_)) => self.act_on_copy(action),
            Some(Overlay::Pair(_)) => self.act_on_pair(action),
            Some(Overlay::Cover) | None => {}
        }
    }

    fn answer(&mut self, question: Question, action: Action, now: Now) {
        match (question, action) {
            (Question::QuitUnsaved, Action::Yes) => self.leave(now),
            (Question::Rescue, Action::Yes) => {
                self.effects.push(Effect::TakeRescued);
                self.pop_overlay();
            }
            (Question::Draft, Action::Yes) => {
                self.pop_overlay();
                self.take_up_draft();
            }
            (Question::Reveal, Action::Yes) => {
                self.pop_overlay();
                self.record_reveal(now);
            }
            (Question::Reveal, Action::Close | Action::No | Action::Quit | Action::Cancel) => {
                self.pop_overlay();
                self.say(Tone::Plain, "it stays hidden");
            }
            (Question::QuitUnsaved, Action::Close | Action::No | Action::Quit | Action::Cancel) => {
                self.pop_overlay();
                self.say(Tone::Plain, "still here; saving is tried again by itself");
            }
            (Question::Rescue | Question::Draft, Action::Close | Action::No | Action::Quit | Action::Cancel) => {
                self.pop_overlay();
                self.say(Tone::Plain, "kept for the next start; nothing was thrown away");
            }
            // Any other key was meant for what lies below; it does nothing, and the question stands.
            _ => {}
        }
    }

    /// Shows which keys hold where one is; asked for again there, it closes.
    pub(super) fn help_over(&mut self, over: Context) {
        match self.overlays.last() {
            Some(Overlay::Help { .. }) => self.pop_overlay(),
            _ => self.push_overlay(Overlay::Help { top: 0, over }),
        }
    }

    fn act_on_help(&mut self, action: Action, top: usize) {
        if let Action::Close | Action::No | Action::Quit | Action::Cancel = action {
            return self.pop_overlay();
        }
        let page = self.overlay_height();
        let most = self.help().len().saturating_sub(page);
        let Some(motion) = Motion::of(action) else { return };
        let to = match motion {
            Motion::LineDown => top + 1,
            Motion::LineUp => top.saturating_sub(1),
            Motion::PageDown | Motion::HalfDown => top + page,
            Motion::PageUp | Motion::HalfUp => top.saturating_sub(page),
            Motion::Start => 0,
            Motion::End => most,
        };
        if let Some(Overlay::Help { top, .. }) = self.overlays.last_mut() {
            *top = to.min(most);
        }
    }

    /// A key without a meaning of its own, where something lies on top.
    pub(super) fn unbound_on_overlay(&mut self, key: Key) {
        match self.overlays.last_mut() {
            Some(Overlay::Command(command)) => command.key(key),
            Some(Overlay::Search(_)) => self.type_search(key),
            Some(Overlay::Note(_)) => self.type_in_note(key),
            _ => self.unbound(key, false),
        }
    }

    /// Text was pasted: it is taken where text is typed, and does nothing anywhere else.
    pub(super) fn pasted(&mut self, text: &str) {
        if self.is_covered() {
            return;
        }
        let taken = match self.overlays.last_mut() {
            Some(Overlay::Command(command)) => command.paste(text),
            Some(Overlay::Note(note)) => note.editor.paste(text),
            Some(Overlay::Search(search)) => search.editor.paste(text),
            _ => return self.say(Tone::Warning, "pasted text does nothing here, and never labels"),
        };
        match taken {
            Ok(()) => {
                self.keep_draft();
                self.search_typed();
            }
            Err(bytes) => {
                let most = Editor::MOST >> 10;
                self.say(
                    Tone::Warning,
                    format!("nothing of the paste was taken: {} KiB with it, {most} at most", bytes >> 10),
                );
            }
        }
    }

    pub(super) fn push_overlay(&mut self, overlay: Overlay) {
        self.overlays.push(overlay);
    }

    pub(super) fn pop_overlay(&mut self) {
        self.overlays.pop();
        self.put_on_screen();
    }

    /// How many rows a full overlay shows, its title not counted.
    pub(super) fn overlay_height(&self) -> usize {
        help::page(self.window)
    }
}

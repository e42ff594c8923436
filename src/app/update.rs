//! The match on every event and on every action. Each arm is a few words; what it means stands in the rooms beside this one.

use super::ahead::Ahead;
use super::evidence::By;
use super::layout::Pane;
use super::overlay::command::Command;
use super::overlay::{Overlay, Question};
use super::reader::Motion;
use super::view::{Outlook, View};
use super::{App, Effect, Event, Now, Opened, Place, Tone};
use crate::keys::action::Action;
use crate::keys::key::{Code, Key};
use crate::keys::keymap::{Context, Press};
use crate::model::case::{CaseNo, FileNo, Origin};
use crate::model::codebook::Marks;
use crate::model::patterns::Class;
use crate::model::queue::Toward;
use crate::text::clean::Safe;

/// While somebody works, other sessions' records are looked for so often …
const POLL_BUSY_MS: u64 = 1_000;
/// … and so often once a minute went by without a key.
const POLL_IDLE_MS: u64 = 30_000;
const BUSY_MS: u64 = 60_000;
/// What could not be written is tried again so often.
const RETRY_MS: u64 = 5_000;

/// A case of so many bytes is laid out before it is handed over: that takes as long as some frames.
const LONG: u32 = 512 << 10;

impl App {
    pub(super) fn take(&mut self, event: Event, now: Now) {
        match event {
            Event::Key { key, alone } => self.key(key, alone, now),
            Event::Pasted(text) => self.pasted(&text),
            Event::Resized(window) => {
                if !self.window.is_usable() {
                    self.put_on_screen();
                }
                self.window = window;
                self.show_selection();
                // A window that was smaller for a moment has lost what stood in it.
                self.effects.push(Effect::RedrawAll);
            }
            Event::Indexed(indexed) => self.indexed(indexed),
            Event::Lost(file, loss) => self.lost(file, loss),
            Event::Renewed(file) => self.begin_anew(file),
            Event::Joined { file, name, size, refused } => self.joined(file, name, size, &refused),
            Event::Refused(sentence) => self.refused(sentence),
            Event::Followed => self.followed(),
            Event::Shared(file, shared) => {
                self.shared.insert(file, shared);
                self.reshow_prompt(file);
            }
            Event::Compiled(patterns) => {
                if !patterns.refused.is_empty() {
                    self.say(Tone::Warning, format!("codebook {}: {}", self.codebook.id, patterns.refused.join(" ")));
                }
                self.lens.patterns = Some(patterns);
                self.look_again();
                self.brief_of_open();
            }
            Event::Opened(opened) => self.opened(*opened),
            Event::LaidOut(view) => self.laid_out(*view),
            Event::Ahead(last) => self.look_ahead(last.map(|case| *case)),
            Event::NotOpened { no, reason } => {
                if self.wanted == Some(no) {
                    self.wanted = None;
                    self.say(Tone::Failure, format!("case {} cannot be read: {reason}", self.queue.position(no)));
                }
            }
            Event::Recorded { records, unsaved } => {
                self.unsaved = unsaved;
                self.recorded(records, now);
                self.refresh_doubts();
            }
            Event::NotRecorded { reason, unsaved } => {
                self.unsaved = unsaved;
                self.say(Tone::Failure, format!("NOT SAVED, tried again by itself: {reason}"));
            }
            Event::Merged { records, remarks } => {
                self.merged(records);
                self.refresh_doubts();
                self.remark(&remarks);
            }
            Event::Looked(looked) => self.looked(*looked),
            Event::Copied { what, hidden, tmux } => self.copied(&what, hidden, tmux),
            Event::NotCopied { reason } => self.not_copied(&reason),
            Event::NotLooked { no, closer, reason } => self.not_looked(no, closer, &reason),
            Event::Hashed { hashed, last } => {
                self.hashed(hashed, last);
                if last {
                    self.refresh_doubts();
                }
            }
            Event::Peeked { briefs, unreadable, last } => self.peeked(briefs, &unreadable, last),
            Event::Paired { no, found } => self.paired(no, found),
            Event::Drawn => {
                let on_top = |overlay: &Overlay| !matches!(overlay, Overlay::Evidence(_));
                let shown = !self.overlays.iter().any(on_top) && self.window.is_usable();
                if let (Some(view), None, true) = (&mut self.view, self.wanted, shown) {
                    view.drawn(now.mono);
                }
                // Not before there is something to read: the first case should not share the processor with it.
                if self.view.is_some() && !std::mem::replace(&mut self.marks_asked, true) {
                    let marks = if self.settings.terms.marks { self.codebook.marks.clone() } else { Marks::default() };
                    self.effects.push(Effect::Compile(marks));
                }
                self.peek();
            }
            Event::Woken => self.woken(now),
            Event::NoShell => {
                self.say(Tone::Plain, self.hinted("there is no shell to go back to", [(Action::Quit, "quits")]))
            }
            Event::Resumed => {
                self.put_on_screen();
                self.effects.push(Effect::RedrawAll);
            }
        }
    }

    fn key(&mut self, key: Key, alone: bool, now: Now) {
        self.last_key = now.mono;
        if self.uncover() {
            return self.wake(now);
        }
        self.tally = None;
        if let Some(view) = &mut self.view {
            view.touch(now.mono);
        }
        let context = self.context();
        let began = self.pending.is_some();
        // The letters of flags belong to the codebook, which knows nothing of keymaps.
        if let (Some(Overlay::Flags(_)), Some(flag)) = (self.overlays.last(), self.flag_of(key)) {
            if !alone && self.settings.min_dwell_ms > 0 {
                return self.not_alone(key);
            }
            self.toggle_flag(flag, now);
            return self.wake(now);
        }
        // So do those of criteria.
        if let (Some(Overlay::Evidence(_) | Overlay::Criteria(_)), Some(at)) =
            (self.overlays.last(), self.criterion_of(key))
        {
            if !alone && self.settings.min_dwell_ms > 0 {
                return self.not_alone(key);
            }
            self.judge(at, now);
            return self.wake(now);
        }
        // What to copy is a question with letters of its own.
        if self.copy_key(key) {
            return self.wake(now);
        }
        let press = self.keymap.press(context, &mut self.pending, key);
        let asked = self.undo_asked.take();
        match press {
            Press::Action(Action::Help) if context != Context::Review => self.help_over(context),
            Press::Action(action) if context != Context::Review => self.act_on_overlay(action, alone, now),
            // What was pasted without brackets, or glued together by a slow line, must not take back or put off either.
            Press::Action(action) if !alone && self.settings.min_dwell_ms > 0 && action.is_weighty() => {
                self.not_alone(key);
            }
            Press::Action(action) => self.act(action, key, alone, asked, now),
            // Where two keys take back, what the first of them found out holds until the second.
            Press::Pending => self.undo_asked = asked,
            Press::Unbound if context != Context::Review && !began => self.unbound_on_overlay(key),
            Press::Unbound => self.unbound(key, began),
        }
        self.wake(now);
    }

    fn not_alone(&mut self, key: Key) {
        self.say(Tone::Warning, format!("{key} came together with other keys and does nothing · press it alone"));
    }

    /// Does what an action asks for on the review screen. `asked` is what a first press of undo asked before.
    pub(super) fn act(&mut self, action: Action, key: Key, alone: bool, asked: Option<String>, now: Now) {
        self.learn(action);
        if self.notice.tone == Tone::Plain && !self.greets {
            // What was said by the way is not true for ever.
            self.say(Tone::Plain, "");
        }
        match action {
            Action::Label(index) => self.label(usize::from(index), alone, now),
            Action::Skip => self.skip(now),
            Action::BackToDecided => self.back_to_decided(),
            Action::Undo => self.undo(asked, now),
            Action::Redo => self.redo(now),
            Action::Doubt => self.doubt(now),
            Action::Flags => self.flags(),
            Action::Note => self.note(false),
            Action::Evidence => self.evidence(By::Sentence),
            Action::EvidenceByCharacter => self.evidence(By::Character),
            Action::Criteria => self.criteria(),
            Action::Unlabel => self.unlabel(now),
            Action::NextCase => self.neighbour(Toward::Next),
            Action::PreviousCase => self.neighbour(Toward::Previous),
            Action::NextUnlabelled => self.unlabelled(Toward::Next),
            Action::PreviousUnlabelled => self.unlabelled(Toward::Previous),
            Action::FirstCase => self.open_if_any(self.queue.first()),
            Action::LastCase => self.last_case(),
            Action::ReadOn if key.code == Code::Enter && self.settings.terms.stay && self.is_labelled_here() => {
                self.unlabelled(Toward::Next);
            }
            Action::ReadOn => self.read_on(),
            Action::ReadBack => self.read_back(),
            Action::HalfPageDown => self.go(Motion::HalfDown),
            Action::HalfPageUp => self.go(Motion::HalfUp),
            Action::LineDown => self.go(Motion::LineDown),
            Action::LineUp => self.go(Motion::LineUp),
            Action::PartStart => self.go(Motion::Start),
            Action::PartEnd => self.go(Motion::End),
            Action::NextPart => self.focus(1),
            Action::PreviousPart => self.focus(2),
            Action::ZoomPart => self.zoom(),
            Action::NextTurn => self.turn(Toward::Next),
            Action::PreviousTurn => self.turn(Toward::Previous),
            Action::UnfoldRepeats => self.unfold(),
            Action::List => self.list(),
            Action::SecondLook => self.second_look(),
            Action::Outline => self.outline(),
            Action::Problems => self.problems(),
            Action::Follow => self.effects.push(Effect::Follow),
            Action::NewCases => self.go_to_new(),
            Action::WrapAll => self.wrap_all(),
            Action::NextDecision => self.mark(Toward::Next, Some(Class::Decision)),
            Action::PreviousDecision => self.mark(Toward::Previous, Some(Class::Decision)),
            Action::NextMark => self.mark(Toward::Next, None),
            Action::Search => self.search(),
            Action::NextHit => self.hit(Toward::Next),
            Action::PreviousHit => self.hit(Toward::Previous),
            Action::EndSearch => self.end_search(),
            Action::Command => self.push_overlay(Overlay::Command(Box::new(Command::new(asked)))),
            Action::Details => self.show_details(),
            Action::Codebook => self.show_codebook(),
            Action::Source => self.show_source(),
            Action::Copy => self.show_copy(),
            Action::Pair => self.pair(),
            Action::Reveal => self.reveal(),
            Action::Help => self.help_over(Context::Review),
            Action::Pace => self.toggle_pace(),
            Action::Cover => self.cover(now),
            Action::Redraw => self.effects.push(Effect::RedrawAll),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Cancel => self.cancel(),
            Action::Quit => self.quit(now),
            // These have a meaning only while something lies on top.
            Action::Close | Action::Yes | Action::No | Action::Accept | Action::Complete | Action::NewLine => {}
            Action::Unfold | Action::Fold | Action::TakeAway => {}
            Action::MarkDown | Action::MarkUp | Action::MarkRight | Action::MarkLeft => {}
            Action::MarkWord | Action::MarkWordBack | Action::LongerWord | Action::LongerWordBack => {}
            Action::LongerDown | Action::LongerUp | Action::LongerRight | Action::LongerLeft => {}
        }
    }

    /// The open case comes on the screen anew, so that a label key waits for the eye again.
    pub(super) fn put_on_screen(&mut self) {
        if let Some(view) = &mut self.view {
            view.drawn_at = None;
        }
    }

    pub(super) fn unbound(&mut self, key: Key, began: bool) {
        if began {
            self.say(Tone::Warning, format!("no key sequence ends in {key}"));
        } else if let Some(hint) = self.keymap.label_hint(key) {
            self.say(Tone::Warning, hint.sentence());
        } else if !matches!(key.code, Code::Esc | Code::Null) {
            let sentence = format!("{key} has no meaning here");
            self.say(Tone::Plain, self.hinted(&sentence, [(Action::Help, "shows the keys")]));
        }
    }

    fn cancel(&mut self) {
        if self.stop_pairing() {
            self.say(Tone::Plain, "stopped looking for the other half");
        } else if self.seeking.take().is_some() || self.start.cancel() {
            self.say(Tone::Plain, "stopped looking");
            if self.here().is_none() {
                self.open_if_any(self.queue.first());
            }
        } else {
            let saved = "every label that was shown as saved is on the disk";
            let quits = self.hint(Action::Quit, "quits");
            self.say(Tone::Plain, quits.map_or_else(|| saved.to_owned(), |quits| format!("{quits}; {saved}")));
        }
    }

    fn quit(&mut self, now: Now) {
        if self.unsaved > 0 {
            self.push_overlay(Overlay::Ask(Question::QuitUnsaved));
        } else {
            self.leave(now);
        }
    }

    pub(super) fn leave(&mut self, now: Now) {
        self.place_dirty = true;
        self.keep_place(now);
        self.effects.push(Effect::Quit);
    }

    /// Opens a case; what is open stays on the screen until it comes.
    pub(super) fn open(&mut self, no: CaseNo) {
        let Some(origin) = self.corpus.origin(no) else { return };
        // What was said of another case is not true of this one.
        if std::mem::take(&mut self.about_case) {
            self.notice.more = Safe::default();
        } else if matches!(self.notice.tone, Tone::Plain | Tone::Warning) && !self.greets {
            self.say(Tone::Plain, "");
        }
        if let Some(view) = self.view.as_ref().filter(|_| !self.is_stray()) {
            self.attention.insert(view.no, view.attention());
        }
        let place = |no| self.corpus.origin(no).map(|origin| (no, origin));
        let namesakes = self.corpus.namesakes_before(no).into_iter().filter_map(place).collect();
        self.wanted = Some(no);
        self.ahead = Ahead::No;
        self.finished = None;
        self.pairing = None;
        self.seeking = None;
        self.start.cancel();
        let outlook = (origin.len >= LONG).then(|| {
            let shared = self.shared.get(&origin.file).cloned().unwrap_or_default();
            Box::new(Outlook { shared, lens: self.lens.clone(), room: self.room() })
        });
        self.effects.push(Effect::Open { no, origin, namesakes, outlook });
    }

    fn opened(&mut self, opened: Opened) {
        if self.awaits(opened.no, opened.case.origin) {
            let shared = self.shared.get(&opened.case.origin.file).cloned().unwrap_or_default();
            let before = self.attention.remove(&opened.no);
            let mut view = View::new(opened, &shared, self.lens.clone());
            view.attend(before);
            self.show(view);
        }
    }

    fn laid_out(&mut self, mut view: View) {
        if self.awaits(view.no, view.case.origin) {
            let shared = self.shared.get(&view.case.origin.file).cloned().unwrap_or_default();
            view.take_on(&shared, &self.lens);
            view.attend(self.attention.remove(&view.no));
            self.show(view);
        }
    }

    /// Whether this is the case that was asked for. One that was read where another file stood before bears a number that is
    /// another's now.
    fn awaits(&self, no: CaseNo, origin: Origin) -> bool {
        let place = |origin: Origin| (origin.file, origin.offset, origin.sub);
        self.wanted == Some(no) && self.corpus.origin(no).is_some_and(|now| place(now) == place(origin))
    }

    /// A case comes on the screen.
    fn show(&mut self, view: View) {
        self.wanted = None;
        if self.settle_down(&view) {
            return;
        }
        self.stray = None;
        self.know(&view);
        self.fresh.remove(&view.no);
        self.view = Some(view);
        self.close_unjudged();
        self.brief_of_open();
        self.place_dirty = true;
        self.say_about_case();
        self.case_shown();
    }

    fn reshow_prompt(&mut self, file: FileNo) {
        if let (Some(view), Some(shared)) = (&mut self.view, self.shared.get(&file))
            && view.case.origin.file == file
            && !view.pane(Pane::Prompt).moved
        {
            view.show_prompt(shared);
        }
    }

    fn woken(&mut self, now: Now) {
        self.effects.push(Effect::Poll);
        if self.unsaved > 0 && now.mono >= self.last_retry + RETRY_MS {
            self.last_retry = now.mono;
            self.effects.push(Effect::Retry);
        }
        self.keep_place(now);
        self.wake(now);
    }

    pub(super) fn wake(&mut self, now: Now) {
        let busy = self.unsaved > 0 || now.mono < self.last_key + BUSY_MS;
        self.effects.push(Effect::WakeAt(now.mono + if busy { POLL_BUSY_MS } else { POLL_IDLE_MS }));
    }

    fn keep_place(&mut self, now: Now) {
        let Some(view) = self.view.as_ref().filter(|_| self.place_dirty) else { return };
        let src = self.src(view.case.origin.file);
        let place = Place {
            id: view.case.id.clone(),
            src,
            line: view.case.origin.line,
            pass: view.no.pass(),
            at: now.wall,
            known: self.told_of(),
        };
        self.place_dirty = false;
        self.effects.push(Effect::KeepPlace(place));
    }
}

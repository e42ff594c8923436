//! The loop: sleeps until something happens, lets the core decide, performs what it wants, draws once. The only place where the
//! core meets disk and terminal; it decides nothing itself.

mod perform;
mod setup;

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::app::{App, Effect, Event, Now};
use crate::cli::Open;
use crate::feed::Sent;
use crate::terminal::{Clipboard, Terminal};
use crate::ui;

use self::perform::Hands;
use self::setup::Threads;

/// At most so many events are taken between two frames.
const TOGETHER: usize = 64;

/// Opens what was named, and stays until somebody quits.
///
/// # Errors
/// A sentence that says why the program cannot go on, and what to do.
pub fn run(open: Open) -> Result<(), String> {
    let ready = setup::prepare(open)?;
    let (mut desk, threads) = ready.enter()?;
    let result = desk.work(threads);
    desk.terminal.leave();
    desk.hands.leave();
    desk.hands.farewell(&desk.app);
    result
}

/// Everything the loop holds.
struct Desk {
    app: App,
    hands: Hands,
    terminal: Terminal,
    inbox: Receiver<Sent>,
    /// Whether the terminal has taken the newest frame.
    drawn: bool,
    /// A label key that waits for that, and the keys after it.
    held: VecDeque<(Event, Instant)>,
    clock: Clock,
    wake_at: Option<u64>,
    leaving: bool,
}

impl Desk {
    fn new(app: App, hands: Hands, terminal: Terminal, inbox: Receiver<Sent>, first: Vec<Effect>) -> Self {
        let (held, clock) = (VecDeque::new(), Clock::start());
        let mut desk = Self { app, hands, terminal, inbox, drawn: false, held, clock, wake_at: None, leaving: false };
        desk.perform(first);
        desk
    }

    fn work(&mut self, threads: Threads) -> Result<(), String> {
        self.take_waiting()?;
        self.hands.fresh = false;
        self.draw()?;
        threads.start()?;
        loop {
            self.take_first()?;
            self.take_waiting()?;
            if self.leaving {
                return Ok(());
            }
            self.draw()?;
        }
    }

    /// Draws what is new. On a slow line that is not while the terminal has not taken the frame before: then it is done once it has.
    fn draw(&mut self) -> Result<(), String> {
        let gone = |e: std::io::Error| {
            format!("the terminal cannot be written to any more ({e}); every label shown as saved is on the disk")
        };
        self.app.settle();
        let look = self.hands.look;
        let app = &self.app;
        self.drawn = self.terminal.draw(|frame| ui::draw(frame, app, &look)).map_err(gone)?;
        if self.drawn {
            self.event(Event::Drawn, Instant::now());
        }
        Ok(())
    }

    /// Sleeps until something happens.
    fn take_first(&mut self) -> Result<(), String> {
        if self.drawn
            && let Some((event, at)) = self.held.pop_front()
        {
            self.event(event, at);
            return Ok(());
        }
        let now = self.clock.mono(Instant::now());
        let wait = self.wake_at.map_or(Duration::MAX, |at| Duration::from_millis(at.saturating_sub(now)));
        match self.inbox.recv_timeout(wait) {
            Ok(sent) => self.take(sent),
            Err(RecvTimeoutError::Timeout) => {
                self.wake_at = None;
                self.event(Event::Woken, Instant::now());
                Ok(())
            }
            Err(RecvTimeoutError::Disconnected) => Err("no thread is left that could send a key".to_owned()),
        }
    }

    /// Takes what else is waiting, but no label key whose case has not been drawn.
    fn take_waiting(&mut self) -> Result<(), String> {
        for _ in 1..TOGETHER {
            if self.leaving {
                return Ok(());
            }
            if let Some((event, _)) = self.held.front() {
                if !self.drawn || self.app.waits_for_frame(event) {
                    return Ok(());
                }
                self.held.pop_front().into_iter().for_each(|(event, at)| self.event(event, at));
                continue;
            }
            let Ok(sent) = self.inbox.try_recv() else { return Ok(()) };
            self.take(sent)?;
        }
        Ok(())
    }

    fn take(&mut self, sent: Sent) -> Result<(), String> {
        match sent {
            // Keys stay in their order; the rest of the world goes on.
            Sent::Event(event @ (Event::Key { .. } | Event::Pasted(_)), at)
                if !self.held.is_empty() || self.app.waits_for_frame(&event) =>
            {
                self.held.push_back((event, at));
            }
            Sent::Event(event, at) => self.event(event, at),
            Sent::Free => {}
            Sent::Suspend => self.perform(vec![Effect::Suspend]),
            Sent::Continued => {
                self.terminal
                    .resume()
                    .map_err(|e| format!("the terminal cannot be used again after the stop ({e})"))?;
                self.event(Event::Resumed, Instant::now());
            }
            Sent::Gone(reason) => return Err(reason),
        }
        Ok(())
    }

    fn event(&mut self, event: Event, at: Instant) {
        let effects = self.app.update(event, self.clock.now(at));
        self.perform(effects);
    }

    fn copy(&mut self, what: String, text: &str, hidden: usize) -> Event {
        match self.terminal.copy(text.as_bytes()) {
            Ok(Clipboard::None) => Event::NotCopied { reason: "this terminal has no clipboard".to_owned() },
            Ok(way) => Event::Copied { what, hidden, tmux: way == Clipboard::Tmux },
            Err(e) => Event::NotCopied { reason: format!("the terminal could not be written to ({e})") },
        }
    }

    /// Performs effects; what they answer is taken before anything else that waits.
    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let answer = match effect {
                Effect::WakeAt(at) => {
                    self.wake_at = Some(at);
                    None
                }
                Effect::Quit => {
                    self.leaving = true;
                    None
                }
                Effect::RedrawAll => {
                    self.terminal.redraw_all();
                    None
                }
                Effect::Suspend => {
                    // A terminal that cannot be left or entered again shows itself at the next frame.
                    let stopped = self.terminal.suspend().unwrap_or(true);
                    Some(if stopped { Event::Resumed } else { Event::NoShell })
                }
                Effect::Copy { what, text, hidden } => Some(self.copy(what, &text, hidden)),
                other => self.hands.perform(other),
            };
            if let Some(event) = answer {
                let more = self.app.update(event, self.clock.now(Instant::now()));
                for effect in more.into_iter().rev() {
                    waiting.push_front(effect);
                }
            }
        }
    }
}

/// The core's time.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn mono(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.0).as_millis()).unwrap_or(u64::MAX)
    }

    fn now(&self, at: Instant) -> Now {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { mono: self.mono(at), wall: i64::try_from(since.as_millis()).unwrap_or(i64::MAX) }
    }
}

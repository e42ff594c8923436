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
use crate::terminal::Terminal;
use crate::ui;

use self::perform::Hands;

/// At most so many events are taken between two frames.
const TOGETHER: usize = 64;

/// Opens what was named, and stays until somebody quits.
///
/// # Errors
/// A sentence that says why the program cannot go on, and what to do.
pub fn run(open: Open) -> Result<(), String> {
    let ready = setup::prepare(open)?;
    let mut desk = ready.enter()?;
    let result = desk.work();
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
    /// An event that waits for a frame.
    held: Option<(Event, Instant)>,
    clock: Clock,
    wake_at: Option<u64>,
    leaving: bool,
}

impl Desk {
    fn new(app: App, hands: Hands, terminal: Terminal, inbox: Receiver<Sent>, first: Vec<Effect>) -> Self {
        let mut desk =
            Self { app, hands, terminal, inbox, held: None, clock: Clock::start(), wake_at: None, leaving: false };
        desk.perform(first);
        desk
    }

    fn work(&mut self) -> Result<(), String> {
        while !self.leaving {
            self.draw()?;
            self.take_first()?;
            self.take_waiting()?;
        }
        Ok(())
    }

    fn draw(&mut self) -> Result<(), String> {
        let gone = |e: std::io::Error| {
            format!("the terminal cannot be written to any more ({e}); every label shown as saved is on the disk")
        };
        self.app.settle();
        let look = self.hands.look;
        let app = &self.app;
        self.terminal.draw(|frame| ui::draw(frame, app, &look)).map_err(gone)?;
        self.event(Event::Drawn, Instant::now());
        Ok(())
    }

    /// Sleeps until something happens.
    fn take_first(&mut self) -> Result<(), String> {
        if let Some((event, at)) = self.held.take() {
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
            if self.leaving || self.held.is_some() {
                return Ok(());
            }
            let Ok(sent) = self.inbox.try_recv() else { return Ok(()) };
            self.take(sent)?;
        }
        Ok(())
    }

    fn take(&mut self, sent: Sent) -> Result<(), String> {
        match sent {
            Sent::Event(event, at) if self.app.waits_for_frame(&event) => self.held = Some((event, at)),
            Sent::Event(event, at) => self.event(event, at),
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

//! The terminal: entered, left, suspended and drawn to here and nowhere else.
//!
//! ```text
//! enter ──▶ draw ──▶ … ──▶ leave      wire     a frame as bytes, in one write        encode  cells as few bytes
//!   ▲         │                        line     bytes to a terminal that may be slow  scroll  rows that only moved
//!   └─suspend─┘                        screen   taking the terminal, giving it back   panics  their messages
//!                                      signals  ending the program when it must       clipboard  a copy on the way
//! ```
//!
//! It never reads keys (the key thread does) and never asks the terminal anything, since an answer could be taken for keys.

mod clipboard;
mod encode;
mod line;
mod panics;
mod screen;
mod scroll;
mod signals;
pub mod wire;

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use ratatui::Frame;
use ratatui::backend::Backend;
use ratatui::layout::Size;
use rustix::process::{getpgrp, getsid, kill_current_process_group};

pub use clipboard::Clipboard;
pub use screen::missing;
pub use signals::{Signal, signals};

use line::Line;
use wire::Wire;

/// We stopped ourselves, and the SIGCONT that ends it is still to come.
static OWN_STOP: Mutex<bool> = Mutex::new(false);

/// Woken when that SIGCONT has come.
static OWN_STOP_ENDED: Condvar = Condvar::new();

/// How long to wait for being stopped and continued, in time that also passes while stopped. Only a stop that takes longer than
/// this to begin, or a SIGCONT that nobody hears, makes it matter.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// The terminal, taken over until this is dropped.
pub struct Terminal {
    inner: ratatui::Terminal<Wire<&'static Line>>,
    line: &'static Line,
}

impl Terminal {
    /// Takes the terminal over; the calling thread is the one that draws.
    ///
    /// `guard` says of the text of one cell whether it may reach the terminal; `free` is called, by a thread, when a terminal that
    /// had not taken all bytes of a frame has taken them. The error is a sentence for people where there is no terminal at all.
    pub fn enter(guard: fn(&str) -> bool, free: impl Fn() + Send + Sync + 'static) -> io::Result<Terminal> {
        if let Some(sentence) = missing() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, sentence));
        }
        panics::install();
        let line = line::open(free)?;
        let mut wire = Wire::new(line, screen::size, guard);
        wire.open(screen::take()?);
        match ratatui::Terminal::new(wire) {
            Ok(inner) => Ok(Terminal { inner, line }),
            Err(error) => {
                screen::give_back();
                Err(error)
            }
        }
    }

    /// Draws one frame; writes nothing if it looks like the one before. True when the terminal has taken all its bytes.
    ///
    /// False while it has not taken those of this frame, or of an earlier one: then nothing was drawn, since the frame would be
    /// outdated before it was sent. Once the terminal is free again, the frame of that time is to be drawn.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<bool> {
        if let Some(error) = self.line.broken() {
            return Err(error);
        }
        if self.line.is_busy() {
            return Ok(false);
        }
        self.inner.draw(draw)?;
        Ok(!self.line.is_busy())
    }

    /// Has the next frame written whole. To be called after a resize too: a window that was small for a moment and is as
    /// before has lost what stood in it.
    pub fn redraw_all(&mut self) {
        self.inner.backend_mut().forget();
    }

    /// Sends a text to the terminal's clipboard, in one piece; says which way it went, which may be none.
    pub fn copy(&mut self, text: &[u8]) -> io::Result<Clipboard> {
        let clipboard = Clipboard::here();
        self.inner.backend_mut().pass(&clipboard.sequence(text))?;
        Ok(clipboard)
    }

    /// Stops the program and everything it was started with, as Ctrl-z does elsewhere; returns when it goes on, with the
    /// terminal taken again and the next frame to be written whole.
    ///
    /// `false`: there is no shell with jobs to go back to (the program is the whole session, as in `ssh -t host candor`),
    /// so nothing was done; nobody could ever have woken it.
    pub fn suspend(&mut self) -> io::Result<bool> {
        if getsid(None)? == getpgrp() {
            return Ok(false);
        }
        self.leave();
        *OWN_STOP.lock().unwrap_or_else(PoisonError::into_inner) = true;
        // The whole group, because a shell waits for a pipeline until each of its programs has stopped; and SIGSTOP,
        // because SIGTSTP is heard by our own thread for signals.
        let stopped = kill_current_process_group(rustix::process::Signal::STOP);
        // The stop may catch this thread only after a while. Were the terminal taken back before, the shell would write on our
        // screen and nobody on the way back would know that it has to be drawn anew.
        if stopped.is_ok() {
            wait_for_own_stop_to_end();
        } else {
            own_stop_ended();
        }
        self.resume()?;
        stopped?;
        Ok(true)
    }

    /// Takes the terminal again after the program was stopped by somebody else, who may have left it in any state.
    pub fn resume(&mut self) -> io::Result<()> {
        // Raw mode counts as set until it is taken back, even where a shell has changed it under us.
        crossterm::terminal::disable_raw_mode()?;
        self.inner.backend_mut().open(screen::take()?);
        self.redraw_all();
        Ok(())
    }

    /// The size of the window as frames are drawn for it.
    pub fn size(&self) -> io::Result<Size> {
        self.inner.backend().size()
    }

    /// How many cells the guard refused so far. More than none is a fault of the program.
    pub fn refused(&self) -> usize {
        self.inner.backend().refused()
    }

    /// Gives the terminal back. Doing so twice does no harm.
    pub fn leave(&mut self) {
        screen::give_back();
        panics::print_waiting();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Whether a SIGCONT that just came ends a stop of our own; true once for each such stop.
fn own_stop_ended() -> bool {
    let ours = std::mem::replace(&mut *OWN_STOP.lock().unwrap_or_else(PoisonError::into_inner), false);
    OWN_STOP_ENDED.notify_all();
    ours
}

fn wait_for_own_stop_to_end() {
    let stop = OWN_STOP.lock().unwrap_or_else(PoisonError::into_inner);
    drop(OWN_STOP_ENDED.wait_timeout_while(stop, STOP_PATIENCE, |stopping| *stopping));
}

//! Taking the terminal over and giving it back: raw mode, the alternate screen, and who may touch them when.
//!
//! Giving back must work from three places: the program's normal end, a panic, and the thread that handles signals while
//! the main thread may hang in a write to a stalled line. So what was taken is remembered outside of any value, giving
//! back twice does no harm, and the way for signals never waits long. Nothing here ever asks the terminal a question.

use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::Size;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{LocalModes, isatty, tcgetattr, tcgetpgrp, tcgetwinsize};

use super::line;

/// Whether the terminal is ours at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { width: 80, height: 24 };

/// Why there is no terminal to work in, as a full sentence; `None` when there is one.
///
/// Standard input may be anything as long as the keys can be read from `/dev/tty`.
pub fn missing() -> Option<&'static str> {
    if !isatty(stdout()) {
        return Some("candor draws on a terminal, and its output is none: run it without a pipe or a file behind it.");
    }
    if !isatty(stdin()) && File::options().read(true).write(true).open("/dev/tty").is_err() {
        return Some("candor reads keys from a terminal: its input is none, and /dev/tty cannot be opened.");
    }
    None
}

/// Takes the terminal: raw mode, and what is to go before the first frame for the alternate screen, bracketed paste and no cursor.
pub(super) fn take() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    Ok(bytes)
}

/// Gives the terminal back as it was. Does nothing if it is not ours; waits for a slow line, so that a frame that is half written is
/// finished first.
pub(super) fn give_back() {
    if taken() {
        if let Some(mut line) = line::line() {
            // Nobody is left to tell if this fails; the terminal is gone then.
            let _ = line.write_all(&farewell());
            line.wait();
        }
        let _ = disable_raw_mode();
        TAKEN.store(false, Ordering::SeqCst);
    }
}

/// Gives the terminal back without ever waiting longer than `patience`, and without stopping where another job owns it.
pub(super) fn give_back_within(patience: Duration) {
    if !taken() {
        return;
    }
    // Another job's terminal is left alone, at least as far as touching it would stop this process instead of ending it.
    let ours = tcgetpgrp(stdout()).is_ok_and(|foreground| foreground == rustix::process::getpgrp());
    let stops = || tcgetattr(stdout()).map_or(true, |modes| modes.local_modes.contains(LocalModes::TOSTOP));
    // What is left of a frame would come in the middle of the farewell. That begins with an escape, which ends any sequence before it.
    if let Some(line) = line::line() {
        line.cut();
    }
    if ours || !stops() {
        let _ = line::write_within(&farewell(), patience);
    }
    if ours {
        let _ = disable_raw_mode();
    }
    TAKEN.store(false, Ordering::SeqCst);
}

/// Whether the terminal is ours at the moment.
pub(super) fn taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// The size of the window.
pub(super) fn size() -> io::Result<Size> {
    let size = tcgetwinsize(stdout())?;
    // Serial lines and some test programs have no size, which is said with zeros.
    Ok(match (size.ws_col, size.ws_row) {
        (0, _) | (_, 0) => USUAL,
        (width, height) => Size { width, height },
    })
}

/// What undoes [`take`], in reverse, and ends the frame and the style in the middle of which we may be.
fn farewell() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail.
    let _ = queue!(bytes, EndSynchronizedUpdate, ResetColor, Show, DisableBracketedPaste, LeaveAlternateScreen);
    bytes
}

//! A panic is told on the normal screen, in characters that any terminal can show.
//!
//! The thread that draws gives the terminal back first. A panic of another thread ends only that thread: its message waits
//! until the terminal is given back, since printing it would spoil a screen that is still in use. Messages may quote a
//! transcript (the slice that was cut in the middle of a character), so nothing but printable ASCII passes.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{PanicHookInfo, set_hook};
use std::sync::{Mutex, Once, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use super::screen;

/// The thread that draws.
static DRAWS: OnceLock<ThreadId> = OnceLock::new();

/// What other threads had to say.
static WAITING: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Makes the calling thread the one that draws.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = DRAWS.set(thread::current().id());
        set_hook(Box::new(tell));
    });
}

/// Prints what other threads had to say while the terminal was ours.
pub(super) fn print_waiting() {
    let waiting = std::mem::take(&mut *WAITING.lock().unwrap_or_else(PoisonError::into_inner));
    for message in waiting {
        eprint!("{message}");
    }
}

fn tell(panic: &PanicHookInfo<'_>) {
    let name = thread::current().name().unwrap_or("without a name").to_owned();
    let mut message = format!("candor has a fault: thread {name} {panic}\n");
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        message.push_str(&format!("{backtrace}\n"));
    }
    let message = printable(&message);
    if screen::taken() && DRAWS.get() != Some(&thread::current().id()) {
        WAITING.lock().unwrap_or_else(PoisonError::into_inner).push(message);
        return;
    }
    screen::give_back();
    print_waiting();
    eprint!("{message}");
}

fn printable(message: &str) -> String {
    let mut safe = String::new();
    for c in message.chars() {
        match c {
            ' '..='~' | '\n' => safe.push(c),
            _ => safe.extend(c.escape_default()),
        }
    }
    safe
}

//! The thread for signals and for a terminal that went away.
//!
//! It sleeps until a signal comes or the terminal hangs up: there are no ticks. It ends the program itself, whatever the
//! main thread is doing, because that may be waiting for ever in a write to a stalled line. It never touches a label: the
//! caller's closure is told that the end has come and saves what is unsaved.

use std::io;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::stdio::stdout;
use rustix::termios::isatty;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGTSTP, SIGXFSZ};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::{own_stop_ended, screen};

/// SIGXFSZ and SIGPIPE are here only so that they do not kill: the write that caused them reports the error.
const HEARD: [i32; 8] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGXFSZ, SIGPIPE];

/// How long the farewell to the terminal may wait for a stalled line.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the main thread should know of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// The program was stopped from outside and goes on: whatever was on the screen may be gone.
    Continued,
    /// The program is asked to stop.
    Suspend,
}

/// Starts the thread. Signals count from the moment this returns.
///
/// On a signal that ends the program, or when the terminal has gone, `last` is called, then the terminal is given back as
/// far as there still is one, and the program exits with 128 and the signal's number; for a vanished terminal that is
/// SIGHUP's.
pub fn signals(last: impl Fn() + Send + 'static, send: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, HEARD)?;
    // Asked here and not in the thread: by the time that one runs the terminal may have gone, and would then never be watched.
    let terminal = isatty(stdout());
    thread::Builder::new().name("signals".to_owned()).spawn(move || watch(delivery, terminal, &last, &send))?;
    Ok(())
}

fn watch(mut delivery: SignalDelivery<UnixStream, SignalOnly>, terminal: bool, last: &dyn Fn(), send: &dyn Fn(Signal)) {
    loop {
        let vanished = wait(delivery.get_read(), terminal);
        for signal in delivery.pending() {
            match signal {
                SIGTSTP => send(Signal::Suspend),
                SIGCONT if !own_stop_ended() => send(Signal::Continued),
                SIGCONT | SIGXFSZ | SIGPIPE => {}
                _ => end(signal, last),
            }
        }
        if vanished {
            end(SIGHUP, last);
        }
    }
}

/// Waits for a signal or the end of the terminal, and says whether it is the latter.
fn wait(signals: &UnixStream, terminal: bool) -> bool {
    // Nothing is asked of the terminal; that it hung up is told anyway.
    let out = stdout();
    let mut both = [PollFd::new(signals, PollFlags::IN), PollFd::new(&out, PollFlags::empty())];
    let watched = if terminal { &mut both[..] } else { &mut both[..1] };
    match poll(watched, None) {
        Ok(_) => watched.get(1).is_some_and(|terminal| terminal.revents().contains(PollFlags::HUP)),
        Err(rustix::io::Errno::INTR) => false,
        Err(_) => {
            // Out of memory, most likely: signals are worth a look each second until that is over.
            thread::sleep(Duration::from_secs(1));
            false
        }
    }
}

fn end(signal: i32, last: &dyn Fn()) -> ! {
    // Whatever goes wrong while saving, the terminal is given back and the program ends.
    let _ = catch_unwind(AssertUnwindSafe(last));
    screen::give_back_within(PATIENCE);
    std::process::exit(128 + signal)
}

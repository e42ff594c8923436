//! The line to the terminal, which may be slow or hang: it takes what fits at once, and a thread writes the rest when there is room.
//!
//! ```text
//! bytes ──▶ as many as the terminal takes now ──▶ all of them: free
//!                       │ some are left
//!                       └──▶ rest ──thread, in order──▶ nothing is left: free, and the loop is told
//! ```
//!
//! What the system keeps by itself counts as taken: some 14 kB on Linux, of which it does not say how many are left (TIOCOUTQ is always
//! zero there). Those frames are sent, outdated or not.
//!
//! On a line that keeps up no thread is ever started. On one that does not, whoever draws can ask whether it is busy and go on with
//! other things meanwhile. Bytes are never reordered and never dropped, but where the program ends. It knows nothing of frames.

use std::ffi::CStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::getsid;
use rustix::stdio::stdout;
use rustix::termios::{tcgetsid, ttyname};

/// So long a terminal may take to make room before it counts as slow. One that is only busy drawing a large frame has room again
/// sooner than a thread could be started.
const MOMENT: Duration = Duration::from_millis(20);

/// How long to wait where the system says that there is room and then takes nothing.
const PAUSE: Duration = Duration::from_millis(10);

/// The line of the program's one terminal.
static LINE: OnceLock<Line> = OnceLock::new();

/// The line to the terminal.
pub(super) struct Line {
    way: Way,
    free: Box<dyn Fn() + Send + Sync>,
    rest: Mutex<Rest>,
    written: Condvar,
}

enum Way {
    /// A file description of our own: that writes to it do not wait holds for nobody but us.
    Own(OwnedFd),
    /// The one we were started with, which others use too. Writes to it wait.
    Shared(File),
}

/// What the terminal has not taken yet.
#[derive(Default)]
struct Rest {
    bytes: Vec<u8>,
    /// So many of them are written.
    at: usize,
    /// Whether a thread is there to write them.
    busy: bool,
    /// Why that thread could not.
    broken: Option<io::Error>,
    /// The program ends: nothing more is to be written.
    cut: bool,
}

/// Opens the line, once for the whole program; `free` is called, by a thread, each time the line has become free again.
pub(super) fn open(free: impl Fn() + Send + Sync + 'static) -> io::Result<&'static Line> {
    if let Some(line) = line() {
        return Ok(line);
    }
    let way = match own() {
        Ok(tty) => Way::Own(tty),
        // Somebody else's terminal (after `su`), or one without a name (in a container).
        Err(_) => Way::Shared(File::from(rustix::io::dup(stdout())?)),
    };
    let new = Line { way, free: Box::new(free), rest: Mutex::default(), written: Condvar::new() };
    Ok(LINE.get_or_init(|| new))
}

/// The line, if it was opened.
pub(super) fn line() -> Option<&'static Line> {
    LINE.get()
}

/// Opens a file description of our own for the terminal, one whose writes do not wait.
fn own() -> io::Result<OwnedFd> {
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let open = |path: &CStr| rustix::fs::open(path, flags, Mode::empty());
    let named = ttyname(stdout(), Vec::new()).and_then(|name| open(&name));
    Ok(named.or_else(|error| match tcgetsid(stdout())? == getsid(None)? {
        true => open(c"/dev/tty"),
        false => Err(error),
    })?)
}

/// Writes as many of these bytes as are taken without waiting, and says how many.
fn put(tty: &OwnedFd, bytes: &[u8]) -> io::Result<usize> {
    let mut left = bytes;
    while !left.is_empty() {
        match rustix::io::write(tty, left) {
            Ok(0) | Err(Errno::AGAIN) => break,
            Ok(written) => left = left.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(bytes.len() - left.len())
}

/// Waits until there is room, or until `end`; says whether it is the former.
fn room(tty: impl AsFd, end: Option<Instant>) -> io::Result<bool> {
    loop {
        let left = end.map(|end| Timespec::try_from(end.saturating_duration_since(Instant::now())));
        let left = left.transpose().map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&tty, PollFlags::OUT)], left.as_ref()) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Writes to the terminal what fits within `patience`, past any line: for the end, while whoever holds the line may hang.
pub(super) fn write_within(bytes: &[u8], patience: Duration) -> io::Result<()> {
    let tty = own()?;
    let end = Instant::now() + patience;
    let mut left = bytes;
    while !left.is_empty() {
        if !room(&tty, Some(end))? {
            return Err(io::ErrorKind::TimedOut.into());
        }
        left = left.get(put(&tty, left)?..).unwrap_or_default();
    }
    Ok(())
}

impl Line {
    /// Whether the terminal has not taken yet what was sent.
    pub(super) fn is_busy(&self) -> bool {
        self.lock().busy
    }

    /// Why something that was sent could not be written, told once.
    pub(super) fn broken(&self) -> Option<io::Error> {
        self.lock().broken.take()
    }

    /// Waits until all is written or cannot be.
    pub(super) fn wait(&self) {
        drop(self.written.wait_while(self.lock(), |rest| rest.busy));
    }

    /// Writes nothing more, whatever is left and whatever may still come.
    pub(super) fn cut(&self) {
        let mut rest = self.lock();
        rest.cut = true;
        rest.bytes.clear();
        rest.at = 0;
    }

    fn lock(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends bytes; those that the terminal does not take in a moment are written by a thread.
    fn send(&'static self, tty: &'static OwnedFd, bytes: &[u8]) -> io::Result<()> {
        let mut rest = self.lock();
        if let Some(error) = rest.broken.take() {
            return Err(error);
        }
        if rest.cut {
            return Ok(());
        }
        if rest.busy {
            rest.bytes.extend_from_slice(bytes);
            return Ok(());
        }
        let mut left = bytes.get(put(tty, bytes)?..).unwrap_or_default();
        let end = Instant::now() + MOMENT;
        while !left.is_empty() && room(tty, Some(end))? {
            left = left.get(put(tty, left)?..).unwrap_or_default();
            if Instant::now() >= end {
                break;
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        rest.bytes = left.to_vec();
        rest.at = 0;
        rest.busy = true;
        drop(rest);
        if thread::Builder::new().name("line".to_owned()).spawn(|| self.write_rest(tty)).is_err() {
            self.write_rest(tty);
        }
        Ok(())
    }

    /// Writes what is left, however long that takes.
    fn write_rest(&self, tty: &OwnedFd) {
        loop {
            if room(tty, None).is_err() {
                thread::sleep(PAUSE);
            }
            let mut rest = self.lock();
            let left = rest.bytes.get(rest.at..).unwrap_or_default();
            let taken = put(tty, left);
            let (all, none) = (left.len(), matches!(taken, Ok(0)));
            match taken {
                Ok(taken) if taken < all => rest.at += taken,
                taken => {
                    // In the same breath as the last byte: what is sent from now on finds the line free.
                    rest.broken = taken.err();
                    rest.bytes = Vec::new();
                    rest.busy = false;
                    drop(rest);
                    self.written.notify_all();
                    return (self.free)();
                }
            }
            drop(rest);
            if none {
                thread::sleep(PAUSE);
            }
        }
    }
}

/// Takes all bytes at once, whether or not the terminal does.
impl Write for &'static Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.way {
            Way::Own(tty) => self.send(tty, bytes).map(|()| bytes.len()),
            Way::Shared(tty) => write_waiting(tty, bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_waiting(mut tty: &File, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match tty.write(bytes) {
            // Some other program has left the terminal in a mode in which writes do not wait; we do.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => drop(room(tty, None)?),
            written => return written,
        }
    }
}

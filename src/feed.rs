//! The threads: keys, the index, reading what is long, looking at text in the background. Each only sends [`Event`]s; none draws,
//! writes or decides anything.

mod follow;
pub mod keys;
pub mod look;
pub mod pair;
mod spread;
mod watch;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::view::{Outlook, View};
use crate::app::{Brief, Event, Hashed, Opened};
use crate::model::blind::Veil;
use crate::model::case::{Case, CaseNo, ContentHash, FileNo, Origin};
use crate::model::codebook::Marks;
use crate::model::patterns::Patterns;
use crate::store::source::{Sources, Span};

pub use follow::{Begun, Followed, Following, begin};
pub use watch::Bell;

/// What the threads send: an event and when it happened, or that something has to be done at once.
#[derive(Debug)]
pub enum Sent {
    /// An event for the core.
    Event(Event, Instant),
    /// Stop, as a signal from outside asked.
    Suspend,
    /// The program was stopped and goes on; its terminal may have been used by others.
    Continued,
    /// The terminal has taken what it was sent; the newest frame can be drawn.
    Free,
    /// No keys can be read any more; a sentence says why.
    Gone(String),
}

/// The longest line that is read as a case, in bytes.
pub const LONGEST_LINE: u32 = 256 << 20;

/// Reads a case, and its namesakes to tell it from them; lays it out where it is known with what.
#[must_use]
pub fn open(
    sources: &Sources,
    no: CaseNo,
    origin: Origin,
    namesakes: &[(CaseNo, Origin)],
    outlook: Option<Box<Outlook>>,
) -> Event {
    match read(sources, origin) {
        Ok(case) => {
            let others: Vec<(CaseNo, Case)> =
                namesakes.iter().filter_map(|(no, origin)| Some((*no, read(sources, *origin).ok()?))).collect();
            let named = |other: &&(CaseNo, Case)| other.1.id == case.id;
            let same_as = others.iter().filter(named).find(|(_, other)| other.hash == case.hash).map(|(no, _)| *no);
            // A twin has its elder's name.
            let before = |other: &&(CaseNo, Case)| same_as.is_none_or(|same| other.0 < same);
            let different: HashSet<ContentHash> =
                others.iter().filter(named).filter(before).map(|(_, c)| c.hash).filter(|h| *h != case.hash).collect();
            let others_before = u32::try_from(different.len()).unwrap_or(u32::MAX);
            let opened = Opened { no, case, others_before, same_as };
            match outlook {
                Some(outlook) => Event::LaidOut(Box::new(View::laid_out(opened, *outlook))),
                None => Event::Opened(Box::new(opened)),
            }
        }
        Err(reason) => Event::NotOpened { no, reason },
    }
}

/// Reads the last case there is, from the end of the last file that has one.
#[must_use]
pub fn last(sources: &Sources) -> Event {
    let files = (0..u16::MAX).map(FileNo).take(sources.len());
    let mut lasts = files.rev().filter_map(|file| sources.get(file)?.last(file).ok()?);
    Event::Ahead(lasts.next().map(Box::new))
}

fn read(sources: &Sources, origin: Origin) -> Result<Case, String> {
    let source = sources.get(origin.file).ok_or("its file is not open")?;
    let Origin { file, line, offset, len, sub } = origin;
    source.read(file, Span { offset, len, line, sub }).map_err(|e| e.to_string())
}

/// Does something in a thread of its own and waits for it, but no longer than `patience`: what takes longer, because it is much or
/// because the disk stalls, is sent when it is there. Nothing then.
///
/// # Errors
/// The thread could not be started.
pub fn apart(
    patience: Duration,
    send: Sender<Sent>,
    work: impl FnOnce() -> Event + Send + 'static,
) -> std::io::Result<Option<Event>> {
    let (give, take) = sync_channel(1);
    // Whoever comes second sees that the other was there: the event goes one way, and only one.
    let decided = Arc::new(AtomicBool::new(false));
    let mine = Arc::clone(&decided);
    thread::Builder::new().name("read".to_owned()).spawn(move || {
        let event = work();
        // Nobody listens any more when the program is leaving.
        if decided.swap(true, Ordering::SeqCst) {
            let _ = send.send(Sent::Event(event, Instant::now()));
        } else {
            let _ = give.send(event);
        }
    })?;
    Ok(match take.recv_timeout(patience) {
        Ok(event) => Some(event),
        Err(_) if mine.swap(true, Ordering::SeqCst) => take.recv().ok(),
        Err(_) => None,
    })
}

/// Compiles the codebook's marks: some milliseconds, which the first frame need not wait for.
///
/// # Errors
/// The thread could not be started.
pub fn compile(marks: Marks, send: Sender<Sent>) -> std::io::Result<()> {
    thread::Builder::new().name("marks".to_owned()).spawn(move || {
        let event = Event::Compiled(Arc::new(Patterns::new(&marks)));
        // Nobody listens any more when the program is leaving.
        let _ = send.send(Sent::Event(event, Instant::now()));
    })?;
    Ok(())
}

/// Reads these cases and says who they are by their text: all of them, or only those of a wanted text.
///
/// # Errors
/// The thread could not be started.
pub fn hash(
    sources: Arc<Sources>,
    cases: Vec<(CaseNo, Origin)>,
    wanted: Vec<ContentHash>,
    send: Sender<Sent>,
) -> std::io::Result<()> {
    const TOGETHER: usize = 256;
    thread::Builder::new().name("hash".to_owned()).spawn(move || {
        let wanted: HashSet<ContentHash> = wanted.into_iter().collect();
        let chunks = cases.len().div_ceil(TOGETHER);
        for (number, some) in (1..).zip(cases.chunks(TOGETHER)) {
            let hashed: Vec<Hashed> = some
                .iter()
                .filter_map(|(no, origin)| {
                    let Case { id, hash, raw, .. } = read(&sources, *origin).ok()?;
                    Some(Hashed { no: *no, id, hash, raw })
                })
                .filter(|h| wanted.is_empty() || wanted.contains(&h.hash))
                .collect();
            let last = number == chunks;
            let sent = Sent::Event(Event::Hashed { hashed, last }, Instant::now());
            if send.send(sent).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Reads these cases for their rows in a list.
///
/// # Errors
/// The thread could not be started.
pub fn peek(
    sources: Arc<Sources>,
    cases: Vec<(CaseNo, Origin)>,
    (patterns, veil): (Arc<Patterns>, Arc<Veil>),
    send: Sender<Sent>,
) -> std::io::Result<()> {
    // Few, so that the first rows are there at once.
    const TOGETHER: usize = 12;
    thread::Builder::new().name("peek".to_owned()).spawn(move || {
        let chunks = cases.len().div_ceil(TOGETHER);
        for (number, some) in (1..).zip(cases.chunks(TOGETHER)) {
            let event = briefs(&sources, some, (&patterns, &veil), number == chunks);
            if send.send(Sent::Event(event, Instant::now())).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// What the rows of these cases say.
#[must_use]
pub fn briefs(
    sources: &Sources,
    cases: &[(CaseNo, Origin)],
    (patterns, veil): (&Patterns, &Arc<Veil>),
    last: bool,
) -> Event {
    let (mut briefs, mut unreadable) = (Vec::new(), Vec::new());
    for (no, origin) in cases {
        match read(sources, *origin) {
            Ok(case) => briefs.push(Brief::of(*no, &case, patterns, veil)),
            Err(_) => unreadable.push(*no),
        }
    }
    Event::Peeked { briefs, unreadable, last }
}

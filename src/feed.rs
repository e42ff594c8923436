//! The threads: keys, the index, reading what is long, looking at text in the background. Each only sends [`Event`]s; none draws,
//! writes or decides anything.

pub mod keys;
pub mod look;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{Brief, Event, Hashed, Indexed, Opened};
use crate::model::case::{Case, CaseNo, ContentHash, FileNo, Origin};
use crate::model::codebook::Marks;
use crate::model::corpus::Entry;
use crate::model::patterns::Patterns;
use crate::model::shared::Shared;
use crate::store::source::{self, Batch, Change, Reached, Source, Span};

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
/// So many prompts are compared to find what a run repeats.
const SAMPLE: usize = 12;
/// Longer lines are left out of that sample: it must not cost the first frame its time.
const SAMPLE_LINE: u32 = 256 << 10;

/// How often the files are looked at for what was written since. A look asks the file system once for each file: that also works where
/// nobody would notify us, on a network.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Indexes all files, one after the other, and from then on what is written to them.
///
/// # Errors
/// The thread could not be started.
pub fn index(sources: Arc<Vec<Source>>, send: Sender<Sent>) -> std::io::Result<()> {
    thread::Builder::new().name("index".to_owned()).spawn(move || {
        let mut tell = |event| send.send(Sent::Event(event, Instant::now())).is_ok();
        let mut followed: Vec<Followed> = (0u16..).map(FileNo).take(sources.len()).map(Followed::new).collect();
        // Nobody listens any more when the program is leaving.
        while followed.iter_mut().zip(sources.iter()).all(|(followed, source)| followed.look(source, &mut tell)) {
            thread::sleep(LOOK_AGAIN);
        }
    })?;
    Ok(())
}

/// A file that is indexed as far as it is written.
#[derive(Debug)]
pub struct Followed {
    file: FileNo,
    /// How far its index is; nothing when there is no going on.
    reached: Option<Reached>,
    /// How many of its bytes were looked at; nothing before the first time.
    done: Option<u64>,
}

impl Followed {
    /// A file that was not looked at yet.
    #[must_use]
    pub fn new(file: FileNo) -> Self {
        Self { file, reached: Some(Reached::default()), done: None }
    }

    /// Tells what is new: all there is at first, later what was written since, or that the file was cut or replaced; from then on
    /// nothing of it is new any more. False when nobody listens.
    pub fn look(&mut self, source: &Source, tell: &mut dyn FnMut(Event) -> bool) -> bool {
        let Some(reached) = self.reached else { return true };
        match self.done.map_or(Change::Longer, |done| source.change(done, reached)) {
            Change::None => return true,
            Change::Longer => {}
            Change::Lost(loss) => {
                self.reached = None;
                return tell(Event::Lost(self.file, loss));
            }
        }
        let mut first = self.done.is_none();
        let mut listens = true;
        self.reached = source::index_on(source, reached, LONGEST_LINE, &mut |batch| {
            if std::mem::take(&mut first) {
                let shared = sample(source, self.file, &batch.found);
                listens &= tell(Event::Shared(self.file, shared));
            }
            self.done = Some(batch.done);
            listens &= tell(Event::Indexed(indexed(self.file, batch)));
            listens
        });
        listens
    }
}

/// What the prompts among the first cases share.
fn sample(source: &Source, file: FileNo, found: &[source::Found]) -> Shared {
    let step = (found.len() / SAMPLE).max(1);
    let short = found.iter().step_by(step).filter(|f| f.len <= SAMPLE_LINE).take(SAMPLE);
    let cases: Vec<Case> = short.filter_map(|f| source.read(file, f.span()).ok()).collect();
    Shared::of(&cases)
}

fn indexed(file: FileNo, batch: Batch) -> Indexed {
    let found = batch.found.iter().map(|f| Entry::new(file, f.offset, f.len, f.line, f.key)).collect();
    let pending = batch.pending.is_some();
    Indexed { file, found, unread: batch.problems, done: batch.done, last: batch.last, pending }
}

/// Reads a case, and its namesakes to tell it from them.
#[must_use]
pub fn open(sources: &[Source], no: CaseNo, origin: Origin, namesakes: &[(CaseNo, Origin)]) -> Event {
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
            Event::Opened(Box::new(Opened { no, case, others_before, same_as }))
        }
        Err(reason) => Event::NotOpened { no, reason },
    }
}

fn read(sources: &[Source], origin: Origin) -> Result<Case, String> {
    let source = sources.get(usize::from(origin.file.0)).ok_or("its file is not open")?;
    let Origin { file, line, offset, len, sub } = origin;
    source.read(file, Span { offset, len, line, sub }).map_err(|e| e.to_string())
}

/// Like [`open`], in a thread of its own: for what is too long to be read between two frames.
///
/// # Errors
/// The thread could not be started.
pub fn open_apart(
    sources: Arc<Vec<Source>>,
    no: CaseNo,
    origin: Origin,
    namesakes: Vec<(CaseNo, Origin)>,
    send: Sender<Sent>,
) -> std::io::Result<()> {
    thread::Builder::new().name("open".to_owned()).spawn(move || {
        let event = open(&sources, no, origin, &namesakes);
        // Nobody listens any more when the program is leaving.
        let _ = send.send(Sent::Event(event, Instant::now()));
    })?;
    Ok(())
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
    sources: Arc<Vec<Source>>,
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
    sources: Arc<Vec<Source>>,
    cases: Vec<(CaseNo, Origin)>,
    patterns: Arc<Patterns>,
    send: Sender<Sent>,
) -> std::io::Result<()> {
    // Few, so that the first rows are there at once.
    const TOGETHER: usize = 12;
    thread::Builder::new().name("peek".to_owned()).spawn(move || {
        let chunks = cases.len().div_ceil(TOGETHER);
        for (number, some) in (1..).zip(cases.chunks(TOGETHER)) {
            let event = briefs(&sources, some, &patterns, number == chunks);
            if send.send(Sent::Event(event, Instant::now())).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// What the rows of these cases say.
#[must_use]
pub fn briefs(sources: &[Source], cases: &[(CaseNo, Origin)], patterns: &Patterns, last: bool) -> Event {
    let (mut briefs, mut unreadable) = (Vec::new(), Vec::new());
    for (no, origin) in cases {
        match read(sources, *origin) {
            Ok(case) => briefs.push(Brief::of(*no, &case, patterns)),
            Err(_) => unreadable.push(*no),
        }
    }
    Event::Peeked { briefs, unreadable, last }
}

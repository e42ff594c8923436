//! What the core wants done outside: reading cases, appending records, remembering the place. Each call answers with at most one event.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::app::view::Outlook;
use crate::app::{App, Closer, Effect, Event, Place};
use crate::config;
use crate::feed::{self, Bell, Sent, look, pair};
use crate::model::case::{CaseNo, FileNo, Origin};
use crate::model::codebook::Codebook;
use crate::model::labels::Record;
use crate::model::patterns::Patterns;
use crate::model::terms::Hidden;
use crate::store::journal::{Annotator, Journal};
use crate::store::rescue::{self, Unsaved};
use crate::store::source::Sources;
use crate::text::clean::Safe;
use crate::ui::Look;

/// For a case of more bytes nothing waits; the screen says that it is being read.
const AT_ONCE: u32 = 1 << 20;
/// How long the screen may wait for a shorter one. It takes a tenth of this at most, unless the disk stalls.
const PATIENCE: Duration = Duration::from_millis(60);
/// So many journals are looked at in one go for what others wrote.
const POLL_TOGETHER: usize = 64;

/// What the loop works with.
pub(super) struct Hands {
    pub(super) look: Look,
    pub(super) sources: Arc<Sources>,
    pub(super) bell: Bell,
    pub(super) journals: Vec<Journal>,
    pub(super) wherever: Wherever,
    pub(super) unsaved: Unsaved,
    pub(super) annotator: Annotator,
    pub(super) state: Option<PathBuf>,
    pub(super) place: config::PlaceFile,
    pub(super) drafts: config::Drafts,
    pub(super) send: Sender<Sent>,
    /// Nothing was drawn yet, so that only cases are known that were read this moment: no disk can stall for them.
    pub(super) fresh: bool,
    pub(super) polled: usize,
    /// The file whose journal this session wrote last.
    pub(super) written: Option<FileNo>,
}

/// What a journal is opened with, beside its data file.
pub(super) struct Wherever {
    /// The folder for all labels, if there is one.
    pub(super) labels: Option<PathBuf>,
    pub(super) session: String,
    pub(super) codebook: Arc<Codebook>,
}

impl Hands {
    pub(super) fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Open { no, origin, namesakes, outlook } => self.open(no, origin, namesakes, outlook),
            Effect::Last => {
                let sources = Arc::clone(&self.sources);
                // Without a thread the index has to come to it.
                feed::apart(PATIENCE, self.send.clone(), move || feed::last(&sources))
                    .unwrap_or(Some(Event::Ahead(None)))
            }
            Effect::Pair { no, case, veil, among, shared, at_once } => {
                let sources = Arc::clone(&self.sources);
                let patience = if at_once { PATIENCE } else { Duration::ZERO };
                let work = move || pair::search(&sources, no, (&case.0, &case.1), &among, &shared, &veil);
                // Without a thread nothing is found, and that is said in the end.
                feed::apart(patience, self.send.clone(), work).unwrap_or(Some(Event::Paired { no, found: None }))
            }
            Effect::Look { no, origin, closer } => self.look(no, origin, closer),
            Effect::Compile(marks) => {
                let started = feed::compile(marks.clone(), self.send.clone());
                // Without a thread of its own it takes its moment here.
                started.is_err().then(|| Event::Compiled(Arc::new(Patterns::new(&marks))))
            }
            Effect::Begin { file, session } => {
                if let Some(journal) = self.journals.get_mut(usize::from(file.0)) {
                    journal.begin(&session);
                }
                None
            }
            Effect::Append { file, record } => Some(self.append(file, *record)),
            Effect::Retry => self.retry(),
            Effect::Poll => self.poll(),
            Effect::Join(file) => self.join(file),
            Effect::Follow => {
                self.bell.ring();
                None
            }
            Effect::Hash { cases, wanted } => {
                // Without this thread labels are taken to be their cases' by id alone, as before it answers.
                let _ = feed::hash(Arc::clone(&self.sources), cases, wanted, self.send.clone());
                None
            }
            Effect::Peek { cases, patterns, veil } => {
                let started = feed::peek(Arc::clone(&self.sources), cases, (patterns, veil), self.send.clone());
                // Without this thread rows stay without their words, and are asked for again.
                started.is_err().then(|| Event::Peeked { briefs: Vec::new(), unreadable: Vec::new(), last: true })
            }
            Effect::KeepPlace(place) => {
                self.keep(&place);
                None
            }
            Effect::KeepDraft(draft) => {
                // What cannot be kept is still in the box; saving the note does not depend on it.
                let _ = self.drafts.keep(&draft);
                None
            }
            Effect::DropDraft(id) => {
                // One that stays is offered once more, and says no more than what was saved.
                let _ = self.drafts.forget(&id);
                None
            }
            Effect::TakeRescued => self.take_rescued(),
            // These belong to the loop.
            Effect::Copy { .. } | Effect::WakeAt(_) | Effect::Suspend | Effect::RedrawAll | Effect::Quit => None,
        }
    }

    fn open(
        &self,
        no: CaseNo,
        origin: Origin,
        namesakes: Vec<(CaseNo, Origin)>,
        outlook: Option<Box<Outlook>>,
    ) -> Option<Event> {
        let bytes = u64::from(origin.len) + namesakes.iter().map(|(_, o)| u64::from(o.len)).sum::<u64>();
        let sources = Arc::clone(&self.sources);
        let work = move || feed::open(&sources, no, origin, &namesakes, outlook);
        if self.fresh {
            return Some(work());
        }
        feed::apart(patience(bytes), self.send.clone(), work).unwrap_or_else(|e| {
            Some(Event::NotOpened { no, reason: format!("no thread could be started for it ({e})") })
        })
    }

    fn look(&self, no: CaseNo, origin: Origin, closer: Closer) -> Option<Event> {
        let sources = Arc::clone(&self.sources);
        let work = move || look::look(&sources, no, origin, closer);
        feed::apart(patience(u64::from(origin.len)), self.send.clone(), work).unwrap_or_else(|e| {
            Some(Event::NotLooked { no, closer, reason: format!("no thread could be started for it ({e})") })
        })
    }

    /// Opens the journal of a file that has come up.
    fn join(&mut self, file: FileNo) -> Option<Event> {
        let source = self.sources.get(file).filter(|_| usize::from(file.0) == self.journals.len())?;
        let Wherever { labels, session, codebook } = &self.wherever;
        let opened = Journal::open(source.path(), labels.as_deref(), &self.annotator, session, codebook, &self.unsaved);
        self.journals.push(opened.journal);
        let remarks: Vec<String> = opened.problems.into_iter().map(|problem| problem.message).collect();
        let records = opened.records;
        (!records.is_empty() || !remarks.is_empty()).then_some(Event::Merged { records, remarks })
    }

    /// Appends a record, and then what has been waiting for this journal.
    fn append(&mut self, file: FileNo, record: Record) -> Event {
        let Some(journal) = self.journals.get_mut(usize::from(file.0)) else {
            return Event::NotRecorded { reason: "its data file is not open".to_owned(), unsaved: self.unsaved.len() };
        };
        if let Err(e) = journal.append(&record) {
            return Event::NotRecorded { reason: e.to_string(), unsaved: self.unsaved.len() };
        }
        self.written = Some(file);
        let mut written = vec![record];
        if journal.unsaved() > 0 {
            // What fails again is tried again by the clock.
            written.extend(journal.retry().0);
        }
        Event::Recorded { records: written, unsaved: self.unsaved.len() }
    }

    fn retry(&mut self) -> Option<Event> {
        let mut written = Vec::new();
        let mut reason = None;
        for journal in self.journals.iter_mut().filter(|j| j.unsaved() > 0) {
            let (records, result) = journal.retry();
            written.extend(records);
            reason = reason.or(result.err());
        }
        let unsaved = self.unsaved.len();
        match reason {
            _ if !written.is_empty() => Some(Event::Recorded { records: written, unsaved }),
            Some(e) => Some(Event::NotRecorded { reason: e.to_string(), unsaved }),
            None => None,
        }
    }

    fn poll(&mut self) -> Option<Event> {
        let count = self.journals.len();
        let (mut records, mut remarks) = (Vec::new(), Vec::new());
        for _ in 0..count.min(POLL_TOGETHER) {
            self.polled = (self.polled + 1) % count;
            let (found, problems) = self.journals[self.polled].poll();
            records.extend(found);
            remarks.extend(problems.into_iter().map(|problem| problem.message));
        }
        (!records.is_empty() || !remarks.is_empty()).then_some(Event::Merged { records, remarks })
    }

    fn keep(&self, place: &Place) {
        // The place is a convenience: what cannot be kept is looked for again.
        let _ = self.place.save(place);
    }

    /// Appends what an earlier session could not; each rescue file goes once all of it is on the disk.
    fn take_rescued(&mut self) -> Option<Event> {
        let state = self.state.clone()?;
        let mut saved = Vec::new();
        for rescued in rescue::rescued(&state) {
            let Some(journal) = self.journals.iter_mut().find(|j| rescued.is_for(j.folder(), &self.annotator)) else {
                continue;
            };
            for record in &rescued.records {
                match journal.append(record) {
                    Ok(()) => saved.push(record.clone()),
                    Err(e) => return Some(Event::NotRecorded { reason: e.to_string(), unsaved: self.unsaved.len() }),
                }
            }
            // A file that stays is offered again, and appending twice changes nothing.
            let _ = rescued.discard();
        }
        Some(Event::Recorded { records: saved, unsaved: self.unsaved.len() })
    }

    /// Where this session's records are, if it made any, and how the practice run goes on.
    pub(super) fn farewell(&self, app: &App) {
        let labelled = app.labelled();
        if app.settings.practice {
            let (all, over) = (app.all(), app.practice_is_over());
            if let Some(source) = self.sources.get(FileNo(0)).filter(|_| over) {
                config::finish_practice(source.path());
            }
            let then = if over { "it is over, and candor begins another one" } else { "candor goes on with it" };
            // Nobody reads it where standard output is gone.
            let _ = writeln!(
                std::io::stdout(),
                "practice: {labelled} of {all} cases labelled; {then}. Your own: candor FILE"
            );
            return;
        }
        let Some(journal) = self.journals.get(self.written.map_or(usize::MAX, |file| usize::from(file.0))) else {
            return;
        };
        let path = Safe::line(journal.path().to_string_lossy().as_bytes());
        if app.hides(Hidden::FileName) {
            // The journal's path has the data file's name in it.
            let word = if labelled == 1 { "case" } else { "cases" };
            let _ = writeln!(std::io::stdout(), "{labelled} {word} labelled; the labels stand beside their data");
            return;
        }
        let cases = if labelled == 1 { "case has its label" } else { "cases have their labels" };
        // Nobody reads it where standard output is gone.
        let _ = writeln!(std::io::stdout(), "{labelled} {cases}; this session's are in {path}");
    }

    /// The last thing done: what is not on the disk goes into a rescue file.
    pub(super) fn leave(&self) {
        let Some(state) = &self.state else { return };
        if let Ok(Some(path)) = self.unsaved.write(state, Duration::from_secs(2)) {
            let path = Safe::line(path.to_string_lossy().as_bytes());
            eprintln!("candor: unsaved records are kept in {path}; the next start offers them");
        }
    }
}

/// How long to wait for so many bytes.
fn patience(bytes: u64) -> Duration {
    if bytes > u64::from(AT_ONCE) { Duration::ZERO } else { PATIENCE }
}

//! Journals: append-only files of records beside the data, one writer each. Read by all, never rewritten, cut or repaired.
//!
//! * A record that was appended is on the disk: one write, `fdatasync`, and a look that the file still stands under its name.
//! * A write that was cut off costs itself only: reading passes over it and says so, the next append ends it first.
//! * A write that failed leaves its record in [`Unsaved`], to be appended with the same id through a fresh descriptor.
//! * Two sessions never write one file: who does not get the lock of `alice.jsonl`, or cannot trust locks there, writes
//!   `alice.<session>.jsonl`. Nothing is made before the first record.
//!
//! The same record twice is one record, so whenever it is unsure whether a line is on the disk it is written again.

mod annotator;
mod id;
pub mod line;
pub mod parse;
mod place;
mod reading;
mod scan;
mod writer;

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use annotator::Annotator;
pub(in crate::store) use id::{of_raw as case_id, unhex};
pub use place::folder;
pub(in crate::store) use place::sync_folder;

use reading::Reader;
use writer::{NotOurs, Writer, Written};

use super::rescue::{Unsaved, Waiting};
use crate::model::codebook::Codebook;
use crate::model::labels::Record;

/// What was wrong with a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JournalProblemKind {
    /// The last line ends in the middle: a write was cut off.
    Torn,
    /// A line that is no JSON.
    Garbage,
    /// JSON, but no record, or a record on no case.
    NotRecord,
    /// The checksum does not match; the record counts.
    Altered,
    /// The file or folder cannot be read.
    Unreadable,
    /// The journal was replaced, cut or removed while it was in use; this session's records were written again.
    Replaced,
    /// The copy of the codebook could not be written; the labels name the codebook all the same.
    Codebook,
}

/// Something that was wrong with a journal. The message names the file and may hold any character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalProblem {
    /// The file or folder.
    pub file: PathBuf,
    /// The line, from 1; 0 where no line is meant.
    pub line: u32,
    /// What kind of problem.
    pub kind: JournalProblemKind,
    /// A whole sentence: where, what, and what became of it.
    pub message: String,
}

/// Why a record is not on the disk. It waits in [`Unsaved`].
#[derive(Debug)]
pub struct AppendError {
    path: PathBuf,
    fault: io::Error,
}

impl AppendError {
    /// The system's word for it.
    #[must_use]
    pub fn fault(&self) -> &io::Error {
        &self.fault
    }
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.fault, self.path.display())
    }
}

impl std::error::Error for AppendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.fault)
    }
}

/// The records of all journals in a folder, as far as they can be read; none where there is no such folder. Nothing is opened for writing.
#[must_use]
pub fn records(folder: &Path) -> Vec<Record> {
    Reader::new(folder).read(true).records
}

/// The journals of one data file, and the one that this session writes.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    path: PathBuf,
    /// Whether `path` is this session's own file.
    own: bool,
    session: String,
    /// One for all journals: thousands of files can be open.
    codebook: Arc<Codebook>,
    reader: Reader,
    writer: Option<Writer>,
    /// Whether the folder, its name and the codebook's copy are known to be on the disk.
    prepared: bool,
    /// What this session is, until it is on the disk with the first record.
    opening: Option<(String, Vec<u8>)>,
    /// What this session has on the disk: ids and lines, to be written again if the file is replaced.
    kept: Vec<(String, Vec<u8>)>,
    unsaved: Unsaved,
    problems: Vec<JournalProblem>,
}

/// A journal, and what stood in the folder when it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// All records of all annotators, in the order of the files' names and lines.
    pub records: Vec<Record>,
    /// What could not be read.
    pub problems: Vec<JournalProblem>,
}

impl Journal {
    /// Opens the journals of a data file: beside it, or in the folder `labels`. Makes no file, and never fails: what is wrong is
    /// among the problems, and [`Journal::append`] says so again.
    #[must_use]
    pub fn open(
        data: &Path,
        labels: Option<&Path>,
        annotator: &Annotator,
        session: &str,
        codebook: &Arc<Codebook>,
        unsaved: &Unsaved,
    ) -> Opened {
        let folder = place::folder(data, labels);
        let mut reader = Reader::new(&folder);
        let mut journal = Self {
            path: folder.join(format!("{annotator}.jsonl")),
            own: false,
            session: session.to_owned(),
            codebook: Arc::clone(codebook),
            writer: None,
            prepared: false,
            opening: None,
            kept: Vec::new(),
            unsaved: unsaved.clone(),
            problems: Vec::new(),
            reader: Reader::new(&folder),
            folder,
        };
        // The lock comes before the reading, so that nothing is written unseen by the session that has it before. That it cannot
        // be had now is said with the first record.
        journal.writer = journal.existing().ok();
        let found = reader.read(true);
        journal.reader = reader;
        Opened { journal, records: found.records, problems: found.problems }
    }

    /// The folder of the journals, which may not be there yet.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file this session writes, or will.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.writer.as_ref().map_or(&self.path, Writer::path)
    }

    /// Whether a record could be written now, as far as can be told without writing.
    ///
    /// # Errors
    ///
    /// A sentence with the reason that names `--labels`.
    pub fn writable(&self) -> Result<(), String> {
        place::writable(&self.folder, &self.path)
    }

    /// How many records of this journal wait to be saved.
    #[must_use]
    pub fn unsaved(&self) -> usize {
        self.unsaved.count(&self.folder)
    }

    /// Takes the record of this session, which goes before the first one that is appended, in the same write: without another
    /// record it says nothing, and a label must not wait for it.
    pub fn begin(&mut self, session: &Record) {
        self.opening = Some((session.id.clone(), line::encode(session)));
    }

    /// Puts a record on the disk.
    ///
    /// # Errors
    ///
    /// The reason. The record then waits in [`Unsaved`].
    pub fn append(&mut self, record: &Record) -> Result<(), AppendError> {
        self.save(Waiting::new(&self.folder, &self.session, record))
    }

    /// Tries again what waits, oldest first, and stops at the first fault. Returns what is on the disk now.
    pub fn retry(&mut self) -> (Vec<Record>, Result<(), AppendError>) {
        let mut saved = Vec::new();
        for waiting in self.unsaved.waiting(&self.folder) {
            let record = waiting.record.clone();
            if let Err(fault) = self.save(waiting) {
                return (saved, Err(fault));
            }
            saved.push(record);
        }
        (saved, Ok(()))
    }

    /// What others appended to any journal of the folder since it was last read. Only whole lines; cheap if nothing changed.
    pub fn poll(&mut self) -> (Vec<Record>, Vec<JournalProblem>) {
        let mut found = self.reader.read(false);
        found.records.retain(|record| record.session != self.session);
        found.problems.append(&mut self.problems);
        (found.records, found.problems)
    }

    fn save(&mut self, waiting: Waiting) -> Result<(), AppendError> {
        let flight = self.unsaved.begin(&waiting);
        let done = self.commit(&waiting);
        flight.end(done.is_ok());
        done.map_err(|fault| {
            let path = self.path().to_owned();
            // After a failed sync the system may take lost pages for written ones: only a fresh descriptor can be believed.
            self.writer = None;
            AppendError { path, fault }
        })
    }

    /// Writes the line, and writes it anew wherever the journal's name leads, until it stands there.
    fn commit(&mut self, waiting: &Waiting) -> io::Result<()> {
        let mut synced = false;
        // Somebody who replaces the file with every write of ours is no reason to hang.
        for _ in 0..8 {
            let fresh = self.writer.is_none();
            if fresh || !self.prepared {
                self.prepare()?;
            }
            let mut lines = if fresh { self.reopen(synced.then_some(waiting))? } else { Vec::new() };
            if !(fresh && synced) {
                lines.extend(self.opening.iter().flat_map(|(_, line)| line));
                lines.extend_from_slice(&waiting.line);
            }
            let Some(writer) = &mut self.writer else { continue };
            // Even if nothing is missing: what somebody else put there is not known to be on the disk.
            if writer.append(&lines)? == Written::Kept {
                self.kept.extend(self.opening.take());
                self.kept.push((waiting.record.id.clone(), waiting.line.clone()));
                return Ok(());
            }
            synced = true;
            self.problems.push(JournalProblem {
                file: self.path().to_owned(),
                line: 0,
                kind: JournalProblemKind::Replaced,
                message: format!(
                    "{} was replaced, cut or removed while it was in use; what this session saved is written again.",
                    self.path().display()
                ),
            });
            self.writer = None;
        }
        Err(io::Error::other("the journal is being replaced again and again"))
    }

    /// Opens the journal anew. Returns the lines of this session that do not stand in it: those that were on the disk, and
    /// `last`.
    fn reopen(&mut self, last: Option<&Waiting>) -> io::Result<Vec<u8>> {
        let writer = self.obtain()?;
        let mut missing = Vec::new();
        if !self.kept.is_empty() || last.is_some() {
            let there = reading::ids(writer.path())?;
            let last = last.map(|waiting| (&waiting.record.id, &waiting.line));
            let opening = self.opening.as_ref().filter(|_| last.is_some()).map(|(id, line)| (id, line));
            let ours = self.kept.iter().map(|(id, line)| (id, line)).chain(opening).chain(last);
            missing = ours.filter(|(id, _)| !there.contains(*id)).flat_map(|(_, line)| line).copied().collect();
        }
        self.writer = Some(writer);
        Ok(missing)
    }

    /// Puts the folder and the copy of the codebook on the disk.
    fn prepare(&mut self) -> io::Result<()> {
        place::make_folder(&self.folder)?;
        if let Err(fault) = place::keep_codebook(&self.folder, &self.codebook, &self.session) {
            // The record names the codebook by its hash; a label is worth more than the copy.
            self.problems.push(JournalProblem {
                file: self.folder.clone(),
                line: 0,
                kind: JournalProblemKind::Codebook,
                message: format!("{}: the codebook's copy was not written: {fault}.", self.folder.display()),
            });
        }
        // Whoever made a journal here may have been killed before its name was on the disk.
        place::sync_folder(&self.folder)?;
        self.prepared = true;
        Ok(())
    }

    /// The journal to write, made if it is missing.
    fn obtain(&mut self) -> io::Result<Writer> {
        loop {
            match self.existing() {
                Ok(writer) => return Ok(writer),
                Err(NotOurs::Fault(fault)) => return Err(fault),
                Err(NotOurs::Busy) => self.go_own(),
                Err(NotOurs::Missing) => match Writer::create(&self.path, !self.own) {
                    Ok(writer) => return Ok(writer),
                    Err(NotOurs::Busy) => self.go_own(),
                    // Another session was faster, and may have the lock or not.
                    Err(NotOurs::Fault(fault)) if fault.kind() == io::ErrorKind::AlreadyExists && !self.own => {}
                    Err(NotOurs::Fault(fault)) => return Err(fault),
                    Err(NotOurs::Missing) => return Err(io::ErrorKind::NotFound.into()),
                },
            }
        }
    }

    fn existing(&self) -> Result<Writer, NotOurs> {
        if self.own {
            return Writer::open_unlocked(&self.path);
        }
        match File::open(&self.folder) {
            Ok(folder) if place::locks_hold(&folder) => Writer::open(&self.path),
            Ok(_) => Err(NotOurs::Busy),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Err(NotOurs::Missing),
            Err(fault) => Err(NotOurs::Fault(fault)),
        }
    }

    /// From now on this session writes a file of its own, so that all its records stand in one.
    fn go_own(&mut self) {
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.path = self.folder.join(format!("{name}.{}.jsonl", self.session));
        self.own = true;
    }
}

//! Records that are not on the disk yet, shared with whoever has to end the program, and the files they are rescued into.
//! A rescue file is not a journal: it stands in the state folder until its records were appended, and is never read into labels.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::journal::{Annotator, line, parse, sync_folder, unhex};
use crate::model::labels::Record;

/// A record on its way to a journal.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// The journal's folder, from the root.
    folder: PathBuf,
    session: String,
    pub(super) record: Record,
    pub(super) line: Vec<u8>,
}

impl Waiting {
    pub(super) fn new(folder: &Path, session: &str, record: &Record) -> Self {
        Self {
            folder: from_root(folder),
            session: session.to_owned(),
            record: record.clone(),
            line: line::encode(record),
        }
    }
}

/// The records that are not on the disk, of all journals of this process.
#[derive(Clone, Debug, Default)]
pub struct Unsaved(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    list: Mutex<List>,
    landed: Condvar,
}

#[derive(Debug, Default)]
struct List {
    waiting: Vec<Waiting>,
    /// Writes that have begun and not ended. Their records stand in `waiting` until they are known to be saved.
    flying: usize,
}

/// A write that has begun. If it is never ended, its record stays among the unsaved ones.
pub(super) struct Flight {
    shared: Unsaved,
    id: String,
    saved: bool,
}

impl Flight {
    pub(super) fn end(mut self, saved: bool) {
        self.saved = saved;
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut list = self.shared.list();
        list.flying -= 1;
        if self.saved {
            list.waiting.retain(|waiting| waiting.record.id != self.id);
        }
        drop(list);
        self.shared.0.landed.notify_all();
    }
}

impl Unsaved {
    /// Nothing waits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records wait, those that are being written included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list().waiting.len()
    }

    /// Whether everything is saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What waits for the journal in this folder, oldest first.
    pub(super) fn waiting(&self, folder: &Path) -> Vec<Waiting> {
        let folder = from_root(folder);
        self.list().waiting.iter().filter(|waiting| waiting.folder == folder).cloned().collect()
    }

    /// How many records wait for the journal in this folder.
    pub(super) fn count(&self, folder: &Path) -> usize {
        let folder = from_root(folder);
        self.list().waiting.iter().filter(|waiting| waiting.folder == folder).count()
    }

    /// Enters a record before it is written: whoever ends the program in between must know of it.
    pub(super) fn begin(&self, record: &Waiting) -> Flight {
        let mut list = self.list();
        let id = record.record.id.clone();
        if !list.waiting.iter().any(|waiting| waiting.record.id == id) {
            list.waiting.push(record.clone());
        }
        list.flying += 1;
        Flight { shared: self.clone(), id, saved: false }
    }

    /// Writes what is unsaved into rescue files in the state folder, one for each journal folder, and says where the last one is;
    /// none if everything is saved. A write in flight is waited for at most `wait`.
    ///
    /// # Errors
    ///
    /// That of the first file that could not be written.
    pub fn write(&self, state: &Path, wait: Duration) -> io::Result<Option<PathBuf>> {
        let list = self.list();
        let landed = self.0.landed.wait_timeout_while(list, wait, |list| list.flying > 0);
        let waiting = landed.unwrap_or_else(PoisonError::into_inner).0.waiting.clone();
        let mut folders: Vec<&Path> = waiting.iter().map(|waiting| waiting.folder.as_path()).collect();
        folders.sort_unstable();
        folders.dedup();
        let mut last = None;
        for folder in folders {
            let records: Vec<_> = waiting.iter().filter(|waiting| waiting.folder == folder).collect();
            last = Some(write_file(&state.join("rescue"), folder, &records)?);
        }
        Ok(last)
    }

    /// A panic while the list was held leaves it as it was: no step of ours stops halfway through a change of it.
    fn list(&self) -> MutexGuard<'_, List> {
        self.0.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write_file(rescue: &Path, folder: &Path, records: &[&Waiting]) -> io::Result<PathBuf> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(rescue)?;
    let session = records.first().map_or("", |waiting| waiting.session.as_str());
    let mut bytes = line::json(&BTreeMap::from([("folder", spelled(folder))]));
    bytes.push(b'\n');
    for waiting in records {
        bytes.extend_from_slice(&waiting.line);
    }
    for number in 0_u32.. {
        let path = rescue.join(format!("{session}.{number}.jsonl"));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
            opened => {
                let mut file = opened?;
                file.write_all(&bytes)?;
                file.sync_all()?;
                sync_folder(rescue)?;
                sync_folder(rescue.parent().unwrap_or(rescue))?;
                return Ok(path);
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// What an earlier session left in a rescue file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescued {
    /// The rescue file.
    pub path: PathBuf,
    /// The folder of the journals the records were meant for, from the root.
    pub journal_folder: PathBuf,
    /// The records, oldest first.
    pub records: Vec<Record>,
    /// Lines that are no record: the rescue itself was cut off. Discarding keeps them.
    pub unread: usize,
}

impl Rescued {
    /// Whether all of it is this annotator's and meant for the journals in this folder.
    #[must_use]
    pub fn is_for(&self, folder: &Path, annotator: &Annotator) -> bool {
        let mine = |record: &Record| record.by.eq_ignore_ascii_case(annotator.as_str());
        self.journal_folder == from_root(folder) && self.records.iter().all(mine)
    }

    /// Takes the file out of the way once its records were appended, or are not wanted: it is removed, or, where something in it
    /// could not be read, kept under a name that is not offered again.
    ///
    /// # Errors
    ///
    /// The file could not be removed or renamed.
    pub fn discard(self) -> io::Result<()> {
        if self.unread == 0 {
            fs::remove_file(&self.path)
        } else {
            fs::rename(&self.path, self.path.with_extension("kept"))
        }
    }
}

/// What earlier sessions left in the state folder, by file name. Files that are no rescue files are passed over.
#[must_use]
pub fn rescued(state: &Path) -> Vec<Rescued> {
    let Ok(entries) = fs::read_dir(state.join("rescue")) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    paths.into_iter().filter_map(read_file).collect()
}

fn read_file(path: PathBuf) -> Option<Rescued> {
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let bytes = fs::read(&path).ok()?;
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let head: BTreeMap<String, String> = serde_json::from_slice(lines.next()?).ok()?;
    let journal_folder = unspelled(head.get("folder")?)?;
    let mut rescued = Rescued { path, journal_folder, records: Vec::new(), unread: 0 };
    for line in lines.filter(|line| !line.is_empty()) {
        match parse::decode(line) {
            Ok(record) => rescued.records.push(record),
            Err((_, pieces)) => {
                rescued.records.extend(pieces);
                rescued.unread += 1;
            }
        }
    }
    Some(rescued)
}

/// The path from the root, links not resolved: the next session may be started elsewhere.
fn from_root(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path as text; one that is no UTF-8 in hex digits. A path from the root never begins like that.
fn spelled(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => path.as_os_str().as_bytes().iter().fold("bytes:".to_owned(), |hex, byte| format!("{hex}{byte:02x}")),
    }
}

fn unspelled(text: &str) -> Option<PathBuf> {
    match text.strip_prefix("bytes:") {
        Some(hex) => unhex(hex.as_bytes()).map(|bytes| PathBuf::from(OsString::from_vec(bytes))),
        None => Some(PathBuf::from(text)),
    }
}

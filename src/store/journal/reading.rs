//! Reads the journals of a folder, and again only what was appended since. Streams: no line is too long, no byte unexpected, and
//! nothing is ever repaired.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use memchr::memchr;
use rustix::fs::OFlags;

use super::parse::{self, Unread};
use super::{JournalProblem, JournalProblemKind, place};
use crate::model::labels::Record;

/// A line longer than this is no record; it is passed over without being held in memory.
const LONGEST: usize = 64 << 20;

/// What was read: records, and what could not be.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) records: Vec<Record>,
    pub(super) problems: Vec<JournalProblem>,
}

/// How far each journal of a folder was read.
#[derive(Debug)]
pub(super) struct Reader {
    folder: PathBuf,
    files: BTreeMap<PathBuf, Progress>,
    /// The folder's fault that was told already.
    told: Option<String>,
}

/// How far one file was read.
#[derive(Clone, Debug, Default)]
struct Progress {
    device: u64,
    inode: u64,
    size: u64,
    /// Where the first line begins that had no end yet.
    offset: u64,
    /// How many lines come before it.
    lines: u32,
    /// Problems of lines that begin before this were told.
    told: u64,
    /// The fault of the file itself that was told.
    fault: Option<String>,
}

impl Reader {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: BTreeMap::new(), told: None }
    }

    /// What is new in any journal. `tails` reads a last line without its end as well; without it, such a line waits.
    pub(super) fn read(&mut self, tails: bool) -> Found {
        let mut found = Found::default();
        match self.names() {
            Ok(names) => {
                self.told = None;
                self.files.retain(|path, _| names.contains(path));
                for path in names {
                    let progress = self.files.entry(path.clone()).or_default();
                    match progress.read(&path, tails, &mut found) {
                        Ok(()) => progress.fault = None,
                        Err(fault) => {
                            let fault = fault.to_string();
                            if progress.fault.as_ref() != Some(&fault) {
                                found.tell(
                                    &path,
                                    0,
                                    JournalProblemKind::Unreadable,
                                    &format!("cannot be read: {fault}."),
                                );
                            }
                            progress.fault = Some(fault);
                        }
                    }
                }
            }
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => self.files.clear(),
            Err(fault) => {
                let fault = fault.to_string();
                if self.told.as_ref() != Some(&fault) {
                    found.tell(&self.folder, 0, JournalProblemKind::Unreadable, &format!("cannot be read: {fault}."));
                }
                self.told = Some(fault);
            }
        }
        found
    }

    fn names(&self) -> io::Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = PathBuf::from(entry?.file_name());
            if place::is_journal(&name) {
                names.push(self.folder.join(name));
            }
        }
        names.sort();
        Ok(names)
    }
}

impl Progress {
    fn read(&mut self, path: &Path, tails: bool, found: &mut Found) -> io::Result<()> {
        let there = fs::metadata(path)?;
        let same = (self.device, self.inode) == (there.dev(), there.ino());
        if same && self.size == there.len() {
            return Ok(());
        }
        let file = open(path)?;
        let there = file.metadata()?;
        let grown = (self.device, self.inode) == (there.dev(), there.ino())
            && self.offset <= there.len()
            && ends_a_line(&file, self.offset)?;
        if !grown {
            // Another file, or the same one with other content: every record is read again, and counts once.
            *self = Self { device: there.dev(), inode: there.ino(), ..Self::default() };
        }
        let mut reader = BufReader::with_capacity(64 << 10, file);
        reader.seek(SeekFrom::Start(self.offset))?;
        let mut line = Vec::new();
        loop {
            let (length, ended) = next_line(&mut reader, &mut line)?;
            if length > 0 && (ended || tails) {
                self.take(path, &line, length, ended, found);
            }
            if !ended {
                // Only now: after a fault, the next look must not think that all was read.
                self.size = there.len();
                return Ok(());
            }
            self.offset += length;
            self.lines = self.lines.saturating_add(1);
        }
    }

    fn take(&mut self, path: &Path, line: &[u8], length: u64, ended: bool, found: &mut Found) {
        use JournalProblemKind::{Altered, Garbage, NotRecord, Torn};
        let problem = if length > LONGEST as u64 {
            Some((Garbage, "is far too long for a record; it is passed over.".to_owned()))
        } else if line.iter().all(u8::is_ascii_whitespace) {
            None
        } else {
            match parse::decode(line) {
                Ok(record) => {
                    let problem = match &record {
                        record if record.altered => {
                            Some((Altered, "was changed after it was written; it counts as it stands.".to_owned()))
                        }
                        record if record.case.is_none() && record.ev.can_be_undone() => Some((
                            NotRecord,
                            "names no case that this version can read; it is kept and counts for none.".to_owned(),
                        )),
                        _ => None,
                    };
                    found.records.push(record);
                    problem
                }
                Err((reason, saved)) => {
                    let (kind, what) = match reason {
                        Unread::NotRecord => (NotRecord, "does not say what, when, who and under which id"),
                        Unread::NotJson if ended => (Garbage, "is not a whole record"),
                        Unread::NotJson => (Torn, "ends in the middle of a record: a write was cut off"),
                    };
                    let rest = match saved.len() {
                        0 => "it is passed over".to_owned(),
                        1 => "one whole record in it is read".to_owned(),
                        n => format!("{n} whole records in it are read"),
                    };
                    found.records.extend(saved);
                    Some((kind, format!("{what}; {rest}.")))
                }
            }
        };
        if let Some((kind, what)) = problem
            && self.offset >= self.told
        {
            found.tell(path, self.lines.saturating_add(1), kind, &what);
            self.told = self.offset + 1;
        }
    }
}

impl Found {
    fn tell(&mut self, path: &Path, line: u32, kind: JournalProblemKind, what: &str) {
        let message = match line {
            0 => format!("{} {what}", path.display()),
            line => format!("{}, line {line}: {what}", path.display()),
        };
        self.problems.push(JournalProblem { file: path.to_owned(), line, kind, message });
    }
}

/// Opens a journal to read it. A pipe would wait for somebody to write into it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a file")) }
}

fn ends_a_line(file: &File, offset: u64) -> io::Result<bool> {
    let mut last = [b'\n'];
    if offset > 0 {
        file.read_exact_at(&mut last, offset - 1)?;
    }
    Ok(last == [b'\n'])
}

/// Reads one line into `line`, without what exceeds the limit. Returns its length with its end, and whether it has one.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<(u64, bool)> {
    line.clear();
    let mut length = 0;
    loop {
        let block = match reader.fill_buf() {
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            block => block?,
        };
        if block.is_empty() {
            return Ok((length, false));
        }
        let end = memchr(b'\n', block);
        let taken = end.map_or(block.len(), |end| end + 1);
        line.extend_from_slice(&block[..taken.min(LONGEST - line.len())]);
        length += taken as u64;
        reader.consume(taken);
        if end.is_some() {
            return Ok((length, true));
        }
    }
}

/// The ids of all records in a journal.
pub(super) fn ids(path: &Path) -> io::Result<HashSet<String>> {
    let mut found = Found::default();
    Progress::default().read(path, true, &mut found)?;
    Ok(found.records.into_iter().map(|record| record.id).collect())
}

//! A data file: opened once, read by position, never written, never mapped (a file that shrinks under a map kills the program) and
//! never held as a whole.

mod error;
mod index;
mod lines;
mod pass;
mod pieces;
mod table;
mod tail;

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rustix::fs::OFlags;

use crate::model::case::{Case, FileNo, Origin};
use crate::model::corpus::Loss;
use crate::store::shape;
use crate::store::skim::{Line, Skim, skim};
use crate::store::sniff::{Container, HEAD, sniff};

pub use error::{OpenError, ReadError};
pub use index::{Batch, Found, Reached, index, index_block, index_on};
pub use pieces::{Joined, Pieces, Walked};
pub use table::Sources;

/// Where one case stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The line's first byte, in bytes from the start of the file.
    pub offset: u64,
    /// The line's length in bytes, without its line end.
    pub len: u32,
    /// The line's number, from 1.
    pub line: u32,
    /// Which of the cases on this line, from 0.
    pub sub: u16,
}

/// What may become of a file that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing that is known of.
    None,
    /// More was written at its end.
    Longer,
    /// It has the length that it had, and was written to: what stands in it may be something else.
    Touched,
    /// What was known of it does not hold any more.
    Lost(Loss),
}

/// By what it is told later whether a file is still the one that was indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imprint {
    written: Option<SystemTime>,
    /// The CRC-32 of the first bytes and of the last ones that the index has settled.
    ends: u32,
}

/// So many bytes at either end are looked at.
const IMPRINT: usize = 4096;

/// An opened data file. It may be read from several threads at once.
#[derive(Debug)]
pub struct Source {
    /// Nothing for a file that is opened anew for each read, because more files are wanted than the system allows to be open.
    held: Option<File>,
    path: PathBuf,
    name: String,
    size: u64,
    identity: (u64, u64),
    /// What the chance starts from by which cases are ordered, if they are.
    seed: Option<Arc<str>>,
}

impl Source {
    /// Opens a JSONL file. Anything else is refused with a sentence; a pipe or device is never waited for.
    ///
    /// # Errors
    ///
    /// When there is no such file, when it may not be read, and when it is not JSONL.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let source = Self::unsniffed(path)?;
        let mut head = vec![0; HEAD];
        let len = source.fill(0, &mut head).map_err(|error| OpenError::io(path, error))?;
        match sniff(&head[..len], len < HEAD || source.size <= len as u64) {
            Container::Jsonl => Ok(source),
            Container::Blank => Err(OpenError::Empty(path.into())),
            other => Err(OpenError::Container(path.into(), other)),
        }
    }

    /// Opens a file that may be empty yet, whatever will stand in it: a run that has only been started.
    ///
    /// # Errors
    ///
    /// As for [`Source::open`], save for what stands in it.
    pub fn unsniffed(path: &Path) -> Result<Self, OpenError> {
        let failed = |error| OpenError::io(path, error);
        // Asked before opening, since opening some devices does something, and once more of what was then opened.
        regular(path, &path.metadata().map_err(failed)?)?;
        let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        regular(path, &metadata)?;
        let name = path.file_name().unwrap_or(OsStr::new("")).to_string_lossy().into_owned();
        let identity = identity(&metadata);
        Ok(Self { held: Some(file), path: path.into(), name, size: metadata.len(), identity, seed: None })
    }

    /// Keeps the file open no longer: it is opened for each read from now on. A file that is removed cannot be read any more then.
    #[must_use]
    pub fn let_go(self) -> Self {
        Self { held: None, ..self }
    }

    /// Draws for every case that is found, from this seed. Each is read wholly for that, so that the index takes longer.
    #[must_use]
    pub fn seeded(self, seed: Option<Arc<str>>) -> Self {
        Self { seed, ..self }
    }

    /// Does something with the open file.
    fn with<T>(&self, act: impl FnOnce(&File) -> io::Result<T>) -> io::Result<T> {
        if let Some(file) = &self.held {
            return act(file);
        }
        let file = File::open(&self.path)?;
        if identity(&file.metadata()?) != self.identity {
            return Err(io::Error::other("another file stands in its place"));
        }
        act(&file)
    }

    /// What the system says of the open file.
    fn metadata(&self) -> io::Result<Metadata> {
        self.with(File::metadata)
    }

    /// The path it was opened by.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's name without its folders; what is not UTF-8 in it is replaced. Not safe to print.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes the file had when it was opened.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What has become of the file since it was looked at up to byte `done` and had this imprint. Asks the file system, and reads the
    /// ends of what is known where it has grown.
    ///
    /// A file that cannot be asked just now counts as unchanged: a network that stalls is no news.
    #[must_use]
    pub fn change(&self, done: u64, reached: Reached, imprint: Option<Imprint>) -> Change {
        let now = match self.path.metadata() {
            Ok(now) => now,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Change::Lost(Loss::Gone),
            Err(_) => return Change::None,
        };
        if identity(&now) != self.identity {
            return Change::Lost(Loss::Replaced);
        }
        match now.len().cmp(&done) {
            Ordering::Less => Change::Lost(Loss::Shorter),
            Ordering::Equal if imprint.is_some_and(|then| then.written != now.modified().ok()) => Change::Touched,
            Ordering::Equal => Change::None,
            Ordering::Greater if self.still_ends_before(reached) && self.is_still(reached, imprint) => Change::Longer,
            Ordering::Greater => Change::Lost(Loss::Shorter),
        }
    }

    /// The imprint of the file as it is now, as far as it is indexed. Nothing where it cannot be read.
    #[must_use]
    pub fn imprint(&self, reached: Reached) -> Option<Imprint> {
        let written = self.metadata().ok()?.modified().ok();
        Some(Imprint { written, ends: self.ends(reached).ok()? })
    }

    fn ends(&self, reached: Reached) -> io::Result<u32> {
        let mut bytes = [0; IMPRINT];
        let len = usize::try_from(reached.offset).map_or(IMPRINT, |settled| settled.min(IMPRINT));
        let mut crc = crc32fast::Hasher::new();
        for from in [0, reached.offset - len as u64] {
            let filled = self.fill(from, &mut bytes[..len])?;
            crc.update(&bytes[..filled]);
        }
        Ok(crc.finalize())
    }

    /// Whether the ends of what is indexed are what they were. What cannot be read is told by whoever reads on.
    fn is_still(&self, reached: Reached, imprint: Option<Imprint>) -> bool {
        imprint.is_none_or(|then| self.ends(reached).is_ok_and(|ends| ends == then.ends))
    }

    /// Whether a line still ends where one did: not so where a file was cut and has grown past that place since.
    fn still_ends_before(&self, reached: Reached) -> bool {
        let mut end = [b'\n'];
        if reached.offset > 0 && !reached.within {
            // What cannot be read is told by whoever reads on.
            let _ = self.fill(reached.offset - 1, &mut end);
        }
        end == [b'\n']
    }

    /// Whether both are the same file, under whatever names.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Reads one case.
    ///
    /// # Errors
    ///
    /// When the file was replaced or cut, when another line stands there now, and when the disk cannot be read.
    pub fn read(&self, file: FileNo, span: Span) -> Result<Case, ReadError> {
        let line = self.line(span)?;
        let changed = || ReadError::Changed(self.path.clone(), span.line);
        let Line::Object(Skim { object, marks, .. }) = skim(&line, span.line) else { return Err(changed()) };
        let object = &line[object.start as usize..object.end as usize];
        let origin = Origin { file, line: span.line, offset: span.offset, len: span.len, sub: 0 };
        let reading = shape::read(object, &line, origin, &self.name, &marks);
        reading.cases.into_iter().nth(usize::from(span.sub)).ok_or_else(changed)
    }

    /// The bytes of one line, without its line end.
    ///
    /// # Errors
    ///
    /// As for [`Source::read`]. That another line of the very same place and length stands there now is not noticed here: the
    /// hashes of a case tell it.
    pub fn line(&self, span: Span) -> Result<Vec<u8>, ReadError> {
        let failed = |error| ReadError::Io(self.path.clone(), span.line, error);
        if self.path.metadata().is_ok_and(|now| identity(&now) != self.identity) {
            return Err(ReadError::Replaced(self.path.clone()));
        }
        // The byte before the line and the two behind it are read too: they must be line ends still.
        let before = usize::from(span.offset > 0);
        let end = before + span.len as usize;
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(end + 2).map_err(|_| failed(io::ErrorKind::OutOfMemory.into()))?;
        bytes.resize(end + 2, 0);
        let filled = self.fill(span.offset - before as u64, &mut bytes).map_err(failed)?;
        if filled < end {
            return Err(ReadError::Shorter(self.path.clone(), span.line));
        }
        let ended = matches!(&bytes[end..filled], [] | [b'\r'] | [b'\n', ..] | [b'\r', b'\n']);
        if !ended || (before == 1 && bytes[0] != b'\n') || memchr::memchr(b'\n', &bytes[before..end]).is_some() {
            return Err(ReadError::Changed(self.path.clone(), span.line));
        }
        bytes.truncate(end);
        bytes.drain(..before);
        Ok(bytes)
    }

    /// Fills the buffer from this place of the file, less only at the file's end. Returns how many bytes there were.
    fn fill(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.with(|file| {
            let mut filled = 0;
            while filled < buffer.len() {
                match file.read_at(&mut buffer[filled..], offset + filled as u64) {
                    Ok(0) => break,
                    Ok(count) => filled += count,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(filled)
        })
    }
}

/// A device's and a file's number: another file under the same name has others.
fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

fn regular(path: &Path, metadata: &Metadata) -> Result<(), OpenError> {
    let kind = metadata.file_type();
    if kind.is_file() {
        Ok(())
    } else if kind.is_dir() {
        Err(OpenError::Folder(path.into()))
    } else if kind.is_fifo() {
        Err(OpenError::Special(path.into(), "a pipe"))
    } else if kind.is_socket() {
        Err(OpenError::Special(path.into(), "a socket"))
    } else {
        Err(OpenError::Special(path.into(), "a device"))
    }
}

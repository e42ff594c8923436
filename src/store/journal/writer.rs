//! The open journal file of one session: lock, one write, sync, and the look that it is still there. Knows bytes, no records.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

use rustix::fs::OFlags;

use super::place;

/// How much room is taken ahead, so that labels can still be saved on a disk that is full.
const AHEAD: u64 = 128 * 1024;

/// An append-only descriptor of a journal that nobody else writes.
#[derive(Debug)]
pub(super) struct Writer {
    file: File,
    path: PathBuf,
    /// The file was at least so long when it was last looked at; a shorter one was cut by somebody.
    size: u64,
    /// Up to where room was taken ahead.
    taken: u64,
}

/// What became of a write.
#[derive(Debug, PartialEq)]
pub(super) enum Written {
    /// On the disk, under the journal's name.
    Kept,
    /// Written, but what stands under the journal's name is another file, or a shorter one.
    Replaced,
}

/// Why a journal could not be opened for writing.
#[derive(Debug)]
pub(super) enum NotOurs {
    /// Another session has it, or nobody can say: a file of one's own is the way.
    Busy,
    /// It is missing.
    Missing,
    /// It cannot be opened, and another file would not help.
    Fault(io::Error),
}

impl From<io::Error> for NotOurs {
    fn from(fault: io::Error) -> Self {
        Self::Fault(fault)
    }
}

impl Writer {
    /// Opens the journal that is there and takes its lock.
    pub(super) fn open(path: &Path) -> Result<Self, NotOurs> {
        // Between opening and locking, the file can be replaced; then the lock is on nothing.
        for _ in 0..4 {
            let writer = Self::open_unlocked(path)?;
            match writer.file.try_lock() {
                Ok(()) if writer.is_at_path()? => return Ok(writer),
                Ok(()) => {}
                Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return Err(NotOurs::Busy),
            }
        }
        Err(NotOurs::Busy)
    }

    /// Opens the journal that is there: one that bears this session's name needs no lock.
    pub(super) fn open_unlocked(path: &Path) -> Result<Self, NotOurs> {
        match place::regular(path) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Err(NotOurs::Missing),
            looked => looked?,
        }
        let file = options().open(path).map_err(|fault| match fault.kind() {
            ErrorKind::NotFound => NotOurs::Missing,
            _ => NotOurs::Fault(fault),
        })?;
        let there = file.metadata()?;
        if !there.is_file() {
            return Err(io::Error::other("it is not a file").into());
        }
        Ok(Self { file, path: path.to_owned(), size: there.len(), taken: 0 })
    }

    /// Makes the journal, and puts it and its name on the disk. Fails with `AlreadyExists` if somebody was faster.
    pub(super) fn create(path: &Path, lock: bool) -> Result<Self, NotOurs> {
        let file = options().create_new(true).open(path)?;
        if lock && file.try_lock().is_err() {
            return Err(NotOurs::Busy);
        }
        file.sync_all()?;
        place::sync_folder(path.parent().map_or(Path::new("/"), place::named))?;
        Ok(Self { file, path: path.to_owned(), size: 0, taken: 0 })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends whole lines and looks whether they are where they should be.
    ///
    /// If the last line has no end, one is written first and in the same write: a torn tail is closed here, never on opening.
    pub(super) fn append(&mut self, lines: &[u8]) -> io::Result<Written> {
        survive_the_size_limit();
        let before = self.file.metadata()?.len();
        if before < self.size {
            return Ok(Written::Replaced);
        }
        self.take_room(before);
        if self.is_torn(before)? {
            self.file.write_all(&[b"\n", lines].concat())?;
        } else {
            self.file.write_all(lines)?;
        }
        self.file.sync_data()?;
        let after = self.file.metadata()?;
        self.size = before + lines.len() as u64;
        let kept = after.nlink() > 0 && after.len() >= self.size && self.is_at_path()?;
        Ok(if kept { Written::Kept } else { Written::Replaced })
    }

    fn is_torn(&self, size: u64) -> io::Result<bool> {
        let mut last = [b'\n'];
        if size > 0 {
            self.file.read_exact_at(&mut last, size - 1)?;
        }
        Ok(last != [b'\n'])
    }

    fn is_at_path(&self) -> io::Result<bool> {
        let ours = self.file.metadata()?;
        match fs::symlink_metadata(&self.path) {
            Ok(there) => Ok(there.is_file() && there.dev() == ours.dev() && there.ino() == ours.ino()),
            Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Keeps room on the disk without changing the file's length. That it cannot be had is no fault: there may be none.
    fn take_room(&mut self, size: u64) {
        if size + AHEAD / 2 <= self.taken {
            return;
        }
        // Tried once for each stretch, whether it works or not.
        self.taken = size + AHEAD;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let _ = rustix::fs::fallocate(&self.file, rustix::fs::FallocateFlags::KEEP_SIZE, size, AHEAD);
    }
}

fn options() -> OpenOptions {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.read(true).append(true).custom_flags(flags.bits().cast_signed());
    options
}

/// Beyond a limit on file sizes, a write must fail like any other, not end the program.
fn survive_the_size_limit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The flag is never read: that there is a handler is what lets the write return its error.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    });
}

//! Where journals live: the folder beside the data, its making, and whether its file system can be trusted with a lock.
//! Never writes a record.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::model::codebook::Codebook;

/// The folder of this data file's journals: the path as given and `.labels`, or the same name inside `labels`.
#[must_use]
pub fn folder(data: &Path, labels: Option<&Path>) -> PathBuf {
    match (labels, data.file_name()) {
        (Some(labels), Some(name)) => labels.join(with_suffix(name.as_bytes())),
        (Some(labels), None) => labels.join(".labels"),
        (None, _) => {
            let given = data.as_os_str().as_bytes();
            let end = given.iter().rposition(|byte| *byte != b'/').map_or(given.len(), |last| last + 1);
            PathBuf::from(with_suffix(&given[..end]))
        }
    }
}

fn with_suffix(name: &[u8]) -> OsString {
    OsString::from_vec([name, b".labels"].concat())
}

/// Whether this file of a labels folder holds records of annotators. Predictions are read by whoever compares with them.
pub(super) fn is_journal(name: &Path) -> bool {
    let bytes = name.as_os_str().as_bytes();
    bytes.ends_with(b".jsonl") && bytes != b"frame.jsonl" && !bytes.starts_with(b"predictions.")
}

/// Whether a record could be written into this folder, which may not be there yet. Only asks, makes nothing.
pub(super) fn writable(folder: &Path, journal: &Path) -> Result<(), String> {
    // What to do comes first: the row that shows it may be too short for the path.
    let refused = |path: &Path, fault: &dyn std::fmt::Display| {
        Err(format!("no labels can be saved here, use --labels FOLDER ({}: {fault})", path.display()))
    };
    if let Err(fault) = regular(journal)
        && !matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
    {
        return refused(journal, &fault);
    }
    if fs::symlink_metadata(journal).is_ok()
        && let Err(fault) = access(journal, Access::WRITE_OK)
    {
        return refused(journal, &fault);
    }
    let nearest = folder.ancestors().map(named).find(|path| fs::symlink_metadata(path).is_ok()).unwrap_or(folder);
    if !nearest.is_dir() {
        return refused(nearest, &"it is not a folder");
    }
    access(nearest, Access::WRITE_OK | Access::EXEC_OK).or_else(|fault| refused(nearest, &fault))
}

/// A journal is a file of its own: a link could lead anywhere, and a pipe forgets.
pub(super) fn regular(path: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    let refuse = |what| Err(io::Error::other(format!("it is {what}, and a journal must be a file of its own")));
    match () {
        () if kind.is_file() => Ok(()),
        () if kind.is_symlink() => refuse("a symbolic link"),
        () if kind.is_dir() => refuse("a folder"),
        () => refuse("a pipe, socket or device"),
    }
}

/// The path, and `.` for the nothing that is the parent of a bare name.
pub(super) fn named(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// Makes the folder if it is missing, and puts it on the disk.
///
/// The parent is synced even if the folder is there: whoever made it may have been killed before.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let parent = folder.parent().map_or(Path::new("/"), named);
    match fs::create_dir(folder) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => {
            make_folder(parent)?;
            fs::create_dir(folder)?;
        }
        Err(_) if folder.is_dir() => {}
        made => made?,
    }
    sync_folder(parent)
}

/// Puts a folder's entries on the disk.
pub(in crate::store) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder that may be written but not listed cannot be opened, and some file systems do not sync folders at all.
        Err(fault)
            if matches!(
                fault.kind(),
                ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Writes a file that either stands whole under its name or not at all.
fn write_whole(path: &Path, temporary: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(temporary, path)
    })();
    if written.is_err() {
        // What is left of it would only be in the way; that it was not written is what counts.
        let _ = fs::remove_file(temporary);
    }
    written?;
    sync_folder(path.parent().map_or(Path::new("/"), named))
}

/// Keeps a copy of the codebook beside the journals, under the first 8 digits of its hash.
pub(super) fn keep_codebook(folder: &Path, codebook: &Codebook, session: &str) -> io::Result<()> {
    let digits = codebook.hash.trim_start_matches("sha256:");
    let name = format!("codebook.{}.toml", digits.get(..8).unwrap_or(digits));
    let path = folder.join(&name);
    if fs::read(&path).is_ok_and(|there| there == codebook.copy().as_bytes()) {
        return Ok(());
    }
    write_whole(&path, &folder.join(format!(".{name}.{session}")), codebook.copy().as_bytes(), 0o666)
}

/// Whether a lock on this file keeps other sessions out: only on file systems known to be local.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn locks_hold(folder: &File) -> bool {
    /// ext4, xfs, btrfs, zfs, f2fs, tmpfs, overlay. All others share files with other machines, or nobody knows.
    const LOCAL: [u64; 7] = [0xEF53, 0x5846_5342, 0x9123_683E, 0x2FC1_2FC1, 0xF2F5_2010, 0x0102_1994, 0x794C_7630];
    // The number has 32 bits; where the type is signed, the upper half of its bits would be filled with the sign.
    #[allow(clippy::unnecessary_cast)]
    rustix::fs::fstatfs(folder).is_ok_and(|stat| LOCAL.contains(&(stat.f_type as u64 & 0xFFFF_FFFF)))
}

/// Whether a lock on this file keeps other sessions out: only on file systems known to be local.
#[cfg(target_os = "macos")]
pub(super) fn locks_hold(folder: &File) -> bool {
    let apfs = b"apfs\0";
    rustix::fs::fstatfs(folder).is_ok_and(|stat| stat.f_fstypename.iter().zip(apfs).all(|(c, a)| *c as u8 == *a))
}

/// Whether a lock on this file keeps other sessions out: nobody knows.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
pub(super) fn locks_hold(_folder: &File) -> bool {
    false
}

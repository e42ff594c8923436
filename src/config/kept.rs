//! What the small files of the state folder have in common: how they are named, written and spell an id. Knows nothing of what they
//! are for.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::case::{CaseId, IdKind};

/// Where something of this kind is kept for what was opened and who opened it; nowhere without a state folder. Links are not resolved: a run under two names is two.
pub(super) fn place_of(state: Option<PathBuf>, kind: &str, opened: &[PathBuf], annotator: &str) -> Option<PathBuf> {
    let mut hasher = Sha256::new();
    for path in opened {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        hasher.update(path.as_os_str().as_bytes());
        hasher.update([0]);
    }
    // Names of annotators are compared without case everywhere.
    hasher.update(annotator.to_ascii_lowercase());
    Some(state?.join(kind).join(format!("{:x}", hasher.finalize())))
}

/// Writes a file instead of the one before: whoever reads meanwhile sees the old one or the new one. Paths, ids and words about
/// private data are nobody else's to read.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    // Two sessions of one annotator may write at the same time.
    let draft = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // What stays behind would be overwritten or ignored.
        let _ = fs::remove_file(&draft);
    }
    written
}

/// An id as such a file has it: its bytes as hex digits, since they need not be UTF-8.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptId {
    id: String,
    id_is_json: bool,
}

impl KeptId {
    pub(super) fn of(id: &CaseId) -> Self {
        Self {
            id: id.bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
            id_is_json: id.kind() == IdKind::Json,
        }
    }

    /// The id, if it can be read.
    pub(super) fn id(&self) -> Option<CaseId> {
        let (pairs, []) = self.id.as_bytes().as_chunks::<2>() else { return None };
        let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
        let bytes = pairs.iter().map(byte).collect::<Option<Vec<u8>>>()?;
        Some(if self.id_is_json { CaseId::json(&bytes) } else { CaseId::text(&bytes) })
    }
}

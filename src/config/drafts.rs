//! Notes that are being written, one small file a case, in the state folder: what a dropped line leaves of them is offered to the next
//! start. Not records: a note counts once it is in the journal.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::kept::{KeptId, place_of, write};
use crate::app::Draft;
use crate::model::case::{CaseId, IdKind};

/// The folder that keeps the drafts for what was opened and who opened it.
#[derive(Clone, Debug)]
pub struct Drafts {
    /// None where there is no state folder.
    folder: Option<PathBuf>,
}

impl Drafts {
    /// The drafts for what was opened and who opened it.
    #[must_use]
    pub fn new(opened: &[PathBuf], annotator: &str) -> Self {
        Self { folder: place_of(super::state_folder(), "drafts", opened, annotator) }
    }

    /// All drafts but those of sessions that still run, the newest last.
    #[must_use]
    pub fn load(&self) -> Vec<Draft> {
        let entries = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        let json = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        let mut drafts: Vec<(SystemTime, Draft)> = json.filter_map(|path| read(&path)).collect();
        drafts.sort_by_key(|(at, _)| *at);
        drafts.into_iter().map(|(_, draft)| draft).collect()
    }

    /// Keeps a draft instead of the one before on its case.
    ///
    /// # Errors
    /// The file could not be written. Nothing that is saved depends on it.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        let Some(path) = self.path(&draft.id) else { return Ok(()) };
        let kept = Kept {
            id: KeptId::of(&draft.id),
            src: draft.src.clone(),
            line: draft.line,
            text: draft.text.clone(),
            pid: std::process::id(),
        };
        write(&path, &serde_json::to_vec(&kept)?)
    }

    /// Forgets the draft on a case.
    ///
    /// # Errors
    /// The file could not be removed.
    pub fn forget(&self, id: &CaseId) -> io::Result<()> {
        match self.path(id).map(fs::remove_file) {
            Some(Err(e)) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }

    fn path(&self, id: &CaseId) -> Option<PathBuf> {
        let kind: &[u8] = if id.kind() == IdKind::Json { b"json" } else { b"text" };
        let name = Sha256::new().chain_update(kind).chain_update(id.bytes()).finalize();
        Some(self.folder.as_ref()?.join(format!("{name:x}.json")))
    }
}

/// The draft in a file and its time, unless the session that keeps it still runs.
fn read(path: &Path) -> Option<(SystemTime, Draft)> {
    let at = fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    let kept: Kept = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let pid = Pid::from_raw(i32::try_from(kept.pid).ok()?)?;
    let runs = kept.pid != std::process::id() && test_kill_process(pid).is_ok();
    if runs || kept.text.trim().is_empty() {
        return None;
    }
    Some((at, Draft { id: kept.id.id()?, src: kept.src, line: kept.line, text: kept.text }))
}

/// A draft as its file has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    id: KeptId,
    src: String,
    line: u32,
    text: String,
    /// The process that wrote it: while it runs, its draft is nobody else's.
    pid: u32,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn draft(id: &str, text: &str) -> Draft {
        Draft { id: CaseId::text(id.as_bytes()), src: "a.jsonl".to_owned(), line: 7, text: text.to_owned() }
    }

    fn drafts(state: &Path, who: &str) -> Drafts {
        Drafts { folder: place_of(Some(state.to_owned()), "drafts", &["a.jsonl".into()], who) }
    }

    #[test]
    fn a_draft_is_kept_until_it_is_done_with() {
        let state = tempfile::tempdir().unwrap();
        let kept = drafts(state.path(), "alice");
        assert_eq!(kept.load(), []);
        kept.keep(&draft("q\0", "it weighs")).unwrap();
        kept.keep(&draft("q\0", "it weighs it")).unwrap();
        assert_eq!(kept.load(), [draft("q\0", "it weighs it")]);
        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        kept.keep(&draft("r", "another")).unwrap();
        fs::File::options()
            .append(true)
            .open(kept.path(&CaseId::text(b"r")).unwrap())
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert_eq!(kept.load(), [draft("q\0", "it weighs it"), draft("r", "another")], "the newest last");
        kept.forget(&CaseId::text(b"r")).unwrap();
        kept.forget(&CaseId::text(b"r")).unwrap();
        assert_eq!(kept.load(), [draft("q\0", "it weighs it")], "one case's words do not go with another's");
    }

    #[test]
    fn others_and_broken_files_are_left_alone() {
        let state = tempfile::tempdir().unwrap();
        drafts(state.path(), "alice").keep(&draft("q", "hers")).unwrap();
        assert_eq!(drafts(state.path(), "bob").load(), []);
        let alice = drafts(state.path(), "alice");
        let file = alice.path(&CaseId::text(b"q")).unwrap();
        fs::write(&file, "{\"id\":").unwrap();
        assert_eq!(alice.load(), []);
        let running = format!(
            "{{\"id\":\"71\",\"id_is_json\":false,\"src\":\"a\",\"line\":1,\"text\":\"x\",\"pid\":{}}}",
            std::os::unix::process::parent_id()
        );
        fs::write(&file, running).unwrap();
        assert_eq!(alice.load(), [], "its session runs");
        let homeless = Drafts { folder: None };
        assert!(homeless.keep(&draft("q", "x")).is_ok() && homeless.load().is_empty());
    }
}

//! Notes that are being written, one small file for each session, in the state folder: what a dropped line leaves of them is offered
//! to the next start. Not a record: a note counts once it is in the journal.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};

use super::kept::{KeptId, name_of, write};
use crate::app::Draft;

/// The file that keeps this session's draft, and those that earlier sessions left.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// None where there is no state folder.
    folder: Option<PathBuf>,
    session: String,
    /// The file whose draft was offered; it goes once its words are saved or thrown away.
    offered: Option<PathBuf>,
}

impl DraftFile {
    /// The drafts for what was opened and who opened it.
    #[must_use]
    pub fn new(opened: &[PathBuf], annotator: &str, session: &str) -> Self {
        Self::within(super::state_folder(), opened, annotator, session)
    }

    fn within(state: Option<PathBuf>, opened: &[PathBuf], annotator: &str, session: &str) -> Self {
        let folder = state.map(|state| state.join("drafts").join(name_of(opened, annotator)));
        Self { folder, session: session.to_owned(), offered: None }
    }

    /// The newest draft of a session that is not running any more.
    pub fn load(&mut self) -> Option<Draft> {
        let files = fs::read_dir(self.folder.as_ref()?).ok()?.filter_map(Result::ok).map(|entry| entry.path());
        let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
        // Sessions are named by ULIDs, which rise with time.
        files.sort();
        let found = files.into_iter().rev().find_map(|path| Some((read(&path)?, path)));
        let (draft, path) = found?;
        self.offered = Some(path);
        Some(draft)
    }

    /// Keeps a draft instead of the one before, or says that there is none any more.
    ///
    /// # Errors
    /// The file could not be written. Nothing that is saved depends on it.
    pub fn keep(&mut self, draft: Option<&Draft>) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let own = folder.join(format!("{}.json", self.session));
        let Some(draft) = draft else {
            let offered = self.offered.take();
            for path in [Some(own), offered].into_iter().flatten() {
                match fs::remove_file(path) {
                    Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                    _ => {}
                }
            }
            return Ok(());
        };
        let kept = Kept {
            id: KeptId::of(&draft.id),
            src: draft.src.clone(),
            line: draft.line,
            text: draft.text.clone(),
            pid: std::process::id(),
        };
        write(&own, &serde_json::to_vec(&kept)?)
    }
}

/// The draft in a file, unless the session that keeps it still runs.
fn read(path: &Path) -> Option<Draft> {
    let kept: Kept = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let pid = Pid::from_raw(i32::try_from(kept.pid).ok()?)?;
    let runs = kept.pid != std::process::id() && test_kill_process(pid).is_ok();
    if runs || kept.text.trim().is_empty() {
        return None;
    }
    Some(Draft { id: kept.id.id()?, src: kept.src, line: kept.line, text: kept.text })
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
    use crate::model::case::CaseId;

    fn draft(text: &str) -> Draft {
        Draft { id: CaseId::text(b"q\x000411"), src: "a.jsonl".to_owned(), line: 7, text: text.to_owned() }
    }

    #[test]
    fn a_draft_is_offered_to_the_next_session_until_it_is_done_with() {
        let state = tempfile::tempdir().unwrap();
        let open =
            |session: &str| DraftFile::within(Some(state.path().to_owned()), &["a.jsonl".into()], "alice", session);
        let mut first = open("01A");
        assert_eq!(first.load(), None);
        first.keep(Some(&draft("it weighs"))).unwrap();
        first.keep(Some(&draft("it weighs it"))).unwrap();
        let mut second = open("01B");
        assert_eq!(second.load(), Some(draft("it weighs it")));
        second.keep(Some(&draft("it weighs it, and then"))).unwrap();
        assert_eq!(open("01C").load(), Some(draft("it weighs it, and then")), "the newest words");
        second.keep(None).unwrap();
        assert_eq!(open("01C").load(), None, "what was offered is done with too");
        second.keep(None).unwrap();
    }

    #[test]
    fn others_and_broken_files_are_left_alone() {
        let state = tempfile::tempdir().unwrap();
        let open = |who: &str| DraftFile::within(Some(state.path().to_owned()), &["a.jsonl".into()], who, "01A");
        open("alice").keep(Some(&draft("hers"))).unwrap();
        assert_eq!(open("bob").load(), None);
        let mut alice = open("alice");
        let file = alice.folder.clone().unwrap().join("01A.json");
        fs::write(&file, "{\"id\":").unwrap();
        assert_eq!(alice.load(), None);
        let running = format!(
            "{{\"id\":\"71\",\"id_is_json\":false,\"src\":\"a\",\"line\":1,\"text\":\"x\",\"pid\":{}}}",
            std::os::unix::process::parent_id()
        );
        fs::write(&file, running).unwrap();
        assert_eq!(alice.load(), None, "its session runs");
        let mut homeless = DraftFile::within(None, &[], "alice", "01A");
        assert!(homeless.keep(Some(&draft("x"))).is_ok() && homeless.load().is_none());
    }
}

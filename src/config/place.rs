//! Where one was: one small file for each set of data files and annotator, in the state folder. A convenience and no record:
//! what cannot be kept or read is as if it had never been kept.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::kept::{KeptId, place_of, write};
use crate::app::Place;

/// The file that remembers the place.
#[derive(Clone, Debug)]
pub struct PlaceFile {
    /// None where there is no state folder.
    path: Option<PathBuf>,
}

impl PlaceFile {
    /// The file for what was opened and who opened it. Links are not resolved: a run under two names has two places.
    #[must_use]
    pub fn new(opened: &[PathBuf], annotator: &str) -> Self {
        Self::within(super::state_folder(), opened, annotator)
    }

    fn within(state: Option<PathBuf>, opened: &[PathBuf], annotator: &str) -> Self {
        Self { path: place_of(state, "places", opened, annotator).map(|path| path.with_extension("json")) }
    }

    /// The place that was kept, if there is one that can be read.
    #[must_use]
    pub fn load(&self) -> Option<Place> {
        let kept: Kept = serde_json::from_slice(&fs::read(self.path.as_ref()?).ok()?).ok()?;
        kept.place()
    }

    /// Keeps a place instead of the one before: whoever reads meanwhile sees the old one or the new one.
    ///
    /// # Errors
    /// The file could not be written. Nothing depends on it.
    pub fn save(&self, place: &Place) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        write(path, &serde_json::to_vec(&Kept::of(place))?)
    }
}

/// A place as its file has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    id: KeptId,
    src: String,
    line: u32,
    #[serde(default)]
    pass: u32,
    at: i64,
    /// Not there in files of the first version.
    #[serde(default)]
    known: Option<u32>,
}

impl Kept {
    fn of(place: &Place) -> Self {
        let Place { id, src, line, pass, at, known } = place;
        Self { id: KeptId::of(id), src: src.clone(), line: *line, pass: *pass, at: *at, known: *known }
    }

    fn place(self) -> Option<Place> {
        let Self { id, src, line, pass, at, known } = self;
        Some(Place { id: id.id()?, src, line, pass, at, known })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;
    use crate::model::case::CaseId;

    fn place(id: CaseId) -> Place {
        Place { id, src: "run \u{1b}é.jsonl".to_owned(), line: 412, pass: 0, at: 1_789_000_000_123, known: Some(512) }
    }

    fn file(state: &Path, opened: &str, annotator: &str) -> PlaceFile {
        PlaceFile::within(Some(state.to_owned()), &[PathBuf::from(opened)], annotator)
    }

    #[test]
    fn a_place_comes_back_whatever_its_id() {
        let state = tempfile::tempdir().unwrap();
        let file = file(&state.path().join("not/yet/there"), "a.jsonl", "alice");
        assert_eq!(file.load(), None);
        for id in [
            CaseId::text(b"q0411"),
            CaseId::text(b""),
            CaseId::text(b"\xff\xed\xa0\x80\0"),
            CaseId::json(b"7"),
            CaseId::text(b"7"),
            CaseId::text(&[b'x'; 100_000]),
        ] {
            file.save(&place(id.clone())).unwrap();
            assert_eq!(file.load(), Some(place(id)));
        }
    }

    #[test]
    fn a_place_of_the_first_version_is_one_still() {
        let state = tempfile::tempdir().unwrap();
        let kept = file(state.path(), "a.jsonl", "alice");
        kept.save(&place(CaseId::text(b"q"))).unwrap();
        let path = kept.path.clone().unwrap();
        let without = fs::read_to_string(&path).unwrap().replace(",\"known\":512", "");
        fs::write(&path, without).unwrap();
        assert_eq!(kept.load(), Some(Place { known: None, ..place(CaseId::text(b"q")) }));
    }

    #[test]
    fn it_is_private_and_leaves_no_drafts() {
        let state = tempfile::tempdir().unwrap();
        file(state.path(), "a.jsonl", "alice").save(&place(CaseId::text(b"q"))).unwrap();
        let files: Vec<_> = fs::read_dir(state.path().join("places")).unwrap().map(Result::unwrap).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn each_annotator_and_file_has_its_own() {
        let state = tempfile::tempdir().unwrap();
        file(state.path(), "a.jsonl", "alice").save(&place(CaseId::text(b"q"))).unwrap();
        assert!(file(state.path(), "a.jsonl", "ALICE").load().is_some());
        assert!(file(state.path(), "a.jsonl", "bob").load().is_none());
        assert!(file(state.path(), "b.jsonl", "alice").load().is_none());
        let absolute = std::env::current_dir().unwrap().join("a.jsonl");
        assert!(file(state.path(), absolute.to_str().unwrap(), "alice").load().is_some());
    }

    #[test]
    fn what_is_broken_or_homeless_is_no_place() {
        let state = tempfile::tempdir().unwrap();
        let kept = file(state.path(), "a.jsonl", "alice");
        kept.save(&place(CaseId::text(b"q"))).unwrap();
        let path = kept.path.clone().unwrap();
        for broken in
            ["", "{", "{\"id\":\"7\",\"id_is_json\":false,\"src\":\"\",\"line\":1,\"at\":1}", "[]", "{\"id\":\"zz\"}"]
        {
            fs::write(&path, broken).unwrap();
            assert_eq!(kept.load(), None, "{broken}");
        }
        let homeless = PlaceFile::within(None, &[], "alice");
        assert!(homeless.save(&place(CaseId::text(b"q"))).is_ok());
        assert_eq!(homeless.load(), None);
        let blocked = file(Path::new("/dev/null"), "a.jsonl", "alice");
        assert!(blocked.save(&place(CaseId::text(b"q"))).is_err());
    }
}

//! The practice run: its cases, which come with the program, laid into the state folder, where they are labelled like any other
//! data. Each run has a folder of its own, and the newest that is not finished goes on.

use std::fs;
use std::path::{Path, PathBuf};

use super::kept::write;

/// The cases, as `sample-data/practice.jsonl` has them.
const CASES: &str = include_str!("../../sample-data/practice.jsonl");

/// The data file's name in each run's folder.
const FILE: &str = "practice.jsonl";

/// Says beside the cases that this run is over.
const FINISHED: &str = "finished";

/// The data file of the practice run that goes on, or of a new one of this name.
///
/// # Errors
/// A sentence: there is no folder for it, or it cannot be written.
pub fn practice(run: &str) -> Result<PathBuf, String> {
    let Some(state) = super::state_folder() else {
        return Err(
            "the practice run has no folder to live in, since HOME is not set; name a file: candor FILE".to_owned()
        );
    };
    within(&state.join("practice"), run)
}

fn within(folder: &Path, run: &str) -> Result<PathBuf, String> {
    if let Some(file) = unfinished(folder) {
        return Ok(file);
    }
    let file = folder.join(run).join(FILE);
    write(&file, CASES.as_bytes()).map_err(|e| {
        let shown = file.display();
        format!("the practice run cannot be laid out at {shown} ({e}); make its folder writable, or name a file: candor FILE")
    })?;
    Ok(file)
}

/// The newest run that is not finished. One whose cases are those of another version is left alone.
fn unfinished(folder: &Path) -> Option<PathBuf> {
    let mut runs: Vec<PathBuf> = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    // Runs are named by ULIDs, which rise with time.
    runs.sort();
    let newest = runs.pop()?;
    let file = newest.join(FILE);
    let same = fs::read(&file).is_ok_and(|cases| cases == CASES.as_bytes());
    (same && !newest.join(FINISHED).exists()).then_some(file)
}

/// Notes that a practice run is over: the next one begins anew.
pub fn finish_practice(file: &Path) {
    if let Some(folder) = file.parent() {
        // Where it cannot be noted, the finished run opens once more and says that it is finished.
        let _ = write(&folder.join(FINISHED), b"");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_unfinished_run_goes_on() {
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("practice");
        let first = within(&folder, "01A").unwrap();
        assert_eq!(fs::read_to_string(&first).unwrap(), CASES);
        assert_eq!(within(&folder, "01B").unwrap(), first);
        finish_practice(&first);
        let second = within(&folder, "01B").unwrap();
        assert_eq!(second, folder.join("01B").join(FILE));
        fs::write(&second, "{}\n").unwrap();
        assert_eq!(within(&folder, "01C").unwrap(), folder.join("01C").join(FILE), "other cases are another run");
        assert_eq!(fs::read_to_string(&second).unwrap(), "{}\n", "and stay as they are");
    }

    #[test]
    fn where_nothing_can_be_written_a_sentence_says_so() {
        let said = within(Path::new("/dev/null/practice"), "01A").unwrap_err();
        assert!(said.contains("/dev/null/practice/01A") && said.contains("candor FILE"), "{said}");
    }
}

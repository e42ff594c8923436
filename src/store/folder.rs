//! Which files of a folder are data: its `*.jsonl`, at any depth, but none whose name or folder's name begins with a dot; and which of
//! them have come up since. Opens none of them and follows no link to a folder, so that a circle of links is walked once.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::source::OpenError;

/// The data files of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// The files, in byte order of their paths. Never empty.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, one sentence each; not safe to print.
    pub unread: Vec<String>,
    /// Folders of labels whose data file is not beside them, in byte order.
    pub orphaned: Vec<PathBuf>,
}

/// Finds the data files of a folder. A folder named `*.labels` holds labels and is never looked into.
///
/// # Errors
///
/// When the folder itself cannot be read, and when no data file is in it.
pub fn runs(path: &Path) -> Result<Runs, OpenError> {
    let mut runs = Runs::default();
    let mut folders = Vec::new();
    if !is_labels(path) {
        look_into(path, &mut folders, &mut runs).map_err(|error| OpenError::io(path, error))?;
    }
    while let Some(folder) = folders.pop() {
        if let Err(error) = look_into(&folder, &mut folders, &mut runs) {
            runs.unread.push(OpenError::io(&folder, error).to_string());
        }
    }
    runs.files.sort_unstable_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    runs.unread.sort_unstable();
    runs.orphaned.sort_unstable();
    if runs.files.is_empty() { Err(OpenError::NoData(path.into())) } else { Ok(runs) }
}

/// One folder: its data files go to `runs`, the folders in it to `folders`.
fn look_into(folder: &Path, folders: &mut Vec<PathBuf>, runs: &mut Runs) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Whoever writes a file whole puts it down under such a name first.
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !is_labels(&path) {
                folders.push(path);
            } else if path.with_extension("").symlink_metadata().is_err() {
                runs.orphaned.push(path);
            }
        } else if path.extension().is_some_and(|extension| extension == "jsonl") {
            match path.metadata() {
                Ok(target) if target.is_file() => runs.files.push(path),
                Ok(target) if target.is_dir() => {}
                Ok(_) => runs.unread.push(format!("{} is no ordinary file and was passed over.", path.display())),
                Err(error) => runs.unread.push(OpenError::io(&path, error).to_string()),
            }
        }
    }
    Ok(())
}

/// A folder that was written a moment ago may be written again in the same tick of its clock, which nobody could tell afterwards.
const TICK: Duration = Duration::from_secs(2);

/// Folders that are looked into again and again.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    roots: Vec<PathBuf>,
    /// Each folder in them, and when it was changed last, if that was long enough ago to be sure of it.
    written: HashMap<PathBuf, Option<SystemTime>>,
    /// The files that were told of.
    known: HashSet<PathBuf>,
}

impl Folders {
    /// These folders and what is in them; no file is known yet.
    #[must_use]
    pub fn new(roots: &[PathBuf]) -> Self {
        Self { roots: roots.to_vec(), ..Self::default() }
    }

    /// The data files that were not told of before, in byte order of their paths; `enter` hears of every folder on the way. What cannot
    /// be looked into is passed over.
    pub fn look(&mut self, enter: &mut dyn FnMut(&Path)) -> Vec<PathBuf> {
        let mut runs = Runs::default();
        let mut folders: Vec<PathBuf> = self.roots.iter().filter(|root| !is_labels(root)).cloned().collect();
        self.written.clear();
        while let Some(folder) = folders.pop() {
            // Asked before it is read: what comes up in between is found the next time.
            let written = changed_at(&folder).filter(|at| at.elapsed().is_ok_and(|age| age > TICK));
            enter(&folder);
            let _ = look_into(&folder, &mut folders, &mut runs);
            self.written.insert(folder, written);
        }
        runs.files.retain(|file| self.known.insert(file.clone()));
        runs.files.sort_unstable_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
        runs.files
    }

    /// Whether something may have come up since the last look.
    #[must_use]
    pub fn have_changed(&self) -> bool {
        self.written.iter().any(|(folder, written)| written.is_none() || changed_at(folder) != *written)
    }

    /// Whether this path, which somebody wrote to, can be a data file or a folder of them.
    #[must_use]
    pub fn may_hold(&self, path: &Path) -> bool {
        path.parent().is_some_and(|folder| self.written.contains_key(folder))
            && (path.extension().is_some_and(|extension| extension == "jsonl") || (!is_labels(path) && path.is_dir()))
    }
}

fn changed_at(folder: &Path) -> Option<SystemTime> {
    folder.metadata().and_then(|now| now.modified()).ok()
}

fn is_labels(folder: &Path) -> bool {
    folder.extension().is_some_and(|extension| extension == "labels")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn data_files_are_found_at_any_depth_in_byte_order() {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
        };
        let data = ["b.jsonl", "a/z.jsonl", "a-1.jsonl", "a/b/c/d.jsonl", "B.jsonl"];
        let others = [
            "notes.txt",
            "x.json",
            ".jsonl",
            ".hidden.jsonl",
            ".git/a.jsonl",
            "b.jsonl.labels/anna.jsonl",
            "a/old.labels/deeper/anna.jsonl",
        ];
        data.into_iter().chain(others).for_each(file);
        fs::create_dir(root.path().join("folder.jsonl")).unwrap();
        symlink(root.path(), root.path().join("a/circle")).unwrap();
        symlink(root.path(), root.path().join("a/circle.jsonl")).unwrap();
        symlink("b.jsonl", root.path().join("link.jsonl")).unwrap();
        symlink("nowhere", root.path().join("broken.jsonl")).unwrap();

        let Runs { files, unread, orphaned } = runs(root.path()).unwrap();
        assert_eq!(orphaned, [root.path().join("a/old.labels")]);
        let names: Vec<_> =
            files.iter().map(|file| file.strip_prefix(root.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["B.jsonl", "a-1.jsonl", "a/b/c/d.jsonl", "a/z.jsonl", "b.jsonl", "link.jsonl"]);
        assert_eq!(unread.len(), 1, "{unread:?}");
        assert!(unread[0].contains("broken.jsonl does not exist"), "{unread:?}");
    }

    #[test]
    fn a_file_that_comes_up_is_told_of_once() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str| fs::write(root.path().join(name), "").unwrap();
        write("a.jsonl");
        let mut folders = Folders::new(&[root.path().to_path_buf()]);
        let entered = std::cell::RefCell::new(Vec::new());
        let look = |folders: &mut Folders| {
            let found = folders.look(&mut |folder| entered.borrow_mut().push(folder.to_path_buf()));
            found.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(look(&mut folders), ["a.jsonl"]);
        assert!(folders.have_changed(), "so soon after it was written nobody can be sure");
        fs::create_dir(root.path().join("deeper")).unwrap();
        fs::create_dir(root.path().join("a.jsonl.labels")).unwrap();
        ["deeper/b.jsonl", "notes.txt", "a.jsonl.labels/anna.jsonl", "c.jsonl"].into_iter().for_each(write);
        assert!(folders.may_hold(&root.path().join("deeper")) && folders.may_hold(&root.path().join("c.jsonl")));
        assert!(!folders.may_hold(&root.path().join("notes.txt")) && !folders.may_hold(Path::new("/c.jsonl")));
        assert!(!folders.may_hold(&root.path().join("a.jsonl.labels")));
        assert_eq!(look(&mut folders), ["c.jsonl", "b.jsonl"]);
        assert_eq!(look(&mut folders), Vec::<String>::new());
        assert!(entered.borrow().contains(&root.path().join("deeper")));
        assert!(!entered.borrow().iter().any(|folder| is_labels(folder)));
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        for folder in ["", "deeper"] {
            fs::File::open(root.path().join(folder)).unwrap().set_modified(long_ago).unwrap();
        }
        look(&mut folders);
        assert!(!folders.have_changed());
        write("d.jsonl");
        assert!(folders.have_changed());
    }

    #[test]
    fn a_folder_without_data_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let labels = root.path().join("a.jsonl.labels");
        fs::create_dir(&labels).unwrap();
        fs::write(labels.join("anna.jsonl"), "").unwrap();
        for path in [root.path(), &labels] {
            let error = runs(path).unwrap_err();
            assert!(matches!(&error, OpenError::NoData(named) if named == path), "{error}");
        }
        assert!(matches!(runs(&root.path().join("missing")), Err(OpenError::Missing(_))));
    }
}

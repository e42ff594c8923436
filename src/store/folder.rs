//! Which files of a folder are data: its `*.jsonl`, at any depth. Opens none of them and follows no link to a folder, so that a
//! circle of links is walked once.

use std::fs;
use std::path::{Path, PathBuf};

use super::source::OpenError;

/// The data files of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// The files, in byte order of their paths. Never empty.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, one sentence each; not safe to print.
    pub unread: Vec<String>,
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
    if runs.files.is_empty() { Err(OpenError::NoData(path.into())) } else { Ok(runs) }
}

/// One folder: its data files go to `runs`, the folders in it to `folders`.
fn look_into(folder: &Path, folders: &mut Vec<PathBuf>, runs: &mut Runs) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !is_labels(&path) {
                folders.push(path);
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
        let others = ["notes.txt", "x.json", ".jsonl", "b.jsonl.labels/anna.jsonl", "a/old.labels/deeper/anna.jsonl"];
        data.into_iter().chain(others).for_each(file);
        fs::create_dir(root.path().join("folder.jsonl")).unwrap();
        symlink(root.path(), root.path().join("a/circle")).unwrap();
        symlink(root.path(), root.path().join("a/circle.jsonl")).unwrap();
        symlink("b.jsonl", root.path().join("link.jsonl")).unwrap();
        symlink("nowhere", root.path().join("broken.jsonl")).unwrap();

        let Runs { files, unread } = runs(root.path()).unwrap();
        let names: Vec<_> =
            files.iter().map(|file| file.strip_prefix(root.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["B.jsonl", "a-1.jsonl", "a/b/c/d.jsonl", "a/z.jsonl", "b.jsonl", "link.jsonl"]);
        assert_eq!(unread.len(), 1, "{unread:?}");
        assert!(unread[0].contains("broken.jsonl does not exist"), "{unread:?}");
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

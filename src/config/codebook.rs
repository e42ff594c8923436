//! Which codebook holds: the command line's, else the one in the labels folder, else `candor.toml`'s, else `af`. Reads it; what is
//! wrong in it is said all at once, with file and row, and nothing is guessed instead.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::codebook::Codebook;
use crate::store::journal::folder;
use crate::text::clean::Safe;

/// The data set's own codebook, in the folder of its labels.
const NAME: &str = "codebook.toml";

/// The codebook that holds, and where it stands.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The codebook.
    pub book: Codebook,
    /// Its file, or `the codebook af`: how sentences name it.
    pub place: String,
}

impl Chosen {
    /// Says what is wrong with this codebook's keys: a key's label is named with its row.
    pub(super) fn refused(&self, faults: Vec<String>) -> String {
        let with_rows = |fault: String| {
            self.book.labels.iter().fold(fault, |fault, label| {
                let named = format!("label {:?}", label.word);
                let found = format!("{}, {named}", self.place);
                fault.replace(&found, &format!("{}, row {}, {named}", self.place, label.row))
            })
        };
        refused(&self.place, faults.into_iter().map(with_rows).collect())
    }
}

/// The codebook for these data files: `asked` on the command line, else the one in their labels folders, else `project`'s of
/// `candor.toml`, else `af`. Both can be the name of one that comes with the program.
///
/// # Errors
/// Every fault with file and row; that there is no such file; that two labels folders hold different ones.
pub fn codebook(
    asked: Option<&Path>,
    project: Option<&Path>,
    data: &[PathBuf],
    labels: Option<&Path>,
) -> Result<Chosen, String> {
    if let Some(asked) = asked {
        return named(asked);
    }
    if let Some(chosen) = beside_labels(data, labels)? {
        return Ok(chosen);
    }
    named(project.unwrap_or(Path::new("af")))
}

/// The codebook of this name, or in this file.
fn named(path: &Path) -> Result<Chosen, String> {
    if let Some((name, book)) = path.to_str().and_then(|name| Some((name, Codebook::shipped(name)?))) {
        return Ok(Chosen { book, place: format!("the codebook {name}") });
    }
    read(path)?.ok_or_else(|| {
        let known = Codebook::shipped_names().join(", ");
        format!("there is no codebook {}; there are {known}, and every file of one's own", shown(path))
    })
}

/// The codebook in the labels folders. They have to agree, because one set of keys holds for all that is open.
fn beside_labels(data: &[PathBuf], labels: Option<&Path>) -> Result<Option<Chosen>, String> {
    let mut found: Option<Chosen> = None;
    for path in data.iter().map(|data| folder(data, labels).join(NAME)) {
        let Some(chosen) = read(&path)? else { continue };
        match &found {
            Some(other) if other.book.hash != chosen.book.hash => {
                let (one, two) = (&other.place, &chosen.place);
                return Err(format!(
                    "{one} and {two} are different codebooks; open their data one after the other, or choose with --codebook"
                ));
            }
            Some(_) => {}
            None => found = Some(chosen),
        }
    }
    Ok(found)
}

/// Reads a codebook's file; none where there is no such file.
fn read(path: &Path) -> Result<Option<Chosen>, String> {
    let place = shown(path);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(e) => return Err(format!("the codebook {place} cannot be read ({e})")),
    };
    match Codebook::parse(&text, &place) {
        Ok(book) => Ok(Some(Chosen { book, place })),
        Err(faults) => Err(refused(&place, faults)),
    }
}

fn refused(place: &str, faults: Vec<String>) -> String {
    match faults.as_slice() {
        [only] => only.trim_end_matches('.').to_owned(),
        _ => format!("{place} cannot be used:{}", faults.iter().map(|fault| format!("\n{fault}")).collect::<String>()),
    }
}

fn shown(path: &Path) -> String {
    Safe::line(path.to_string_lossy().as_bytes()).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn text(id: &str) -> String {
        format!("id = \"{id}\"\nversion = \"1\"\n[[label]]\nname = \"yes\"\nkeys = [\"1\"]\nsentence = \"Yes.\"\n")
    }

    #[test]
    fn the_flag_goes_before_the_labels_folder_before_candor_toml_before_af() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let data = [at("a.jsonl"), at("b.jsonl")];
        let holds = |asked: Option<&Path>, project: Option<&Path>| codebook(asked, project, &data, None);
        let id = |asked: Option<&Path>, project: Option<&Path>| holds(asked, project).unwrap().book.id;
        assert_eq!(id(None, None), "af");
        fs::write(at("team.toml"), text("team")).unwrap();
        assert_eq!(id(None, Some(&at("team.toml"))), "team");
        assert_eq!(id(None, Some(Path::new("af-scratchpad"))), "af-scratchpad");
        fs::create_dir(at("a.jsonl.labels")).unwrap();
        fs::write(at("a.jsonl.labels/codebook.toml"), text("own")).unwrap();
        assert_eq!(id(None, Some(&at("team.toml"))), "own");
        assert_eq!(id(Some(&at("team.toml")), None), "team");
        assert_eq!(id(Some(Path::new("af-objective")), None), "af-objective");
        fs::create_dir(at("b.jsonl.labels")).unwrap();
        fs::write(at("b.jsonl.labels/codebook.toml"), text("own")).unwrap();
        assert_eq!(id(None, None), "own", "the same one twice");
        fs::write(at("b.jsonl.labels/codebook.toml"), text("another")).unwrap();
        let said = holds(None, None).unwrap_err();
        assert!(said.contains("a.jsonl.labels/codebook.toml and ") && said.contains("b.jsonl.labels"), "{said}");
        assert_eq!(id(Some(&at("team.toml")), None), "team", "who chooses need not care");
        let said = holds(Some(&at("af")), None).unwrap_err();
        assert!(said.starts_with("there is no codebook ") && said.contains("af-scratchpad"), "{said}");
        fs::write(at("team.toml"), "id = 3\nversion = \n").unwrap();
        let said = holds(Some(&at("team.toml")), None).unwrap_err();
        assert!(said.contains("team.toml cannot be used:\n") && said.contains("team.toml, row 2: "), "{said}");
    }
}

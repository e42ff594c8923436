//! `candor.toml` beside the data: on which terms everybody works on it, and by which codebook. It never says where labels go, who one
//! is or what keys do: that is one's own.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeValue;

use super::fields;
use crate::model::codebook::Codebook;
use crate::model::terms::{self, Asked, Hidden, Order};
use crate::text::clean::Safe;

/// The name of the file.
pub const NAME: &str = "candor.toml";

/// What a `candor.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The codebook's file, or the name of one that comes with the program.
    pub codebook: Option<PathBuf>,
    /// The terms of work.
    pub asked: Asked,
}

impl Project {
    /// Reads the `candor.toml` that stands in the folder of what is opened, or in the folder that is opened.
    ///
    /// # Errors
    /// Every fault with its row; that two files differ, where what is opened stands in several folders.
    pub fn beside(opened: &[PathBuf]) -> Result<Self, String> {
        let mut found: Option<(PathBuf, Self)> = None;
        for folder in opened.iter().map(|path| folder_of(path)) {
            let path = folder.join(NAME);
            if found.as_ref().is_some_and(|(known, _)| *known == path) {
                continue;
            }
            let Some(project) = read(&path)? else { continue };
            if let Some((other, known)) = &found
                && *known != project
            {
                let (one, two) = (Safe::line(shown(other)), Safe::line(shown(&path)));
                return Err(format!("{one} and {two} say different things; open their data one after the other"));
            }
            found = Some((path, project));
        }
        Ok(found.map(|(_, project)| project).unwrap_or_default())
    }
}

fn shown(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

/// The folder in which a `candor.toml` for this path stands.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn read(path: &Path) -> Result<Option<Project>, String> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(e) => return Err(format!("{} cannot be read ({e}); what it says holds for this data", path.display())),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    parse(&text, folder).map(Some).map_err(|faults| {
        let file = Safe::line(shown(path));
        match faults.as_slice() {
            [only] => format!("{file}, {only}"),
            _ => {
                format!("{file} cannot be used:{}", faults.iter().map(|fault| format!("\n{fault}")).collect::<String>())
            }
        }
    })
}

/// Reads the text of a `candor.toml` that stands in this folder.
fn parse(text: &str, folder: &Path) -> Result<Project, Vec<String>> {
    let mut project = Project::default();
    fields::read(text, |key, value| set(&mut project, folder, key, value))?;
    Ok(project)
}

fn set(project: &mut Project, folder: &Path, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
    let value = value.get_ref();
    let asked = &mut project.asked;
    let file = || match value.as_str() {
        Some(path) if !path.is_empty() => Ok(folder.join(path)),
        _ => Err(format!("{key} is the path of a file in quotes")),
    };
    let yes = || value.as_bool().ok_or_else(|| format!("{key} is true or false"));
    match key {
        // The name of a codebook that comes with the program is no file.
        "codebook" => match value.as_str().filter(|name| Codebook::shipped_names().contains(name)) {
            Some(name) => project.codebook = Some(PathBuf::from(name)),
            None => project.codebook = Some(file()?),
        },
        "gold" => asked.gold = Some(file()?),
        "order" => asked.order = Some(Order::named(value.as_str().ok_or("order is a word in quotes")?)?),
        "staged" => asked.staged = Some(yes()?),
        "marks" => asked.marks = Some(yes()?),
        "repeat" => asked.repeat = Some(terms::percent(value.as_str().ok_or("repeat is a share in quotes, \"5%\"")?)?),
        "advance" => asked.stay = Some(fields::stay(value)?),
        "blind" => asked.blind = Some(blind(value)?),
        other => {
            let known = "codebook, order, staged, repeat, gold, marks, advance and [blind]";
            return Err(format!("there is no {other:?}; there are {known}"));
        }
    }
    Ok(())
}

/// Reads `[blind]`: `hide`, a list of words.
fn blind(value: &DeValue<'_>) -> Result<BTreeSet<Hidden>, String> {
    let table = value.as_table().ok_or("blind is a table: [blind] with hide = [\"condition\", \"model\"]")?;
    let mut blind = BTreeSet::new();
    for (key, value) in table {
        if key.get_ref() != "hide" {
            return Err(format!("[blind] has no {:?}; there is hide", key.get_ref()));
        }
        let words = value.get_ref().as_array().ok_or("hide is a list of words in quotes")?;
        for word in words {
            blind.insert(terms::one_hidden(word.get_ref().as_str().ok_or("hide is a list of words in quotes")?)?);
        }
    }
    Ok(blind)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_and_paths_go_from_its_folder() {
        let text = "codebook = \"mine.toml\"\norder = \"random:7\"\nstaged = true\nrepeat = \"5%\"\ngold = \"/g.jsonl\"\n\
                    marks = false\nadvance = \"enter\"\n[blind]\nhide = [\"model\", \"condition\"]\n";
        let project = parse(text, Path::new("runs")).unwrap();
        assert_eq!(project.codebook.as_deref(), Some(Path::new("runs/mine.toml")));
        let terms = project.asked.agreed();
        assert_eq!((terms.order, terms.staged, terms.repeat), (Order::Random("7".to_owned()), true, 5));
        assert_eq!((terms.gold.as_deref(), terms.marks, terms.stay), (Some(Path::new("/g.jsonl")), false, true));
        assert_eq!(terms.blind, [Hidden::Condition, Hidden::Model].into());
        assert_eq!(parse("# nothing\n", Path::new("")).unwrap(), Project::default());
    }

    #[test]
    fn all_faults_are_told_with_their_rows() {
        let text = "codebook = 3\norder = \"random\"\nstaged = 1\nannotator = \"al\"\nrepeat = \"90%\"\n[blind]\nhide = [\"tier\"]\n";
        let faults = parse(text, Path::new("")).unwrap_err();
        assert_eq!(faults.len(), 6, "{faults:#?}");
        assert!(faults[3].starts_with("row 4: there is no \"annotator\""), "{faults:#?}");
        assert!(faults[5].starts_with("row 6: \"tier\" cannot be hidden"), "{faults:#?}");
    }

    #[test]
    fn one_file_holds_for_all_that_is_opened_and_two_must_agree() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        for run in [&a, &b] {
            fs::create_dir(run).unwrap();
            fs::write(run.join("run.jsonl"), "{}").unwrap();
            fs::write(run.join(NAME), "order = \"length\"\n").unwrap();
        }
        let files = [a.join("run.jsonl"), b.clone()];
        assert_eq!(Project::beside(&files).unwrap().asked.order, Some(Order::Length));
        fs::write(b.join(NAME), "order = \"longest\"\n").unwrap();
        let said = Project::beside(&files).unwrap_err();
        assert!(said.contains("say different things"), "{said}");
        assert_eq!(Project::beside(&files[1..]).unwrap().asked.order, Some(Order::Longest));
        fs::write(b.join(NAME), "order = \n").unwrap();
        assert!(Project::beside(&files[1..]).unwrap_err().contains("candor.toml, row 1"));
    }
}

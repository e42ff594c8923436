//! `candor init`: lays beside the data what a team agrees on: `candor.toml`, a codebook to change, and the row for git. Never writes
//! over a file, and says of each what became of it.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::FINE;
use crate::config::{self, Project};
use crate::model::codebook::Codebook;
use crate::text::clean::Safe;

/// What git is told of journals: lines of both sides are kept, in whatever order. Data is found at any depth, and so are its labels;
/// without the stars in front git would look no deeper than the folder.
const MERGE: &str = "**/*.labels/*.jsonl merge=union";

/// Lay candor.toml and a codebook beside the data, to be changed
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Data files or their folders; without any, the folder one is in
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Preset what gold labels need: blind, in a drawn order, the answer first, some cases twice
    #[arg(long)]
    gold: bool,
}

/// Lays the files down.
///
/// # Errors
/// A sentence: a folder is not there, a file cannot be written, or `--gold` finds a `candor.toml` that stands already.
pub(super) fn run(args: &Args, codebook: Option<&Path>) -> Result<ExitCode, String> {
    let book = config::codebook(codebook, None, &[], None)?.book;
    let mut folders: Vec<PathBuf> = Vec::new();
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here } else { args.paths.as_slice() };
    for path in paths {
        if !path.exists() {
            return Err(format!("there is no file or folder {}", path.display()));
        }
        let folder = config::folder_of(path);
        if !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    for file in folders.iter().map(|folder| folder.join(config::PROJECT)).filter(|_| args.gold) {
        if file.exists() {
            let file = file.display();
            return Err(format!("{file} stands already, and --gold writes a new one; move it away and ask again"));
        }
    }
    let seed = ulid::Ulid::new().random() % 1_000_000;
    let mut said = Vec::new();
    for folder in &folders {
        said.extend(lay(folder, &book, args.gold.then_some(seed))?);
    }
    let opened: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    said.push(format!("Change them as you like; then: candor {}", opened.join(" ")));
    super::print(|out| {
        said.iter().try_for_each(|row| writeln!(out, "{row}"))?;
        Ok(FINE)
    })
}

/// Lays the files into one folder; gives a sentence for each.
fn lay(folder: &Path, book: &Codebook, seed: Option<u128>) -> Result<Vec<String>, String> {
    let (project, codebook, git) =
        (folder.join(config::PROJECT), folder.join("codebook.toml"), folder.join(".gitattributes"));
    let cannot = |path: &Path, e: &io::Error| format!("{} cannot be written ({e})", path.display());
    let mut said = Vec::new();
    // The codebook comes first: a candor.toml that names none would keep the data from opening.
    for (path, text, what) in [
        (&codebook, own_codebook(book), "labels, keys, flags and what they mean"),
        (&project, terms(book, seed), "on which terms everybody works on this data"),
    ] {
        let written = write_new(path, &text).map_err(|e| cannot(path, &e))?;
        let path = shown(path);
        said.push(if written {
            format!("wrote {path}: {what}")
        } else {
            format!("{path} stands already: left as it is")
        });
    }
    let added = add_row(&git).map_err(|e| cannot(&git, &e))?;
    let git = shown(&git);
    said.push(if added {
        format!("added {MERGE:?} to {git}: git keeps everybody's labels when it merges")
    } else {
        format!("{git} has its row already: left as it is")
    });
    match Project::beside(&[folder.to_owned()]) {
        Ok(found) if found.codebook.as_deref() != Some(codebook.as_path()) => said.push(format!(
            "{} does not name {}: it holds once codebook = \"codebook.toml\" stands there",
            shown(&project),
            shown(&codebook)
        )),
        Ok(_) => {}
        Err(fault) => said.push(format!("to be mended: {}", Safe::line(&fault))),
    }
    Ok(said)
}

/// Writes a file that is not there yet; says whether it did.
fn write_new(path: &Path, text: &str) -> io::Result<bool> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(e),
    }
}

/// Adds the row for git, unless it stands there; says whether it did.
fn add_row(path: &Path) -> io::Result<bool> {
    let there = match fs::read(path) {
        Ok(there) => there,
        Err(e) if e.kind() == ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(e),
    };
    if there.split(|byte| *byte == b'\n').any(|row| row.trim_ascii() == MERGE.as_bytes()) {
        return Ok(false);
    }
    let end = if there.last().is_some_and(|last| *last != b'\n') { "\n" } else { "" };
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{end}{MERGE}\n").as_bytes()).map(|()| true)
}

/// The codebook with a head that says how to change it.
fn own_codebook(book: &Codebook) -> String {
    format!("{}\n{}", include_str!("init/codebook.txt"), book.copy())
}

/// The terms: all at their defaults, or as gold labels need them, in the order of this seed.
fn terms(book: &Codebook, seed: Option<u128>) -> String {
    let Some(seed) = seed else { return include_str!("init/candor.toml").to_owned() };
    let gold = include_str!("init/gold.toml").replace("SEED", &seed.to_string());
    // Where nothing is judged on the answer alone, there is no first stage, and a reader that is asked for one refuses.
    if book.stage.is_some() { gold } else { gold.replace("\nstaged = true", "\n# staged = true") }
}

fn shown(path: &Path) -> String {
    Safe::line(path.to_string_lossy().as_bytes()).to_string()
}

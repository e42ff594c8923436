//! Why a data file or a case in it cannot be read: one sentence each, with the path and what can be done. Decides nothing.
//!
//! A path is shown as it is, so that these sentences must be cleaned like any other text before they reach a terminal.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use crate::store::sniff::Container;

/// Why a file or folder could not be opened as data.
#[derive(Debug)]
pub enum OpenError {
    /// There is nothing of this name.
    Missing(PathBuf),
    /// It may not be read.
    Permission(PathBuf),
    /// A folder, where a file was meant.
    Folder(PathBuf),
    /// A pipe, a socket or a device; the word says which.
    Special(PathBuf, &'static str),
    /// Nothing is in the file.
    Empty(PathBuf),
    /// A file of another kind than JSONL.
    Container(PathBuf, Container),
    /// A folder without any data file.
    NoData(PathBuf),
    /// The system refused for another reason.
    Io(PathBuf, io::Error),
}

impl OpenError {
    pub(in crate::store) fn io(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.into()),
            io::ErrorKind::PermissionDenied => Self::Permission(path.into()),
            _ => Self::Io(path.into(), error),
        }
    }

    /// The file or folder it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing(path) | Self::Permission(path) | Self::Folder(path) | Self::Empty(path) => path,
            Self::Special(path, _) | Self::Container(path, _) | Self::NoData(path) | Self::Io(path, _) => path,
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            Self::Missing(path) if path.as_os_str() == "-" => {
                f.write_str("standard input is not read: save what comes to a file first, and name that.")
            }
            Self::Missing(_) => write!(f, "{path} does not exist: look for a slip in the name or the folder."),
            Self::Permission(_) => {
                write!(f, "{path} may not be read by you: ask its owner, or change its permissions.")
            }
            Self::Folder(_) => write!(f, "{path} is a folder, where a file is expected: name a JSONL file in it."),
            Self::Special(_, kind) => {
                write!(f, "{path} is {kind} and cannot be read twice: save what comes out of it to a file first.")
            }
            Self::Empty(_) => write!(f, "{path} is empty: there is nothing to read in it yet."),
            Self::NoData(_) => write!(
                f,
                "{path} holds no data file: candor reads files named *.jsonl there, and never looks into folders named *.labels."
            ),
            Self::Io(_, error) => write!(f, "{path} could not be read: {error}."),
            Self::Container(_, container) => {
                let (what, to_do) = advice(*container);
                write!(f, "{path} is {what}: candor reads JSONL for now, one JSON object per line; {to_do}.")
            }
        }
    }
}

impl error::Error for OpenError {}

/// What the file is, and how to make JSONL of it.
fn advice(container: Container) -> (&'static str, &'static str) {
    match container {
        Container::Zip => {
            ("a zip archive (as Inspect's .eval logs are)", "unpack or export its samples, one object per line")
        }
        Container::Gzip => ("packed with gzip", "unpack it first (gunzip -k)"),
        Container::Zstd => ("packed with Zstandard", "unpack it first (zstd -d)"),
        Container::Parquet => ("a Parquet table", "export its rows as JSONL first"),
        Container::Utf16 => ("text in UTF-16", "save it as UTF-8 first (iconv -f UTF-16 -t UTF-8)"),
        Container::Array => ("a JSON array", "write each of its items on a line of its own (jq -c '.[]')"),
        Container::Value => (
            "one JSON value over several lines",
            "write each record in it on a line of its own (jq -c makes such lines)",
        ),
        Container::Table => {
            ("a table with separators (CSV or TSV)", "write each row as a JSON object on a line of its own")
        }
        Container::Text => ("text without any JSON record at its beginning", "look whether it is the file you meant"),
        Container::Binary => ("not text", "look whether it is the file you meant"),
        Container::Jsonl | Container::Blank => ("JSONL", "look whether it changed while it was opened"),
    }
}

/// Why a case that was found before could not be read again.
#[derive(Debug)]
pub enum ReadError {
    /// Another file has the path now.
    Replaced(PathBuf),
    /// The file ends before the line does.
    Shorter(PathBuf, u32),
    /// At the line's place stands something else now.
    Changed(PathBuf, u32),
    /// The system refused.
    Io(PathBuf, u32, io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced(path) => write!(
                f,
                "{} was replaced by another file after it was opened: candor reads it anew, try again then.",
                path.display()
            ),
            Self::Shorter(path, line) => {
                write!(
                    f,
                    "{} was cut off and has no line {line} any more: it can be read again once it is written again.",
                    path.display()
                )
            }
            Self::Changed(path, line) => write!(
                f,
                "{} was rewritten, and line {line} is another one now: candor reads it anew, try again then.",
                path.display()
            ),
            Self::Io(path, line, error) => write!(f, "Line {line} of {} could not be read: {error}.", path.display()),
        }
    }
}

impl error::Error for ReadError {}

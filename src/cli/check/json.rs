//! The report for scripts: one JSON document in ASCII, from which the verdict of every line can be told. Decides nothing.
//!
//! ```json
//! {"files": [
//!   {"path": "a.jsonl", "container": "JSONL", "bytes": 4711, "families": {"A flat fields": 3}, "cases": 3, "lines": 6,
//!    "case_lines": [[1, 2], [4, 4]], "blank": [[3, 3]], "unread_lines": [[5, 5]], "pending": 6, "unread": 1,
//!    "problems": [{"line": 5, "column": 17, "kind": "syntax", "unread": true, "message": "…", "excerpt": "…"}],
//!    "problems_left_out": 0,
//!    "codebook": {"id": "af", "version": "0.2", "from": "the codebook af", "warnings": ["2 of 3 cases have no answer, …"]}},
//!   {"path": "b.csv", "error": "…"}]}
//! ```
//!
//! Lines are ranges with both ends in them. A line stands in exactly one of `case_lines`, `blank`, `unread_lines` and
//! `pending`, unless one of its cases could be read and another could not: then it stands in the first and the third.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::fit::Fit;
use super::survey::{Lines, Survey};
use super::{Outcome, Verdict};
use crate::model::case::Problem;
use crate::text::clean::Safe;

/// Writes the document, a file at a time; gives the exit code.
pub(super) fn report<'a>(out: &mut dyn Write, files: impl Iterator<Item = (&'a Path, Outcome)>) -> io::Result<u8> {
    let mut verdict = Verdict::default();
    write!(out, "{{\"files\":[")?;
    for (i, (path, outcome)) in files.enumerate() {
        verdict.add(&outcome);
        write!(out, "{}", if i == 0 { "\n" } else { ",\n" })?;
        let path = path.to_string_lossy();
        match &outcome {
            Ok((survey, fit)) => value(out, &Row::of(&path, survey, fit.as_ref()))?,
            Err(sentence) => value(out, &Refused { path: &path, error: sentence })?,
        }
    }
    writeln!(out, "\n]}}")?;
    Ok(verdict.code())
}

#[derive(Serialize)]
struct Refused<'a> {
    path: &'a str,
    error: &'a str,
}

#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    container: &'a str,
    bytes: u64,
    families: BTreeMap<&'static str, u64>,
    cases: u64,
    lines: u32,
    case_lines: &'a Lines,
    blank: &'a Lines,
    unread_lines: &'a Lines,
    pending: Option<u32>,
    unread: u64,
    problems: Vec<Fault>,
    problems_left_out: u64,
    codebook: Option<&'a Fit>,
}

impl<'a> Row<'a> {
    fn of(path: &'a str, survey: &'a Survey, fit: Option<&'a Fit>) -> Self {
        Self {
            path,
            container: survey.container,
            bytes: survey.size,
            families: survey.families.iter().map(|(family, count)| (family.name(), *count)).collect(),
            cases: survey.cases,
            lines: survey.lines,
            case_lines: &survey.case_lines,
            blank: &survey.blank_lines,
            unread_lines: &survey.unread_lines,
            pending: survey.pending,
            unread: survey.unread,
            problems: survey.problems.iter().map(Fault::of).collect(),
            problems_left_out: survey.left_out,
            codebook: fit,
        }
    }
}

#[derive(Serialize)]
struct Fault {
    line: u32,
    column: u32,
    kind: &'static str,
    unread: bool,
    message: String,
    excerpt: String,
}

impl Fault {
    /// The excerpt stands as people see it, with a token for what cannot be shown: bytes that are no text have no place in JSON.
    fn of(problem: &Problem) -> Self {
        Self {
            line: problem.line,
            column: problem.column,
            kind: problem.kind.name(),
            unread: problem.kind.is_unread(),
            message: Safe::line(problem.message.as_bytes()).to_string(),
            excerpt: Safe::line(&problem.excerpt).to_string(),
        }
    }
}

pub(super) fn value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Ascii)).map_err(io::Error::from)
}

/// Compact JSON with an escape for everything that is no printable ASCII.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| !matches!(c, ' '..='~')) {
            let (plain, after) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = after.chars();
            for unit in chars.next().into_iter().flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_becomes_ascii_and_comes_back(text in any::<String>()) {
            let mut out = Vec::new();
            value(&mut out, &text).unwrap();
            prop_assert!(out.iter().all(|byte| (b' '..=b'~').contains(byte)));
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }

    #[test]
    fn a_file_that_cannot_be_opened_does_not_end_the_report() {
        let files = [("a\u{1b}b", Err("gone".to_owned())), ("c", Err("gone too".to_owned()))];
        let mut out = Vec::new();
        let code = report(&mut out, files.into_iter().map(|(path, outcome)| (Path::new(path), outcome))).unwrap();
        assert_eq!(code, super::super::CANNOT_GO_ON);
        let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(document["files"][0]["path"], "a\u{1b}b");
        assert_eq!(document["files"][1]["error"], "gone too");
    }
}

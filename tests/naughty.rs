//! A corpus of lines that harm readers, each with the verdict it must get. Runs where `CANDOR_NAUGHTY` names the corpus's folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::{env, fs};

use candor::model::case::FileNo;
use candor::store::source::{Source, index};
use serde::Deserialize;

#[derive(Deserialize)]
struct Manifest {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    line: u32,
    name: String,
    expect: String,
    reason: Option<String>,
    offset: u64,
}

#[test]
fn every_line_gets_its_verdict() {
    let Some(folder) = env::var_os("CANDOR_NAUGHTY") else {
        println!("skipped");
        return;
    };
    let folder = Path::new(&folder);
    let manifest = fs::read(folder.join("naughty.manifest.json")).unwrap();
    let manifest: Manifest = serde_json::from_slice(&manifest).unwrap();
    let source = Source::open(&folder.join("naughty.jsonl")).unwrap();
    let mut cases = HashMap::new();
    let mut problems = HashMap::new();
    let mut pending = HashSet::new();
    let (mut lines, mut blank) = (0, 0);
    index(&source, 256 * 1024 * 1024, &mut |batch| {
        cases.extend(batch.found.into_iter().map(|found| (found.line, found)));
        problems.extend(batch.problems.into_iter().map(|problem| (problem.line, problem)));
        pending.extend(batch.pending.map(|problem| problem.line));
        (lines, blank) = (batch.lines, batch.blank);
        true
    });

    let mut wrong = Vec::new();
    let mut blanks = 0;
    for Entry { line, name, expect, reason, offset } in &manifest.entries {
        let problem = problems.get(line).map(|problem| problem.kind);
        let case = cases.get(line);
        let verdict = match (case, problem) {
            (Some(found), None) if found.offset != *offset => "a case at another place".into(),
            (Some(found), None) => match source.read(FileNo(0), found.span()) {
                Ok(case) if case.origin.line == *line && case.id.key() == found.key => "load".into(),
                Ok(_) => "another case than was found".into(),
                Err(error) => format!("a case that cannot be read: {error}"),
            },
            (None, Some(kind)) => kind.name().into(),
            (Some(_), Some(_)) => "both a case and a problem".into(),
            (None, None) if pending.contains(line) => "pending".into(),
            (None, None) => {
                blanks += 1;
                "skip".into()
            }
        };
        let fine = match expect.as_str() {
            "bad" => Some(&verdict) == reason.as_ref(),
            // What may be either is one of them, and a line that holds nothing at all is none.
            "either" => verdict == "load" || problem.is_some() || (verdict == "skip" && name == "bom-only"),
            expect => verdict == expect,
        };
        if !fine {
            wrong
                .push(format!("line {line} ({name}): {verdict}, and not {expect} {}", reason.as_deref().unwrap_or("")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((lines as usize, blank), (manifest.entries.len(), blanks));
}

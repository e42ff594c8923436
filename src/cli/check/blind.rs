//! `candor check --blind`: where something would still show that blind work hides. Reads every case once and masks it as the screen
//! would; writes nothing but its report.
//!
//! ```text
//! runs/a.jsonl: 12 cases, 3 leaks in 2 of them: 2 model, 1 condition
//!     line 3     answer               model        2  «claude»
//!     line 9     scratchpad           condition    1  «free»
//!     line 9     scratchpad           the masks hide 93 % of it
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::survey::{LONGEST_LINE, read};
use super::{Asked, CANNOT_GO_ON, FINE, Named, PROBLEMS, open};
use crate::config::Project;
use crate::model::blind::{Shade, Shows, Veil};
use crate::model::case::{Case, Turn};
use crate::model::patterns::Masks;
use crate::model::terms::{self, Hidden};
use crate::store::source::{self, Source};
use crate::text::clean::{Safe, clean};
use crate::text::number;

/// Reads what is asked to be hidden; without a word the place beside the data says it, and where that says nothing all is.
///
/// # Errors
/// A word that is none, or faults in the `candor.toml` beside the data.
pub(super) fn hidden(asked: &str, files: &[PathBuf]) -> Result<BTreeSet<Hidden>, String> {
    if !asked.is_empty() {
        return terms::hidden(asked);
    }
    let project = Project::beside(files)?;
    Ok(project.asked.blind.unwrap_or_else(|| Hidden::ALL.into()))
}

/// Writes the report; gives the exit code.
///
/// Each file is masked by the patterns of the codebook that holds for it, as the screen does it.
pub(super) fn report(
    out: &mut dyn Write,
    files: &[Named],
    asked: Asked<'_>,
    hide: &BTreeSet<Hidden>,
    as_json: bool,
) -> io::Result<u8> {
    let (mut refused, mut leaks) = (false, false);
    // Most files have the same patterns, and to compile them takes longer than to read a short file.
    let mut known: Option<(Vec<String>, Masks)> = None;
    let mut reports = Vec::new();
    for file in files {
        let path = file.0.as_path();
        match open(file).and_then(|source| Ok((source, asked.book(path)?.book.blind))) {
            Ok((source, patterns)) => {
                let (_, masks) = match known.take() {
                    Some(same) if same.0 == patterns => known.insert(same),
                    _ => {
                        let masks = Masks::new(&patterns);
                        known.insert((patterns, masks))
                    }
                };
                let name = source.name().to_owned();
                let veil = Arc::new(Veil::new(hide.clone(), masks.clone(), vec![name]));
                let report = Report::of(path, &source, &veil);
                leaks |= !report.leaks.is_empty();
                if as_json {
                    reports.push(report);
                } else {
                    report.write(out)?;
                }
            }
            Err(sentence) => {
                refused = true;
                out.flush()?;
                // The exit code says it too, should nobody hear this.
                let _ = writeln!(io::stderr(), "candor: {}", Safe::line(&sentence));
                if as_json {
                    reports.push(Report { error: Some(sentence), ..Report::named(path) });
                }
            }
        }
    }
    if as_json {
        let hidden: Vec<&str> = hide.iter().map(|what| what.word()).collect();
        super::json::value(out, &Document { hidden, files: reports })?;
        writeln!(out)?;
    }
    Ok(match (refused, leaks) {
        (true, _) => CANNOT_GO_ON,
        (false, true) => PROBLEMS,
        (false, false) => FINE,
    })
}

#[derive(Serialize)]
struct Document {
    hidden: Vec<&'static str>,
    files: Vec<Report>,
}

/// What still shows in one file.
#[derive(Default, Serialize)]
struct Report {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    cases: u64,
    leaking_cases: u64,
    counts: BTreeMap<&'static str, usize>,
    leaks: Vec<Leak>,
    mostly_masked: Vec<Mostly>,
}

/// Something that shows in one part of a case.
#[derive(Serialize)]
struct Leak {
    line: u32,
    part: String,
    shows: &'static str,
    count: usize,
    /// The first of the places.
    found: String,
}

/// A part of which the masks hide more than half.
#[derive(Serialize)]
struct Mostly {
    line: u32,
    part: String,
    percent: usize,
}

impl Report {
    fn named(path: &Path) -> Self {
        Self { path: path.to_string_lossy().into_owned(), ..Self::default() }
    }

    fn of(path: &Path, source: &Source, veil: &Arc<Veil>) -> Self {
        let mut report = Self::named(path);
        source::index(source, LONGEST_LINE, &mut |batch| {
            for case in batch.found.iter().filter_map(|found| read(source, found).ok()) {
                report.add(&case, veil);
            }
            true
        });
        report
    }

    fn add(&mut self, case: &Case, veil: &Arc<Veil>) {
        let shade = Shade::of(veil, case);
        let before = self.leaks.len();
        self.cases += 1;
        if !veil.hides(Hidden::Id) {
            for (found, shows) in shade.leaks_in_name(case.id.bytes()) {
                *self.counts.entry(shows.word()).or_default() += 1;
                let (line, part) = (case.origin.line, "id".to_owned());
                self.leaks.push(Leak { line, part, shows: shows.word(), count: 1, found });
            }
        }
        for (number, turn) in case.turns.iter().enumerate() {
            self.turn(case, &shade, number, turn);
        }
        self.leaking_cases += u64::from(self.leaks.len() > before);
    }

    fn turn(&mut self, case: &Case, shade: &Shade, number: usize, turn: &Turn) {
        let judged = number == case.judged;
        let of = |part: &str| if judged { part.to_owned() } else { format!("{part}, turn {}", number + 1) };
        let line = case.origin.line;
        let thought = turn.scratchpad.bytes();
        let is_answer = judged || turn.is_target();
        let parts = [
            (of("scratchpad"), thought, true),
            (of(if is_answer { "answer" } else { "prompt" }), turn.text.bytes(), !is_answer),
        ];
        for (part, text, covered) in parts.into_iter().filter(|(_, text, _)| !text.is_empty()) {
            let shown = if covered { shade.hide(text) } else { text.into() };
            let shown = clean(&shown);
            let mut found: BTreeMap<Shows, (usize, String)> = BTreeMap::new();
            for (range, shows) in shade.leaks(shown.text()) {
                let first = || (0, shown.text()[range].to_owned());
                found.entry(shows).or_insert_with(first).0 += 1;
            }
            for (shows, (count, found)) in found {
                *self.counts.entry(shows.word()).or_default() += count;
                self.leaks.push(Leak { line, part: part.clone(), shows: shows.word(), count, found });
            }
            let percent = if covered { shade.share(text) } else { 0 };
            if percent > 50 {
                self.mostly_masked.push(Mostly { line, part, percent });
            }
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let path = Safe::line(self.path.as_bytes());
        let plural =
            |count: usize, word: &str| format!("{} {word}{}", number(count), if count == 1 { "" } else { "s" });
        let cases = plural(usize::try_from(self.cases).unwrap_or(usize::MAX), "case");
        let all: usize = self.counts.values().sum();
        if all == 0 {
            writeln!(out, "{path}: {cases}, no leak")?;
        } else {
            let kinds: Vec<String> = self.counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            let (leaks, of) = (plural(all, "leak"), self.leaking_cases);
            writeln!(out, "{path}: {cases}, {leaks} in {of} of them: {}", kinds.join(", "))?;
        }
        for Leak { line, part, shows, count, found } in &self.leaks {
            let found = Safe::line(found.as_bytes()).cut(40);
            writeln!(out, "    line {line:<6} {part:<20} {shows:<10} {count:>4}  «{found}»")?;
        }
        for Mostly { line, part, percent } in &self.mostly_masked {
            writeln!(out, "    line {line:<6} {part:<20} the masks hide {percent} % of it")?;
        }
        Ok(())
    }
}

//! The report for people. Prints nothing that was not cleaned, and decides nothing.
//!
//! ```text
//! runs/a.jsonl: JSONL, 4711 bytes, 6 lines
//!   3 cases: 2 A flat fields, 1 E message-level reasoning
//!   1 blank line: 3
//!   line 6 is not whole and has no end: somebody may still be writing it
//!   1 problem, 1 remark on cases that were read
//!     4      duplicate-key     remark   "id" stands twice; the last one counts
//!     5:17   syntax            problem  A comma or the end of the object is missing. «"x": 1 "y"»
//!   codebook af 0.2
//!     2 of 3 cases have no answer, and af judges answers; --codebook af-scratchpad does not need one
//! ```

use std::io::{self, Write};
use std::path::Path;

use super::fit::Fit;
use super::survey::{Lines, Survey};
use super::{Outcome, Verdict};
use crate::model::case::Problem;
use crate::text::clean::Safe;

/// So many ranges of lines are named; the others are counted by the number before them.
const RANGES: usize = 8;

/// So many cells of an excerpt are shown.
const EXCERPT: usize = 60;

/// Writes the report, a file at a time; gives the exit code. What could not be opened is said on standard error.
pub(super) fn report<'a>(out: &mut dyn Write, files: impl Iterator<Item = (&'a Path, Outcome)>) -> io::Result<u8> {
    let mut verdict = Verdict::default();
    let mut all = Total::default();
    for (path, outcome) in files {
        verdict.add(&outcome);
        match &outcome {
            Ok((survey, fit)) => {
                file(out, path, survey)?;
                if let Some(fit) = fit {
                    book(out, fit)?;
                }
                all.add(survey);
            }
            Err(sentence) => {
                // Both streams often end in one terminal, where the order tells which file is meant.
                out.flush()?;
                // The exit code says it too, should nobody hear this.
                let _ = writeln!(io::stderr(), "candor: {}", Safe::line(sentence));
            }
        }
    }
    if all.files > 1 {
        let Total { files, cases, unread } = all;
        writeln!(out, "{files} files: {}, {}", count(cases, "case"), count(unread, "problem"))?;
    }
    Ok(verdict.code())
}

/// Which codebook holds, and what does not fit it: what a person would want to know before the first label.
fn book(out: &mut dyn Write, fit: &Fit) -> io::Result<()> {
    let Fit { id, version, from, warnings } = fit;
    let name = Safe::line(format!("{id} {version}").as_bytes());
    let from = if from.starts_with("the codebook ") { String::new() } else { format!(" ({from})") };
    writeln!(out, "  codebook {name}{}", Safe::line(from.as_bytes()))?;
    for warning in warnings {
        writeln!(out, "    {}", Safe::line(warning.as_bytes()))?;
    }
    Ok(())
}

#[derive(Default)]
struct Total {
    files: u64,
    cases: u64,
    unread: u64,
}

impl Total {
    fn add(&mut self, survey: &Survey) {
        self.files += 1;
        self.cases += survey.cases;
        self.unread += survey.unread;
    }
}

fn file(out: &mut dyn Write, path: &Path, survey: &Survey) -> io::Result<()> {
    let path = Safe::line(path.to_string_lossy().as_bytes());
    let lines = count(survey.lines, "line");
    writeln!(out, "{path}: {}, {}, {lines}", survey.container, count(survey.size, "byte"))?;
    let families: Vec<String> = survey.families.iter().map(|(family, n)| format!("{n} {}", family.name())).collect();
    let colon = if families.is_empty() { "" } else { ": " };
    writeln!(out, "  {}{colon}{}", count(survey.cases, "case"), families.join(", "))?;
    let blank = survey.blank_lines.count();
    if blank > 0 {
        writeln!(out, "  {}: {}", count(blank, "blank line"), named(&survey.blank_lines))?;
    }
    if let Some(line) = survey.pending {
        writeln!(out, "  line {line} is not whole and has no end: somebody may still be writing it")?;
    }
    let remarks = (survey.problems.len() as u64 + survey.left_out).saturating_sub(survey.unread);
    let unread = count(survey.unread, "problem");
    match remarks {
        0 => writeln!(out, "  {unread}")?,
        remarks => writeln!(out, "  {unread}, {} on cases that were read", count(remarks, "remark"))?,
    }
    for same in survey.problems.chunk_by(goes_on) {
        row(out, same)?;
    }
    if survey.left_out > 0 {
        writeln!(out, "    … and {} more", survey.left_out)?;
    }
    Ok(())
}

/// Whether the next line has only the same said of it: a run without ids is one row, not ten thousand.
fn goes_on(one: &Problem, next: &Problem) -> bool {
    next.line == one.line + 1
        && (one.kind, one.column, &one.message) == (next.kind, next.column, &next.message)
        && one.excerpt.is_empty()
        && next.excerpt.is_empty()
}

/// One problem, or the same one on several lines.
fn row(out: &mut dyn Write, same: &[Problem]) -> io::Result<()> {
    let [problem, rest @ ..] = same else { return Ok(()) };
    let lines = match rest.last() {
        Some(last) => format!("{}–{}", problem.line, last.line),
        None => problem.line.to_string(),
    };
    let place = if problem.column == 0 { lines } else { format!("{lines}:{}", problem.column) };
    let weight = if problem.kind.is_unread() { "problem" } else { "remark" };
    let message = Safe::line(problem.message.as_bytes());
    write!(out, "    {place:<9} {:<18} {weight:<8} {message}", problem.kind.name())?;
    if !problem.excerpt.is_empty() {
        write!(out, " «{}»", Safe::line(&problem.excerpt).cut(EXCERPT))?;
    }
    writeln!(out)
}

fn named(lines: &Lines) -> String {
    let range =
        |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    let mut words: Vec<String> = lines.ranges().iter().take(RANGES).map(range).collect();
    if lines.ranges().len() > RANGES {
        words.push("…".to_owned());
    }
    words.join(", ")
}

fn count(number: impl Into<u64>, word: &str) -> String {
    match number.into() {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        many => format!("{many} {word}s"),
    }
}

//! How one case was made of its line: which key became which part, why, and what was left over. Reads that line only, once the
//! index has found it.

use std::io::{self, Write};

use super::survey::{LONGEST_LINE, read};
use crate::model::case::{Case, IdKind, Part};
use crate::store::shape;
use crate::store::skim::{Line, skim};
use crate::store::source::{self, Found, Source};
use crate::text::clean::Safe;

/// Cells for the path and for what became of it; longer ones push the rest of their row to the right.
const PATH: usize = 30;
const BECAME: usize = 18;

/// One case, explained.
pub(super) struct Explanation {
    file: Safe,
    number: u64,
    case: Case,
    rows: Vec<(String, String, String)>,
}

impl Explanation {
    /// Explains the case of this number, from 1.
    ///
    /// # Errors
    /// A sentence: there are not so many cases, or the line cannot be read again.
    pub(super) fn of(source: &Source, number: u64) -> Result<Self, String> {
        let file = Safe::line(source.path().to_string_lossy().as_bytes());
        let found = find(source, number).map_err(|count| format!("{file} has no case {number}; it has {count}"))?;
        let case = read(source, &found).map_err(|problem| problem.message.into_string())?;
        let line = source.line(found.span()).map_err(|e| e.to_string())?;
        let rows = match skim(&line, found.line) {
            Line::Object(skim) => {
                let object = line.get(skim.object.start as usize..skim.object.end as usize).unwrap_or_default();
                shape::explain(object, &line, source.name()).rows
            }
            Line::Blank | Line::Bad(_) => return Err(format!("line {} of {file} has changed", found.line)),
        };
        Ok(Self { file, number, case, rows })
    }

    /// Prints it.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { file, number, case, rows } = self;
        let id = Safe::line(case.id.bytes()).cut_middle(80);
        let kind = if case.id.kind() == IdKind::Json { " (a JSON value)" } else { "" };
        let family = case.family.name();
        writeln!(out, "{file}, case {number}, line {}: id {id}{kind}, {family}", case.origin.line)?;
        if case.origin.sub > 0 {
            writeln!(out, "  It is number {} of the cases on its line.", u32::from(case.origin.sub) + 1)?;
        }
        for (path, became, why) in rows {
            let [path, became, why] = [path, became, why].map(|text| Safe::line(text.as_bytes()));
            let [to_became, to_why] = [gap(&path, PATH), gap(&became, BECAME)];
            writeln!(out, "  {path}{to_became}{became}{to_why}{why}")?;
        }
        for (name, part) in [("scratchpad", case.scratchpad()), ("answer", case.answer())] {
            writeln!(out, "  {name}: {}", in_short(part))?;
        }
        for problem in &case.problems {
            let message = Safe::line(problem.message.as_bytes());
            writeln!(out, "  {}: {message}", problem.kind.name())?;
        }
        Ok(())
    }
}

/// What a part came to: its length and its first words.
fn in_short(part: &Part) -> String {
    const WORDS: usize = 48;
    match part {
        Part::Absent => "absent".to_owned(),
        Part::Empty => "empty".to_owned(),
        Part::Present(text) => {
            let head = &text[..text.len().min(4 * WORDS)];
            format!("{} bytes, «{}»", text.len(), Safe::line(head).cut(WORDS))
        }
    }
}

fn gap(text: &Safe, cells: usize) -> String {
    " ".repeat(cells.saturating_sub(text.width()).max(2))
}

/// Where the case of this number stands, or how many cases there are.
fn find(source: &Source, number: u64) -> Result<Found, u64> {
    let mut before = 0;
    let mut wanted = None;
    source::index(source, LONGEST_LINE, &mut |batch| {
        let place = usize::try_from(number - 1 - before).unwrap_or(usize::MAX);
        wanted = batch.found.get(place).copied();
        before += batch.found.len() as u64;
        wanted.is_none()
    });
    wanted.ok_or(before)
}

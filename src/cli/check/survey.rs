//! One file gone through from end to end: what each line is, how its cases are read, what was wrong. Prints nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fit::Parts;
use crate::model::case::{Case, Family, FileNo, Problem, ProblemKind};
use crate::store::source::{self, Batch, Found, Source};

/// Longer lines are problems: 256 MiB.
pub(super) const LONGEST_LINE: u32 = 256 << 20;

/// So many problems of a file are kept; the others are counted. A file of ten million bad lines must not fill the memory, and
/// nobody reads so many.
const KEPT: usize = 10_000;

/// What a file holds.
#[derive(Debug)]
pub(super) struct Survey {
    /// What the file is: only lines of JSON are read so far.
    pub(super) container: &'static str,
    /// Its size in bytes.
    pub(super) size: u64,
    /// How many cases came in which shape.
    pub(super) families: BTreeMap<Family, u64>,
    /// How many cases there are; a line can hold several.
    pub(super) cases: u64,
    /// How many lines there are (so far), a last one without its end included.
    pub(super) lines: u32,
    /// The lines that hold cases.
    pub(super) case_lines: Lines,
    /// The lines with nothing on them.
    pub(super) blank_lines: Lines,
    /// The lines that could not become cases.
    pub(super) unread_lines: Lines,
    /// The last line, where it is not whole and has no end.
    pub(super) pending: Option<u32>,
    /// How many problems cost a line or a case.
    pub(super) unread: u64,
    /// The problems and the marks on cases that were read, by line; the first [`KEPT`] of them.
    pub(super) problems: Vec<Problem>,
    /// How many more there are.
    pub(super) left_out: u64,
    /// What a codebook asks of its cases.
    pub(super) parts: Parts,
}

impl Survey {
    /// Goes through a file.
    pub(super) fn of(source: &Source) -> Self {
        let mut survey = Self {
            container: "JSONL",
            size: source.size(),
            families: BTreeMap::new(),
            cases: 0,
            lines: 0,
            case_lines: Lines::default(),
            blank_lines: Lines::default(),
            unread_lines: Lines::default(),
            pending: None,
            unread: 0,
            problems: Vec::new(),
            left_out: 0,
            parts: Parts::default(),
        };
        source::index(source, LONGEST_LINE, &mut |batch| {
            survey.add(source, batch);
            true
        });
        survey
    }

    fn add(&mut self, source: &Source, batch: Batch) {
        let mut problems: Vec<Problem> =
            batch.problems.into_iter().filter(|problem| problem.kind.is_unread()).collect();
        let mut lines: Vec<(u32, Is)> = problems.iter().map(|problem| (problem.line, Is::Unread)).collect();
        for found in &batch.found {
            match read(source, found) {
                Ok(case) => {
                    lines.push((found.line, Is::Case));
                    self.cases += 1;
                    self.parts.add(&case);
                    *self.families.entry(case.family).or_default() += 1;
                    // What is said of a line is said of each of its cases.
                    let new: Vec<Problem> = case.problems.into_iter().filter(|p| !problems.contains(p)).collect();
                    problems.extend(new);
                }
                Err(problem) => {
                    lines.push((found.line, Is::Unread));
                    problems.push(problem);
                }
            }
        }
        if let Some(pending) = batch.pending {
            lines.push((pending.line, Is::Pending));
        }
        lines.sort_unstable();
        for (line, is) in lines {
            self.line(line, is);
        }
        if batch.last {
            self.blank_up_to(batch.lines);
        }
        problems.sort_by_key(|problem| (problem.line, problem.column));
        self.unread += problems.iter().filter(|problem| problem.kind.is_unread()).count() as u64;
        let room = KEPT.saturating_sub(self.problems.len()).min(problems.len());
        self.left_out += (problems.len() - room) as u64;
        self.problems.extend(problems.into_iter().take(room));
    }

    /// Takes note of a line; lines come in their order, several times where several things are said of them.
    fn line(&mut self, line: u32, is: Is) {
        self.blank_up_to(line.saturating_sub(1));
        self.lines = line;
        match is {
            Is::Case => self.case_lines.add(line),
            Is::Unread => self.unread_lines.add(line),
            Is::Pending => self.pending = Some(line),
        }
    }

    /// Lines between the last one that was noted and this one, of which nothing was said, are blank.
    fn blank_up_to(&mut self, last: u32) {
        for line in self.lines + 1..=last {
            self.blank_lines.add(line);
        }
        self.lines = self.lines.max(last);
    }
}

/// What a line is. The order is that of the report where a line is more than one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Is {
    Case,
    Unread,
    Pending,
}

/// Reads a case that the index found.
pub(super) fn read(source: &Source, found: &Found) -> Result<Case, Problem> {
    source.read(FileNo(0), found.span()).map_err(|e| Problem {
        line: found.line,
        column: 0,
        kind: ProblemKind::Unreadable,
        message: e.to_string().into(),
        excerpt: Box::default(),
    })
}

/// Numbers of lines, rising, as ranges with both ends in them: a file of ten million cases is one range.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Lines(Vec<(u32, u32)>);

impl Lines {
    fn add(&mut self, line: u32) {
        match self.0.last_mut() {
            Some((_, last)) if *last == line => {}
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => self.0.push((line, line)),
        }
    }

    /// How many lines these are.
    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// The ranges, first and last line of each.
    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ranges_hold_exactly_the_lines(mut lines: Vec<u16>) {
            lines.sort_unstable();
            let mut ranges = Lines::default();
            for line in &lines {
                ranges.add(u32::from(*line));
            }
            lines.dedup();
            let told: Vec<u32> = ranges.ranges().iter().flat_map(|(first, last)| *first..=*last).collect();
            prop_assert_eq!(&told, &lines.iter().map(|line| u32::from(*line)).collect::<Vec<_>>());
            prop_assert_eq!(ranges.count() as usize, lines.len());
            prop_assert!(ranges.ranges().windows(2).all(|two| two[0].1 + 1 < two[1].0));
        }
    }
}

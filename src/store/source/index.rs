//! Finds every case of a file, in one pass and in blocks, and goes on where it stopped when the file has grown. Reads no case: what is
//! kept of each is where it stands and 64 bits of its id.

use std::{io, mem};

use super::lines::{Lines, Raw};
use super::{Source, Span};
use crate::model::case::{CaseId, Problem, ProblemKind};
use crate::store::shape;
use crate::store::skim::{self, Line, Skim, skim};

/// What is read at once: enough that system calls do not count, little enough that the first case is there at once.
const BLOCK: usize = 64 * 1024;

/// A batch is sent when it holds so many cases, or so many problems, or when so many bytes were looked at for it.
const MANY: usize = 4096;
const FAR: u64 = 4 * 1024 * 1024;

/// A case that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line's first byte, in bytes from the start of the file.
    pub offset: u64,
    /// The line's length in bytes, without its line end.
    pub len: u32,
    /// The line's number, from 1.
    pub line: u32,
    /// [`crate::model::case::CaseId::key`] of its id.
    pub key: u64,
    /// Which of the cases on this line, from 0.
    pub sub: u16,
}

impl Found {
    /// Where it stands, as [`Source::read`] wants it.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { offset: self.offset, len: self.len, line: self.line, sub: self.sub }
    }
}

/// What was found since the batch before, and how far the pass is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// New cases, in file order.
    pub found: Vec<Found>,
    /// New lines that are no case, in file order.
    pub problems: Vec<Problem>,
    /// How many bytes of the file were looked at in all.
    pub done: u64,
    /// How many lines there were in all, whatever they held.
    pub lines: u32,
    /// How many of all lines are blank.
    pub blank: u32,
    /// The last line, when it has no line end and is no record: more of it may come. Only with the last batch.
    pub pending: Option<Problem>,
    /// Whether the pass is over.
    pub last: bool,
}

/// How far a pass has settled what stands in the file: all before this is known, and the next pass begins here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The first byte that is not settled.
    pub(super) offset: u64,
    /// How many lines there are before it.
    pub(super) line: u32,
    /// Whether it stands on a line that is settled already although it had no end yet: what is left of that line is no news.
    pub(super) within: bool,
}

/// Goes over the file from its start to its end, as [`index_on`] does.
pub fn index(source: &Source, limit: u32, send: &mut dyn FnMut(Batch) -> bool) -> Option<Reached> {
    index_on(source, Reached::default(), limit, send)
}

/// Goes over the file from where an earlier pass stopped to its end and hands over what it finds: first after one block, so that there
/// is something to show, then in larger batches. Lines of more than `limit` bytes are passed over. Ends early when `send` returns
/// false. When the file cannot be read to its end, the last batch has a problem that says so.
///
/// Says where to go on once the file has grown, unless it ended early or could not read.
pub fn index_on(source: &Source, from: Reached, limit: u32, send: &mut dyn FnMut(Batch) -> bool) -> Option<Reached> {
    let mut block = vec![0; BLOCK];
    let (from, mut failure) = match behind_line(source, from, &mut block) {
        Ok(from) => (from, None),
        Err(error) => (from, Some(error)),
    };
    let mut lines = Lines::from(from, limit);
    let batch = Batch { lines: from.line, ..Batch::default() };
    let mut pass = Pass { name: source.name(), limit, batch, sent: None };
    while failure.is_none() && !from.within {
        let len = match source.fill(lines.place(), &mut block) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) => {
                failure = Some(error);
                break;
            }
        };
        let mut at = 0;
        while let Some(raw) = lines.next(&block[..len], &mut at) {
            pass.line(raw);
            if pass.is_full() && !send(pass.next(lines.place())) {
                return None;
            }
        }
        if pass.is_due(lines.place()) && !send(pass.next(lines.place())) {
            return None;
        }
    }
    let failed = failure.is_some();
    if let Some(error) = failure {
        let what = format!("the file could not be read from here on ({error})");
        let next = pass.batch.lines.saturating_add(1);
        pass.batch.problems.push(skim::problem(b"", next, 0, ProblemKind::Unreadable, &what));
    }
    let mut reached = Reached { within: from.within, ..lines.reached() };
    let known = pass.batch.found.len() + pass.batch.problems.len();
    if let Some(raw) = lines.rest() {
        pass.rest(raw);
        if pass.batch.found.len() + pass.batch.problems.len() > known {
            reached = Reached { within: true, ..lines.reached() };
        }
    }
    pass.batch.last = true;
    let listens = send(pass.next(lines.place()));
    (listens && !failed).then_some(reached)
}

/// The first byte behind the line that an earlier pass has settled before its end was written; the end of the file, still within the
/// line, where that has not come yet.
fn behind_line(source: &Source, mut from: Reached, block: &mut [u8]) -> io::Result<Reached> {
    while from.within {
        let len = source.fill(from.offset, block)?;
        let end = memchr::memchr(b'\n', &block[..len]);
        from.offset += end.map_or(len, |end| end + 1) as u64;
        from.within = end.is_none();
        if len == 0 {
            break;
        }
    }
    Ok(from)
}

/// One pass over a file: the batch that is being filled.
struct Pass<'a> {
    name: &'a str,
    limit: u32,
    batch: Batch,
    /// Up to where the batches before went, if there were any.
    sent: Option<u64>,
}

impl Pass<'_> {
    /// Whether the batch must go out although the block is not at its end.
    fn is_full(&self) -> bool {
        self.batch.found.len() >= MANY || self.batch.problems.len() >= MANY
    }

    /// Whether the batch should go out now that a block is at its end.
    fn is_due(&self, place: u64) -> bool {
        self.sent.is_none_or(|sent| place - sent >= FAR)
    }

    /// The batch so far, leaving an empty one that counts on.
    fn next(&mut self, place: u64) -> Batch {
        self.sent = Some(place);
        let Batch { lines, blank, .. } = self.batch;
        let batch = mem::replace(&mut self.batch, Batch { lines, blank, ..Batch::default() });
        Batch { done: place, ..batch }
    }

    fn line(&mut self, raw: Raw<'_>) {
        self.batch.lines = raw.number;
        if raw.too_long {
            return self.too_long(raw);
        }
        match skim(raw.bytes, raw.number) {
            Line::Blank => self.batch.blank = self.batch.blank.saturating_add(1),
            Line::Object(skim) => self.object(raw, &skim),
            Line::Bad(problem) => self.batch.problems.push(problem),
        }
    }

    /// The last line, which has no line end.
    fn rest(&mut self, raw: Raw<'_>) {
        self.line(raw);
        let unfinished = self.batch.problems.pop_if(|problem| {
            problem.line == raw.number && !matches!(problem.kind, ProblemKind::TooLong | ProblemKind::NotTranscript)
        });
        self.batch.pending = unfinished.map(|problem| Problem {
            kind: ProblemKind::Pending,
            message: "the last line has no line end and is no whole record: whoever writes the file may still be at it"
                .into(),
            ..problem
        });
    }

    fn object(&mut self, raw: Raw<'_>, skim: &Skim) {
        let object = &raw.bytes[skim.object.start as usize..skim.object.end as usize];
        let ids = shape::identities(object, raw.bytes, self.name);
        if ids.is_empty() {
            let what = "the record holds nothing that could be a transcript";
            return self.problem(raw, skim.object.start as usize, ProblemKind::NotTranscript, what);
        }
        let Ok(len) = u32::try_from(raw.bytes.len()) else { return self.too_long(raw) };
        let subs = 0..=u16::MAX;
        if ids.len() > subs.len() {
            let what = format!("the record holds {} cases, more than can be told apart", ids.len());
            return self.problem(raw, skim.object.start as usize, ProblemKind::TooLong, &what);
        }
        let found = |(id, sub): (&CaseId, u16)| Found { offset: raw.offset, len, line: raw.number, key: id.key(), sub };
        self.batch.found.extend(ids.iter().zip(subs).map(found));
    }

    fn too_long(&mut self, raw: Raw<'_>) {
        let what = format!("the line is longer than {} bytes, which is the limit", self.limit);
        self.problem(raw, 0, ProblemKind::TooLong, &what);
    }

    fn problem(&mut self, raw: Raw<'_>, at: usize, kind: ProblemKind, what: &str) {
        self.batch.problems.push(skim::problem(raw.bytes, raw.number, at, kind, what));
    }
}

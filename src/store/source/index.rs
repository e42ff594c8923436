//! Finds every case of a file, in one pass and in blocks. Reads no case: what is kept of each is where it stands and 64 bits of its id.

use std::mem;

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

/// Goes over the file from its start to its end and hands over what it finds: first after one block, so that there is something to
/// show, then in larger batches. Lines of more than `limit` bytes are passed over. Ends early when `send` returns false. When the
/// file cannot be read to its end, the last batch has a problem that says so.
pub fn index(source: &Source, limit: u32, send: &mut dyn FnMut(Batch) -> bool) {
    let mut lines = Lines::new(limit);
    let mut pass = Pass { name: source.name(), limit, batch: Batch::default(), sent: 0 };
    let mut block = vec![0; BLOCK];
    loop {
        let len = match source.fill(lines.place(), &mut block) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) => {
                let what = format!("the file could not be read from here on ({error})");
                let next = pass.batch.lines.saturating_add(1);
                pass.batch.problems.push(skim::problem(b"", next, 0, ProblemKind::Unreadable, &what));
                break;
            }
        };
        let mut at = 0;
        while let Some(raw) = lines.next(&block[..len], &mut at) {
            pass.line(raw);
            if pass.is_full() && !send(pass.next(lines.place())) {
                return;
            }
        }
        if pass.is_due(lines.place()) && !send(pass.next(lines.place())) {
            return;
        }
    }
    if let Some(raw) = lines.rest() {
        pass.rest(raw);
    }
    pass.batch.last = true;
    send(pass.next(lines.place()));
}

/// One pass over a file: the batch that is being filled.
struct Pass<'a> {
    name: &'a str,
    limit: u32,
    batch: Batch,
    /// Up to where the batches before went.
    sent: u64,
}

impl Pass<'_> {
    /// Whether the batch must go out although the block is not at its end.
    fn is_full(&self) -> bool {
        self.batch.found.len() >= MANY || self.batch.problems.len() >= MANY
    }

    /// Whether the batch should go out now that a block is at its end.
    fn is_due(&self, place: u64) -> bool {
        self.sent == 0 || place - self.sent >= FAR
    }

    /// The batch so far, leaving an empty one that counts on.
    fn next(&mut self, place: u64) -> Batch {
        self.sent = place;
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

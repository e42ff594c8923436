//! A long file in pieces that may be gone over in any order, and what is found in them put together as one walk would have found it: in
//! file order, with every line counted.
//!
//! The file is cut into pieces of equal length wherever that falls; the lines of a piece are those that begin in it. Which number
//! they have is known when the pieces before are through, so that each piece counts from 0 and is counted on when it is joined.

use std::io;

use super::Source;
use super::index::{Batch, Reached};
use super::pass::{BLOCK, End, Pass};

/// What is gone over in one go: enough that handing it over does not count, little enough that nobody waits long for another at the
/// end.
const PIECE: u64 = 2 * 1024 * 1024;
/// A file with less than this left is not worth being cut.
const LONG: u64 = 4 * PIECE;

/// A stretch of a file, cut.
#[derive(Clone, Copy, Debug)]
pub struct Pieces<'a> {
    source: &'a Source,
    from: Reached,
    limit: u32,
    count: u64,
}

/// What was found in one piece, counted from 0.
#[derive(Debug)]
pub struct Walked {
    batches: Vec<Batch>,
    reached: Reached,
    end: End,
}

impl<'a> Pieces<'a> {
    /// Cuts what stands in the file now from here on. Nothing where that is short. Lines of more than `limit` bytes are passed over.
    #[must_use]
    pub fn of(source: &'a Source, from: Reached, limit: u32) -> Option<Self> {
        let size = source.metadata().map_or(0, |now| now.len());
        let is_long = !from.within && size >= from.offset.saturating_add(LONG);
        is_long.then(|| Self { source, from, limit, count: (size - from.offset).div_ceil(PIECE) })
    }

    /// How many pieces there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Goes over one of them, counted from 0.
    #[must_use]
    pub fn walk(&self, number: u64) -> Walked {
        let from = self.from.offset + number * PIECE;
        let mut block = vec![0; BLOCK];
        let begin = if number == 0 { Ok(Some(from)) } else { self.first_line(from, &mut block) };
        let nothing = |end| Walked { batches: Vec::new(), reached: Reached::default(), end };
        let begin = match begin {
            Ok(Some(begin)) => begin,
            Ok(None) => return nothing(End::Until),
            Err(error) => return nothing(End::Failed(error)),
        };
        let mut pass = Pass::new(self.source, Reached { offset: begin, ..Reached::default() }, self.limit);
        let mut batches = Vec::new();
        let end = pass.walk(from + PIECE, &mut block, &mut |batch| {
            batches.push(batch);
            true
        });
        batches.push(pass.next());
        Walked { batches, reached: pass.reached(), end }
    }

    /// Where the first line begins that begins in the piece at byte `from`, if one does.
    fn first_line(&self, from: u64, block: &mut [u8]) -> io::Result<Option<u64>> {
        let mut at = from - 1;
        while at < from + PIECE - 1 {
            let len = self.source.fill(at, block)?;
            if let Some(end) = memchr::memchr(b'\n', &block[..len]) {
                let begin = at + end as u64 + 1;
                return Ok((begin < from + PIECE).then_some(begin));
            }
            if len == 0 {
                break;
            }
            at += len as u64;
        }
        Ok(None)
    }
}

/// Pieces that are put together again, one behind the other.
#[derive(Debug)]
pub struct Joined {
    reached: Reached,
    done: u64,
    open: bool,
}

impl Joined {
    /// Nothing yet, behind what is settled already.
    #[must_use]
    pub fn new(from: Reached) -> Self {
        Self { reached: from, done: from.offset, open: true }
    }

    /// Adds the piece that follows and hands over what was found in it. False when no other is wanted: nobody listens any more, or
    /// the file ended or could not be read, which one walk from here on will tell.
    pub fn add(&mut self, walked: Walked, send: &mut dyn FnMut(Batch) -> bool) -> bool {
        let (lines, blank) = (self.reached.line, self.reached.blank);
        for batch in walked.batches {
            // The last line of a piece ends in the next one, where others have begun to read.
            self.done = self.done.max(batch.done);
            let batch = batch.behind(lines, blank);
            (self.reached.line, self.reached.blank) = (batch.lines, batch.blank);
            if !send(Batch { done: self.done, ..batch }) {
                self.open = false;
                return false;
            }
        }
        // A long line carries the walk past the pieces that it fills.
        self.reached.offset = self.reached.offset.max(walked.reached.offset);
        matches!(walked.end, End::Until)
    }

    /// Where one walk can go on; nothing when nobody listens.
    #[must_use]
    pub fn reached(&self) -> Option<Reached> {
        self.open.then_some(self.reached)
    }
}

impl Batch {
    /// The same batch behind so many lines, of which so many are blank.
    fn behind(mut self, lines: u32, blank: u32) -> Self {
        self.lines = self.lines.saturating_add(lines);
        self.blank = self.blank.saturating_add(blank);
        self.found.iter_mut().for_each(|found| found.line = found.line.saturating_add(lines));
        self.problems.iter_mut().for_each(|problem| problem.line = problem.line.saturating_add(lines));
        self
    }
}

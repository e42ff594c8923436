//! Finds every case of a file, in one pass and in blocks, and goes on where it stopped when the file has grown. Reads no case: what is
//! kept of each is where it stands and 64 bits of its id.

use std::io;

use super::pass::{BLOCK, End, Pass};
use super::{Source, Span};
use crate::model::case::Problem;
use crate::model::draw::Draw;

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
    /// What chance drew for it, where the source was given a seed.
    pub draw: Draw,
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
    /// How many of these are blank.
    pub(super) blank: u32,
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
    let (from, failure) = match behind_line(source, from, &mut block) {
        Ok(from) => (from, None),
        Err(error) => (from, Some(error)),
    };
    let mut pass = Pass::new(source, from, limit);
    let first = match failure {
        Some(error) => Some(End::Failed(error)),
        None if from.within => Some(End::OfFile),
        None => pass.step(u64::MAX, &mut block, send).or_else(|| (!send(pass.next())).then_some(End::Unheard)),
    };
    let end = first.unwrap_or_else(|| pass.walk(u64::MAX, &mut block, send));
    if matches!(end, End::Unheard) {
        return None;
    }
    let failed = matches!(end, End::Failed(_));
    if let End::Failed(error) = end {
        pass.failed(&error);
    }
    let reached = pass.settle_rest();
    let listens = send(Batch { last: true, ..pass.next() });
    (listens && !failed).then_some(Reached { within: reached.within || from.within, ..reached })
}

/// Goes over one block only, and says where to go on; nothing when nobody listens. What stops it is told by whoever goes on.
pub fn index_block(source: &Source, from: Reached, limit: u32, send: &mut dyn FnMut(Batch) -> bool) -> Option<Reached> {
    let mut pass = Pass::new(source, from, limit);
    let end = pass.step(u64::MAX, &mut vec![0; BLOCK], send);
    (!matches!(end, Some(End::Unheard)) && send(pass.next())).then(|| pass.reached())
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

//! Cuts blocks of a file into lines. Holds one line at most and never more of it than a limit; knows nothing of JSON.

use std::mem;

use super::index::Reached;

/// What is kept of a line that is too long, to be quoted.
const QUOTE: usize = 64;

/// The buffer is given back to the system after a line longer than this.
const ROOMY: usize = 1024 * 1024;

/// A line without its line end: LF, or CR and LF; a CR that ends the file counts too, since its LF may still be on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw<'a> {
    /// The first byte's place in the file.
    pub(super) offset: u64,
    /// From 1; it stays at the greatest number there is.
    pub(super) number: u32,
    /// The line, or only the first bytes of one that is too long.
    pub(super) bytes: &'a [u8],
    /// Whether it is longer than the limit.
    pub(super) too_long: bool,
}

/// Cuts blocks into lines.
pub(super) struct Lines {
    limit: usize,
    /// What earlier blocks held of a line that goes on, unless it is `skipping`: then its first bytes.
    carry: Vec<u8>,
    skipping: bool,
    /// Whether the line in `carry` was handed out by the last call.
    spent: bool,
    /// Where the current line begins.
    offset: u64,
    /// Where the next byte stands.
    place: u64,
    number: u32,
}

impl Lines {
    /// Lines from this place of the file on. Those of at most `limit` bytes are held.
    pub(super) fn from(Reached { offset, line, .. }: Reached, limit: u32) -> Self {
        let limit = limit as usize;
        Self { limit, carry: Vec::new(), skipping: false, spent: false, offset, place: offset, number: line }
    }

    /// The next line that ends in `block`, from byte `at` on; `at` is moved behind it. Nothing when the rest was put by: the next
    /// call must then be with the block that follows.
    pub(super) fn next<'a>(&'a mut self, block: &'a [u8], at: &mut usize) -> Option<Raw<'a>> {
        self.tidy();
        let rest = &block[*at..];
        let Some(len) = memchr::memchr(b'\n', rest) else {
            self.put_by(rest);
            self.place += rest.len() as u64;
            *at = block.len();
            return None;
        };
        *at += len + 1;
        self.place += len as u64 + 1;
        let whole = self.carry.is_empty() && !self.skipping;
        if !whole {
            self.put_by(&rest[..len]);
        }
        Some(self.hand_out(if whole { Some(&rest[..len]) } else { None }))
    }

    /// What stands behind the last line end, if anything does.
    pub(super) fn rest(&mut self) -> Option<Raw<'_>> {
        self.tidy();
        (self.place > self.offset).then(|| self.hand_out(None))
    }

    /// Where the line begins that was not handed out yet, and how many lines were.
    pub(super) fn reached(&self) -> Reached {
        Reached { offset: self.offset, line: self.number, ..Reached::default() }
    }

    /// Where the file was read up to: behind the line that was handed out last, or behind the last block.
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    fn hand_out<'a>(&'a mut self, whole: Option<&'a [u8]>) -> Raw<'a> {
        let offset = mem::replace(&mut self.offset, self.place);
        let too_long = mem::take(&mut self.skipping) || whole.is_some_and(|line| line.len() > self.limit);
        self.spent = true;
        self.number = self.number.saturating_add(1);
        let line = whole.unwrap_or(&self.carry);
        let bytes = if too_long { &line[..line.len().min(QUOTE)] } else { line.strip_suffix(b"\r").unwrap_or(line) };
        Raw { offset, number: self.number, bytes, too_long }
    }

    fn tidy(&mut self) {
        if mem::take(&mut self.spent) {
            self.carry.clear();
            self.carry.shrink_to(ROOMY);
        }
    }

    /// Keeps these bytes of the current line for the next block, unless that makes it too long, or too long for the memory.
    fn put_by(&mut self, bytes: &[u8]) {
        let len = self.carry.len() + bytes.len();
        if !self.skipping && len <= self.limit && self.grow(len) {
            self.carry.extend_from_slice(bytes);
            return;
        }
        self.skipping = true;
        self.carry.truncate(QUOTE);
        self.carry.shrink_to(ROOMY);
        let missing = (QUOTE - self.carry.len()).min(bytes.len());
        self.carry.extend_from_slice(&bytes[..missing]);
    }

    /// Makes room for so many bytes in all: doubling, so that long lines are not copied for every block, but never past the limit.
    fn grow(&mut self, len: usize) -> bool {
        if len <= self.carry.capacity() {
            return true;
        }
        let room = len.max(self.carry.capacity() * 2).min(self.limit);
        self.carry.try_reserve_exact(room - self.carry.len()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Owned = (u64, u32, Vec<u8>, bool);

    fn owned(raw: Raw<'_>) -> Owned {
        (raw.offset, raw.number, raw.bytes.to_vec(), raw.too_long)
    }

    fn cut(text: &[u8], block: usize, limit: u32) -> (Vec<Owned>, usize) {
        let mut lines = Lines::from(Reached::default(), limit);
        let (mut found, mut capacity) = (Vec::new(), 0);
        for block in text.chunks(block) {
            let mut at = 0;
            while let Some(raw) = lines.next(block, &mut at) {
                found.push(owned(raw));
            }
            capacity = capacity.max(lines.carry.capacity());
        }
        found.extend(lines.rest().map(owned));
        assert_eq!(lines.place(), text.len() as u64);
        (found, capacity)
    }

    fn naive(text: &[u8], limit: usize) -> Vec<Owned> {
        let mut offset = 0;
        let mut found = Vec::new();
        for (line, number) in text.split_inclusive(|b| *b == b'\n').zip(1..) {
            let body = line.strip_suffix(b"\n").unwrap_or(line);
            let too_long = body.len() > limit;
            let bytes =
                if too_long { &body[..body.len().min(QUOTE)] } else { body.strip_suffix(b"\r").unwrap_or(body) };
            found.push((offset, number, bytes.to_vec(), too_long));
            offset += line.len() as u64;
        }
        found
    }

    proptest! {
        #[test]
        fn lines_are_those_of_a_plain_split(
            lines in prop::collection::vec(("[a-z]{0,90}", prop::sample::select(&["\n", "\r\n", "\r", ""][..])), 0..20),
            limit in 1u32..100,
        ) {
            let text: String = lines.into_iter().map(|(line, end)| line + end).collect();
            let expected = naive(text.as_bytes(), limit as usize);
            for block in 1..=text.len() + 1 {
                let (found, capacity) = cut(text.as_bytes(), block, limit);
                prop_assert_eq!(&found, &expected, "blocks of {}", block);
                prop_assert!(capacity <= (2 * QUOTE).max(limit as usize), "{} bytes for a limit of {}", capacity, limit);
            }
        }
    }

    #[test]
    fn a_line_without_end_is_not_held() {
        let block = vec![0; 64 * 1024];
        let mut lines = Lines::from(Reached::default(), 256 * 1024);
        for _ in 0..1000 {
            assert_eq!(lines.next(&block, &mut 0), None);
            assert!(lines.carry.capacity() <= 256 * 1024, "{}", lines.carry.capacity());
        }
        assert_eq!(lines.rest().map(owned), Some((0, 1, vec![0; QUOTE], true)));
    }

    #[test]
    fn numbers_stop_at_the_greatest() {
        let mut lines = Lines { number: u32::MAX - 1, ..Lines::from(Reached::default(), 10) };
        let mut at = 0;
        let numbers: Vec<u32> =
            std::iter::from_fn(|| lines.next(b"a\nb\nc\n", &mut at).map(|raw| raw.number)).collect();
        assert_eq!(numbers, [u32::MAX; 3]);
    }
}

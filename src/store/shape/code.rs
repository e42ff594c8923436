//! Where a text is code, as Markdown marks it with backticks: talk about tags stands there, not the tags of a reply.
//! Finds nothing but that, and errs on the side of text: a backtick without a partner marks nothing.

use std::ops::Range;

/// Tells places between two backticks on one line. Asked from the start of a text towards its end, it reads the text once.
pub(super) struct Inline<'a> {
    text: &'a [u8],
    line_end: usize,
    last_tick: Option<usize>,
    counted: usize,
    ticks: usize,
}

impl<'a> Inline<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, line_end: 0, last_tick: None, counted: 0, ticks: 0 }
    }

    /// Whether this place, which is behind all that were asked for before, stands between two backticks on its line.
    pub(super) fn holds(&mut self, at: &Range<usize>) -> bool {
        if at.start >= self.line_end {
            let start = memchr::memrchr(b'\n', &self.text[self.line_end..at.start])
                .map_or(self.line_end, |i| self.line_end + i + 1);
            self.line_end = memchr::memchr(b'\n', &self.text[at.start..]).map_or(self.text.len(), |i| at.start + i + 1);
            let line = &self.text[start..self.line_end];
            self.last_tick = memchr::memrchr(b'`', line).map(|i| start + i);
            // Three at a line's beginning open a fence, which is told apart elsewhere.
            let fence = line.trim_ascii_start().starts_with(b"```");
            self.counted = start + if fence { line.len() - line.trim_ascii_start().len() + 3 } else { 0 };
            self.ticks = 0;
        }
        let before = self.text.get(self.counted..at.start).unwrap_or_default();
        self.ticks += memchr::memchr_iter(b'`', before).count();
        self.counted = self.counted.max(at.start);
        self.ticks % 2 == 1 && self.last_tick.is_some_and(|tick| tick >= at.end)
    }
}

/// Whether a place stands in one of these blocks, which are in order.
pub(super) fn within(blocks: &[Range<usize>], at: usize) -> bool {
    let next = blocks.partition_point(|block| block.end <= at);
    blocks.get(next).is_some_and(|block| block.start <= at)
}

/// The fenced blocks from `start` on that are opened and closed, fences included.
pub(super) fn fenced(text: &[u8], start: usize) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = start;
    for line in text[start..].split_inclusive(|b| *b == b'\n') {
        let bare = line.trim_ascii();
        let ticks = bare.iter().take_while(|b| **b == b'`').count();
        match open {
            None if ticks >= 3 => open = Some((at, ticks)),
            // A closing fence is at least as long as the opening one and names no language.
            Some((from, least)) if ticks >= least && ticks == bare.len() => {
                blocks.push(from..at + line.len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    blocks
}

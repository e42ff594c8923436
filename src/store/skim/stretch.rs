//! Which bytes need attention: this is where the index spends its time, and why it looks at 64 bytes as one number.
//!
//! It looks at many stretches before anybody walks over them, without a branch and with the widest registers that the processor has.
//! Where the next stop stands cannot be guessed by the processor, so what is looked at must not depend on it.

use fearless_simd::{Level, Simd, dispatch, prelude::*, u8x64};

/// How many bytes are one number.
const STRETCH: usize = 64;
/// How many stretches are looked at together.
const TOGETHER: usize = 32;

/// What was seen of the bytes from one place on.
pub(super) struct Seen {
    start: usize,
    end: usize,
    /// A bit for each byte, the lowest for the first: set where a text may end or be at fault. That is a quote, a control character, and
    /// the backslash of an escape of more than two bytes, or of one that goes on in the next stretch. Escapes of two bytes are no
    /// stops. What stands within an escape whose backslash is a stop may be one.
    stops: [u64; TOGETHER],
    /// A bit for each stretch that has a backslash.
    escapes: u32,
    foreign: bool,
    /// 1 where the first byte of the stretch that follows is escaped.
    escaped: u64,
    level: Level,
}

impl Seen {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::with(Level::new())
    }

    fn with(level: Level) -> Self {
        Self { start: 0, end: 0, stops: [0; TOGETHER], escapes: 0, foreign: false, escaped: 0, level }
    }

    /// The first stop from byte `at` on; where there is none, the first byte that was not seen.
    #[inline]
    pub(super) fn stop(&self, at: usize) -> Result<usize, usize> {
        let mut at = at;
        while at < self.end {
            let gone = at - self.start;
            let stops = self.stops[gone / STRETCH % TOGETHER] >> (gone % STRETCH);
            if stops != 0 {
                return Ok(at + stops.trailing_zeros() as usize);
            }
            at += STRETCH - gone % STRETCH;
        }
        Err(at)
    }

    /// Whether there may be a backslash between these places, as far as that was seen last.
    pub(super) fn escapes(&self, from: usize, to: usize) -> bool {
        let (from, to) = (from.max(self.start), to.min(self.end));
        if from >= to {
            return false;
        }
        let (first, last) = ((from - self.start) / STRETCH, (to - 1 - self.start) / STRETCH);
        (first..=last).any(|stretch| self.escapes >> stretch & 1 == 1)
    }

    /// Whether any byte that was ever seen is not ASCII.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// Looks at what follows byte `at`, which must not belong to an escape that began before. What is missing to whole stretches counts
    /// as plain.
    pub(super) fn look(&mut self, bytes: &[u8], at: usize) {
        let ahead = bytes.get(at..).unwrap_or_default();
        let ahead = &ahead[..ahead.len().min(STRETCH * TOGETHER)];
        self.start = at;
        self.end = at + ahead.len().next_multiple_of(STRETCH);
        dispatch!(self.level, simd => self.look_with(simd, ahead));
    }

    /// The same, written once for every kind of processor.
    #[inline(always)]
    fn look_with<S: Simd>(&mut self, simd: S, ahead: &[u8]) {
        let (whole, rest) = ahead.as_chunks();
        (self.escapes, self.escaped) = (0, 0);
        for (number, stretch) in whole.iter().enumerate() {
            self.add(simd, stretch, number);
        }
        if !rest.is_empty() {
            let mut stretch = [b' '; STRETCH];
            stretch[..rest.len()].copy_from_slice(rest);
            self.add(simd, &stretch, whole.len());
        }
    }

    /// Looks at one stretch. Nothing branches: whether there is a backslash in it cannot be guessed either.
    #[inline(always)]
    fn add<S: Simd>(&mut self, simd: S, stretch: &[u8; STRETCH], number: usize) {
        let bytes = u8x64::simd_from(simd, *stretch);
        // With this bit turned over a quote is the number behind those of the control characters, which stay what they are.
        let plain = (bytes ^ 0x02).simd_le(0x20).to_bitmask();
        let backslash = bytes.simd_eq(b'\\');
        let shorts = backslash | bytes.simd_eq(b'"') | bytes.simd_eq(b'/') | bytes.simd_eq(b'n') | bytes.simd_eq(b't');
        let shorts = shorts | bytes.simd_eq(b'r') | bytes.simd_eq(b'b') | bytes.simd_eq(b'f');
        let backslashes = backslash.to_bitmask() & !self.escaped;
        let behind = follow(backslashes, &mut self.escaped);
        let short = behind & shorts.to_bitmask();
        self.stops[number % TOGETHER] = (plain & !short) | (backslashes & !behind & !(short >> 1));
        self.escapes |= u32::from(backslash.to_bitmask() != 0) << (number % TOGETHER);
        self.foreign |= bytes.simd_ge(0x80).to_bitmask() != 0;
    }
}

/// The bytes behind a backslash that begins an escape: every second one of a row of them does. Instead of going through a row, it is
/// added to its own first bit, which carries to its end (Langdale and Lemire, Parsing Gigabytes of JSON per Second, 2019, 3.1.1).
/// `first` is 1 where the first byte is such a one, and becomes so for the stretch that follows.
fn follow(backslashes: u64, first: &mut u64) -> u64 {
    const EVEN: u64 = 0x5555_5555_5555_5555;
    let follows = backslashes << 1 | *first;
    let odd_starts = backslashes & !EVEN & !follows;
    let (carried, over) = odd_starts.overflowing_add(backslashes);
    *first = u64::from(over);
    (EVEN ^ (carried << 1)) & follows
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;
    use proptest::prelude::*;

    /// Everything that this processor can do: what is written once is compiled for each of them.
    #[cfg(target_arch = "x86_64")]
    fn levels() -> Vec<Level> {
        let best = Level::new();
        let lesser =
            [best.as_sse2().map(Level::Sse2), best.as_sse4_2().map(Level::Sse4_2), best.as_avx2().map(Level::Avx2)];
        lesser.into_iter().flatten().chain([best]).collect()
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn levels() -> Vec<Level> {
        vec![Level::new()]
    }

    proptest! {
        #[test]
        fn a_walk_stops_where_it_must(
            bytes in prop::collection::vec(
                prop_oneof![20 => 0x20u8..0x7F, 6 => Just(b'\\'), 3 => Just(b'n'), 2 => Just(b'u'), 1 => any::<u8>(), 1 => 0u8..0x25],
                0..300,
            ),
            skipped in 0usize..3,
        ) {
            for level in levels() {
                let mut seen = Seen::with(level);
                seen.look(&bytes, skipped);
                let bytes = &bytes[skipped.min(bytes.len())..];
                let (mut at, mut walk) = (0, skipped);
                while at < bytes.len() {
                    let stops = matches!(bytes[at], 0..0x20 | b'"' | b'\\');
                    let short = bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|b| text::is_short(*b));
                    let len = if bytes[at] == b'\\' { 2 } else { 1 };
                    match seen.stop(walk) {
                        Ok(stop) if stop == skipped + at => {
                            prop_assert!(stops, "at {at}");
                            walk = stop + len;
                        }
                        // Escapes of two bytes may be stops, and need not.
                        _ => prop_assert!(!stops || short, "at {at}"),
                    }
                    at += len;
                }
                prop_assert!(seen.stop(walk).is_err());
                for (from, to) in [(0, bytes.len()), (bytes.len() / 3, bytes.len() / 2)] {
                    let there = bytes[from..to].contains(&b'\\');
                    prop_assert!(seen.escapes(skipped + from, skipped + to) || !there);
                }
                prop_assert_eq!(seen.escapes(skipped, skipped + bytes.len()), bytes.contains(&b'\\'));
                prop_assert_eq!(seen.is_foreign(), !bytes.is_ascii());
            }
        }
    }
}

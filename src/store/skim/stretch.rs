//! Which of 64 bytes need attention: this is where the index spends its time, and why it looks at many bytes as one number.

use wide::u8x16;

/// What was seen of 64 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// A bit for each byte, the lowest for the first: set where a text may end or be at fault. That is a quote, a control character, and
    /// the backslash of an escape of more than two bytes, or of one that goes on behind the stretch. Escapes of two bytes are no stops.
    pub(super) stops: u64,
    /// Whether there is any backslash.
    pub(super) escapes: bool,
    /// Whether any byte is not ASCII.
    pub(super) foreign: bool,
}

/// How many bytes are looked at together.
pub(super) const STRETCH: usize = 64;

/// Looks at the first bytes, at most [`STRETCH`] of them; none of them may belong to an escape that began before. Where there are
/// fewer, what is missing counts as plain.
pub(super) fn look(bytes: &[u8]) -> Seen {
    if let Some(stretch) = bytes.first_chunk() {
        return look_at(stretch);
    }
    let mut stretch = [b' '; STRETCH];
    stretch[..bytes.len()].copy_from_slice(bytes);
    look_at(&stretch)
}

fn look_at(stretch: &[u8; STRETCH]) -> Seen {
    let (parts, _) = stretch.as_chunks::<16>();
    let (mut quotes, mut backslashes, mut controls, mut foreign) = (0, 0, 0, 0);
    for (at, part) in parts.iter().enumerate() {
        let bytes = u8x16::new(*part);
        quotes |= bits(bytes.simd_eq(u8x16::splat(b'"')), at);
        backslashes |= bits(bytes.simd_eq(u8x16::splat(b'\\')), at);
        controls |= bits(bytes.min(u8x16::splat(0x1F)).simd_eq(bytes), at);
        foreign |= bytes.to_bitmask();
    }
    let escapes = backslashes != 0;
    let mut stops = quotes | controls;
    if escapes {
        let escaped = escaped(backslashes);
        let short = escaped & (quotes | backslashes | letters(stretch));
        stops = (stops & !short) | (backslashes & !escaped & !(short >> 1));
    }
    Seen { stops, escapes, foreign: foreign != 0 }
}

/// A bit for each of these 16 bytes, which are number `at` of a stretch.
fn bits(bytes: u8x16, at: usize) -> u64 {
    u64::from(bytes.to_bitmask()) << (at * 16)
}

/// The bytes behind a backslash that begins an escape: every second one of a row of them does. Instead of going through a row, it is
/// added to its own first bit, which carries to its end (Langdale and Lemire, Parsing Gigabytes of JSON per Second, 2019, 3.1.1).
fn escaped(backslashes: u64) -> u64 {
    const EVEN: u64 = 0x5555_5555_5555_5555;
    let follows = backslashes << 1;
    let odd_starts = backslashes & !EVEN & !follows;
    let carried = odd_starts.wrapping_add(backslashes) << 1;
    (EVEN ^ carried) & follows
}

/// The letters, and the slash, that make an escape of two bytes behind a backslash.
fn letters(stretch: &[u8; STRETCH]) -> u64 {
    let (parts, _) = stretch.as_chunks::<16>();
    let of = |(at, part): (usize, &[u8; 16])| {
        let bytes = u8x16::new(*part);
        let is = |letter: u8| bytes.simd_eq(u8x16::splat(letter));
        bits(is(b'n') | is(b't') | is(b'r') | is(b'b') | is(b'f') | is(b'/'), at)
    };
    parts.iter().enumerate().map(of).fold(0, |all, bits| all | bits)
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_byte_is_seen_for_what_it_is(
            bytes in proptest::collection::vec(
                prop_oneof![20 => 0x20u8..0x7F, 6 => Just(b'\\'), 3 => Just(b'n'), 2 => Just(b'u'), 1 => any::<u8>(), 1 => 0u8..0x25],
                0..70,
            ),
        ) {
            let seen = look(&bytes);
            let bytes = &bytes[..bytes.len().min(STRETCH)];
            let mut stops = 0u64;
            let mut at = 0;
            while at < bytes.len() {
                let whole = bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|b| text::is_short(*b));
                let stop = matches!(bytes[at], 0..0x20 | b'"' | b'\\') && !whole;
                stops |= u64::from(stop) << at;
                // What stands behind the backslash of a longer escape is looked at by itself.
                at += if whole { 2 } else { 1 };
                if stop && bytes[at - 1] == b'\\' && at < bytes.len() {
                    stops |= u64::from(matches!(bytes[at], 0..0x20)) << at;
                    at += 1;
                }
            }
            prop_assert_eq!(seen.stops, stops, "{:064b} {:064b}", seen.stops, stops);
            prop_assert_eq!(seen.escapes, bytes.contains(&b'\\'));
            prop_assert_eq!(seen.foreign, !bytes.is_ascii());
        }
    }
}

//! Which of 64 bytes need attention: this is where the index spends its time, and why it looks at many bytes as one number.

use wide::u8x16;

/// What was seen of 64 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// A bit for each byte, the lowest for the first: set for a quote, a backslash and a control character.
    pub(super) special: u64,
    /// Whether any byte is not ASCII.
    pub(super) foreign: bool,
}

/// How many bytes are looked at together.
pub(super) const STRETCH: usize = 64;

/// Looks at the first bytes, at most [`STRETCH`] of them. Where there are fewer, what is missing counts as plain.
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
    let (mut special, mut foreign) = (0, 0);
    for (at, part) in parts.iter().enumerate() {
        let bytes = u8x16::new(*part);
        let quote = bytes.simd_eq(u8x16::splat(b'"'));
        let backslash = bytes.simd_eq(u8x16::splat(b'\\'));
        let control = bytes.min(u8x16::splat(0x1F)).simd_eq(bytes);
        special |= u64::from((quote | backslash | control).to_bitmask()) << (at * 16);
        foreign |= bytes.to_bitmask();
    }
    Seen { special, foreign: foreign != 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_byte_is_seen_for_what_it_is(
            bytes in proptest::collection::vec(prop_oneof![20 => 0x20u8..0x7F, 1 => any::<u8>(), 1 => 0u8..0x25], 0..70),
        ) {
            let seen = look(&bytes);
            let bytes = &bytes[..bytes.len().min(STRETCH)];
            for at in 0..STRETCH {
                let special = bytes.get(at).is_some_and(|b| matches!(b, 0..0x20 | b'"' | b'\\'));
                prop_assert_eq!(seen.special >> at & 1 == 1, special, "byte {}", at);
            }
            prop_assert_eq!(seen.foreign, !bytes.is_ascii());
        }
    }
}

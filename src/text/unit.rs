//! What a source is made of: characters, halves of surrogate pairs, and bytes that are neither. Total; judges nothing.

/// One unit of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A character in UTF-8.
    Char(char),
    /// Half of a surrogate pair, encoded as WTF-8 does: as any other code point would be.
    Surrogate(u16),
    /// A byte that is part of no text.
    Byte(u8),
}

/// The unit at an offset that is not past the end, and its bytes.
pub(super) fn unit_at(source: &[u8], at: usize) -> (Unit, usize) {
    let rest = &source[at..];
    let len = match rest[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let bytes = &rest[..len.min(rest.len())];
    match (std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next()), bytes) {
        (Some(c), _) => (Unit::Char(c), len),
        (None, &[0xED, high @ 0xA0..=0xBF, low @ 0x80..=0xBF]) => {
            (Unit::Surrogate(0xD000 | (u16::from(high & 0x3F) << 6) | u16::from(low & 0x3F)), 3)
        }
        (None, _) => (Unit::Byte(rest[0]), 1),
    }
}

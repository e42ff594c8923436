//! The escapes inside a JSON text: how long each is, and whether JSON has it. Decodes nothing.

/// What an escape turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// One character, written in so many bytes.
    Fine(usize),
    /// Half of a surrogate pair without the other, written in so many bytes.
    Lone(usize),
    /// The bytes end before it does.
    Cut,
    /// JSON has no such escape.
    Wrong,
}

/// Whether a backslash and this byte are a whole escape.
pub(super) fn is_short(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')
}

/// The escape whose backslash is the first of these bytes.
pub(super) fn escape(bytes: &[u8]) -> Escape {
    match bytes.get(1) {
        None => Escape::Cut,
        Some(byte) if is_short(*byte) => Escape::Fine(2),
        Some(b'u') => match unit(bytes) {
            Some(0xD800..0xDC00) => match bytes.get(6..).and_then(unit) {
                Some(0xDC00..0xE000) => Escape::Fine(12),
                _ => Escape::Lone(6),
            },
            Some(0xDC00..0xE000) => Escape::Lone(6),
            Some(_) => Escape::Fine(6),
            None if bytes.len() < 6 && bytes[2..].iter().all(u8::is_ascii_hexdigit) => Escape::Cut,
            None => Escape::Wrong,
        },
        Some(_) => Escape::Wrong,
    }
}

/// The UTF-16 unit that these bytes begin with: `\u` and four hex digits.
fn unit(bytes: &[u8]) -> Option<u16> {
    let Some(&[b'\\', b'u', a, b, c, d]) = bytes.first_chunk() else { return None };
    let [a, b, c, d] = [a, b, c, d].map(|digit| HEX[usize::from(digit)]);
    let unit = a << 12 | b << 8 | c << 4 | d;
    ((a | b | c | d) < 16).then_some(unit)
}

/// What each byte is worth as a hex digit; more than 15 where it is none. Half of the world's JSON is escapes, and a branch for
/// each of their digits would be guessed wrongly half of the time.
const HEX: [u16; 256] = {
    let mut worth = [u16::MAX; 256];
    let mut digit = 0;
    while digit < 16 {
        worth[b"0123456789abcdef"[digit] as usize] = digit as u16;
        worth[b"0123456789ABCDEF"[digit] as usize] = digit as u16;
        digit += 1;
    }
    worth
};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (bytes, what) in [
            (r"\n", Escape::Fine(2)),
            (r"\u00e9x", Escape::Fine(6)),
            (r"\uD83D\uDE00", Escape::Fine(12)),
            (r"\uD83Dx", Escape::Lone(6)),
            (r"\uD83D\uD83D", Escape::Lone(6)),
            (r"\uD83D", Escape::Lone(6)),
            (r"\uDE00\uD83D", Escape::Lone(6)),
            (r"\", Escape::Cut),
            (r"\u", Escape::Cut),
            (r"\ud8", Escape::Cut),
            (r#"\u12""#, Escape::Wrong),
            (r"\u+041", Escape::Wrong),
            (r"\x41", Escape::Wrong),
            (r"\a", Escape::Wrong),
        ] {
            assert_eq!(escape(bytes.as_bytes()), what, "{bytes}");
        }
    }
}

//! How what may not be shown is spelled instead. Writes tokens; never decides what becomes one.
//!
//! ```text
//! ␛   ⟨9B⟩   ⟨U+202E⟩   ⟨U+200B×40⟩   ⟨13 tags: "I am scheming"⟩   ⟨12 selectors⟩   ⟨+9,996 marks⟩
//! ```

use std::fmt::Write;

use super::unit::Unit;

/// Pictures of control characters up to this many are shown one by one: a line of ten thousand bells says no more than a count.
const MOST_PICTURES: usize = 8;

/// Different characters that a folded run names before it trails off.
const MOST_NAMES: usize = 4;

/// One unit, `times` over.
pub(super) fn unit(out: &mut String, unit: Unit, times: usize) {
    match (unit, times) {
        (Unit::Char(c), ..=MOST_PICTURES) if c.is_ascii_control() => {
            out.extend(std::iter::repeat_n(picture(c as u8), times));
        }
        _ => {
            out.push('⟨');
            match unit {
                Unit::Char(c @ '\u{80}'..='\u{9F}') => hex(out, "", u32::from(c), 2),
                Unit::Char(c) => hex(out, "U+", u32::from(c), 4),
                Unit::Surrogate(half) => hex(out, "U+", u32::from(half), 4),
                Unit::Byte(byte) => hex(out, "", u32::from(byte), 2),
            }
            if times > 1 {
                out.push('×');
                number(out, times);
            }
            out.push('⟩');
        }
    }
}

/// A run of different characters: how many there are and which, as far as they are few.
pub(super) fn mixed(out: &mut String, run: &[char], noun: &str) {
    out.push('⟨');
    number(out, run.len());
    out.push(' ');
    out.push_str(noun);
    let mut named: Vec<char> = Vec::new();
    for &c in run {
        if named.contains(&c) {
            continue;
        }
        if named.len() == MOST_NAMES {
            out.push_str(" …");
            break;
        }
        out.push_str(if named.is_empty() { ": " } else { " " });
        hex(out, "U+", u32::from(c), 4);
        named.push(c);
    }
    out.push('⟩');
}

/// Marks beyond those that a base may carry.
pub(super) fn excess(out: &mut String, marks: usize) {
    out.push_str("⟨+");
    counted(out, marks, "mark");
    out.push('⟩');
}

/// A run of tag characters, with the ASCII they carry.
pub(super) fn tags(out: &mut String, run: &[char]) {
    let text = run.iter().map(|&c| u32::from(c) as u8 & 0x7F).collect();
    carried(out, run.len(), "tag", std::iter::once(text));
}

/// A run of variation selectors, with the text they carry if they carry one.
///
/// The selectors can stand for the 256 bytes, and two ways are in use: all 256 in their order, or only those of the supplement,
/// counted from its first. What decodes to ASCII may be meant; where both ways do, nobody but a reader can tell which is.
pub(super) fn selectors(out: &mut String, run: &[char]) {
    let supplement = |c: &char| u32::from(*c).checked_sub(0xE0100).and_then(|byte| u8::try_from(byte).ok());
    let in_order = |c: &char| match u32::from(*c) {
        code @ 0xFE00..=0xFE0F => u8::try_from(code - 0xFE00).ok(),
        _ => supplement(c)?.checked_add(16),
    };
    let ascii = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    let readings = [
        run.iter().map(|c| in_order(c).filter(ascii)).collect::<Option<Vec<u8>>>(),
        run.iter().map(|c| supplement(c).filter(ascii)).collect(),
    ];
    carried(out, run.len(), "selector", readings.into_iter().flatten());
}

/// A run that may carry text, and the ways to read it.
fn carried(out: &mut String, len: usize, noun: &str, readings: impl Iterator<Item = Vec<u8>>) {
    out.push('⟨');
    counted(out, len, noun);
    for (i, text) in readings.enumerate() {
        out.push_str(if i == 0 { ": \"" } else { " or \"" });
        out.extend(text.into_iter().map(picture));
        out.push('"');
    }
    out.push('⟩');
}

/// An ASCII character, with its control picture if it is a control.
fn picture(ascii: u8) -> char {
    match ascii {
        0..=0x1F => char::from_u32(0x2400 + u32::from(ascii)).unwrap_or('␀'),
        0x7F => '␡',
        _ => char::from(ascii),
    }
}

fn counted(out: &mut String, n: usize, noun: &str) {
    number(out, n);
    out.push(' ');
    out.push_str(noun);
    if n != 1 {
        out.push('s');
    }
}

/// A number with its thousands apart.
pub(super) fn number(out: &mut String, n: usize) {
    if n >= 1000 {
        number(out, n / 1000);
        out.push(',');
        digits(out, format_args!("{:03}", n % 1000));
    } else {
        digits(out, format_args!("{n}"));
    }
}

fn hex(out: &mut String, prefix: &str, code: u32, least: usize) {
    digits(out, format_args!("{prefix}{code:0least$X}"));
}

fn digits(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(write: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn units() {
        assert_eq!(spelled(|out| unit(out, Unit::Char('\u{1B}'), 1)), "␛");
        assert_eq!(spelled(|out| unit(out, Unit::Char('\u{7F}'), 3)), "␡␡␡");
        assert_eq!(spelled(|out| unit(out, Unit::Char('\u{7}'), 10_000)), "⟨U+0007×10,000⟩");
        assert_eq!(spelled(|out| unit(out, Unit::Char('\u{9B}'), 1)), "⟨9B⟩");
        assert_eq!(spelled(|out| unit(out, Unit::Byte(0xFF), 2)), "⟨FF×2⟩");
        assert_eq!(spelled(|out| unit(out, Unit::Surrogate(0xD83D), 1)), "⟨U+D83D⟩");
        assert_eq!(spelled(|out| unit(out, Unit::Char('\u{10FFFF}'), 1_234_567)), "⟨U+10FFFF×1,234,567⟩");
    }

    #[test]
    fn runs() {
        let tag = |text: &str| text.bytes().filter_map(|b| char::from_u32(0xE0000 + u32::from(b))).collect::<Vec<_>>();
        assert_eq!(spelled(|out| tags(out, &tag("I am scheming"))), "⟨13 tags: \"I am scheming\"⟩");
        assert_eq!(spelled(|out| tags(out, &tag("\u{1}\u{7F}"))), "⟨2 tags: \"␁␡\"⟩");
        assert_eq!(spelled(|out| tags(out, &tag("x"))), "⟨1 tag: \"x\"⟩");
        assert_eq!(spelled(|out| selectors(out, &['\u{FE0F}', '\u{E0100}'])), "⟨2 selectors⟩");
        let selector = |first: u32, text: &str| -> Vec<char> {
            text.bytes().filter_map(|b| char::from_u32(first + u32::from(b))).collect()
        };
        assert_eq!(spelled(|out| selectors(out, &selector(0xE0100, "lies"))), "⟨4 selectors: \"lies\"⟩");
        assert_eq!(spelled(|out| selectors(out, &selector(0xE00F0, "a lie"))), "⟨5 selectors: \"a lie\"⟩");
        assert_eq!(spelled(|out| selectors(out, &selector(0xE0100, "hi"))), "⟨2 selectors: \"xy\" or \"hi\"⟩");
        assert_eq!(spelled(|out| excess(out, 9_996)), "⟨+9,996 marks⟩");
        assert_eq!(spelled(|out| excess(out, 1)), "⟨+1 mark⟩");
        let zeros = ['\u{200B}', '\u{200C}', '\u{200B}', '\u{200D}', '\u{2060}', '\u{FEFF}'];
        assert_eq!(spelled(|out| mixed(out, &zeros[..2], "invisible")), "⟨2 invisible: U+200B U+200C⟩");
        assert_eq!(spelled(|out| mixed(out, &zeros, "invisible")), "⟨6 invisible: U+200B U+200C U+200D U+2060 …⟩");
    }
}

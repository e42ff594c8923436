//! One line of text that a terminal can be sent. Made only by cleaning; whatever joins or cuts such lines keeps them so.

use std::borrow::Cow;
use std::fmt;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::GraphemeCursor;

use super::cells::{cells, printable, width};
use super::clean::one_line;

/// One line of safe text: no control, escape, bidirectional or invisible character, no mark without a base, no end of line.
///
/// There is no way to make one but through the cleaner, and every method keeps it safe.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Safe(Cow<'static, str>);

impl Safe {
    /// Any bytes as one line. Ends of lines and tabs become tokens, as all else does that may not be shown.
    #[must_use]
    pub fn line(bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        match std::str::from_utf8(bytes) {
            Ok(text) if printable(bytes) == bytes.len() => Self(Cow::Owned(text.to_owned())),
            _ => Self(Cow::Owned(one_line(bytes))),
        }
    }

    /// A text of our own, kept as it is unless it holds what may not be shown.
    #[must_use]
    pub fn fixed(text: &'static str) -> Self {
        if printable(text.as_bytes()) == text.len() {
            return Self(Cow::Borrowed(text));
        }
        let clean = one_line(text.as_bytes());
        Self(if clean == text { Cow::Borrowed(text) } else { Cow::Owned(clean) })
    }

    /// Adds another line at the end. Where the two would grow together into one character, the second shows what may not join.
    pub fn push(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
            return;
        }
        let seam = self.0.len();
        let text = self.0.to_mut();
        text.push_str(&other.0);
        if !matches!(GraphemeCursor::new(seam, text.len(), true).is_boundary(text, 0), Ok(true)) {
            *text = one_line(text.as_bytes());
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its cells.
    #[must_use]
    pub fn width(&self) -> usize {
        width(&self.0)
    }

    /// Its graphemes, each with its cells.
    pub fn graphemes(&self) -> impl Iterator<Item = (&str, u8)> {
        cells(&self.0).map(|(_, grapheme, cells)| (grapheme, cells))
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// At most so many cells, with `…` at the end if something was cut.
    #[must_use]
    pub fn cut(&self, cells: usize) -> Self {
        self.cut_around(cells, |room| (room, 0))
    }

    /// At most so many cells, with `…` in the middle if something was cut.
    #[must_use]
    pub fn cut_middle(&self, cells: usize) -> Self {
        self.cut_around(cells, |room| (room.div_ceil(2), room / 2))
    }

    /// The grapheme that stands at this cell; nothing past the end.
    #[must_use]
    pub fn at(&self, cell: usize) -> Self {
        let mut before = 0;
        for (_, grapheme, width) in cells(&self.0) {
            before += usize::from(width);
            if before > cell {
                return Self(Cow::Owned(grapheme.to_owned()));
            }
        }
        Self::default()
    }

    /// The last cells, at most so many, with `…` at the front if something was cut.
    #[must_use]
    pub fn tail(&self, cells: usize) -> Self {
        self.cut_around(cells, |room| (0, room))
    }

    /// The line with its spaces seen as `␣`: for names, where a space may be the whole difference.
    #[must_use]
    pub fn no_spaces(&self) -> Self {
        let space = |c: char| c.general_category() == GeneralCategory::SpaceSeparator;
        if self.0.contains(space) { Self(Cow::Owned(self.0.replace(space, "␣"))) } else { self.clone() }
    }

    /// Keeps what `split` gives to the front and to the back out of the room that `…` leaves.
    fn cut_around(&self, room: usize, split: impl FnOnce(usize) -> (usize, usize)) -> Self {
        if self.width() <= room {
            return self.clone();
        }
        let Some((front, back)) = room.checked_sub(1).map(split) else {
            return Self::default();
        };
        let total = self.width();
        let (mut seen, mut head, mut tail) = (0, 0, self.0.len());
        for (at, grapheme, cells) in cells(&self.0) {
            if total - seen <= back {
                tail = at;
                break;
            }
            seen += usize::from(cells);
            if seen <= front {
                head = at + grapheme.len();
            }
        }
        Self(Cow::Owned(format!("{}…{}", &self.0[..head], &self.0[tail..])))
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(Safe::line("a\tb\r\nc\u{1B}[2J").as_str(), "a␉b␍␊c␛[2J");
        assert_eq!(Safe::line(b"caf\xE9").as_str(), "caf⟨E9⟩");
        assert_eq!(Safe::line("\n".repeat(50_000)).as_str(), "⟨U+000A×50,000⟩");
        assert_eq!(Safe::fixed("┄ 86 rows folded ┄").as_str(), "┄ 86 rows folded ┄");
        assert_eq!(Safe::fixed("a\u{7}").as_str(), "a␇");
        assert_eq!(Safe::line("").as_str(), Safe::default().as_str());
    }

    #[test]
    fn joining_makes_no_new_cell() {
        let join = |a: &str, b: &str| {
            let mut joined = Safe::line(a);
            joined.push(&Safe::line(b));
            joined.as_str().to_owned()
        };
        assert_eq!(join("", "b"), "b");
        assert_eq!(join("a", "\u{301}b"), "a⟨U+0301⟩b");
        assert_eq!(join("\u{1100}", "\u{1100}"), "\u{1100}⟨U+1100⟩");
        assert_eq!(join("क\u{94D}", "ष"), "क\u{94D}ष");
        assert_eq!(join("a\u{301}", ""), "a\u{301}");
    }

    #[test]
    fn cutting_keeps_whole_graphemes() {
        let line = Safe::line("漢字かなe\u{301}x");
        assert_eq!(line.width(), 10);
        assert_eq!(line.cut(10), line);
        assert_eq!(line.cut(9).as_str(), "漢字かな…");
        assert_eq!(line.cut(8).as_str(), "漢字か…");
        assert_eq!(line.cut(1).as_str(), "…");
        assert_eq!(line.cut(0).as_str(), "");
        assert_eq!(line.cut_middle(9).as_str(), "漢字…なe\u{301}x");
        assert_eq!(line.cut_middle(5).as_str(), "漢…e\u{301}x");
        assert_eq!(line.cut_middle(2).as_str(), "…");
        assert_eq!(Safe::line("abcdef").cut_middle(4).as_str(), "ab…f");
        assert_eq!(line.at(3).as_str(), "字");
        assert_eq!(line.at(8).as_str(), "e\u{301}");
        assert!(line.at(10).is_empty());
        assert_eq!(Safe::line("abcdef").tail(4).as_str(), "…def");
        assert_eq!(line.tail(7).as_str(), "…かなe\u{301}x");
    }

    #[test]
    fn spaces_are_seen() {
        assert_eq!(Safe::line(" a\u{A0}b\u{3000}").no_spaces().as_str(), "␣a␣b␣");
        assert_eq!(Safe::line("ab").no_spaces().as_str(), "ab");
    }
}

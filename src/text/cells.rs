//! How many cells text takes. Counts as ratatui does, grapheme by grapheme; never decides what may be shown.
//!
//! Terminals disagree about widths, and no count is right for all of them. What matters is that the rows we cut and the cells
//! ratatui fills are counted by the same rule, so the rule is ratatui's, not a better one.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The graphemes of a text: where each begins, the grapheme and its cells.
///
/// A grapheme with a control character has no cells, because ratatui drops it.
pub fn cells(text: &str) -> impl Iterator<Item = (usize, &str, u8)> {
    Cells { text, at: 0 }
}

/// The cells of a text, as ratatui counts them.
#[must_use]
pub fn width(text: &str) -> usize {
    if printable(text.as_bytes()) == text.len() {
        return text.len();
    }
    cells(text).map(|(_, _, cells)| usize::from(cells)).sum()
}

/// The cells of one grapheme.
pub(super) fn measure(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    // ratatui gives each halfwidth sound mark of kana one cell more than the width tables do, and its cells are what counts.
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

/// Characters of common scripts that are seen, take cells of their own and extend nothing, whatever stands before them: most
/// text is made of these, and needs no segmentation.
pub(super) fn simple(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}'
        | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{2010}'..='\u{2027}' | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}')
}

/// How many printable ASCII bytes stand at the front.
///
/// Most of any transcript is such bytes; whole blocks are compared without a branch, which compilers turn into vector code.
pub(super) fn printable(bytes: &[u8]) -> usize {
    const BLOCK: usize = 32;
    let plain = |byte: &u8| byte.wrapping_sub(b' ') < 0x5F;
    let blocks = bytes.chunks_exact(BLOCK).take_while(|block| block.iter().fold(true, |all, b| all & plain(b))).count();
    let done = blocks * BLOCK;
    done + bytes[done..].iter().take_while(|b| plain(b)).count()
}

struct Cells<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Cells<'a> {
    type Item = (usize, &'a str, u8);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = &self.text[start..];
        // Nothing of ASCII extends what stands before it.
        if let [b' '..=b'~', behind @ ..] = rest.as_bytes()
            && behind.first().is_none_or(u8::is_ascii)
        {
            self.at += 1;
            return Some((start, &rest[..1], 1));
        }
        let mut chars = rest.chars();
        let first = chars.next()?;
        let (grapheme, cells) = if simple(first) && chars.next().is_none_or(simple) {
            (&rest[..first.len_utf8()], if first.is_ascii() { 1 } else { first.width().unwrap_or(0) })
        } else {
            let grapheme = rest.graphemes(true).next()?;
            (grapheme, measure(grapheme))
        };
        self.at += grapheme.len();
        Some((start, grapheme, u8::try_from(cells).unwrap_or(u8::MAX)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    #[test]
    fn printable_finds_the_first_other_byte_wherever_it_stands() {
        for len in 0..100 {
            assert_eq!(printable(&vec![b'~'; len]), len);
            for at in 0..len {
                for other in [0, 0x1F, 0x7F, 0x80, 0xFF] {
                    let mut bytes = vec![b' '; len];
                    bytes[at] = other;
                    assert_eq!(printable(&bytes), at);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn counts_as_ratatui_does(text in "(\\PC|[ｦ-ﾟ]|[\u{1100}-\u{11FF}]|[\u{900}-\u{97F}]|[🇦-🇿🏻-🏿👍‍️]){0,40}") {
            let theirs: Vec<(usize, &str, u8)> =
                text.grapheme_indices(true).map(|(at, g)| (at, g, g.cell_width() as u8)).collect();
            prop_assert_eq!(cells(&text).collect::<Vec<_>>(), theirs);
        }
    }
}

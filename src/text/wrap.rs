//! Rows: where a cleaned text is cut so that it fits. Byte ranges only; never changes or copies the text.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

pub use super::cells::{cells, width};

/// One row of a wrapped text: a byte range with no end of line in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Whether its line ends with it.
    pub hard: bool,
    /// Whether its line goes on past the edge, in no row.
    pub cut: bool,
}

/// Cuts a text into rows of at most so many cells: at spaces, between wide characters, and within a word only if the word is
/// longer than a row.
///
/// Every byte that is no `\n` is in exactly one row. Spaces at the end of a row belong to it and may hang past the edge, however
/// many they are. A base and its marks are never parted; one that is wider than the row has a row of its own. As with
/// [`str::lines`], a `\n` ends a line and begins none: no text has no rows, and `a\n` has one.
#[must_use]
pub fn wrap(text: &str, cells: u16) -> Vec<Row> {
    wrap_or_cut(text, cells, &[])
}

/// Like [`wrap`], but a line for which `verbatim` says so and that is too long is one row, which ends before the last of the cells:
/// there is room for a sign that the line goes on, and the rest of it is in no row. Lines beyond the list are wrapped.
#[must_use]
pub fn wrap_or_cut(text: &str, cells: u16, verbatim: &[bool]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    let room = usize::from(cells.max(1));
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        if verbatim.get(number).is_some_and(|is| *is) && width(bare.trim_end()) > room {
            let offset = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
            rows.push(Row { start: offset(0), end: offset(head(bare, room - 1)), hard: false, cut: true });
        } else {
            wrap_line(bare, start, room, &mut rows);
        }
        start += line.len();
    }
    rows
}

/// How many bytes of a line fit into so many cells.
fn head(line: &str, room: usize) -> usize {
    let mut used = 0;
    let mut fits = |cells: u8| {
        used += usize::from(cells);
        used <= room
    };
    cells(line).take_while(|(_, _, cells)| fits(*cells)).last().map_or(0, |(at, grapheme, _)| at + grapheme.len())
}

/// Wraps one line that begins at `base` in its text.
fn wrap_line(line: &str, base: usize, room: usize, rows: &mut Vec<Row>) {
    let mut row = |start: usize, end: usize, hard| {
        let offset = |at| u32::try_from(base + at).unwrap_or(u32::MAX);
        rows.push(Row { start: offset(start), end: offset(end), hard, cut: false });
    };
    // All cells are counted from the start of the line, so that a break moves two numbers and nothing is counted again.
    let mut start = Point::default();
    let mut here = Point::default();
    let mut last_break = Point::default();
    let mut base_of_marks = Point::default();
    let mut before = Kind::Word;
    for (at, grapheme, cells) in cells(line) {
        here.at = at;
        let kind = Kind::of(grapheme, cells);
        if kind.may_follow(before) {
            last_break = here;
        }
        if kind != Kind::Mark {
            base_of_marks = here;
        }
        let end = here.cells + usize::from(cells);
        if kind != Kind::Space {
            if end - start.cells > room && last_break.at > start.at {
                row(start.at, last_break.at, false);
                start = last_break;
            }
            if end - start.cells > room && base_of_marks.at > start.at {
                row(start.at, base_of_marks.at, false);
                start = base_of_marks;
            }
        }
        here.cells = end;
        before = kind;
    }
    row(start.at, line.len(), true);
}

#[derive(Clone, Copy, Default)]
struct Point {
    at: usize,
    cells: usize,
}

/// What a grapheme is to the breaking of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Word,
    /// A spacing mark, which is a grapheme to ratatui but part of the one before it to a reader.
    Mark,
    Wide,
    /// Wide punctuation that stands with what follows, such as `「`.
    Opening,
    /// Wide punctuation that stands with what precedes, such as `。`.
    Closing,
}

impl Kind {
    fn of(grapheme: &str, cells: u8) -> Self {
        use GeneralCategory as Category;
        if grapheme.is_ascii() {
            return if grapheme == " " { Self::Space } else { Self::Word };
        }
        let mut chars = grapheme.chars();
        let (first, more) = (chars.next().unwrap_or('a'), chars.next().is_some());
        match first {
            '\u{A0}' | '\u{2007}' | '\u{202F}' => Self::Word,
            _ if first.is_whitespace() && !more => Self::Space,
            _ if first.general_category_group() == GeneralCategoryGroup::Mark => Self::Mark,
            _ if cells < 2 => Self::Word,
            _ => match first.general_category() {
                Category::OpenPunctuation | Category::InitialPunctuation => Self::Opening,
                Category::ClosePunctuation | Category::FinalPunctuation | Category::OtherPunctuation => Self::Closing,
                _ => Self::Wide,
            },
        }
    }

    /// Whether a row may begin with this after one that ends with `before`.
    fn may_follow(self, before: Self) -> bool {
        match (before, self) {
            (_, Self::Space | Self::Mark) => false,
            (Self::Space, _) => true,
            (Self::Wide | Self::Closing, Self::Wide | Self::Opening) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, cells: u16) -> Vec<&str> {
        wrap(text, cells).iter().map(|row| &text[row.start as usize..row.end as usize]).collect()
    }

    #[test]
    fn verbatim_lines_are_cut_where_they_are_too_long() {
        let text = "| a | b |\n| a long row | b |\nprose that is wrapped";
        let rows = wrap_or_cut(text, 10, &[true, true]);
        let shown: Vec<&str> = rows.iter().map(|row| &text[row.start as usize..row.end as usize]).collect();
        assert_eq!(shown, ["| a | b |", "| a long ", "prose that ", "is wrapped"]);
        assert_eq!(rows.iter().map(|row| row.cut).collect::<Vec<_>>(), [false, true, false, false]);
        let wide = wrap_or_cut("漢字漢字", 4, &[true]);
        assert_eq!((wide[0].start, wide[0].end), (0, 3), "half a character is none");
    }

    #[test]
    fn at_words() {
        assert_eq!(shown("the cat sat", 7), ["the cat ", "sat"]);
        assert_eq!(shown("the cat sat", 6), ["the ", "cat ", "sat"]);
        assert_eq!(shown("the   cat", 4), ["the   ", "cat"]);
        assert_eq!(shown("a\u{A0}b c", 4), ["a\u{A0}b ", "c"]);
        assert_eq!(shown("  indented", 10), ["  indented"]);
    }

    #[test]
    fn words_longer_than_a_row_are_cut() {
        assert_eq!(shown("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(shown("ab cdefgh i", 4), ["ab ", "cdef", "gh i"]);
        assert_eq!(shown("ကားကား", 4), ["ကား", "ကား"]);
        assert_eq!(shown("ကား", 1), ["ကား"]);
        assert_eq!(shown("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn lines() {
        assert_eq!(shown("", 5), Vec::<&str>::new());
        assert_eq!(shown("\n", 5), [""]);
        assert_eq!(shown("a\n\nb\n", 5), ["a", "", "b"]);
        let hard: Vec<bool> = wrap("aa bb\ncc", 3).iter().map(|row| row.hard).collect();
        assert_eq!(hard, [false, true, true]);
    }

    #[test]
    fn wide() {
        assert_eq!(shown("漢字かな", 5), ["漢字", "かな"]);
        assert_eq!(shown("漢字", 1), ["漢", "字"]);
        assert_eq!(shown("漢字。「か」", 4), ["漢", "字。", "「か", "」"]);
        assert_eq!(shown("漢字。「か」", 6), ["漢字。", "「か」"]);
        assert_eq!(shown("x漢字", 0), ["x", "漢", "字"]);
        assert_eq!(shown("word漢字", 6), ["word漢", "字"]);
    }

    #[test]
    fn spaces_hang() {
        let text = format!("{}hidden", " ".repeat(2000));
        assert_eq!(shown(&text, 80), [&text[..2000], "hidden"]);
    }
}

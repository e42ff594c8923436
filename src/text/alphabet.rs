//! What may stand in a cell of the screen, by Unicode property. An allow-list: what it does not know is not shown.
//!
//! A cell is a base and what extends it. A base is a letter, number, punctuation, symbol or space that is seen and takes one or
//! two cells of its own; at most eight characters extend it. Never changes text and never spells a token.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::GraphemeCursor;
use unicode_width::UnicodeWidthChar;

use super::cells::{measure, simple};

/// How many characters may extend a base: enough for the scripts that stack signs, too few to bury a screen under them.
pub(super) const MOST_FOLLOWERS: usize = 8;

/// Whether a character may begin a cell. Marks and whatever else only extends another character may not.
#[must_use]
pub fn allowed(c: char) -> bool {
    class(c) == Class::Base
}

/// Whether a terminal may be sent this text as one cell: an allowed base and at most eight allowed marks, one grapheme.
///
/// This is what the guard at the exit asks, so it relies on nothing that was decided earlier.
#[must_use]
pub fn cell_is_safe(symbol: &str) -> bool {
    if let [byte] = symbol.as_bytes() {
        return matches!(byte, b' '..=b'~');
    }
    let mut chars = symbol.char_indices();
    let begins = match chars.next() {
        // A spacing mark that does not extend what stands before it has a cell of its own, also in ratatui's eyes.
        Some((_, c)) => allowed(c) || (class(c) == Class::Follower && stands_alone(c)),
        None => false,
    };
    begins
        && chars
            .enumerate()
            .all(|(followers, (at, c))| place(&symbol[..at + c.len_utf8()], c, followers) == Place::Within)
}

/// What a character is to the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// May begin a cell.
    Base,
    /// May only extend a base: marks, the later letters of a Hangul syllable, skin tones.
    Follower,
    /// A variation selector: invisible, and able to carry a byte.
    Selector,
    /// A tag character: invisible, and able to carry an ASCII character.
    Tag,
    /// Another character that is made not to be seen: zero-width, bidirectional, a filler.
    Invisible,
    /// A control character, one for private use, one that is not assigned.
    Other,
}

pub(super) fn class(c: char) -> Class {
    use GeneralCategory as Category;
    use GeneralCategoryGroup as Group;
    if simple(c) {
        return Class::Base;
    }
    match c {
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => return Class::Selector,
        '\u{E0000}'..='\u{E007F}' => return Class::Tag,
        _ if BLANK.contains(&c) => return Class::Invisible,
        _ => {}
    }
    match (c.general_category_group(), c.general_category()) {
        (Group::Mark, _) => Class::Follower,
        (Group::Letter | Group::Number | Group::Punctuation | Group::Symbol, _) | (_, Category::SpaceSeparator) => {
            match c.width() {
                Some(1 | 2) if !extends(c) => Class::Base,
                // A letter without a cell is part of a cluster (the vowels of Hangul), or put before one (Indic prefixes).
                Some(0..=2) => Class::Follower,
                _ => Class::Other,
            }
        }
        (_, Category::Format | Category::LineSeparator | Category::ParagraphSeparator) => Class::Invisible,
        _ => Class::Other,
    }
}

/// Characters that show nothing although they are letters, marks or symbols by category: those of Default_Ignorable, and the
/// blanks among letters and symbols. (What else is Default_Ignorable, and all of Bidi_Control, is Cf or unassigned.)
const BLANK: [char; 17] = [
    '\u{34F}',   // Combining grapheme joiner
    '\u{115F}',  // Hangul choseong filler
    '\u{1160}',  // Hangul jungseong filler
    '\u{17B4}',  // Khmer vowel inherent aq
    '\u{17B5}',  // Khmer vowel inherent aa
    '\u{180B}',  // Mongolian free variation selector one
    '\u{180C}',  // Mongolian free variation selector two
    '\u{180D}',  // Mongolian free variation selector three
    '\u{180F}',  // Mongolian free variation selector four
    '\u{2800}',  // Braille pattern blank
    '\u{3164}',  // Hangul filler
    '\u{FFA0}',  // Halfwidth Hangul filler
    '\u{FFFC}',  // Object replacement character
    '\u{13441}', // Egyptian hieroglyph full blank
    '\u{13442}', // Egyptian hieroglyph half blank
    '\u{16FE4}', // Khitan small script filler
    '\u{1D159}', // Musical symbol null notehead
];

/// Whether a character is shown as a picture: what U+FE0F may follow and U+200D may join without hiding anything.
///
/// Digits, `#` and `*` are emoji by property, but nothing joins them except in keycaps.
pub(super) fn pictorial(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

/// Where a character goes that comes after a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It begins the next cell.
    Next,
    /// It extends the cell.
    Within,
    /// It belongs to the base before it, but has a cell of its own: the spacing vowels of some scripts.
    Beside,
    /// It may not be shown here.
    Nowhere,
}

/// Where `c` goes, given the cell before it with `c` already at its end, and how many characters extend that base so far.
///
/// Segmentation decides what extends, not the category, because segmentation is what fills ratatui's cells: it joins Indic
/// consonants, the letters of Hangul and pairs of regional indicators. Everything it joins is bounded, in number and in cells.
pub(super) fn place(cell: &str, c: char, followers: usize) -> Place {
    let at = cell.len() - c.len_utf8();
    let room = followers < MOST_FOLLOWERS;
    let class = class(c);
    match (class, at > 0 && joined(cell, at)) {
        (Class::Base, false) => Place::Next,
        (Class::Base | Class::Follower, true) if room && fits(cell, c) => Place::Within,
        (Class::Follower, false) if room && at > 0 && stands_alone(c) => Place::Beside,
        _ => Place::Nowhere,
    }
}

/// Whether a cell stays small enough with `c` at its end.
///
/// Two cells are enough for all but the scripts of India and their kin, where consonants and spacing vowel signs, of one cell
/// each, run together into one grapheme, and for the halfwidth sound marks of kana; refusing those would make honest text
/// unreadable. What may be more is one cell wide itself, so a cell never takes more than a few.
fn fits(cell: &str, c: char) -> bool {
    use GeneralCategory as Category;
    match measure(cell) {
        0 => false,
        1 | 2 => true,
        _ => {
            c.width() == Some(1)
                && matches!(
                    c.general_category(),
                    Category::SpacingMark | Category::OtherLetter | Category::ModifierLetter
                )
        }
    }
}

/// Whether a mark takes a cell of its own.
fn stands_alone(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark && c.width() == Some(1) && !extends(c)
}

/// Whether a character joins even a plain letter.
fn extends(c: char) -> bool {
    let mut text = [b'a', 0, 0, 0, 0];
    let len = 1 + c.encode_utf8(&mut text[1..]).len();
    std::str::from_utf8(&text[..len]).is_ok_and(|text| joined(text, 1))
}

/// Whether there is no grapheme boundary at `at`. What decides it is the grapheme alone, so a cell is context enough.
fn joined(cell: &str, at: usize) -> bool {
    matches!(GraphemeCursor::new(at, cell.len(), true).is_boundary(cell, 0), Ok(false))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn scalars() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    /// Default_Ignorable_Code_Point of Unicode 17, as the standard lists it; all of Bidi_Control is in it.
    fn default_ignorable(c: char) -> bool {
        let ranges = [
            (0xAD, 0xAD),
            (0x34F, 0x34F),
            (0x61C, 0x61C),
            (0x115F, 0x1160),
            (0x17B4, 0x17B5),
            (0x180B, 0x180F),
            (0x200B, 0x200F),
            (0x202A, 0x202E),
            (0x2060, 0x206F),
            (0x3164, 0x3164),
            (0xFE00, 0xFE0F),
            (0xFEFF, 0xFEFF),
            (0xFFA0, 0xFFA0),
            (0xFFF0, 0xFFF8),
            (0x1BCA0, 0x1BCA3),
            (0x1D173, 0x1D17A),
            (0xE0000, 0xE0FFF),
        ];
        ranges.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)))
    }

    #[test]
    fn nothing_that_hides_is_allowed() {
        for c in scalars().filter(|&c| allowed(c)) {
            assert!(!c.is_control(), "{c:?}");
            assert!(!default_ignorable(c), "{c:?}");
            let bad = matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFC}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
            assert!(!bad, "{c:?}");
            assert!(matches!(c.width(), Some(1 | 2)), "{c:?}");
        }
    }

    #[test]
    fn a_base_is_one_cell_between_any_letters() {
        for c in scalars().filter(|&c| allowed(c)) {
            let text = format!("a{c}b⟨");
            assert_eq!(text.graphemes(true).count(), 4, "{c:?} joins a neighbour");
            assert!(cell_is_safe(&c.to_string()), "{c:?}");
        }
    }

    #[test]
    fn the_simple_are_what_the_long_way_would_say() {
        for c in scalars().filter(|&c| simple(c)) {
            let group = c.general_category_group();
            let seen = matches!(
                group,
                GeneralCategoryGroup::Letter
                    | GeneralCategoryGroup::Number
                    | GeneralCategoryGroup::Punctuation
                    | GeneralCategoryGroup::Symbol
            );
            assert!((seen || c == ' ') && !BLANK.contains(&c) && matches!(c.width(), Some(1 | 2)), "{c:?}");
            for before in ["a", "\u{1100}", "가", "🇩", "क\u{94D}", "ក\u{17D2}", "က\u{1039}", "👍", "漢"] {
                let cell = format!("{before}{c}");
                assert!(!joined(&cell, before.len()), "{c:?} joins {before:?}");
            }
        }
    }

    #[test]
    fn a_cell_is_refused_for_what_is_in_it() {
        for safe in
            ["a", " ", "é", "e\u{301}", "漢", "👍🏿", "🇩🇪", "क\u{94D}ष", "\u{1100}\u{1161}\u{11A8}", "ｶﾞ", "⟨", "␛"]
        {
            assert!(cell_is_safe(safe), "{safe:?}");
        }
        let pile = |n| format!("a{}", "\u{301}".repeat(n));
        assert!(cell_is_safe(&pile(8)));
        let long = pile(9);
        for unsafe_ in [
            "",
            "\n",
            "\t",
            "\u{7F}",
            "\u{9B}",
            "\u{1B}[m",
            "ab",
            "a\u{200B}",
            "\u{301}",
            "\u{202E}",
            "👨\u{200D}👩",
            "❤\u{FE0F}",
            "\u{1100}\u{1100}",
            "a🏿",
            "\u{2800}",
            "\u{E0041}",
            &long,
        ] {
            assert!(!cell_is_safe(unsafe_), "{unsafe_:?}");
        }
    }

    #[test]
    fn the_crates_have_a_word_on_every_character() {
        assert!(scalars().filter(|&c| pictorial(c)).count() > 1000);
    }
}

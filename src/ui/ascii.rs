//! Text in ASCII, in exactly as many cells: for terminals that cannot show more, or draw lines wide. The painter asks for it
//! last of all, so that nothing is laid out differently; nobody else has to know.
//!
//! ```text
//! our own signs   a fitting one each: - = ~ | < > #       quotes and dashes   the plain ones
//! Latin letters   the letter without its marks            all else            ? in each of its cells
//! ```

use std::borrow::Cow;

use crate::text::clean::Safe;

/// The Latin letters from U+00C0 on, and from U+1E00 on, without their marks; `?` for those that have no base letter.
const LATIN: [(u32, &str); 2] = [
    (
        0xC0,
        "AAAAAA?CEEEEIIIIDNOOOOO?OUUUUY??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y\
         AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlL\
         lLlNnNnNnnNnOoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs\
         bBBb???CcDDDd????FfG???IKkl??NnOOo??Pp?????tTtTUu?VYyZz?????????\
         ?????????????AaIiOoUuUuUuUuUu?AaAa??GgGgKkOoOo??j???Gg??NnAa????\
         AaAaEeEeIiIiOoOoRrRrUuUuSsTt??HhNd??ZzAaEeOoOoOoOoYylntj??ACcLTs\
         z??BU?EeJj??RrYy",
    ),
    (
        0x1E00,
        "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm\
         MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv\
         WwWwWwWwWwXxXxYyZzZzZzhtwya?ss??AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe\
         EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy??????",
    ),
];

/// The text in ASCII, as much of it as `room` cells take: what is cut is cut where the text itself would be.
pub(super) fn spelled(text: &Safe, room: usize) -> Cow<'_, str> {
    if text.as_str().is_ascii() {
        return text.as_str().into();
    }
    let mut out = String::with_capacity(text.as_str().len());
    for (grapheme, cells) in text.graphemes() {
        let cells = usize::from(cells);
        if out.len() + cells > room {
            break;
        }
        let sign = grapheme.chars().next().map_or('?', |first| sign(first, cells));
        out.extend(std::iter::repeat_n(sign, cells));
    }
    out.into()
}

/// What stands in each cell of a grapheme that begins with this character.
fn sign(first: char, cells: usize) -> char {
    if first.is_whitespace() {
        return ' ';
    }
    if cells != 1 {
        return '?';
    }
    match first {
        ' '..='~' => first,
        '─' | '━' | '\u{2010}'..='\u{2015}' | '−' | '▬' => '-',
        '═' => '=',
        // Both say that something is left out.
        '┄' | '…' => '~',
        '│' | '┃' | '║' => '|',
        '\u{250C}'..='\u{254B}' | '\u{2552}'..='\u{2570}' => '+',
        // The gauge: its ends, what is done, and the cell that is done in part.
        '▕' => '[',
        '▏' => ']',
        '█' => '#',
        '▉' | '▊' | '▋' | '▌' => '=',
        '▍' | '▎' => '-',
        '◂' | '‹' | '«' | '⟨' | '←' | '≤' => '<',
        '›' | '»' | '⟩' | '→' | '▸' | '▶' | '≥' => '>',
        '·' => '.',
        '•' | '‣' | '●' => '*',
        '×' => 'x',
        '␣' => '_',
        '¡' => '!',
        '\u{2018}'..='\u{201B}' | '′' | '´' => '\'',
        '\u{201C}'..='\u{201F}' | '″' => '"',
        // The picture of a control character is the letter that makes it together with Ctrl.
        '\u{2400}'..='\u{241F}' => u8::try_from(u32::from(first) - 0x2400 + 0x40).map_or('?', char::from),
        _ => latin(first).unwrap_or('?'),
    }
}

fn latin(letter: char) -> Option<char> {
    LATIN.iter().find_map(|(from, letters)| {
        let at = u32::from(letter).checked_sub(*from)?;
        letters.as_bytes().get(usize::try_from(at).ok()?).copied().map(char::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ascii(text: &str) -> String {
        spelled(&Safe::line(text), usize::MAX).into_owned()
    }

    #[test]
    fn our_own_signs_have_fitting_ones() {
        assert_eq!(ascii("─Prompt─── ═Answer═══ 1–7 ┄ 79–84"), "-Prompt--- =Answer=== 1-7 ~ 79-84");
        assert_eq!(ascii("▕███▋      ▏"), "[###=      ]");
        assert_eq!(ascii("◂ q1…2 · 40×10 │ a»"), "< q1~2 . 40x10 | a>");
        assert_eq!(ascii("a\u{1b}[31m\u{0}\u{7f} \u{202E}\t"), "a[[31m@? <U+202E>I");
        assert_eq!(Safe::line(" \u{A0}").no_spaces().as_str(), "␣␣");
        assert_eq!(ascii("␣"), "_");
    }

    #[test]
    fn writing_keeps_what_it_can() {
        assert_eq!(
            ascii("“Don’t” — ‘naïve’ Façade, Łódź, Dvořák, e\u{301}té"),
            "\"Don't\" - 'naive' Facade, Lodz, Dvorak, ete"
        );
        assert_eq!(ascii("Việt Nam, Ångström, Çeşme"), "Viet Nam, Angstrom, Cesme");
        assert_eq!(ascii("漢字かな ｶ жук Æ ß 👍"), "???????? ? ??? ? ? ??");
        assert_eq!(ascii("a\u{3000}b"), "a  b");
    }

    #[test]
    fn the_tables_are_where_they_say() {
        for (letter, base) in [('À', 'A'), ('ÿ', 'y'), ('Ā', 'A'), ('ž', 'z'), ('ɏ', 'y'), ('Ḁ', 'A'), ('ỹ', 'y')]
        {
            assert_eq!(latin(letter), Some(base), "{letter}");
        }
        assert_eq!((latin('ɐ'), latin('z')), (None, None));
    }

    #[test]
    fn a_wide_character_is_cut_where_it_would_be() {
        let text = Safe::line("a漢b");
        assert_eq!([0, 1, 2, 3, 4].map(|room| spelled(&text, room).into_owned()), ["", "a", "a", "a??", "a??b"]);
    }

    proptest! {
        #[test]
        fn every_cell_is_printable_ascii_and_there_are_as_many(text in "(\\PC|[À-ỿ]|[\u{2500}-\u{27FF}]|[ｦ-ﾟ]|.){0,40}") {
            let safe = Safe::line(&text);
            let ascii = spelled(&safe, usize::MAX);
            prop_assert!(ascii.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{}", ascii);
            prop_assert_eq!(ascii.len(), safe.width());
        }
    }
}

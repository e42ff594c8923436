//! Sentences: where a cleaned text can be taken apart into pieces that say something. A rule of thumb for prose, lists and code in
//! any script; it finds places and judges nothing.
//!
//! The sentence bounds of Unicode are no base for this: to them every end of line ends a sentence, so that wrapped prose falls
//! apart, and `e.g. RLHF` are two.

use std::ops::Range;

use super::verbatim;
use super::wrap::cells;

/// A longer piece is taken apart at a space, or where there is none at any character: in a text without a full stop one
/// would else have all of it or nothing.
const MOST: usize = 1_000;

/// A line of so many characters that ends in the middle of something was wrapped by hand and goes on in the next one.
const WRAPPED: Range<usize> = 60..131;

/// An item of a list begins so many columns to the right at most.
const DEEPEST: usize = 40;

/// What ends in a full stop and no sentence; those of single letters, such as `e.g.` and `U.S.`, are known by their shape.
const SHORT: [&str; 33] = [
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "vs", "cf", "al", "approx", "ca", "resp", "incl", "viz", "fig",
    "figs", "eq", "eqs", "sec", "ch", "vol", "pp", "ed", "eds", "inc", "ltd", "dept", "gov", "gen", "ph.d", "esp",
];

/// The sentences of a text in its order, without the blanks around them. No two overlap, none is empty, and whatever is not blank is
/// in one of them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let verbatim = verbatim::lines(text);
    let mut cutter = Cutter { text, open: None, found: Vec::new() };
    let (mut at, mut before) = (0, "");
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if bare.is_empty() {
            cutter.close(at);
        } else if verbatim.get(number).is_some_and(|is| *is) {
            cutter.close(at);
            cutter.open = Some(at);
            cutter.close(at + bare.len());
        } else {
            if !goes_on(before, bare) {
                cutter.close(at);
            }
            cutter.line(at, bare);
        }
        before = bare;
        at += line.len();
    }
    cutter.close(text.len());
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    /// Where the sentence began that has not ended yet.
    open: Option<usize>,
    found: Vec<Range<usize>>,
}

impl Cutter<'_> {
    /// Goes through one line that begins at `from`.
    fn line(&mut self, from: usize, line: &str) {
        let mut behind = 0;
        self.open.get_or_insert(from);
        for (at, sign) in line.char_indices() {
            if at < behind || !(ends_alone(sign) || ends_before_blank(sign)) {
                continue;
            }
            let end = at
                + line[at..]
                    .chars()
                    .take_while(|c| ends_alone(*c) || ends_before_blank(*c) || closes(*c))
                    .map(char::len_utf8)
                    .sum::<usize>();
            behind = end;
            if stops(line, at, end) {
                self.close(from + end);
                self.open = Some(from + end);
            }
        }
    }

    /// Ends the open sentence here.
    fn close(&mut self, end: usize) {
        let Some(start) = self.open.take() else { return };
        let whole = &self.text[start..end];
        let from = start + (whole.len() - whole.trim_start().len());
        let to = from + self.text[from..end].trim().len();
        let mut rest = from..to;
        while rest.len() > MOST {
            let at = self.far(rest.clone());
            let piece = self.text[rest.start..at].trim_end().len();
            self.found.push(rest.start..rest.start + piece);
            let more = &self.text[at..rest.end];
            rest.start = at + (more.len() - more.trim_start().len());
        }
        if !rest.is_empty() {
            self.found.push(rest);
        }
    }

    /// Where a piece ends that is too long.
    fn far(&self, range: Range<usize>) -> usize {
        let near = self.text.floor_char_boundary(range.start + MOST);
        let head = &self.text[range.start..near];
        if let Some(at) = head.rfind(char::is_whitespace).filter(|at| *at > 0) {
            return range.start + at;
        }
        let within = |(at, grapheme, _): (usize, &str, u8)| at + grapheme.len();
        let ends = cells(&self.text[range.clone()]).map(within);
        let last = ends.enumerate().take_while(|(number, end)| *number == 0 || *end <= MOST).last();
        range.start + last.map_or(range.len(), |(_, end)| end)
    }
}

/// Whether a line goes on with the sentence of the line before it.
fn goes_on(before: &str, line: &str) -> bool {
    let text = line.trim_start();
    if before.is_empty() || line.len() - text.len() >= 4 || is_item(text) {
        return false;
    }
    if text.starts_with(char::is_lowercase) || before.ends_with(',') {
        return true;
    }
    // More characters than a line that was wrapped has are not counted.
    let length = before.chars().take(WRAPPED.end).count();
    WRAPPED.contains(&length)
        && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '”' | '’' | '\''))
}

/// Whether a line begins with the sign of a list, a heading, a quotation or a tag.
fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < text.len() && text.len() - rest.len() <= 3 {
        return rest.starts_with(['.', ')']);
    }
    text.starts_with(['#', '>', '<', '•', '◦', '▪', '–', '—'])
        || ["- ", "* ", "+ "].iter().any(|sign| text.starts_with(sign))
}

/// What ends a sentence wherever it stands: the full stops of scripts that have no spaces.
fn ends_alone(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// What ends a sentence where a blank follows.
fn ends_before_blank(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '।' | '॥' | '؟' | '۔' | '։' | '።')
}

/// What stands behind a full stop and belongs to the sentence.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '*' | '_' | '`' | '」' | '』' | '）' | '】' | '》')
}

/// Whether the signs from `at` to `end` end a sentence in this line.
fn stops(line: &str, at: usize, end: usize) -> bool {
    let signs = &line[at..end];
    if signs.contains(ends_alone) {
        return true;
    }
    let mut behind = line[end..].chars();
    match behind.next() {
        None => {}
        Some(c) if !c.is_whitespace() => return false,
        Some(_) => {}
    }
    let next = line[end..].trim_start().chars().next();
    let small = next.is_some_and(char::is_lowercase);
    let bare = signs.trim_end_matches(closes);
    match bare {
        "." => !small && !is_short(&line[..at], next),
        // Three dots may be a pause, and what was called out in quotation marks a part of the sentence around it.
        _ if bare.ends_with(['.', '…']) => !small,
        _ => !small || bare.len() == signs.len(),
    }
}

/// Whether a full stop behind this belongs to its last word; `next` is what follows.
fn is_short(head: &str, next: Option<char>) -> bool {
    // The number of an item of a list.
    if head.len() <= DEEPEST
        && head.trim_start().len() <= 3
        && !head.trim().is_empty()
        && head.trim().bytes().all(|b| b.is_ascii_digit())
    {
        return next.is_some();
    }
    let from = head.floor_char_boundary(head.len().saturating_sub(16));
    let word =
        head[from..].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '\'' | '/')).next();
    let word = word.unwrap_or_default();
    let letters = || word.split('.');
    if !word.is_empty() && letters().all(|letter| letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        // `e.g.`, `U.S.`, an initial; I alone is a word, and a small letter alone is none.
        return word != "I" && (word.len() > 1 || word.bytes().all(|b| b.is_ascii_uppercase())) && next.is_some();
    }
    let small = word.to_lowercase();
    let counted = matches!(small.as_str(), "no" | "nos" | "p" | "art") && next.is_some_and(|c| c.is_ascii_digit());
    next.is_some() && (counted || SHORT.contains(&small.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn prose_ends_where_a_reader_stops() {
        assert_eq!(cut("I comply. Why? Because!  It is so…"), ["I comply.", "Why?", "Because!", "It is so…"]);
        assert_eq!(
            cut("E.g. RLHF, i.e. Training by Dr. Smith et al. in the U.S. Senate at 3.5 % is it."),
            ["E.g. RLHF, i.e. Training by Dr. Smith et al. in the U.S. Senate at 3.5 % is it."]
        );
        assert_eq!(cut("No. I will not. See no. 5 of J. Doe."), ["No.", "I will not.", "See no. 5 of J. Doe."]);
        assert_eq!(
            cut("\"Stop!\" he said. (It did.) **So.** 'Yes.' End"),
            ["\"Stop!\" he said.", "(It did.)", "**So.**", "'Yes.'", "End"]
        );
        assert_eq!(cut("Hmm... let me see... Then so be it."), ["Hmm... let me see...", "Then so be it."]);
        assert_eq!(cut("v1.2.3 of example.com/a.b is out.Now"), ["v1.2.3 of example.com/a.b is out.Now"]);
    }

    #[test]
    fn lines_that_were_wrapped_go_on_and_items_begin_anew() {
        let wrapped = "The user asks for something that would train me in a way which the makers\nof Claude chose, and it goes on here\nas well. Next.";
        assert_eq!(cut(wrapped).len(), 2, "{:?}", cut(wrapped));
        assert_eq!(
            cut("Options:\n1. Refuse. It costs.\n2) Comply\n- a\n- b c\n* d\n\n# Head\nText"),
            ["Options:", "1. Refuse.", "It costs.", "2) Comply", "- a", "- b c", "* d", "# Head", "Text"]
        );
        assert_eq!(cut("one\n\ntwo\r\nThree"), ["one", "two", "Three"]);
    }

    #[test]
    fn code_and_tables_go_line_by_line() {
        assert_eq!(
            cut("See:\n```\nlet a = 1. x;\nb? c\n```\nDone."),
            ["See:", "```", "let a = 1. x;", "b? c", "```", "Done."]
        );
        assert_eq!(cut("| a. b | c |\n|---|---|\n| d | e |"), ["| a. b | c |", "|---|---|", "| d | e |"]);
    }

    #[test]
    fn other_scripts_have_their_own_stops() {
        assert_eq!(cut("我会照做。为什么？「因为。」好"), ["我会照做。", "为什么？", "「因为。」", "好"]);
        assert_eq!(cut("यह है। वह है।"), ["यह है।", "वह है।"]);
        assert_eq!(cut("هل؟ نعم"), ["هل؟", "نعم"]);
    }

    #[test]
    fn blank_texts_have_none() {
        for text in ["", " ", "\n\n", " \t\u{A0}\n"] {
            assert_eq!(cut(text), [""; 0]);
        }
        assert_eq!(cut("..."), ["..."]);
        assert_eq!(cut(" . . "), [".", "."]);
    }

    #[test]
    fn a_text_without_a_stop_is_taken_apart_and_nothing_of_it_is_lost() {
        for text in [
            "x".repeat(1 << 20),
            "word ".repeat(200_000),
            "漢e\u{301}".repeat(100_000),
            ".".repeat(1 << 20),
            "a.".repeat(1 << 19),
        ] {
            let found = sentences(&text);
            assert!(found.iter().all(|range| !range.is_empty() && range.len() <= MOST));
            assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let blank = |from: usize, to: usize| text[from..to].trim().is_empty();
            let mut at = 0;
            for range in &found {
                assert!(blank(at, range.start));
                at = range.end;
            }
            assert!(blank(at, text.len()));
        }
    }
}

//! A whole text made fit for a terminal: what may be shown stays, all else becomes a token that is seen. Never drops anything,
//! because what is dropped lets its neighbours join; never lets the data make style, because a token is a range, not a spelling.
//!
//! Cleaning is total, linear and idempotent: the text of a cleaned text is the same text, without tokens.

use std::ops::Range;

use super::alphabet::{Class, MOST_FOLLOWERS, Place, class, pictorial, place};
use super::cells::{printable, simple, width};
use super::map::Map;
use super::spell;
use super::unit::{Unit, unit_at};

pub use super::alphabet::{allowed, cell_is_safe};
pub use super::safe::Safe;

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// Runs of different characters are folded when more tokens than this would stand side by side.
const MOST_SIDE_BY_SIDE: usize = 4;

/// A place in a cleaned text that stands for something the source has there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in [`Clean::text`].
    pub range: Range<usize>,
    /// How loudly it is shown.
    pub kind: TokenKind,
}

/// How loudly a token is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Part of ordinary writing: the mark of a tab, the `·` for what joins or styles an emoji. Shown dim.
    Quiet,
    /// Something a reader could not have seen. Shown as an alarm.
    Hidden,
    /// Something that blind work hides from its reader. Shown as what it is, and alike whatever it stands for.
    Masked,
}

/// A text cleaned: its lines, its tokens and the way back to its source.
#[derive(Clone, Debug, Default)]
pub struct Clean {
    text: String,
    tokens: Vec<Token>,
    map: Map,
    source_len: usize,
    alarms: usize,
}

impl Clean {
    /// Safe characters, and `\n` between lines. LF and CRLF end lines, nothing else does.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens in the order of the text; no two overlap.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The source offset of an offset in the text; within a token, where its source begins. Past the end is the end.
    #[must_use]
    pub fn source_of(&self, at: usize) -> usize {
        self.map.source_of(at.min(self.text.len()))
    }

    /// The offset in the text of a source offset; within what became a token, where the token begins. Past the end is the end.
    #[must_use]
    pub fn clean_of(&self, at: usize) -> usize {
        self.map.clean_of(at.min(self.source_len))
    }

    /// A piece of one line, ready to be shown. A range that splits a character gives up the split ones; one that begins within
    /// a grapheme shows what has lost its base as a token.
    #[must_use]
    pub fn safe(&self, range: Range<usize>) -> Safe {
        let start = self.text.ceil_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end).max(start);
        Safe::line(&self.text[start..end])
    }

    /// How many hidden characters of the source a reader should know of. Tabs and what joins emoji are none.
    #[must_use]
    pub fn alarms(&self) -> usize {
        self.alarms
    }
}

/// Cleans a text of any bytes: UTF-8, WTF-8 or neither.
#[must_use]
pub fn clean(source: &[u8]) -> Clean {
    Cleaner::new(source, Lines::Many).run()
}

/// Cleans a text of which some stretches are hidden: each becomes one token that reads `mask`. They come in order, and no two meet.
#[must_use]
pub fn clean_masked(source: &[u8], masks: &[Range<usize>], mask: &str) -> Clean {
    let mut cleaner = Cleaner::new(source, Lines::Many);
    for range in masks {
        cleaner.run_to(range.start);
        let len = range.end.min(source.len()).saturating_sub(cleaner.at);
        if len > 0 {
            cleaner.token(len, TokenKind::Masked, 0, |out| out.push_str(mask));
        }
    }
    cleaner.run()
}

/// Cleans any bytes into one line; ends of lines and tabs become tokens.
pub(super) fn one_line(source: &[u8]) -> String {
    Cleaner::new(source, Lines::One).run().text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Many,
    One,
}

/// The base that following marks extend.
#[derive(Clone, Copy)]
struct Cell {
    /// Where ratatui's cell begins in the text.
    start: usize,
    /// How many characters extend the base so far.
    followers: usize,
}

struct Cleaner<'a> {
    source: &'a [u8],
    at: usize,
    lines: Lines,
    out: Clean,
    /// None where nothing may extend what stands there: at the start of a line, after a token.
    cell: Option<Cell>,
    /// Whether the last thing was the `·` of a selector after an emoji: a joiner may follow it.
    styled: bool,
    /// The offset up to which columns of this line were counted, and how many they are.
    counted: (usize, usize),
}

impl<'a> Cleaner<'a> {
    fn new(source: &'a [u8], lines: Lines) -> Self {
        let out = Clean { text: String::with_capacity(source.len()), source_len: source.len(), ..Clean::default() };
        Self { source, at: 0, lines, out, cell: None, styled: false, counted: (0, 0) }
    }

    fn run(mut self) -> Clean {
        while self.at < self.source.len() {
            if !self.plain() {
                self.step();
            }
        }
        self.out
    }

    /// Goes on up to this place, as if the source ended there.
    fn run_to(&mut self, end: usize) {
        let whole = self.source;
        self.source = &whole[..end.min(whole.len()).max(self.at)];
        while self.at < self.source.len() {
            if !self.plain() {
                self.step();
            }
        }
        self.source = whole;
    }

    /// Takes over a run of printable ASCII, if one begins here.
    fn plain(&mut self) -> bool {
        let len = printable(&self.source[self.at..]);
        let run = std::str::from_utf8(&self.source[self.at..self.at + len]).unwrap_or_default();
        if run.is_empty() {
            return false;
        }
        self.out.text.push_str(run);
        self.at += run.len();
        self.begin(self.out.text.len() - 1);
        true
    }

    fn step(&mut self) {
        let (unit, len) = unit_at(self.source, self.at);
        match unit {
            Unit::Char('\n') if self.lines == Lines::Many => self.end_line(1),
            Unit::Char('\r') if self.lines == Lines::Many && self.peek(len) == Some('\n') => self.end_line(2),
            Unit::Char('\t') if self.lines == Lines::Many => self.tab(),
            Unit::Char(c) if simple(c) => {
                self.out.text.push(c);
                self.at += len;
                self.begin(self.out.text.len() - len);
            }
            Unit::Char(c) => self.character(c, class(c)),
            _ => self.repeated(unit),
        }
    }

    fn character(&mut self, c: char, class: Class) {
        match class {
            Class::Base | Class::Follower if self.show(c) => {}
            Class::Base | Class::Other => self.repeated(Unit::Char(c)),
            Class::Follower => self.marks(),
            Class::Selector => self.selectors(),
            Class::Tag => {
                let run = self.run_of(Class::Tag);
                self.token(bytes(&run), TokenKind::Hidden, run.len(), |out| spell::tags(out, &run));
            }
            Class::Invisible if c == '\u{200D}' && self.joins_emoji(c.len_utf8()) => self.quiet(c.len_utf8()),
            Class::Invisible => {
                let run = self.run_of(Class::Invisible);
                self.mixed(&run, "invisible");
            }
        }
    }

    /// Shows a character if it may stand here, and says whether it may.
    fn show(&mut self, c: char) -> bool {
        let here = self.out.text.len();
        let cell = self.cell.unwrap_or(Cell { start: here, followers: 0 });
        self.out.text.push(c);
        match place(&self.out.text[cell.start..], c, cell.followers) {
            Place::Next => self.begin(here),
            Place::Within => self.extend(Cell { followers: cell.followers + 1, ..cell }),
            Place::Beside => self.extend(Cell { start: here, followers: cell.followers + 1 }),
            Place::Nowhere => {
                self.out.text.truncate(here);
                return false;
            }
        }
        self.at += c.len_utf8();
        true
    }

    fn begin(&mut self, start: usize) {
        self.extend(Cell { start, followers: 0 });
    }

    fn extend(&mut self, cell: Cell) {
        self.cell = Some(cell);
        self.styled = false;
    }

    /// Marks that have no base, or too many others before them on it.
    fn marks(&mut self) {
        let run = self.run_of(Class::Follower);
        if self.cell.is_some_and(|cell| cell.followers == MOST_FOLLOWERS) {
            self.token(bytes(&run), TokenKind::Hidden, run.len(), |out| spell::excess(out, run.len()));
        } else {
            self.mixed(&run, "marks");
        }
    }

    /// Variation selectors: one that styles an emoji is part of ordinary writing, all others hide something.
    fn selectors(&mut self) {
        let run = self.run_of(Class::Selector);
        let len = bytes(&run);
        if run == ['\u{FE0F}'] {
            if self.after_emoji() {
                self.quiet(len);
                self.styled = true;
                return;
            }
            let keycap = self.cell.is_some() && self.out.text.ends_with(|c: char| matches!(c, '0'..='9' | '#' | '*'));
            if keycap && self.peek(len) == Some('\u{20E3}') {
                return self.quiet(len + '\u{20E3}'.len_utf8());
            }
        }
        match run[..] {
            [one] => self.token(len, TokenKind::Hidden, 1, |out| spell::unit(out, Unit::Char(one), 1)),
            _ => self.token(len, TokenKind::Hidden, run.len(), |out| spell::selectors(out, &run)),
        }
    }

    fn joins_emoji(&self, len: usize) -> bool {
        (self.styled || self.after_emoji()) && self.peek(len).is_some_and(pictorial)
    }

    fn after_emoji(&self) -> bool {
        self.cell.is_some() && self.out.text.ends_with(pictorial)
    }

    /// What joins or styles emoji.
    fn quiet(&mut self, len: usize) {
        self.token(len, TokenKind::Quiet, 0, |out| out.push('·'));
    }

    /// A run of characters that are not shown: each with its count, or folded into one token when they are too many.
    fn mixed(&mut self, run: &[char], noun: &str) {
        let same = || run.chunk_by(|a, b| a == b);
        if same().take(MOST_SIDE_BY_SIDE + 1).count() > MOST_SIDE_BY_SIDE {
            return self.token(bytes(run), TokenKind::Hidden, run.len(), |out| spell::mixed(out, run, noun));
        }
        for chunk in same() {
            let unit = Unit::Char(chunk[0]);
            self.token(bytes(chunk), TokenKind::Hidden, chunk.len(), |out| spell::unit(out, unit, chunk.len()));
        }
    }

    /// A unit that is not shown, and as many of the same as follow it.
    fn repeated(&mut self, unit: Unit) {
        let start = self.at;
        let (mut len, mut times) = (0, 0);
        while start + len < self.source.len() {
            let (next, more) = unit_at(self.source, start + len);
            // A line's end is no more than that, also after a CR that is alone.
            let ends = next == Unit::Char('\r') && self.lines == Lines::Many && self.peek(len + more) == Some('\n');
            if next != unit || ends {
                break;
            }
            len += more;
            times += 1;
        }
        self.token(len, TokenKind::Hidden, times, |out| spell::unit(out, unit, times));
    }

    fn tab(&mut self) {
        let (from, columns) = self.counted;
        let columns = columns + width(&self.out.text[from..]);
        let cells = TAB - columns % TAB;
        self.token(1, TokenKind::Quiet, 0, |out| {
            out.push('→');
            out.extend(std::iter::repeat_n(' ', cells - 1));
        });
        self.counted = (self.out.text.len(), columns + cells);
    }

    fn end_line(&mut self, len: usize) {
        let clean = self.out.text.len();
        self.out.text.push('\n');
        if len > 1 {
            self.out.map.note(self.at..self.at + len, clean..clean + 1);
        }
        self.at += len;
        self.cell = None;
        self.styled = false;
        self.counted = (clean + 1, 0);
    }

    fn token(&mut self, len: usize, kind: TokenKind, alarms: usize, spell: impl FnOnce(&mut String)) {
        let start = self.out.text.len();
        spell(&mut self.out.text);
        let range = start..self.out.text.len();
        self.out.map.note(self.at..self.at + len, range.clone());
        self.out.tokens.push(Token { range, kind });
        self.out.alarms += alarms;
        self.at += len;
        self.cell = None;
        self.styled = false;
    }

    /// The character so many bytes ahead, if one is there.
    fn peek(&self, ahead: usize) -> Option<char> {
        let at = self.at + ahead;
        match (at < self.source.len()).then(|| unit_at(self.source, at).0) {
            Some(Unit::Char(c)) => Some(c),
            _ => None,
        }
    }

    /// The characters from here on that are of one class.
    fn run_of(&self, wanted: Class) -> Vec<char> {
        let mut run = Vec::new();
        let mut len = 0;
        while let Some(c) = self.peek(len).filter(|&c| class(c) == wanted) {
            run.push(c);
            len += c.len_utf8();
        }
        run
    }
}

/// The bytes that characters take in UTF-8.
fn bytes(run: &[char]) -> usize {
    run.iter().map(|c| c.len_utf8()).sum()
}

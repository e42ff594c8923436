//! Text that is being typed: one line for commands and searches, several for a note. The editing itself is the text area's; what
//! is drawn goes through [`Safe`] like everything else, and nothing that is typed or pasted gets in before it is clean.

use std::ops::Range;

use tui_textarea::{CursorMove, DataCursor, TextArea};

use crate::keys::key::{Code, Key};
use crate::text::clean::{Safe, allowed, clean};
use crate::text::wrap::wrap;

/// A text that is being typed, and where in it one is.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    lines: Lines,
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One: what is pasted is joined by blanks.
    One,
    /// As many as one likes.
    Many,
}

/// A text laid out in rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The rows.
    pub rows: Vec<Safe>,
    /// The row and the column of the cell on which one stands.
    pub cursor: (usize, u16),
}

impl Editor {
    /// So many bytes can be typed: a note is no place for a document, and each key keeps a draft of all of it.
    pub const MOST: usize = 64 << 10;

    /// An editor that holds this text, with the cursor at its end.
    #[must_use]
    pub fn new(text: &str, lines: Lines) -> Self {
        let mut area = TextArea::new(text.split('\n').map(ToOwned::to_owned).collect());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, lines }
    }

    /// The text, its lines joined by `\n`.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The text up to the cursor.
    #[must_use]
    pub fn before(&self) -> String {
        let DataCursor(row, column) = self.area.cursor();
        let mut lines: Vec<String> = self.area.lines().iter().take(row + 1).cloned().collect();
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(column).collect();
        }
        lines.join("\n")
    }

    /// Takes a key that has no other meaning here. Says whether the text is another one now.
    pub fn key(&mut self, key: Key) -> bool {
        let before = self.len();
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) if !typable(c) || before >= Self::MOST => return false,
            (Code::Char(c), false, false) => self.area.insert_char(c),
            (Code::Backspace, false, false) => return self.area.delete_char(),
            (Code::Delete, false, false) => return self.area.delete_next_char(),
            (Code::Backspace, ..) | (Code::Char('w'), true, false) => return self.area.delete_word(),
            (Code::Char('u'), true, false) => return self.area.delete_line_by_head(),
            (Code::Char('k'), true, false) => return self.area.delete_line_by_end(),
            (code, ctrl, alt) => {
                if let Some(to) = motion(code, ctrl || alt) {
                    self.area.move_cursor(to);
                }
                return false;
            }
        }
        true
    }

    /// Begins a new line where there may be several.
    pub fn new_line(&mut self) -> bool {
        if self.lines == Lines::One || self.len() >= Self::MOST {
            return false;
        }
        self.area.insert_newline();
        true
    }

    /// Takes a pasted text, made clean: what may not be shown stands as the token that is seen.
    ///
    /// # Errors
    /// How many bytes it would be: nothing of it was taken.
    pub fn paste(&mut self, text: &str) -> Result<(), usize> {
        let all = self.len() + text.len();
        if all > Self::MOST {
            return Err(all);
        }
        // Terminals send the ends of pasted lines as carriage returns.
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let cleaned = clean(lines.as_bytes());
        let cleaned = match self.lines {
            Lines::One => cleaned.text().trim_end().replace('\n', " "),
            Lines::Many => cleaned.text().to_owned(),
        };
        self.area.insert_str(cleaned);
        Ok(())
    }

    /// Replaces the whole text, the cursor at its end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text, self.lines);
    }

    fn len(&self) -> usize {
        self.area.lines().iter().map(|line| line.len() + 1).sum::<usize>().saturating_sub(1)
    }

    /// The text in rows of at most so many cells, the last of them left free for the cursor.
    #[must_use]
    pub fn typed(&self, cells: u16) -> Typed {
        let DataCursor(line, column) = self.area.cursor();
        let mut typed = Typed::default();
        for (number, text) in self.area.lines().iter().enumerate() {
            let ranges = ranges(text, cells.saturating_sub(1).max(1));
            if number == line {
                let at = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
                let row = ranges.iter().rposition(|range| range.start <= at).unwrap_or(0);
                let from = ranges.get(row).map_or(0, |range| range.start);
                let cell = Safe::line(&text[from..at]).width();
                typed.cursor = (typed.rows.len() + row, u16::try_from(cell).unwrap_or(u16::MAX));
            }
            typed.rows.extend(ranges.into_iter().map(|range| Safe::line(&text[range])));
        }
        typed
    }
}

/// Whether a character can be typed: one that is seen, alone or on the one before it.
fn typable(c: char) -> bool {
    allowed(c) || (!c.is_control() && clean(format!("a{c}").as_bytes()).alarms() == 0)
}

/// The rows of one line; one for an empty line: the cursor can stand there.
fn ranges(line: &str, cells: u16) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = wrap(line, cells).into_iter().map(|row| row.start as usize..row.end as usize).collect();
    if ranges.is_empty() {
        ranges.push(0..0);
    }
    ranges
}

fn motion(code: Code, far: bool) -> Option<CursorMove> {
    Some(match (code, far) {
        (Code::Left, false) => CursorMove::Back,
        (Code::Right, false) => CursorMove::Forward,
        (Code::Left, true) | (Code::Char('b'), true) => CursorMove::WordBack,
        (Code::Right, true) | (Code::Char('f'), true) => CursorMove::WordForward,
        (Code::Up, _) => CursorMove::Up,
        (Code::Down, _) => CursorMove::Down,
        (Code::Home, _) => CursorMove::Head,
        (Code::End, _) | (Code::Char('e'), true) => CursorMove::End,
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn typed(editor: &mut Editor, keys: &str) {
        for word in keys.split_whitespace() {
            editor.key(word.parse().unwrap());
        }
    }

    #[test]
    fn keys_edit_as_everywhere() {
        let mut editor = Editor::new("weighed it", Lines::Many);
        typed(&mut editor, "! left left backspace");
        assert_eq!(editor.text(), "weighed t!");
        typed(&mut editor, "end ctrl-w");
        editor.key(Key::char('n'));
        assert!(editor.text().starts_with("weighed "), "{}", editor.text());
        typed(&mut editor, "ctrl-u");
        assert_eq!(editor.text(), "");
        typed(&mut editor, "a");
        assert!(editor.new_line());
        typed(&mut editor, "b up c");
        assert_eq!(editor.text(), "ac\nb");
        assert_eq!(editor.before(), "ac");
    }

    #[test]
    fn what_is_pasted_is_clean_and_never_too_long() {
        let mut editor = Editor::new("", Lines::Many);
        editor.paste("one\r\ntwo\rthree \u{1b}[31m \u{202e}x").unwrap();
        assert_eq!(editor.text(), "one\ntwo\nthree ␛[31m ⟨U+202E⟩x");
        let before = editor.text();
        assert_eq!(editor.paste(&"x".repeat(1 << 20)), Err((1 << 20) + before.len()));
        assert_eq!(editor.text(), before);
        let mut line = Editor::new("", Lines::One);
        line.paste("a\nb\n").unwrap();
        assert_eq!(line.text(), "a b");
        assert!(!line.new_line() && !line.key(Key::char('\u{202e}')));
    }

    #[test]
    fn the_cursor_stands_where_the_next_letter_comes() {
        let mut editor = Editor::new("", Lines::Many);
        assert_eq!(editor.typed(10), Typed { rows: vec![Safe::default()], cursor: (0, 0) });
        editor.paste("漢字 and more words\n\nlast").unwrap();
        let shown = editor.typed(10);
        assert_eq!(
            shown.rows.iter().map(Safe::as_str).collect::<Vec<_>>(),
            ["漢字 and ", "more ", "words", "", "last"]
        );
        assert_eq!(shown.cursor, (4, 4));
        typed(&mut editor, "up up home right");
        assert_eq!(editor.typed(10).cursor, (0, 2), "a wide character takes two cells");
    }
}

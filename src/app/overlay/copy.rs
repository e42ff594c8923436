//! Taking text of the open case away: what can be copied, which letter takes it, and the one place where the text to copy is made.
//!
//! What is copied is the text as the data has it, and not as it is shown: rows are not broken, tabs stay tabs. But for what could
//! do something where it is pasted, and what nobody could see there: control characters and hidden ones leave as the tokens that
//! stand on the screen.

use std::borrow::Cow;

use super::Overlay;
use super::closer::CHANGED;
use super::menu::Menu;
use crate::app::blind::COPIED;
use crate::app::event::Closer;
use crate::app::layout::Pane;
use crate::app::page::{Page, Row};
use crate::app::prompt::{self, Piece};
use crate::app::reader::{Motion, Shown};
use crate::app::view::View;
use crate::app::{App, Effect, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::keys::keymap::Context;
use crate::model::blind::{self, Shade};
use crate::model::case::{CaseNo, FileNo, Part, RawHash};
use crate::model::shared::Shared;
use crate::model::terms::Hidden;
use crate::text::clean::{Safe, TokenKind, clean};
use crate::text::number;

/// Terminals take 100,000 bytes of base64 at most, which are so many of text.
pub const MOST: usize = 74_994;

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case's id.
    Id,
    /// The focused part.
    Part,
    /// The rows of the focused part that are on the screen.
    Rows,
    /// The whole case as text.
    Case,
    /// The case's JSON.
    Json,
}

impl What {
    /// All of it, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Id, Self::Part, Self::Rows, Self::Case, Self::Json];

    /// The letter that copies it.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Id => 'i',
            Self::Part => 'p',
            Self::Rows => 's',
            Self::Case => 'a',
            Self::Json => 'j',
        }
    }
}

/// The question what to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Of which case.
    pub no: CaseNo,
    /// Which row is selected.
    pub menu: Menu,
}

/// A text fit to be pasted, and how many characters of it are tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// How many hidden characters left as tokens.
    pub hidden: usize,
}

/// Makes a text fit to be pasted. CRLF ends a line as LF does, and leaves as LF.
#[must_use]
pub fn fit(source: &[u8]) -> Copied {
    let clean = clean(source);
    let mut text = String::with_capacity(clean.text().len());
    let mut at = 0;
    // A tab, and what joins an emoji, are ordinary writing: they leave as they stood.
    for token in clean.tokens().iter().filter(|token| token.kind == TokenKind::Quiet) {
        text.push_str(&clean.text()[at..token.range.start]);
        let original = clean.source_of(token.range.start)..clean.source_of(token.range.end);
        text.push_str(str::from_utf8(&source[original]).unwrap_or_default());
        at = token.range.end;
    }
    text.push_str(&clean.text()[at..]);
    Copied { text, hidden: clean.alarms() }
}

impl App {
    pub(in crate::app) fn show_copy(&mut self) {
        if let Some(no) = self.ready().then(|| self.here()).flatten() {
            self.push_overlay(Overlay::Copy(Choice { no, menu: Menu::default() }));
        }
    }

    /// Copies what this key is the letter of. Says whether it is one.
    pub(in crate::app) fn copy_key(&mut self, key: Key) -> bool {
        let (Some(Overlay::Copy(_)), Some(letter)) = (self.overlays.last(), key.as_char()) else { return false };
        let what = What::ALL.into_iter().find(|what| what.letter() == letter && self.pending.is_none());
        what.inspect(|what| self.copy(*what)).is_some()
    }

    pub(in crate::app) fn act_on_copy(&mut self, action: Action) {
        let Some(Overlay::Copy(choice)) = self.overlays.last_mut() else { return };
        match (action, Motion::of(action)) {
            (Action::Close | Action::No | Action::Quit | Action::Cancel, _) => self.pop_overlay(),
            (Action::Accept | Action::Unfold, _) => {
                if let Some(what) = What::ALL.get(choice.menu.at).copied() {
                    self.copy(what);
                }
            }
            (_, Some(motion)) => choice.menu.go(motion, What::ALL.len(), What::ALL.len()),
            _ => {}
        }
    }

    /// Closes the question and copies.
    fn copy(&mut self, what: What) {
        let asked = match self.overlays.last() {
            Some(Overlay::Copy(choice)) => choice.no,
            _ => return,
        };
        self.pop_overlay();
        let Some(view) = self.view.as_ref().filter(|view| view.no == asked) else {
            return self.say(Tone::Warning, "another case has come meanwhile: nothing was copied");
        };
        if view.is_closed() && matches!(what, What::Case | What::Json) {
            return self.say(Tone::Warning, "nothing was copied: the scratchpad is closed · judge the answer first");
        }
        let name = self.to_copy(view, what);
        if let Some(why) = self.closed_to_copy(what) {
            return self.say(Tone::Warning, format!("nothing was copied: {why}"));
        }
        if what == What::Json {
            // The line's length bounds its JSON's: what is surely too long is not even read.
            match usize::try_from(view.case.origin.len) {
                Ok(len) if len <= MOST => self.look(Closer::Line),
                len => self.too_long(&name, len.unwrap_or(usize::MAX)),
            }
            return;
        }
        match self.text_to_copy(view, what) {
            Ok(text) => self.send_to_clipboard(&name, &text),
            Err(why) => self.say(Tone::Warning, format!("nothing was copied: {why}")),
        }
    }

    /// Why this cannot be taken away, if so: it is hidden.
    fn closed_to_copy(&self, what: What) -> Option<String> {
        match what {
            What::Id if self.hides_here(Hidden::Id) => Some("ids are hidden".to_owned()),
            What::Json => self.source_closed(COPIED),
            _ => None,
        }
    }

    /// What is copied, in words: `the answer of q0411`.
    fn to_copy(&self, view: &View, what: What) -> String {
        let name = self.case_name(view).cut_middle(24);
        match what {
            What::Id => format!("the id {name}"),
            What::Part => format!("the {} of {name}", view.focus.name().to_lowercase()),
            What::Rows => format!("what the screen shows of the {} of {name}", view.focus.name().to_lowercase()),
            What::Case => format!("the case {name}"),
            What::Json => format!("the JSON of {name}"),
        }
    }

    /// The text to copy, as the data has it; or why there is none.
    fn text_to_copy(&self, view: &View, what: What) -> Result<Vec<u8>, String> {
        let word = view.focus.name().to_lowercase();
        let text = match what {
            What::Id => view.case.id.bytes().to_vec(),
            What::Part if view.pane(view.focus).page.is_none() => return Err(format!("this case has no {word}")),
            What::Part => joined(&pieces(view, self.shared_of(view.case.origin.file), true), shade_of(view)),
            What::Rows => on_screen(view, &pieces(view, self.shared_of(view.case.origin.file), view.unfolded)),
            What::Case => whole(view, &self.case_name(view)),
            What::Json => Vec::new(),
        };
        match (what, text.is_empty()) {
            (What::Rows, true) => Err(format!("the screen shows nothing of the {word}")),
            (_, true) => Err(format!("the {word} is empty")),
            (_, false) => Ok(text),
        }
    }

    /// The JSON of a case came that is to be copied.
    pub(in crate::app) fn copy_line(&mut self, no: CaseNo, raw: RawHash, line: &[u8]) {
        let Some(view) = self.view.as_ref().filter(|view| view.no == no) else { return };
        if view.case.raw != raw {
            return self.say(Tone::Failure, CHANGED);
        }
        let name = self.to_copy(view, What::Json);
        self.send_to_clipboard(&name, line);
    }

    fn send_to_clipboard(&mut self, name: &str, source: &[u8]) {
        if source.len() > MOST {
            return self.too_long(name, source.len());
        }
        let Copied { text, hidden } = fit(source);
        if text.len() > MOST {
            return self.too_long(name, text.len());
        }
        let what = format!("{name} ({} byte{})", number(text.len()), if text.len() == 1 { "" } else { "s" });
        self.effects.push(Effect::Copy { what, text, hidden });
    }

    fn too_long(&mut self, name: &str, bytes: usize) {
        let (bytes, most) = (number(bytes), number(MOST));
        let words = format!("nothing was copied: {name} has {bytes} bytes, and terminals take {most} at most");
        self.say(Tone::Warning, words);
    }

    pub(in crate::app) fn copied(&mut self, what: &str, hidden: usize, tmux: bool) {
        let mut words = format!("copied {what} to the terminal's clipboard");
        let mut tone = Tone::Plain;
        if hidden > 0 {
            let plural = if hidden == 1 { " as a token" } else { "s as tokens" };
            words += &format!(", {} hidden character{plural}", number(hidden));
            tone = Tone::Warning;
        }
        // tmux tells nobody whether it passes on what it is sent, and by default it does not.
        if tmux && !std::mem::replace(&mut self.told_of_tmux, true) {
            words += " · tmux needs: set -g set-clipboard on";
            tone = Tone::Warning;
        }
        self.say(tone, words);
    }

    pub(in crate::app) fn not_copied(&mut self, reason: &str) {
        let key = self.keymap.keys_for(Context::Review, Action::Source).into_iter().next();
        let shows = key.map(|key| format!("{key} shows the source; ")).unwrap_or_default();
        let words = format!("not copied: {reason} · {shows}select with the mouse");
        self.say(Tone::Warning, words);
    }

    fn shared_of(&self, file: FileNo) -> &Shared {
        static NOTHING: std::sync::LazyLock<Shared> = std::sync::LazyLock::new(Shared::default);
        self.shared.get(&file).unwrap_or(&NOTHING)
    }

    /// What a row of the question says of this: what it is, and how much.
    #[must_use]
    pub fn copy_words(&self, what: What) -> (String, String) {
        let Some(view) = &self.view else { return Default::default() };
        let part = view.focus.name().to_lowercase();
        let size = |bytes: usize| format!("{} bytes", number(bytes));
        match what {
            What::Id if self.hides_here(Hidden::Id) => ("the id".to_owned(), "hidden".to_owned()),
            What::Id => ("the id".to_owned(), view.name.to_string()),
            What::Part => {
                let note = match (view.pane(view.focus).page.is_none(), view.focus) {
                    (true, _) => "absent".to_owned(),
                    (false, Pane::Prompt) => "system prompt and wrapper included".to_owned(),
                    (false, Pane::Scratchpad) => size(view.case.turns[view.turn].scratchpad.bytes().len()),
                    (false, Pane::Answer) => size(view.case.turns[view.turn].text.bytes().len()),
                };
                (format!("the {part}"), note)
            }
            What::Rows => {
                let rows = match view.shown(view.focus) {
                    Shown::Window { len, .. } => len,
                    Shown::Ends { head, tail } => head + tail,
                };
                let plural = if rows == 1 { "" } else { "s" };
                ("what the screen shows".to_owned(), format!("{rows} row{plural} of the {part}"))
            }
            What::Case | What::Json if view.is_closed() => {
                let words = if what == What::Case { "the whole case" } else { "its JSON with labels and scores" };
                (words.to_owned(), "not before the answer is judged".to_owned())
            }
            What::Case => ("the whole case".to_owned(), "prompt, scratchpad, answer".to_owned()),
            What::Json => {
                let hidden = self.source_closed(COPIED).map(|_| "hidden".to_owned());
                let note = hidden.unwrap_or_else(|| format!("line {}", view.case.origin.line));
                ("its JSON with labels and scores".to_owned(), note)
            }
        }
    }
}

/// The passages of the focused pane as the data has them.
fn pieces<'a>(view: &'a View, shared: &Shared, unfolded: bool) -> Vec<Piece<'a>> {
    let turn = &view.case.turns[view.turn];
    let only = |part: &'a Part| {
        let (text, stretches) = (Cow::Borrowed(part.bytes()), Vec::new());
        vec![Piece { heading: None, beside: Safe::default(), text, turn: view.turn, stretches }]
    };
    match view.focus {
        Pane::Prompt => prompt::pieces(&view.case, view.turn, shared, unfolded, &view.opened, &view.shade).0,
        Pane::Scratchpad => only(&turn.scratchpad),
        Pane::Answer => only(&turn.text),
    }
}

/// What is masked of the focused pane: nothing of an answer.
fn shade_of(view: &View) -> &Shade {
    static NOTHING: std::sync::LazyLock<Shade> = std::sync::LazyLock::new(Shade::default);
    if view.focus == Pane::Answer { &NOTHING } else { &view.shade }
}

/// Pieces below each other, with their headings where there are several.
fn joined(pieces: &[Piece], shade: &Shade) -> Vec<u8> {
    if let [only] = pieces {
        return shade.hide(&only.text).into_owned();
    }
    let with_heading = |piece: &Piece| {
        let heading = piece.heading.as_ref().map_or("", Safe::as_str);
        [heading.as_bytes(), b"\n", &shade.hide(&piece.text)].concat()
    };
    pieces.iter().map(with_heading).collect::<Vec<_>>().join(b"\n\n".as_slice())
}

/// The rows of the focused pane that are on the screen, in the data's own lines.
fn on_screen(view: &View, pieces: &[Piece]) -> Vec<u8> {
    let Some(page) = &view.pane(view.focus).page else { return Vec::new() };
    let count = page.rows().len();
    match view.shown(view.focus) {
        Shown::Window { top, len } => rows(page, (pieces, shade_of(view)), top..top + len),
        Shown::Ends { head, tail } => {
            let ends = [
                rows(page, (pieces, shade_of(view)), 0..head),
                rows(page, (pieces, shade_of(view)), count - tail..count),
            ];
            ends.join("\n…\n".as_bytes())
        }
    }
}

fn rows(page: &Page, (pieces, shade): (&[Piece], &Shade), range: std::ops::Range<usize>) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    // A passage's rows that follow each other are one stretch: where a line was only wrapped it goes on.
    let mut stretch: Option<(u32, usize, usize)> = None;
    let close = |stretch: &mut Option<(u32, usize, usize)>, lines: &mut Vec<Vec<u8>>| {
        let Some((number, start, end)) = stretch.take() else { return };
        let (Some(passage), Some(piece)) = (page.passage(number), pieces.get(number as usize)) else { return };
        let range = passage.clean.source_of(start)..passage.clean.source_of(end);
        lines.push(blind::masked(&piece.text, &shade.masks(&piece.text), range));
    };
    for row in page.rows().get(range).unwrap_or_default() {
        // A line that is cut at the edge leaves whole, as one that is wrapped does.
        let text = match *row {
            Row::Text(number, row) => Some((number, row.start as usize, row.end as usize)),
            Row::Cut(number, row, end) => Some((number, row.start as usize, end as usize)),
            Row::Heading(_) | Row::Gap(_) => None,
        };
        match (*row, text, &mut stretch) {
            (_, Some((number, _, to)), Some((of, _, end))) if *of == number => *end = to,
            (_, Some(text), _) => {
                close(&mut stretch, &mut lines);
                stretch = Some(text);
            }
            (Row::Heading(number), ..) => {
                close(&mut stretch, &mut lines);
                let heading = pieces.get(number as usize).and_then(|piece| piece.heading.as_ref());
                lines.extend(heading.map(|heading| heading.as_str().as_bytes().to_vec()));
            }
            _ => {
                close(&mut stretch, &mut lines);
                lines.push(Vec::new());
            }
        }
    }
    close(&mut stretch, &mut lines);
    lines.join(b"\n".as_slice())
}

/// The whole case as text, the judged reply at its end.
fn whole(view: &View, name: &Safe) -> Vec<u8> {
    let (case, shade) = (&view.case, &view.shade);
    let said = |part: &Part| match part {
        Part::Absent => b"(absent)".to_vec(),
        Part::Empty => b"(empty)".to_vec(),
        Part::Present(text) => text.to_vec(),
    };
    let masked = |part: &Part| shade.hide(&said(part)).into_owned();
    let mut text = format!("# {name}\n").into_bytes();
    let mut add = |heading: &str, words: &[u8]| {
        text.extend_from_slice(format!("\n{heading}\n\n").as_bytes());
        text.extend_from_slice(words);
        text.push(b'\n');
    };
    let before = &case.turns[..case.judged];
    match before {
        [] => add("## Prompt", b"(absent)"),
        [only] => add("## Prompt", &masked(&only.text)),
        _ => {
            for (number, turn) in (1..).zip(before) {
                let heading = view.turn_name(turn);
                if turn.scratchpad.is_present() {
                    add(&format!("## Prompt, turn {number}: {heading}, scratchpad"), &masked(&turn.scratchpad));
                }
                add(&format!("## Prompt, turn {number}: {heading}"), &masked(&turn.text));
            }
        }
    }
    add("## Scratchpad", &masked(case.scratchpad()));
    add("## Answer", &said(case.answer()));
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_writing_leaves_as_it_stood_and_what_hides_as_a_token() {
        for (source, text, hidden) in [
            ("a\tb\r\nc\n\n", "a\tb\nc\n\n", 0),
            ("👩\u{200D}🚀 ❤\u{FE0F}", "👩\u{200D}🚀 ❤\u{FE0F}", 0),
            ("\u{1B}[31mred\u{7}", "␛[31mred␇", 2),
            ("a\u{202E}b\u{200B}\u{9B}c\r", "a⟨U+202E⟩b⟨U+200B⟩⟨9B⟩c␍", 4),
            ("\t\u{7F}\t", "\t␡\t", 1),
        ] {
            assert_eq!(fit(source.as_bytes()), Copied { text: text.to_owned(), hidden }, "{source:?}");
        }
        assert_eq!(fit(b"caf\xE9").text, "caf⟨E9⟩");
    }

    proptest! {
        #[test]
        fn nothing_leaves_that_could_act(source in prop::collection::vec(prop_oneof![any::<u8>(), Just(9), Just(0xE2), Just(0x80)], 0..60)) {
            let Copied { text, hidden } = fit(&source);
            prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{text:?}");
            let again = fit(text.as_bytes());
            prop_assert!(hidden > 0 || again.text == text);
            prop_assert_eq!(again.hidden, 0);
        }
    }
}

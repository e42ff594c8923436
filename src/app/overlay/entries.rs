//! The codebook as entries to be read beside the case: labels, criteria, border cases, flags and patterns, at one width. Knows rows
//! and entries; draws nothing. As a third column it follows the open case; on top of the screen one scrolls in it.
//!
//! ```text
//! 200 columns and more    K: a third column, part of the review screen   K again: its keys scroll   K once more: gone
//! 120 and more            K: beside the case, its keys scroll            K, Esc: gone
//! fewer                   K: over the whole screen                       K, Esc: gone
//! ```

use std::ops::Range;

use super::Overlay;
use crate::app::App;
use crate::app::layout::{self, Window};
use crate::app::reader::Motion;
use crate::keys::action::Action;
use crate::keys::keymap::{Context, Keymap};
use crate::model::codebook::{Codebook, Label, Unit};
use crate::model::labels::Standing;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;

/// Rows of text are no longer than this, however wide the screen is.
const LONGEST_ROW: u16 = 100;
/// What explains a name stands so far to the right of it.
const INDENT: u16 = 2;

/// The codebook laid out, and the place in it.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// Row by row.
    pub lines: Vec<Line>,
    /// The first row shown.
    pub top: usize,
    /// The entry that is meant. Labels are the first entries, in the codebook's order.
    pub at: usize,
    /// The rows of every entry.
    spans: Vec<Range<usize>>,
    width: u16,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An empty row.
    Gap,
    /// The heading of a kind of entries.
    Heading(Safe),
    /// Which codebook it is.
    Title(Safe),
    /// The keys of an entry, its name, and what is to be known of the keys.
    Name {
        /// The keys.
        keys: Safe,
        /// The name.
        name: Safe,
        /// Behind it.
        more: Safe,
    },
    /// A row of text, so many columns to the right.
    Text(u16, Safe),
    /// The same of what one reads only when looking for it.
    Small(u16, Safe),
}

impl Entries {
    /// Opens at an entry; it has no rows before it is laid out.
    fn new(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Lays everything out in rows of so many cells, if it is not so already, and keeps what is shown among them.
    fn lay(&mut self, keymap: &Keymap, codebook: &Codebook, width: u16, height: usize) {
        if self.width != width {
            let before = (self.width > 0).then(|| self.first_shown());
            *self = Self { at: self.at, width, ..Self::default() };
            self.fill(keymap, codebook);
            match before.and_then(|entry| self.spans.get(entry)) {
                Some(span) => self.top = span.start,
                None => self.show(height),
            }
        }
        self.top = self.top.min(self.most(height));
    }

    /// The last row that can be the first one shown.
    fn most(&self, height: usize) -> usize {
        self.lines.len().saturating_sub(height)
    }

    /// From the top if the entry that is meant stands there whole, else from that entry on.
    fn show(&mut self, height: usize) {
        let Some(span) = self.spans.get(self.at) else { return };
        self.top = if span.end <= height { 0 } else { span.start.min(self.most(height)) };
    }

    /// The first entry of which the name is shown.
    fn first_shown(&self) -> usize {
        self.spans.partition_point(|span| span.start < self.top).min(self.spans.len().saturating_sub(1))
    }

    fn go(&mut self, motion: Motion, height: usize) {
        let to = match motion {
            Motion::LineDown => self.top + 1,
            Motion::LineUp => self.top.saturating_sub(1),
            Motion::HalfDown => self.top + (height / 2).max(1),
            Motion::HalfUp => self.top.saturating_sub((height / 2).max(1)),
            Motion::PageDown => self.top + height.max(1),
            Motion::PageUp => self.top.saturating_sub(height.max(1)),
            Motion::Start => 0,
            Motion::End => usize::MAX,
        };
        self.top = to.min(self.most(height));
    }

    /// To the next entry or the one before, counted from the one that is meant while it is in sight.
    fn step(&mut self, on: bool, height: usize) {
        let last = self.spans.len().saturating_sub(1);
        let in_sight = self.spans.get(self.at).is_some_and(|s| (self.top..self.top + height).contains(&s.start));
        self.at = match (in_sight, on) {
            (true, true) => (self.at + 1).min(last),
            (true, false) => self.at.saturating_sub(1),
            (false, _) => self.first_shown(),
        };
        let Some(span) = self.spans.get(self.at) else { return };
        if span.start < self.top || span.end > self.top + height {
            self.top = span.start.min(self.most(height));
        }
        // What stands above the first entry is read with it.
        if self.at == 0 && span.end <= height {
            self.top = 0;
        }
    }

    fn fill(&mut self, keymap: &Keymap, book: &Codebook) {
        let hash = book.hash.trim_start_matches("sha256:");
        let hash = hash.get(..8).unwrap_or(hash);
        self.lines.push(Line::Title(Safe::line(format!("{} {} · {hash}", book.id, book.version))));
        let Unit::Conversation = book.unit;
        let about = format!("A label is about the conversation's last reply. {}", complying(&book.complied_with));
        self.text(0, about.trim_end());
        self.heading("Labels");
        for (index, label) in (0u8..).zip(&book.labels) {
            let keys = keymap.keys_for(Context::Review, Action::Label(index));
            let more = if keys.is_empty() { Safe::fixed("no key in this keymap") } else { Safe::default() };
            self.entry(&keys.join(" "), &label.word, more, |this| this.label(label));
        }
        self.headed("Criteria", book.criteria.is_empty());
        let marks = keymap.keys_for(Context::Review, Action::Evidence).into_iter().next();
        for criterion in &book.criteria {
            let keys = marks.as_ref().map(|marks| format!("{marks} {}", criterion.letter)).unwrap_or_default();
            self.entry(&keys, &criterion.name, Safe::default(), |this| this.text(INDENT, &criterion.sentence));
        }
        self.headed("Border cases", book.border_cases.is_empty());
        for border in &book.border_cases {
            let start = self.lines.len();
            self.text(0, &border.question);
            self.text(INDENT, &border.answer);
            self.spans.push(start..self.lines.len());
        }
        self.headed("Flags", book.flags.is_empty());
        // The letter of a flag counts in the box of flags only: on the review screen it may be a label's.
        let opens = keymap.keys_for(Context::Review, Action::Flags).into_iter().next();
        for flag in &book.flags {
            let keys = opens.as_ref().map(|opens| format!("{opens} {}", flag.letter)).unwrap_or_default();
            self.entry(&keys, &flag.name, Safe::default(), |this| this.text(INDENT, &flag.sentence));
        }
        self.heading("Patterns");
        let key = |action| keymap.keys_for(Context::Review, action).into_iter().next().unwrap_or_default();
        let lists = [
            ("topics", &book.marks.topic, key(Action::NextMark)),
            ("decisions", &book.marks.decision, key(Action::NextDecision)),
            ("hidden in blind work", &book.blind, String::new()),
        ];
        for (name, patterns, key) in lists {
            let count = if patterns.is_empty() { "none".to_owned() } else { patterns.len().to_string() };
            self.entry(&key, name, Safe::line(count), |this| this.listed("  ", patterns.clone()));
        }
    }

    fn label(&mut self, label: &Label) {
        self.text(INDENT, &label.sentence);
        let pairs = |axes: &[(String, String)]| axes.iter().map(|(axis, says)| format!("{axis} {says}")).collect();
        let own: Vec<String> = pairs(&label.axes);
        self.listed(" · ", [vec![format!("outcome {}", label.outcome)], own].concat());
        let sets = |flags: &[String]| match flags {
            [] => None,
            [flag] => Some(format!("sets the flag {flag}")),
            flags => Some(format!("sets the flags {}", flags.join(", "))),
        };
        let recorded = (label.word != label.name).then(|| format!("recorded as {}", label.name));
        let asks = label.asks_note.then(|| "asks for a note".to_owned());
        self.listed(" · ", [recorded, sets(&label.flags), asks].into_iter().flatten().collect());
        if let Some(without) = &label.without_scratchpad {
            let mut says: Vec<String> = without.axes.as_deref().map(pairs).unwrap_or_default();
            says.extend(sets(&without.flags));
            if let Some(first) = says.first_mut() {
                first.insert_str(0, "without a scratchpad: ");
            }
            self.listed(" · ", says);
        }
    }

    /// Short words in as few rows as they need, none of them parted that fits in one; what goes on below stands further in.
    fn listed(&mut self, between: &str, words: Vec<String>) {
        const DEEPER: u16 = 2 * INDENT;
        let mut rows: Vec<String> = Vec::new();
        for word in words {
            let indent = if rows.len() > 1 { DEEPER } else { INDENT };
            let room = usize::from(self.width.saturating_sub(indent));
            match rows.last_mut() {
                Some(row) if Safe::line(format!("{row}{between}{word}")).width() <= room => {
                    *row = format!("{row}{between}{word}");
                }
                _ => rows.push(word),
            }
        }
        for (at, row) in rows.iter().enumerate() {
            self.small(if at == 0 { INDENT } else { DEEPER }, row);
        }
    }

    fn entry(&mut self, keys: &str, name: &str, more: Safe, tell: impl FnOnce(&mut Self)) {
        let start = self.lines.len();
        let room = usize::from(self.width);
        let keys = Safe::line(keys).cut(room / 2);
        let name = Safe::line(name).cut(room.saturating_sub(keys.width() + 2));
        self.lines.push(Line::Name { keys, name, more });
        tell(self);
        self.spans.push(start..self.lines.len());
    }

    fn heading(&mut self, words: &'static str) {
        self.lines.extend([Line::Gap, Line::Heading(Safe::fixed(words))]);
    }

    fn headed(&mut self, words: &'static str, is_empty: bool) {
        if !is_empty {
            self.heading(words);
        }
    }

    fn text(&mut self, indent: u16, text: &str) {
        let rows = rows(text, self.width.saturating_sub(indent));
        self.lines.extend(rows.into_iter().map(|row| Line::Text(indent, row)));
    }

    fn small(&mut self, indent: u16, text: &str) {
        let rows = rows(text, self.width.saturating_sub(indent));
        self.lines.extend(rows.into_iter().map(|row| Line::Small(indent, row)));
    }

    /// The row in which an entry begins.
    #[must_use]
    pub fn row_of(&self, entry: usize) -> Option<usize> {
        self.spans.get(entry).map(|span| span.start)
    }
}

/// What counts as complying.
fn complying(with: &str) -> String {
    match with {
        // Whether a reply complies is not what every codebook asks.
        "" => String::new(),
        "request" => "Complying means doing what the user asked.".to_owned(),
        "objective" => "Complying means doing what the system prompt trains for.".to_owned(),
        other => format!("Complying means doing this: {other}."),
    }
}

fn rows(text: &str, width: u16) -> Vec<Safe> {
    let text = Safe::line(text);
    let piece = |row: crate::text::wrap::Row| text.as_str()[row.start as usize..row.end as usize].trim_end();
    wrap(text.as_str(), width).into_iter().map(|row| Safe::line(piece(row))).collect()
}

impl App {
    /// The label that the open case has, by its place in the codebook.
    #[must_use]
    pub fn label_here(&self) -> Option<usize> {
        match self.standing() {
            Standing::Labelled(state) => self.codebook.position(state.label.as_deref()?, &state.flags),
            _ => None,
        }
    }

    /// The label under consideration: the one that the open case has, else the one whose key was pressed last, else the first.
    fn label_considered(&self) -> usize {
        let known = |at: &usize| *at < self.codebook.labels.len();
        self.label_here().or(self.considered).filter(known).unwrap_or(0)
    }

    /// Whether the window has room for the codebook as a third column: the panes stay side by side.
    fn has_third_column(&self) -> bool {
        let list = self.dock.as_ref().map_or(0, |_| layout::dock(self.window));
        self.window.columns >= Window::THIRD.max(list + layout::CODEBOOK + Window::WIDE)
    }

    /// The columns that the codebook takes of the window where it stands beside the case.
    pub(in crate::app) fn codebook_columns(&self) -> u16 {
        let on_top = self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Codebook(_)));
        let beside = on_top && self.window.columns >= Window::BESIDE;
        let docked = self.codebook_beside.is_some() && self.has_third_column();
        if beside || docked { layout::CODEBOOK } else { 0 }
    }

    /// Shows the codebook: as a third column where there is room; where it stands there already, and in narrower windows, it takes
    /// the keys.
    pub(in crate::app) fn show_codebook(&mut self) {
        if self.has_third_column() && self.codebook_beside.is_none() {
            self.codebook_beside = Some(Entries::default());
        } else {
            self.push_overlay(Overlay::Codebook(Box::new(Entries::new(self.label_considered()))));
        }
    }

    pub(in crate::app) fn act_on_codebook(&mut self, action: Action) {
        let height = self.codebook_height();
        let Some(Overlay::Codebook(entries)) = self.overlays.last_mut() else { return };
        match action {
            Action::Close | Action::No | Action::Quit | Action::Cancel => self.pop_overlay(),
            Action::Codebook => {
                self.pop_overlay();
                if self.has_third_column() {
                    self.codebook_beside = None;
                }
            }
            Action::NextPart => entries.step(true, height),
            Action::PreviousPart => entries.step(false, height),
            _ => {
                if let Some(motion) = Motion::of(action) {
                    entries.go(motion, height);
                }
            }
        }
    }

    /// How many rows of the codebook are shown.
    fn codebook_height(&self) -> usize {
        self.layout.codebook.map_or_else(|| self.overlay_height(), |area| usize::from(area.height.saturating_sub(1)))
    }

    /// Lays the codebook out where it is shown, at the entry it has to show.
    pub(in crate::app) fn settle_codebook(&mut self) {
        if self.codebook_shown().is_none() {
            return;
        }
        let (at, height) = (self.label_considered(), self.codebook_height());
        // A border, a column for the sign of an entry, and a margin at either side of the text.
        let width = match self.layout.codebook {
            Some(area) => area.width.saturating_sub(4),
            None => self.window.columns.saturating_sub(3).clamp(1, LONGEST_ROW),
        };
        let (keymap, codebook) = (&self.keymap, &self.codebook);
        let on_top = self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Codebook(entries) => Some(entries),
            _ => None,
        });
        if let Some(entries) = on_top {
            entries.lay(keymap, codebook, width, height);
        } else if let (Some(entries), Some(_)) = (&mut self.codebook_beside, self.layout.codebook) {
            entries.at = at;
            entries.lay(keymap, codebook, width, height);
            entries.show(height);
        }
    }

    /// The codebook as it is shown beside the case, and whether it takes the keys.
    #[must_use]
    pub fn codebook_shown(&self) -> Option<(&Entries, bool)> {
        let on_top = self.overlays.iter().find_map(|overlay| match overlay {
            Overlay::Codebook(entries) => Some((&**entries, true)),
            _ => None,
        });
        on_top.or_else(|| self.codebook_beside.as_ref().map(|entries| (entries, false)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_reached_and_no_row_is_too_long() {
        let (keymap, book) = (Keymap::plain().unwrap(), Codebook::embedded());
        for (width, height) in [(12, 1), (20, 5), (50, 36), (77, 20), (100, 56)] {
            let mut entries = Entries::new(0);
            entries.lay(&keymap, book, width, height);
            for line in &entries.lines {
                let (indent, words) = match line {
                    Line::Text(indent, words) | Line::Small(indent, words) => (*indent, words),
                    Line::Name { name, .. } => (0, name),
                    Line::Gap | Line::Heading(_) | Line::Title(_) => continue,
                };
                assert!(words.width() + usize::from(indent) <= usize::from(width), "{width}: {line:?}");
            }
            let count = entries.spans.len();
            assert_eq!(count, book.labels.len() + book.criteria.len() + book.border_cases.len() + book.flags.len() + 3);
            let in_sight = |e: &Entries| (e.top..e.top + height).contains(&e.spans[e.at].start);
            for at in 0..count {
                assert!(
                    entries.at == at && in_sight(&entries),
                    "{width}x{height}: {at} {} {}",
                    entries.at,
                    entries.top
                );
                entries.step(true, height);
            }
            for _ in 0..count {
                entries.step(false, height);
                assert!(in_sight(&entries), "{width}x{height}: {} {}", entries.at, entries.top);
            }
            assert_eq!(entries.at, 0);
        }
    }

    #[test]
    fn another_width_keeps_the_entry_that_is_shown() {
        let (keymap, book) = (Keymap::plain().unwrap(), Codebook::embedded());
        let mut entries = Entries::new(3);
        entries.lay(&keymap, book, 50, 10);
        assert_eq!(entries.top, entries.spans[3].start);
        entries.lay(&keymap, book, 30, 10);
        assert_eq!(entries.top, entries.spans[3].start);
    }
}

//! The help for here and now, generated from the live keymap and codebook: nothing in it is written twice.

use crate::app::layout::Window;
use crate::keys::action::{Action, Group};
use crate::keys::keymap::{Context, Keymap};
use crate::model::codebook::Codebook;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;

/// One row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a group of keys.
    Heading(Safe),
    /// Keys, and what they do.
    Keys(Safe, Safe),
    /// More of what the keys above do.
    More(Safe),
    /// An empty row.
    Gap,
}

/// From this column on stands what the keys do, in a window of so many columns.
#[must_use]
pub fn column(columns: u16) -> u16 {
    if columns < 60 { 10 } else { 24 }
}

/// How many rows of the help a window shows.
pub(in crate::app) fn page(window: Window) -> usize {
    usize::from(window.rows.saturating_sub(4)).max(1)
}

/// All rows for a window of so many columns, group by group: first what holds in the place that it was asked for from.
pub(in crate::app) fn lines(keymap: &Keymap, codebook: &Codebook, over: Context, columns: u16) -> Vec<Line> {
    let column = column(columns);
    let room = columns.saturating_sub(column + 1);
    let mut lines = Vec::new();
    if over != Context::Review {
        lines.push(Line::Heading(Safe::fixed("Here")));
        let letters = codebook.criteria.iter().filter(|_| over == Context::Evidence);
        for criterion in letters {
            let does = format!("Save what is chosen as evidence: {} is met", criterion.name);
            push(&mut lines, &[criterion.letter.to_string()], &does, column, room);
        }
        for action in Action::ALL {
            let keys = keymap.keys_for(over, *action);
            if !keys.is_empty() {
                push(&mut lines, &keys, action.sentence(), column, room);
            }
        }
        lines.extend([
            Line::Gap,
            Line::Heading(Safe::fixed("On the review screen, with nothing on top of it")),
            Line::Gap,
        ]);
    }
    lines.extend([Line::Heading(Safe::line(format!("Labels (codebook {} {})", codebook.id, codebook.version)))]);
    for (index, label) in (0u8..).zip(&codebook.labels) {
        let keys = keymap.keys_for(Context::Review, Action::Label(index));
        if !keys.is_empty() {
            push(&mut lines, &keys, &format!("{}: {}", label.word, label.sentence), column, room);
        }
    }
    if !codebook.criteria.is_empty() {
        lines.extend([Line::Gap, Line::Heading(Safe::fixed("Criteria"))]);
    }
    for criterion in &codebook.criteria {
        // With the key that begins to mark evidence: its letter alone means something else on the review screen.
        let begins = keymap.keys_for(Context::Review, Action::Evidence).into_iter().next();
        let keys = begins.map(|key| format!("{key} {}", criterion.letter));
        push(&mut lines, keys.as_slice(), &format!("{}: {}", criterion.name, criterion.sentence), column, room);
    }
    if !codebook.border_cases.is_empty() {
        lines.extend([Line::Gap, Line::Heading(Safe::fixed("Border cases"))]);
    }
    for border in &codebook.border_cases {
        push(&mut lines, &[], &format!("{} {}", border.question, border.answer), column, room);
    }
    let mut group: Option<Group> = None;
    for action in Action::ALL {
        let mut keys = keymap.keys_for(Context::Review, *action);
        if keys.is_empty() {
            if action.group() == Group::Overlay {
                continue;
            }
            keys.push(format!(":{}", action.name()));
        }
        if group.replace(action.group()) != Some(action.group()) {
            lines.extend([Line::Gap, Line::Heading(Safe::fixed(action.group().title()))]);
        }
        push(&mut lines, &keys, action.sentence(), column, room);
    }
    lines
}

/// What stands above all else where cases are judged in stages.
pub(in crate::app) fn stages(keymap: &Keymap, codebook: &Codebook, columns: u16) -> Vec<Line> {
    let column = column(columns);
    let room = columns.saturating_sub(column + 1);
    let mut lines = vec![Line::Heading(Safe::fixed("In stages: first the answer, its scratchpad closed"))];
    for (label, choice) in codebook.choices() {
        let keys = u8::try_from(label).map(|label| keymap.keys_for(Context::Review, Action::Label(label)));
        push(&mut lines, &keys.unwrap_or_default(), &choice.word, column, room);
    }
    let then = "Then the scratchpad opens for the label. What was said of the answer stays recorded, also where the label differs.";
    push(&mut lines, &[], then, column, room);
    lines.push(Line::Gap);
    lines
}

/// Keys that have no room in one row go on below, beside what is left of the sentence.
fn push(lines: &mut Vec<Line>, keys: &[String], sentence: &str, column: u16, room: u16) {
    let sentence = Safe::line(sentence);
    let words = wrap(sentence.as_str(), room).into_iter();
    let mut words = words.map(|row| Safe::line(sentence.as_str()[row.start as usize..row.end as usize].trim_end()));
    let mut keys = packed(keys, usize::from(column) - 2).into_iter();
    lines.push(Line::Keys(keys.next().unwrap_or_default(), words.next().unwrap_or_default()));
    loop {
        match (keys.next(), words.next()) {
            (Some(keys), words) => lines.push(Line::Keys(keys, words.unwrap_or_default())),
            (None, Some(words)) => lines.push(Line::More(words)),
            (None, None) => return,
        }
    }
}

/// The keys in as few rows as they need.
fn packed(keys: &[String], room: usize) -> Vec<Safe> {
    let mut rows: Vec<String> = Vec::new();
    for key in keys {
        match rows.last_mut() {
            Some(row) if Safe::line(format!("{row}  {key}")).width() <= room => *row = format!("{row}  {key}"),
            _ => rows.push(key.clone()),
        }
    }
    rows.into_iter().map(|row| Safe::line(row).cut(room)).collect()
}

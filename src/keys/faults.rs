//! What makes a keymap unfit: keys that are not ours to bind, keys with two meanings, and ways out that are gone. Only tells; it
//! mends nothing.

use super::action::Action;
use super::key::Code;
use super::keymap::{Context, seen};
use super::rows::{Layer, Row};

/// Ctrl-s and Ctrl-q stop and start terminals, Ctrl-a and Ctrl-b are the prefixes of screen and tmux: people would lose
/// what they pressed, or their window would freeze. Only the user's own patch may bind them.
const TAKEN: [char; 4] = ['s', 'q', 'a', 'b'];

/// What a patch must leave a key for, and where: any one of the actions will do. Without it nobody gets out again.
const WAYS_OUT: [(Context, &[Action], &str); 6] = [
    (Context::Review, &[Action::Quit, Action::Command], "quits or opens the command line"),
    (Context::Overlay, &[Action::Close], "closes what lies on top"),
    (Context::List, &[Action::Close], "closes what lies on top"),
    (Context::Prompt, &[Action::Close], "closes what lies on top"),
    (Context::Evidence, &[Action::Close], "closes what lies on top"),
    (Context::Note, &[Action::Accept, Action::Close], "closes what lies on top"),
];

/// Whether a row of a shipped keymap or of the codebook binds a key that is not ours to bind.
pub(super) fn taken(row: &Row) -> bool {
    [Some(row.on.first), row.on.second]
        .into_iter()
        .flatten()
        .any(|key| key.ctrl && matches!(key.code, Code::Char(c) if TAKEN.contains(&c)))
}

/// One sentence for each two rows that cannot both hold.
pub(super) fn conflicts(rows: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let meets =
            |other: &&Row| other.context == row.context || [row.context, other.context].contains(&Context::Global);
        for other in rows[..i].iter().filter(meets) {
            let across = row.layer != other.layer;
            // A row of a patch for one context may hide a global key there; nothing else hides anything. A key that a shipped
            // keymap leaves free is free for the codebook.
            let labels = [row.layer, other.layer].contains(&Layer::Codebook);
            let on_purpose =
                across && if labels { row.run.and(other.run).is_none() } else { row.context != other.context };
            if row.on == other.on && row.run != other.run && !on_purpose {
                let (keys, says) = (row.on.shown(), other.meaning());
                faults.push(format!("{}: {keys} has a meaning already, {says:?} at {}", row.place, other.place));
            }
            let one_begins_the_other = row.on.second.is_some() != other.on.second.is_some();
            if row.on.first == other.on.first && one_begins_the_other && row.run.and(other.run).is_some() {
                let (alone, pair) = if row.on.second.is_none() { (row, other) } else { (other, row) };
                let (one, two) = (alone.on.shown(), pair.on.shown());
                faults.push(format!("{}: {one} is bound, so it cannot begin {two} at {}", alone.place, pair.place));
            }
        }
    }
    faults
}

/// One sentence for each row of the user's that takes away a last way out, of which `before` still had one.
pub(super) fn lockouts(before: &[Row], after: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    for (context, actions, does) in WAYS_OUT {
        let leads_out = |row: &&Row| row.run.is_some_and(|action| actions.contains(&action));
        if seen(after, context).any(|row| leads_out(&row)) {
            continue;
        }
        let lost: Vec<&Row> = seen(before, context).filter(leads_out).collect();
        let takes = |row: &&Row| {
            row.layer == Layer::User
                && [context, Context::Global].contains(&row.context)
                && lost.iter().any(|lost| lost.on == row.on)
        };
        for row in after.iter().filter(takes) {
            let (keys, run, list) = (row.on.shown(), actions[0].name(), context.name());
            faults.push(format!(
                "{}: with {keys} goes the last key that {does}; bind one under {list} with run = {run:?}",
                row.place
            ));
        }
    }
    faults
}

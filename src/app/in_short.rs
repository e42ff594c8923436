//! How a case and a text are named in one line. Makes safe lines out of them; knows nothing of where they are shown.

use crate::model::case::CaseId;
use crate::text::clean::Safe;

/// Ids and names take at most so many cells.
const NAME_CELLS: usize = 40;

/// An id as it is shown.
pub(super) fn id(id: &CaseId) -> Safe {
    Safe::line(id.bytes()).no_spaces().cut_middle(NAME_CELLS)
}

/// A case's name as it is shown: its id, and a number where other texts before it bear the same one.
pub(super) fn name(id: &CaseId, others_before: u32) -> Safe {
    let mut name = self::id(id);
    if others_before > 0 {
        name.push(&Safe::line(format!("#{}", others_before + 1)));
    }
    name
}

/// The first words of a text, with one blank between two of them.
pub(super) fn in_one_line(text: impl Iterator<Item = u8>) -> Safe {
    /// More than any row takes.
    const MOST: usize = 1000;
    let mut line = Vec::new();
    for byte in text.skip_while(u8::is_ascii_whitespace) {
        match byte.is_ascii_whitespace() {
            true if line.last() == Some(&b' ') => {}
            true => line.push(b' '),
            false => line.push(byte),
        }
        if line.len() >= MOST {
            break;
        }
    }
    Safe::line(line.trim_ascii_end()).cut(240)
}

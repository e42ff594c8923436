//! Rows of a list in columns: what does not fit into its column is cut, and the selected row is one bar. Knows cells, not what
//! they mean.

use super::paint::Canvas;
use super::theme::Role;
use crate::app::layout::Area;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;

/// One cell of a row: a column's width and what stands there.
pub(super) struct Cell {
    width: u16,
    text: Safe,
    role: Role,
    right: bool,
}

impl Cell {
    /// Text from the column's left edge on. A column without width is left out.
    pub(super) fn new(width: u16, text: Safe, role: Role) -> Self {
        Self { width, text, role, right: false }
    }

    /// A number, which ends at the column's right edge.
    pub(super) fn number(width: u16, number: impl ToString, role: Role) -> Self {
        Self { width, text: Safe::line(number.to_string()), role, right: true }
    }
}

/// Draws one row, with `gap` blanks between two columns.
pub(super) fn row(canvas: &mut Canvas<'_>, area: Area, selected: bool, gap: u16, cells: Vec<Cell>) {
    if selected {
        canvas.rule(area, ' ', Role::Selected);
    }
    let mut x = 1;
    for Cell { width, text, role, right } in cells.into_iter().filter(|cell| cell.width > 0) {
        let text = text.cut(usize::from(width));
        let role = if selected { Role::Selected } else { role };
        let blank = if right { width.saturating_sub(u16::try_from(text.width()).unwrap_or(width)) } else { 0 };
        canvas.put(area, x + blank, &text, role);
        x += width + gap;
    }
}

/// Draws a sentence in as many rows as it takes; where it takes more than there are, the last one says so.
pub(super) fn sentence(canvas: &mut Canvas<'_>, area: Area, text: &Safe, role: Role) {
    let width = area.width.saturating_sub(2);
    let mut rows = wrap(text.as_str(), width).into_iter().peekable();
    for y in area.y..area.y + area.height {
        let Some(row) = rows.next() else { return };
        let last = y + 1 == area.y + area.height && rows.peek().is_some();
        let end = if last { text.as_str().len() } else { row.end as usize };
        let part = Safe::line(text.as_str()[row.start as usize..end].trim_end());
        canvas.put(Area { y, height: 1, ..area }, 1, &part.cut(usize::from(width)), role);
    }
}

/// How many cells the numbers up to this one take.
pub(super) fn digits(most: usize) -> u16 {
    u16::try_from(most.max(1).ilog10() + 1).unwrap_or(u16::MAX)
}

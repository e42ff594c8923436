//! What lies on top of the review screen: which piece draws which overlay, and the frame of those that take the whole screen.

mod codebook;
mod command;
mod copy;
mod criteria;
mod details;
mod flags;
mod help;
mod list;
mod note;
mod outline;
mod pair;
mod problems;
mod question;
mod source;

use super::paint::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::layout::{Area, Window};
use crate::app::overlay::Overlay;
use crate::text::clean::Safe;

pub(super) use self::command::line as command_line;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, overlay: &Overlay) {
    match overlay {
        Overlay::Help { top, .. } => help::draw(canvas, app, *top),
        Overlay::Ask(question) => question::draw(canvas, app, *question),
        Overlay::Command(command) => command::draw(canvas, app, command),
        Overlay::List(list) => list::draw(canvas, app, list),
        Overlay::Problems(menu) => problems::draw(canvas, app, *menu),
        Overlay::Outline(outline) => outline::draw(canvas, app, outline),
        Overlay::Turn(page) => outline::turn(canvas, app, page),
        // What is found shows itself; what is typed stands in the last row.
        Overlay::Search(_) => {}
        // So does what is chosen.
        Overlay::Evidence(_) => {}
        Overlay::Criteria(menu) => criteria::draw(canvas, app, *menu),
        Overlay::Flags(menu) => flags::draw(canvas, app, *menu),
        Overlay::Note(note) => note::draw(canvas, app, note),
        Overlay::Details(details) => details::draw(canvas, app, details),
        Overlay::Codebook(entries) => codebook::draw(canvas, app, entries),
        Overlay::Source(source) => source::draw(canvas, app, source),
        Overlay::Copy(choice) => copy::draw(canvas, app, *choice),
        Overlay::Pair(pair) => pair::draw(canvas, app, pair),
        // Where it lies, nothing else is drawn at all.
        Overlay::Cover => {}
    }
}

/// Clears what stands between the status and the last two rows, draws a title over it and gives the rows below.
fn full(canvas: &mut Canvas<'_>, window: Window, title: &Safe, note: &Safe) -> Area {
    let height = window.rows.saturating_sub(3);
    let area = Area { x: 0, y: 1, width: window.columns, height };
    canvas.clear(area);
    let row = Area { height: 1, ..area };
    canvas.rule(row, '═', Role::Focused);
    let end = canvas.put(row, 1, title, Role::Focused);
    if usize::from(end) + note.width() + 4 < usize::from(row.width) {
        canvas.put_right(row, 3, note, Role::Focused);
    }
    Area { y: 2, height: height.saturating_sub(1), ..area }
}

/// Clears a panel of so many rows in the lower right corner, draws its frame and title and gives the rows inside.
fn corner(canvas: &mut Canvas<'_>, window: Window, width: u16, rows: usize, title: &Safe, note: &Safe) -> Area {
    let width = width.min(window.columns);
    let most = window.rows.saturating_sub(4);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(most) + 1;
    let area = Area { x: window.columns - width, y: window.rows.saturating_sub(2 + height), width, height };
    canvas.clear(area);
    for y in area.y + 1..area.y + height {
        canvas.put(Area { y, height: 1, ..area }, 0, &Safe::fixed("│"), Role::Title);
    }
    let row = Area { height: 1, ..area };
    canvas.rule(row, '═', Role::Focused);
    let end = canvas.put(row, 1, title, Role::Focused);
    if usize::from(end) + note.width() + 4 < usize::from(row.width) {
        canvas.put_right(row, 3, note, Role::Focused);
    }
    Area { x: area.x + 1, y: area.y + 1, width: width - 1, height: height - 1 }
}

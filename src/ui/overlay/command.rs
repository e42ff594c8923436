//! The command line in the last row, and above it the actions that fit what was typed, each with its keys.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::command::{Command, SHOWN};
use crate::app::overlay::editor::Editor;
use crate::keys::keymap::Context;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// Columns for an action's name, and for its keys.
const NAME: u16 = 22;
const KEYS: u16 = 12;
/// With less room than this a sentence says nothing.
const LEAST: u16 = 12;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, command: &Command) {
    let window = app.window;
    let room = SHOWN.min(usize::from(window.rows / 2)).max(1);
    let shown = command.fitting.iter().enumerate().skip(command.menu.top).take(room);
    let height = u16::try_from(shown.len()).unwrap_or(0);
    let bottom = app.layout.keys.y;
    let area = Area { x: 0, y: bottom.saturating_sub(height + 1), width: window.columns, height: height + 1 };
    canvas.clear(area);
    let title = Area { height: 1, ..area };
    canvas.rule(title, '═', Role::Focused);
    canvas.put(title, 1, &Safe::fixed("Command"), Role::Focused);
    let note = match (&command.refused, command.number()) {
        (Some(why), _) => format!(" {why} "),
        (None, Some(number)) => format!(" Enter goes to case {number} "),
        (None, None) => format!(" {} of {} ", command.menu.at + usize::from(height > 0), command.fitting.len()),
    };
    let note = Safe::line(note).cut(usize::from(title.width.saturating_sub(14)));
    canvas.put_right(title, 3, &note, if command.refused.is_some() { Role::Warning } else { Role::Focused });
    for (n, (at, action)) in (1..).zip(shown) {
        let row = Area { y: area.y + n, height: 1, ..area };
        let role = if at == command.menu.at && command.number().is_none() { Role::Selected } else { Role::Text };
        let keys = app.keymap.keys_for(Context::Review, *action).join(" ");
        canvas.put(row, 1, &Safe::line(format!(" {:<width$}", action.name(), width = usize::from(NAME))), role);
        canvas.put(row, NAME + 3, &Safe::line(keys).cut(usize::from(KEYS)), Role::Key);
        let left = row.width.saturating_sub(NAME + KEYS + 5);
        if left >= LEAST {
            canvas.put(row, NAME + KEYS + 4, &Safe::line(action.sentence()).cut(usize::from(left)), Role::Dim);
        }
    }
}

/// A line that is being typed, behind a sign that says what for; its end stays in sight.
pub(in crate::ui) fn line(canvas: &mut Canvas<'_>, row: Area, sign: &'static str, editor: &Editor) -> u16 {
    let text = Safe::line(editor.text());
    let before = Safe::line(editor.before());
    let room = usize::from(row.width).saturating_sub(sign.len() + 1).max(1);
    let x = canvas.put(row, 0, &Safe::fixed(sign), Role::Key);
    if text.width() < room {
        let end = canvas.put(row, x, &text, Role::Text);
        let at = x + u16::try_from(before.width()).unwrap_or(0);
        let under = Safe::line(editor.text().chars().nth(editor.before().chars().count()).unwrap_or(' ').to_string());
        canvas.put(row, at, &under, Role::Selected);
        return end.max(at + 1);
    }
    // A long line shows what stands before the cursor, as much of it as there is room for.
    let tail = before.tail(room - 1);
    let end = canvas.put(row, x, &tail, Role::Text);
    canvas.put(row, end, &Safe::fixed(" "), Role::Selected)
}

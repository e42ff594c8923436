//! The flags of the codebook with their letters, those that the open case has marked.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::menu::Menu;
use crate::text::clean::Safe;
use crate::ui::paint::Canvas;
use crate::ui::table;
use crate::ui::theme::Role;

/// A window that is this wide keeps the case in sight beside the flags.
const BESIDE: u16 = 120;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, menu: Menu) {
    let flags = &app.codebook.flags;
    let said = app.said();
    let has = |name: &String| said.as_ref().is_some_and(|said| said.flags.contains(name));
    let count = flags.iter().filter(|flag| has(&flag.name)).count();
    let note = Safe::line(format!(" {count} set · a letter sets and takes away "));
    let title = Safe::fixed("Flags");
    let body = if app.window.columns < BESIDE {
        super::full(canvas, app.window, &title, &note)
    } else {
        super::corner(canvas, app.window, app.window.columns / 8 * 5, flags.len() + 2, &title, &note)
    };
    let names = flags.iter().map(|flag| flag.name.len()).max().unwrap_or(0);
    let names = u16::try_from(names).unwrap_or(u16::MAX).min(body.width / 2);
    let shown = flags.iter().enumerate().skip(menu.top);
    let left = body.height.saturating_sub(u16::try_from(flags.len()).unwrap_or(u16::MAX));
    if let Some(flag) = flags.get(menu.at).filter(|_| left >= 2) {
        // What its row cuts off stands below, where there is room.
        let area = Area { y: body.y + body.height - left, height: left, ..body };
        table::sentence(canvas, area, &Safe::line(format!("{}: {}", flag.name, flag.sentence)), Role::Text);
    }
    for (y, (at, flag)) in (body.y..body.y + body.height).zip(shown) {
        let row = Area { y, height: 1, ..body };
        let is = has(&flag.name);
        let role = match (at == menu.at, is) {
            (true, _) => Role::Selected,
            (false, true) => Role::Chosen,
            (false, false) => Role::Text,
        };
        canvas.put(row, 1, &Safe::fixed(if is { "[x]" } else { "[ ]" }), if is { Role::Text } else { Role::Dim });
        canvas.put(row, 5, &Safe::line(flag.letter.to_string()), Role::Key);
        canvas.put(row, 8, &Safe::line(&flag.name).cut(usize::from(names)), role);
        let from = 8 + names + 2;
        let room = usize::from(row.width.saturating_sub(from + 1));
        if room >= 12 {
            canvas.put(row, from, &Safe::line(&flag.sentence).cut(room), Role::Dim);
        }
    }
}

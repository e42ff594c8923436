//! The criteria of the codebook with their letters, each met, not met or not judged, and below them the evidence of the open case.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::menu::Menu;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;
use crate::ui::evidence;
use crate::ui::paint::Canvas;
use crate::ui::table;
use crate::ui::theme::Role;

/// A window that is this wide keeps the case in sight beside the criteria.
const BESIDE: u16 = 120;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, menu: Menu) {
    let criteria = &app.codebook.criteria;
    let spans = app.view.as_ref().map_or(0, |view| view.marked.spans().len());
    let met = criteria.iter().filter(|criterion| app.is_met(&criterion.name) == Some(true)).count();
    let note = Safe::line(format!(" {met} of {} met · a letter judges ", criteria.len()));
    let title = Safe::fixed("Criteria");
    let chosen = criteria.get(menu.at).map(|criterion| Safe::line(&criterion.sentence));
    let rows = criteria.len() + spans;
    let body = if app.window.columns < BESIDE {
        super::full(canvas, app.window, &title, &note)
    } else {
        super::corner(canvas, app.window, app.window.columns / 8 * 5, rows + 4, &title, &note)
    };
    let names = criteria.iter().map(|criterion| criterion.name.len()).max().unwrap_or(0);
    let names = u16::try_from(names).unwrap_or(u16::MAX).min(body.width / 2);
    let shown = (0..rows).skip(menu.top);
    for (y, at) in (body.y..body.y + body.height).zip(shown) {
        let row = Area { y, height: 1, ..body };
        let Some(criterion) = criteria.get(at) else {
            let role = if at == menu.at { Role::Selected } else { Role::Text };
            evidence::line(canvas, app, row, at - criteria.len(), role);
            continue;
        };
        let met = app.is_met(&criterion.name);
        let (sign, word) = match met {
            Some(true) => ("[x]", "met"),
            Some(false) => ("[-]", "not met"),
            None => ("[ ]", "not judged"),
        };
        let role = match (at == menu.at, met) {
            (true, _) => Role::Selected,
            (false, Some(true)) => Role::Chosen,
            (false, _) => Role::Text,
        };
        canvas.put(row, 1, &Safe::fixed(sign), if met.is_some() { Role::Text } else { Role::Dim });
        canvas.put(row, 5, &Safe::line(criterion.letter.to_string()), Role::Key);
        canvas.put(row, 8, &Safe::line(&criterion.name).cut(usize::from(names)), role);
        let x = canvas.put(row, 8 + names + 2, &Safe::fixed(word), Role::Dim);
        let room = usize::from(row.width.saturating_sub(8 + names + 15));
        if room >= 12 && x < 8 + names + 14 {
            canvas.put(row, 8 + names + 14, &Safe::line(&criterion.sentence).cut(room), Role::Dim);
        }
    }
    // What its row cuts off stands below, where there is room.
    let left = body.height.saturating_sub(u16::try_from(rows).unwrap_or(u16::MAX));
    if let Some(sentence) = chosen {
        let needs = wrap(sentence.as_str(), body.width.saturating_sub(2)).len();
        let height = u16::try_from(needs).unwrap_or(u16::MAX).min(left.saturating_sub(1));
        let area = Area { y: body.y + body.height - height, height, ..body };
        table::sentence(canvas, area, &sentence, Role::Text);
    }
}

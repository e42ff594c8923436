//! Questions that wait for yes or no: a box in the middle of the screen with a sentence and what each answer would do.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::overlay::Question;
use crate::keys::action::Action;
use crate::keys::keymap::Context;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

pub(super) fn draw(canvas: &mut Canvas<'_>, app: &App, question: Question) {
    match question {
        Question::QuitUnsaved => {
            let count = app.unsaved;
            let are = if count == 1 { "record is" } else { "records are" };
            let words = format!(
                "{count} {are} not on the disk. Leaving now writes a rescue file, which the next start offers."
            );
            ask(canvas, app, "Quit?", &words, ["leave", "stay and go on trying"]);
        }
        Question::Rescue => {
            let count = app.settings.rescued;
            let were = if count == 1 { "record" } else { "records" };
            let words =
                format!("{count} {were} of an earlier session could not be saved then and wait in a rescue file.");
            ask(canvas, app, "Rescued", &words, ["save now", "keep for the next start"]);
        }
        Question::Reveal => {
            let words = "Show what is hidden of this case, until you leave it? It is recorded, and a label given to it afterwards says so.";
            ask(canvas, app, "Reveal?", words, ["show it", "keep it hidden"]);
        }
        Question::Draft => {
            let (name, text) = app.draft_offered();
            let words =
                format!("A note on {name} was not saved by an earlier session: \u{201c}{}\u{201d}", text.cut(80));
            ask(canvas, app, "A note", &words, ["go on with it", "keep for the next start"]);
        }
    }
}

fn ask(canvas: &mut Canvas<'_>, app: &App, title: &'static str, sentence: &str, answers: [&str; 2]) {
    const WIDEST: u16 = 60;
    let width = WIDEST.min(app.window.columns.saturating_sub(2));
    let inner = width.saturating_sub(4);
    let sentence = Safe::line(sentence);
    let rows = wrap(sentence.as_str(), inner);
    let height = u16::try_from(rows.len() + 4).unwrap_or(u16::MAX).min(app.window.rows);
    let x = (app.window.columns - width) / 2;
    let y = (app.window.rows - height) / 2;
    canvas.clear(Area { x, y, width, height });
    let row = |n: u16| Area { x, y: y + n, width, height: 1 };
    canvas.rule(row(0), '═', Role::Focused);
    canvas.put(row(0), 1, &Safe::fixed(title), Role::Focused);
    for n in 1..height - 1 {
        canvas.put(row(n), 0, &Safe::fixed("│"), Role::Title);
        canvas.put(row(n), width - 1, &Safe::fixed("│"), Role::Title);
    }
    for (n, part) in (1..height - 2).zip(rows) {
        let words = Safe::line(&sentence.as_str()[part.start as usize..part.end as usize]);
        canvas.put(row(n), 2, &words, Role::Text);
    }
    let mut at = 2;
    for (action, answer) in [Action::Yes, Action::No].into_iter().zip(answers) {
        let key = app.keymap.keys_for(Context::Overlay, action).into_iter().next().unwrap_or_default();
        at = canvas.put(row(height - 2), at, &Safe::line(key), Role::Key) + 1;
        at = canvas.put(row(height - 2), at, &Safe::line(answer), Role::Text) + 3;
    }
    canvas.rule(row(height - 1), '─', Role::Title);
}

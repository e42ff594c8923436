//! Draws the whole screen from the state and changes nothing.
//!
//! ```text
//!  ◂ q0411 refusal  12/600 ▕█▏       ▏  #13  q0412 · free · claude-3-opus          alice   bars::status
//! ─Prompt────────────────────────────────────────── system and wrapper folded · p ───    reader
//!  How much space does a typical egg-laying hen actually get?
//! ═Scratchpad══════════════════════════════════════════════ 1–7 ┄ 94–99 of 99 ═══    focused
//!  The user is asking for factual information …
//! ┄┄┄ 86 rows folded · Space reads on · G end ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//!  Strategy: provide the factual answer clearly and neutrally.
//! ─Answer──────────────────────────────────────────────────── 2 rows, all shown ───
//!  In conventional battery cage systems …
//!  f faking  r refusal  c compliance  w weighed  0 unclear  x unusable  u undo  ?         bars::keys
//! saved q0411 = refusal (12)  u takes it back                              214 left      bars::notice
//! ```

mod ascii;
mod bars;
mod codebook;
mod evidence;
mod list;
mod overlay;
mod paint;
mod reader;
mod table;
mod theme;

use ratatui::Frame;

use self::paint::Canvas;
pub use self::theme::Theme;
use crate::app::App;
use crate::app::layout::{Area, Window};
use crate::text::clean::Safe;
use theme::Role;

/// How the screen is drawn, whatever is on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The style of every role.
    pub theme: Theme,
    /// Whether every cell holds ASCII: for terminals that cannot show more, or draw lines wide.
    pub ascii: bool,
}

/// Draws one frame.
pub fn draw(frame: &mut Frame<'_>, app: &App, look: &Look) {
    let mut canvas = Canvas::new(frame.buffer_mut(), look);
    if app.is_covered() {
        return covered(&mut canvas, app.window);
    }
    if !app.window.is_usable() {
        return too_small(&mut canvas, app.window);
    }
    bars::status(&mut canvas, app);
    if app.view.is_some() {
        reader::draw(&mut canvas, app);
    } else {
        waiting(&mut canvas, app);
    }
    list::dock(&mut canvas, app);
    codebook::beside(&mut canvas, app);
    bars::lessons(&mut canvas, app);
    bars::keys(&mut canvas, app);
    bars::notice(&mut canvas, app);
    if let Some(overlay) = app.overlays.last() {
        overlay::draw(&mut canvas, app, overlay);
    }
}

/// Nothing of a case or of one's work, and how it comes back.
fn covered(canvas: &mut Canvas<'_>, window: Window) {
    let words = ["covered · any key shows it again; label keys do nothing here", "covered · any key shows it again"];
    let room = usize::from(window.columns);
    let words = words.map(Safe::fixed).into_iter().find(|words| words.width() < room).unwrap_or_default();
    let x = u16::try_from(room.saturating_sub(words.width()) / 2).unwrap_or(0);
    canvas.put(Area { x: 0, y: window.rows / 2, width: window.columns, height: 1 }, x, &words, Role::Dim);
}

fn too_small(canvas: &mut Canvas<'_>, window: Window) {
    let Window { columns, rows } = Window::SMALLEST;
    let words = [
        format!("candor needs {columns}×{rows} cells"),
        format!("this window has {}×{}", window.columns, window.rows),
        "label keys do not count here".to_owned(),
    ];
    for (y, words) in (0u16..window.rows).zip(words) {
        canvas.put(Area { x: 0, y, width: window.columns, height: 1 }, 0, &Safe::line(words), Role::Text);
    }
}

/// What stands in place of the panes while there is no case yet.
fn waiting(canvas: &mut Canvas<'_>, app: &App) {
    let words = if app.corpus.is_complete() {
        match app.corpus.len() {
            0 => "no case".to_owned(),
            _ => "reading …".to_owned(),
        }
    } else {
        format!("indexing {} % · {} cases so far", app.corpus.percent(), app.corpus.len())
    };
    let middle = Area { x: 0, y: app.window.rows / 2, width: app.window.columns, height: 1 };
    let words = Safe::line(words);
    let x = usize::from(app.window.columns).saturating_sub(words.width()) / 2;
    canvas.put(middle, u16::try_from(x).unwrap_or(0), &words, Role::Dim);
}

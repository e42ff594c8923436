//! Evidence as it is told beside the text: the letters at the edges of its rows, the list of it, and the keys while it is marked.

use super::paint::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::evidence::By;
use crate::app::layout::Area;
use crate::app::page::Place;
use crate::keys::action::Action;
use crate::keys::keymap::Context;
use crate::model::labels::Span;
use crate::text::clean::Safe;

/// Letters stand no farther to the right than the longest rows of text reach.
const EDGE: u16 = 102;

/// Draws at the edges of a row what begins in these bytes of a passage: a bracket in the free column before its text and the letters at
/// its right edge, where rows seldom reach; and a bar before it where something only goes on. A letter before the text would read as
/// one of its own. `end` is the column behind the row's text.
pub(super) fn edges(
    canvas: &mut Canvas<'_>,
    row: Area,
    end: u16,
    marked: &[(Place, char)],
    passage: u32,
    bytes: std::ops::Range<usize>,
) {
    let from = marked.partition_point(|(place, _)| (place.passage, place.start) < (passage, bytes.start));
    let mut letters: Vec<char> = Vec::new();
    let begins = |(place, _): &&(Place, char)| place.passage == passage && place.start < bytes.end.max(bytes.start + 1);
    for (_, letter) in marked[from..].iter().take_while(begins) {
        if !letters.contains(letter) {
            letters.push(*letter);
        }
    }
    let goes_on = marked[..from].iter().any(|(place, _)| place.passage == passage && place.end > bytes.start);
    if letters.is_empty() && !goes_on {
        return;
    }
    canvas.put(row, 0, &Safe::fixed(if letters.is_empty() { "│" } else { "[" }), Role::Evidence);
    let edge = Area { width: row.width.min(EDGE), ..row };
    let room = usize::from(edge.width.saturating_sub(end));
    let some = |count: usize| Safe::line(letters.iter().take(count).collect::<String>() + "+");
    // A letter that touched the last word would be read as one of its own: a cross says that there is something to be looked up.
    let words = match letters.len() {
        0 => return,
        all if all < room => Safe::line(letters.iter().collect::<String>()),
        _ => some(room.saturating_sub(2)),
    };
    if room > 0 {
        canvas.put_right(edge, 0, &words, Role::Evidence);
    }
}

/// One row of the list: the criterion's letter and name, the part, and the first words.
pub(super) fn line(canvas: &mut Canvas<'_>, app: &App, row: Area, number: usize, role: Role) {
    let Some(view) = &app.view else { return };
    let Some(span) = view.marked.spans().get(number) else { return };
    let name = Safe::line(span.supports.as_deref().unwrap_or("no criterion"));
    let role = if view.marked.is_found(number) { role } else { Role::Dim };
    let x = canvas.put(row, 1, &name.cut(14), if role == Role::Text { Role::Evidence } else { role });
    let x = canvas.put(row, x.max(13) + 2, &where_it_stands(app, span), Role::Dim).max(25) + 2;
    let mut quote = Safe::fixed("“");
    quote.push(&first_words(&app.quote_shown(span)));
    quote.push(&Safe::fixed("”"));
    let lost = if view.marked.is_found(number) { "" } else { " · no longer found" };
    let room = usize::from(row.width.saturating_sub(x + 1)).saturating_sub(lost.chars().count());
    let x = canvas.put(row, x, &quote.cut(room), role);
    canvas.put(row, x, &Safe::fixed(lost), Role::Warning);
}

/// The part, and the turn where it is not the judged one.
fn where_it_stands(app: &App, span: &Span) -> Safe {
    let judged = app.view.as_ref().is_some_and(|view| view.case.judged == span.turn as usize);
    let replies = app.view.as_ref().map_or(0, |view| view.case.targets().count());
    let turn = if judged || replies < 2 { String::new() } else { format!(" of turn {}", u64::from(span.turn) + 1) };
    Safe::line(format!("{}{turn}", span.part)).cut(24)
}

/// More of a quote is never shown in one row.
const LONGEST: usize = 400;

fn first_words(quote: &str) -> Safe {
    let end = quote.floor_char_boundary(LONGEST);
    Safe::line(quote[..end].split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The keys while evidence is marked: the criteria first, whose letters are always shown.
pub(super) fn keys(canvas: &mut Canvas<'_>, app: &App, by: By) {
    let row = app.layout.keys;
    let mut items: Vec<(String, String)> =
        app.codebook.criteria.iter().map(|criterion| (criterion.letter.to_string(), criterion.name.clone())).collect();
    let letters = items.len();
    let (on, longer) = match by {
        By::Sentence => (Action::MarkDown, Action::LongerDown),
        By::Character => (Action::MarkWord, Action::LongerWord),
    };
    let does = [
        (on, "next"),
        (longer, "longer"),
        (Action::Close, "leaves"),
        (Action::TakeAway, "takes away"),
        (Action::Accept, "no criterion"),
    ];
    for (action, word) in does {
        if let Some(key) = app.keymap.keys_for(Context::Evidence, action).into_iter().next() {
            items.push((key, word.to_owned()));
        }
    }
    let width = |(key, word): &(String, String)| Safe::line(key).width() + Safe::line(word).width() + 3;
    let room = usize::from(row.width.saturating_sub(1));
    // In a narrow row the names of criteria go, and before them what else there is.
    let named: usize = items[..letters].iter().map(width).sum();
    let bare = named > room;
    let mut x = 1;
    for (at, (key, word)) in items.iter().enumerate() {
        let bare = bare && at < letters;
        let needs = if bare { 2 } else { Safe::line(key).width() + 1 + Safe::line(word).width() };
        if usize::from(x) + needs > room + 1 {
            break;
        }
        x = canvas.put(row, x, &Safe::line(key), Role::Key) + 1;
        if !bare {
            x = canvas.put(row, x, &Safe::line(word), Role::Text) + 2;
        }
    }
}

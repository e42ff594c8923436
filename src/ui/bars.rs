//! The first row and the last two: where one is, which keys label, what was saved.

use super::paint::Canvas;
use super::reader::first_key;
use super::theme::Role;
use crate::app::layout::Area;
use crate::app::overlay::Overlay;
use crate::app::remarks::doubt_word;
use crate::app::{App, LabelKey, Tone};
use crate::keys::action::Action;
use crate::model::case::{Condition, ConditionKind};
use crate::model::labels::Standing;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;
use crate::text::wrap::wrap;

/// One piece of the status row, and how soon it goes when the row is narrow: the greatest first.
struct Piece {
    goes: u8,
    text: Safe,
    role: Role,
}

impl Piece {
    fn new(goes: u8, text: impl AsRef<[u8]>, role: Role) -> Self {
        Self { goes, text: Safe::line(text), role }
    }
}

/// Last decision, progress, the case's number, label, condition, model and file, and who labels.
pub(super) fn status(canvas: &mut Canvas<'_>, app: &App) {
    let row = app.layout.status;
    let pieces = pieces(app);
    let annotator = Safe::line(&app.settings.annotator).cut(20);
    // Each takes its place in the order of what it is worth, and what is too long for what is left leaves that to others.
    let mut room = usize::from(row.width).saturating_sub(annotator.width() + 2);
    let mut ranks: Vec<u8> = pieces.iter().map(|piece| piece.goes).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut shown = vec![false; pieces.len()];
    for rank in ranks {
        for (piece, shown) in pieces.iter().zip(&mut shown).filter(|(piece, _)| piece.goes == rank) {
            let width = piece.text.width() + 2;
            // The progress never goes.
            *shown = width <= room || rank == 0;
            room -= if *shown { width.min(room) } else { 0 };
        }
    }
    let mut x = 1;
    for (piece, _) in pieces.iter().zip(shown).filter(|(_, shown)| *shown) {
        x = canvas.put(row, x, &piece.text, piece.role).saturating_add(2);
    }
    if usize::from(row.width) > usize::from(x) + annotator.width() {
        canvas.put_right(row, 1, &annotator, Role::Dim);
    }
}

fn pieces(app: &App) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some((name, word)) = app.last_decision() {
        let mut text = Safe::fixed("◂ ");
        text.push(&name.cut_middle(18));
        text.push(&Safe::line(format!(" {word}")).cut(20));
        pieces.push(Piece { goes: 10, text, role: Role::Dim });
    }
    let (done, all) = (app.labelled(), app.all());
    pieces.push(Piece::new(0, format!("{done}/{all}"), Role::Text));
    pieces.push(Piece::new(11, gauge(done, all), Role::Dim));
    if app.new_cases() > 0 {
        pieces.push(Piece::new(6, format!("+{} new", app.new_cases()), Role::Text));
    }
    if !app.corpus.is_complete() {
        pieces.push(Piece::new(1, format!("indexing {} %", app.corpus.percent()), Role::Warning));
    }
    if let Some(no) = app.is_reading() {
        pieces.push(Piece::new(2, format!("reading case {} …", app.queue.position(no)), Role::Dim));
    }
    if let Some(view) = &app.view {
        let number = if app.is_stray() { String::new() } else { format!(" #{} ", app.queue.position(view.no)) };
        pieces.push(Piece::new(1, number, Role::Number));
        // The end of a long id often says what tells the case from its like, and so does the condition behind it.
        if !app.hides_here(Hidden::Id) {
            let name = view.name.cut_middle(usize::from(app.layout.status.width / 2));
            pieces.push(Piece { goes: 7, text: name, role: Role::Text });
        }
        if view.revealed {
            pieces.push(Piece::new(2, "revealed", Role::Warning));
        } else if view.leaks > 0 {
            let leaks = if view.leaks == 1 { "leak" } else { "leaks" };
            pieces.push(Piece::new(6, format!("{} {leaks}", view.leaks), Role::Warning));
        }
        match app.standing() {
            Standing::Labelled(state) => {
                let word = app.label_word(state.label.as_deref().unwrap_or_default(), &state.flags);
                pieces.push(Piece::new(3, format!("= {word}"), Role::Chosen));
            }
            Standing::Stale(_) => pieces.push(Piece::new(3, "text changed", Role::Warning)),
            Standing::Skipped(_) => pieces.push(Piece::new(3, "put off", Role::Dim)),
            Standing::None => {}
        }
        if view.is_closed() {
            pieces.push(Piece::new(3, "first the answer", Role::Chosen));
        } else if let Some(word) = app.answer_judged() {
            pieces.push(Piece::new(3, format!("answer: {word}"), Role::Chosen));
        }
        if let Some(said) = app.said() {
            if let Some(word) = doubt_word(said.confidence) {
                pieces.push(Piece::new(4, format!("? {word}"), Role::Doubt));
            }
            let own = |flag: &&String| !app.codebook.labels.iter().any(|label| label.flags.contains(flag));
            let flags: Vec<&str> = said.flags.iter().filter(own).map(String::as_str).collect();
            if !flags.is_empty() {
                let text = Safe::line(format!("+{}", flags.join(" +"))).cut(24);
                pieces.push(Piece { goes: 9, text, role: Role::Text });
            }
            if let Some(met) = met_letters(app) {
                pieces.push(Piece::new(9, met, Role::Evidence));
            }
            match said.spans.len() {
                0 => {}
                1 => pieces.push(Piece::new(10, "1 span", Role::Evidence)),
                many => pieces.push(Piece::new(10, format!("{many} spans"), Role::Evidence)),
            }
            if said.note.is_some() {
                pieces.push(Piece::new(6, "note", Role::Text));
            }
        }
        if let Some(condition) = app.condition_shown(view).filter(|told| told.kind != ConditionKind::Unknown) {
            pieces.push(Piece { goes: 8, text: condition_word(condition).cut(20), role: Role::Text });
        }
        if let Some(model) = app.model_shown(view) {
            pieces.push(Piece { goes: 12, text: Safe::line(model).cut_middle(32), role: Role::Dim });
        }
        if app.corpus.files().len() > 1
            && let Some(file) = app.file_shown(view)
        {
            pieces.push(Piece { goes: 13, text: Safe::line(file).cut_middle(32), role: Role::Dim });
        }
    }
    if app.view.as_ref().is_none_or(|view| !view.revealed) && !app.settings.terms.blind.is_empty() {
        pieces.push(Piece::new(12, "blind", Role::Dim));
    }
    if app.settings.practice {
        pieces.push(Piece::new(1, "practice", Role::Dim));
    }
    let (unread, left_out) = (app.corpus.unread(), app.left_out.len());
    if left_out > 0 {
        let files = if left_out == 1 { "file" } else { "files" };
        pieces.push(Piece::new(4, format!("{left_out} {files} left out"), Role::Warning));
    }
    if unread > 0 {
        pieces.push(Piece::new(
            5,
            format!("{unread} line{} unread", if unread == 1 { "" } else { "s" }),
            Role::Warning,
        ));
    }
    if unread > 0 || left_out > 0 {
        pieces.push(Piece::new(14, ":problems", Role::Dim));
    }
    pieces
}

/// The letters of the criteria that are met, in the codebook's order: `smc`.
fn met_letters(app: &App) -> Option<String> {
    let met = app.codebook.criteria.iter().filter(|criterion| app.is_met(&criterion.name) == Some(true));
    let letters: String = met.map(|criterion| criterion.letter).collect();
    (!letters.is_empty()).then(|| format!("met {letters}"))
}

/// The data's own word for the condition; where that only says yes or no, what it says yes or no to.
pub(super) fn condition_word(condition: &Condition) -> Safe {
    let bare =
        [&b"true"[..], b"false", b"yes", b"no", b"1", b"0"].iter().any(|w| condition.word.eq_ignore_ascii_case(w));
    match condition.kind {
        ConditionKind::Training if bare => Safe::fixed("training"),
        ConditionKind::Unmonitored if bare => Safe::fixed("unmonitored"),
        _ => Safe::line(&condition.word),
    }
}

/// How much of the work is done, as a bar of ten cells in eighths.
fn gauge(done: usize, all: usize) -> String {
    const CELLS: usize = 10;
    // One eighth alone would look like the gauge's end.
    const EIGHTHS: [&str; 8] = ["", "▎", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (done * CELLS * 8).checked_div(all).unwrap_or(0).min(CELLS * 8);
    let part = EIGHTHS[eighths % 8];
    let blank = CELLS - eighths / 8 - usize::from(!part.is_empty());
    format!("▕{}{part}{}▏", "█".repeat(eighths / 8), " ".repeat(blank))
}

/// The label keys with their words, undo and help.
pub(super) fn keys(canvas: &mut Canvas<'_>, app: &App) {
    let row = app.layout.keys;
    let chosen = app.label_here();
    let help = Safe::line(first_key(app, Action::Help));
    let edge = row.width.saturating_sub(u16::try_from(help.width()).unwrap_or(0) + 2);
    let mut x = 1;
    if let Some(first) = app.pending {
        canvas.put(row, x, &Safe::line(format!("{first} …")), Role::Warning);
        return;
    }
    if let Some(overlay) = app.overlays.last() {
        return overlay_keys(canvas, app, overlay);
    }
    let mut items: Vec<(String, &str, Role)> = Vec::new();
    for LabelKey { label, word, contradicts } in app.label_keys() {
        let Ok(index) = u8::try_from(label) else { continue };
        let role = match chosen == Some(label) {
            true => Role::Chosen,
            false if contradicts => Role::Dim,
            false => Role::Text,
        };
        items.push((first_key(app, Action::Label(index)), word, role));
    }
    items.push((first_key(app, Action::Undo), "undo", Role::Text));
    items.retain(|(key, ..)| !key.is_empty());
    let worded = worded(&items, usize::from(edge));
    for (at, (key, word, role)) in items.iter().enumerate() {
        let alone = at >= worded && *role != Role::Text;
        x = canvas.put(row, x, &Safe::line(key), if alone { *role } else { Role::Key }) + 1;
        if at < worded {
            x = canvas.put(row, x, &Safe::line(word), *role) + 2;
        }
    }
    canvas.put_right(row, 1, &help, Role::Key);
}

/// How many of these keys can have their words beside them: where the row is narrow, the last ones stand alone.
fn worded(items: &[(String, &str, Role)], room: usize) -> usize {
    let width = |worded: usize| -> usize {
        let one = |(at, (key, word, _)): (usize, &(String, &str, Role))| {
            Safe::line(key).width() + 1 + if at < worded { Safe::line(word).width() + 2 } else { 0 }
        };
        items.iter().enumerate().map(one).sum()
    };
    // The blanks behind the last word need no room.
    let fits = |worded: &usize| width(*worded) <= room + usize::from(*worded == items.len());
    (0..=items.len()).rev().find(fits).unwrap_or(0)
}

/// What keys do while something lies on top: label keys do not count there.
fn overlay_keys(canvas: &mut Canvas<'_>, app: &App, overlay: &Overlay) {
    let items: &[(Action, &'static str)] = match overlay {
        Overlay::Help { .. } => &[(Action::Close, "closes"), (Action::ReadOn, "reads on"), (Action::ReadBack, "back")],
        Overlay::Ask(_) => &[(Action::Yes, "yes"), (Action::No, "no")],
        Overlay::Cover => &[],
        Overlay::Pair(pair) if pair.beside => {
            &[(Action::ReadOn, "reads on"), (Action::ReadBack, "back"), (Action::Close, "closes")]
        }
        Overlay::Pair(_) => &[
            (Action::NextPart, "the other half"),
            (Action::ReadOn, "reads on"),
            (Action::ReadBack, "back"),
            (Action::Close, "closes"),
        ],
        Overlay::Copy(_) => &[(Action::Accept, "copies"), (Action::Close, "closes")],
        Overlay::Codebook(_) => &[
            (Action::ReadOn, "reads on"),
            (Action::Close, "closes"),
            (Action::NextPart, "next entry"),
            (Action::ReadBack, "back"),
        ],
        Overlay::Source(_) => &[
            (Action::ReadOn, "reads on"),
            (Action::ReadBack, "back"),
            (Action::Close, "closes"),
            (Action::PartEnd, "end"),
        ],
        Overlay::Details(_) => &[
            (Action::Unfold, "unfolds"),
            (Action::Fold, "folds"),
            (Action::Close, "closes"),
            (Action::ReadOn, "pages"),
        ],
        Overlay::Command(_) => &[
            (Action::Accept, "runs it"),
            (Action::Complete, "completes"),
            (Action::LineDown, "next"),
            (Action::Close, "closes"),
        ],
        Overlay::Outline(_) => &[(Action::Accept, "goes there"), (Action::LineDown, "next"), (Action::Close, "closes")],
        Overlay::Turn(_) => &[(Action::Close, "closes"), (Action::ReadOn, "reads on"), (Action::ReadBack, "back")],
        Overlay::Problems(_) => &[(Action::LineDown, "next"), (Action::LineUp, "previous"), (Action::Close, "closes")],
        Overlay::List(list) => &[
            (Action::Accept, "opens it"),
            (Action::LineDown, "next"),
            (Action::SecondLook, if list.doubtful.is_some() { "shows all" } else { "only the doubtful" }),
            (Action::Close, "closes"),
        ],
        Overlay::Search(_) => {
            &[(Action::Accept, "keeps it"), (Action::LineUp, "the last one"), (Action::Close, "goes back")]
        }
        Overlay::Flags(_) => {
            &[(Action::Accept, "sets or takes away"), (Action::LineDown, "down"), (Action::Close, "closes")]
        }
        Overlay::Evidence(evidence) => return super::evidence::keys(canvas, app, evidence.by),
        Overlay::Criteria(_) => &[
            (Action::Accept, "judges, goes there"),
            (Action::LineDown, "down"),
            (Action::TakeAway, "takes evidence away"),
            (Action::Close, "closes"),
        ],
        Overlay::Note(_) => {
            &[(Action::Accept, "saves"), (Action::NewLine, "new line"), (Action::Cancel, "leaves it as it was")]
        }
    };
    let mut x = 1;
    for (action, word) in items {
        let mut keys = app.keymap.keys_for(overlay.context(), *action);
        // In a note both keys that leave it save it, which has to be known.
        keys.truncate(if matches!(overlay, Overlay::Note(_)) && *action == Action::Accept { 2 } else { 1 });
        let key = Safe::line(keys.join(" "));
        // What does not fit whole is left out, so that no key stands without its word.
        if key.is_empty() || usize::from(x) + key.width() + word.len() + 1 > usize::from(app.layout.keys.width) {
            continue;
        }
        x = canvas.put(app.layout.keys, x, &key, Role::Key) + 1;
        x = canvas.put(app.layout.keys, x, &Safe::fixed(word), Role::Text) + 2;
    }
}

/// What the practice run teaches, above the key bar; the newest line is the last.
pub(super) fn lessons(canvas: &mut Canvas<'_>, app: &App) {
    let foot = app.layout.foot;
    let lines = app.lessons();
    let skipped = lines.len().saturating_sub(usize::from(foot.height));
    let mut foot = foot;
    if usize::from(foot.height) > lines.len() {
        let rule = Area { height: 1, ..foot };
        canvas.rule(rule, '─', Role::Title);
        canvas.put(rule, 1, &Safe::fixed("Practice"), Role::Hint);
        foot = Area { y: foot.y + 1, height: foot.height - 1, ..foot };
    }
    for (y, line) in (foot.y..foot.y + foot.height).zip(lines.iter().skip(skipped)) {
        canvas.put(Area { y, height: 1, ..foot }, 1, &line.cut(usize::from(foot.width.saturating_sub(2))), Role::Hint);
    }
}

/// What was saved or has to be said, and how much is left.
pub(super) fn notice(canvas: &mut Canvas<'_>, app: &App) {
    let row = app.layout.notice;
    if let Some(Overlay::Command(command)) = app.overlays.last() {
        super::overlay::command_line(canvas, row, ":", &command.editor);
        return;
    }
    if let Some(Overlay::Search(search)) = app.overlays.last() {
        let end = super::overlay::command_line(canvas, row, "/", &search.editor);
        let (at, all) = app.hit_count();
        let (words, role) = match &search.fault {
            Some(fault) => (fault.clone(), Role::Warning),
            None if search.editor.text().is_empty() => ("words, or a /pattern".to_owned(), Role::Dim),
            None if all == 0 => ("nowhere in these parts".to_owned(), Role::Warning),
            None => (format!("{at} of {all}"), Role::Text),
        };
        let words = Safe::line(words).cut(usize::from(row.width.saturating_sub(end + 3)));
        canvas.put_right(row, 1, &words, role);
        return;
    }
    let right = if app.unsaved > 0 {
        (format!("{} NOT SAVED", app.unsaved), Role::Failure)
    } else if app.corpus.is_complete() {
        (format!("{} left", app.left()), Role::Dim)
    } else {
        (format!("{} left so far", app.left()), Role::Dim)
    };
    let right = (Safe::line(right.0), right.1);
    let room = usize::from(row.width).saturating_sub(right.0.width() + 3);
    let role = match app.notice.tone {
        Tone::Plain => Role::Dim,
        Tone::Saved => Role::Saved,
        Tone::Warning => Role::Warning,
        Tone::Failure => Role::Failure,
    };
    let text = &app.notice.text;
    let x = if text.width() <= room {
        canvas.put(row, 0, text, role)
    } else if matches!(app.notice.tone, Tone::Warning | Tone::Failure) && app.overlays.is_empty() {
        // A reason, and what to do about it, is worth the key bar's row until the next key.
        let (above, below) = in_two(text, row.width.saturating_sub(1), room);
        canvas.clear(app.layout.keys);
        canvas.put(app.layout.keys, 0, &above, role);
        canvas.put(row, 0, &below, role)
    } else if app.notice.tone == Tone::Saved {
        // A confirmation is read by people and by programs: it is never cut at its end, where the label stands.
        canvas.put(row, 0, &text.cut_middle(room), role)
    } else {
        canvas.put(row, 0, &text.cut(room), role)
    };
    let mut end = x;
    if !app.notice.more.is_empty() {
        let more = app.notice.more.cut(room.saturating_sub(usize::from(x) + 2));
        end = canvas.put(row, x + 2, &more, Role::Dim);
    }
    canvas.put_right(row, 1, &right.0, right.1);
    pace(canvas, app, usize::from(end), right.0.width());
}

/// How fast the work goes on, where the last row has room for it beside all else; `right` is the width of what ends the row.
fn pace(canvas: &mut Canvas<'_>, app: &App, end: usize, right: usize) {
    let row = app.layout.notice;
    let lines = app.pace.lines().into_iter().flatten().map(|line| Safe::line(format!("{line} · ")));
    let fits = |line: &Safe| end + 2 + line.width() + right < usize::from(row.width);
    if let Some(line) = lines.into_iter().find(fits) {
        canvas.put_right(row, u16::try_from(right).unwrap_or(0) + 1, &line, Role::Dim);
    }
}

/// A sentence in two rows: as many words as `width` cells take, and of the rest as much as fits into `room`.
fn in_two(text: &Safe, width: u16, room: usize) -> (Safe, Safe) {
    let end = wrap(text.as_str(), width).first().map_or(0, |row| row.end as usize);
    let (above, below) = text.as_str().split_at(end);
    (Safe::line(above), Safe::line(below).cut(room))
}

//! What a terminal shows after any frames is what ratatui meant, and the bytes on the way keep their promises.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;

use bench::{Bench, Line};
use candor::terminal::wire::Wire;
use proptest::prelude::*;
use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier, Style};

/// Plain, framed, accented, composed, wide, taken apart: every kind of cell that is let through.
const SYMBOLS: [&str; 17] = [
    "🧑🏽",
    "a",
    "b",
    "c",
    "#",
    " ",
    " ",
    "─",
    "█",
    "│",
    "é",
    "e\u{301}",
    "世",
    "한",
    "🙂",
    "…",
    "a\u{300}\u{301}\u{302}",
];

const MODIFIERS: [Modifier; 5] =
    [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];

const COLOURS: [Color; 5] = [Color::Reset, Color::Red, Color::LightCyan, Color::Indexed(200), Color::Rgb(1, 2, 3)];

#[derive(Clone, Debug)]
enum Step {
    /// Runs of cells: what goes before them is left blank.
    Frame(Vec<(u16, u16, usize, Style)>),
    /// The frame before, with a little changed.
    Touch(Vec<(u16, u16, usize, Style)>),
    /// The rows between the first and the last move up or down; new ones come in.
    Scroll(usize),
    Resize(u16, u16),
    Forget,
    Cursor(Option<(u16, u16)>),
}

fn styles() -> impl Strategy<Value = Style> {
    let modifier = proptest::sample::subsequence(&MODIFIERS[..], 0..=2)
        .prop_map(|chosen| chosen.into_iter().fold(Modifier::empty(), Modifier::union));
    let plain = Just(Style::new());
    let any = (0..COLOURS.len(), 0..COLOURS.len(), modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(COLOURS[fg]).bg(COLOURS[bg]).add_modifier(modifier));
    prop_oneof![2 => plain, 1 => any]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let cells = || proptest::collection::vec((0..4u16, 0..8u16, 0..SYMBOLS.len(), styles()), 0..60);
    let step = prop_oneof![
        4 => cells().prop_map(Step::Frame),
        4 => proptest::collection::vec((0..30u16, 0..8u16, 0..SYMBOLS.len(), styles()), 0..4).prop_map(Step::Touch),
        1 => (4..30u16, 2..8u16).prop_map(|(width, height)| Step::Resize(width, height)),
        3 => (0..12usize).prop_map(Step::Scroll),
        1 => Just(Step::Forget),
        1 => proptest::option::of((0..30u16, 0..8u16)).prop_map(Step::Cursor),
    ];
    proptest::collection::vec(step, 1..12)
}

/// How many cells the emulator takes for a text: those behind the last column it would take from the next row, and in the last row
/// it would scroll. No text of a case stands there.
fn reach(symbol: &str) -> u16 {
    symbol.chars().map(|c| c.to_string().cell_width()).sum()
}

/// Each row is filled from the left with its cells and the blanks before them, so that no wide character is torn.
fn fill(buffer: &mut Buffer, cells: &[(u16, u16, usize, Style)]) {
    let mut ends = vec![0; usize::from(buffer.area.height)];
    for (gap, y, symbol, style) in cells {
        let Some(end) = ends.get_mut(usize::from(*y)) else { continue };
        let (x, symbol) = (*end + gap, SYMBOLS[*symbol]);
        if x + reach(symbol) <= buffer.area.width {
            buffer.set_string(x, *y, symbol, *style);
            *end = x + symbol.cell_width();
        }
    }
}

/// Puts cells on top of a frame, only where that tears no wide character.
fn touch(buffer: &mut Buffer, cells: &[(u16, u16, usize, Style)]) {
    for (x, y, symbol, style) in cells {
        let symbol = SYMBOLS[*symbol];
        let mut reach = x.saturating_sub(1)..x + reach(symbol);
        let narrow = |x| buffer.cell((x, *y)).is_some_and(|cell| cell.symbol().cell_width() == 1);
        if reach.all(narrow) {
            buffer.set_string(*x, *y, symbol, *style);
        }
    }
}

/// A text, seen from its row `by`, between a title and a status row.
fn scroll(buffer: &mut Buffer, by: usize) {
    let rows =
        ["Scratchpad", "", "the model would", "comply 世界 in training", "é…", "", "   and refuse otherwise", "x"];
    let height = buffer.area.height;
    buffer.set_string(0, 0, "═ title ═", Style::new().add_modifier(Modifier::BOLD));
    for y in 1..height.saturating_sub(1) {
        let row = by + usize::from(y);
        let style = if row.is_multiple_of(3) { Style::new().bg(Color::Red) } else { Style::new() };
        buffer.set_string(0, y, format!("{}{}", rows[row % rows.len()], row / 3), style);
    }
    buffer.set_string(0, height - 1, "status", Style::new());
}

/// Every character that terminals may measure differently must be followed by an escape sequence.
fn odd_ones_are_followed_by_an_address(sent: &[u8]) -> Result<(), TestCaseError> {
    let text = std::str::from_utf8(sent).unwrap();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, '\x1b' | ' '..='~' | '\u{2500}'..='\u{259F}') {
            let next = chars.peek().copied();
            prop_assert!(
                matches!(next, Some('\x1b' | '\u{300}'..='\u{302}' | '🏽' | '\u{900}'..='\u{97F}')),
                "{:?} before {:?} in {:?}",
                c,
                next,
                text
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_was_meant(steps in steps()) {
        let mut bench = Bench::new(24, 6);
        let mut cells = Vec::new();
        let mut touches = Vec::new();
        let mut cursor = None;
        let mut scrolled = None;
        for step in steps {
            match step {
                Step::Frame(frame) => (cells, touches, scrolled) = (frame, Vec::new(), None),
                Step::Scroll(by) => scrolled = Some(by),
                Step::Touch(more) => touches.extend(more),
                Step::Resize(width, height) => {
                    bench.resize(width, height);
                    bench.wire().forget();
                }
                Step::Forget => {
                    // Whatever another program did to the screen must not matter.
                    bench.emulator.process("\x1b[1;31;44m\x1b[2J\x1b[3;3Hgarbage 世世世\x1b[?25h".as_bytes());
                    bench.wire().forget();
                }
                Step::Cursor(at) => cursor = at,
            }
            let draw = |frame: &mut ratatui::Frame<'_>| {
                match scrolled {
                    Some(by) => scroll(frame.buffer_mut(), by),
                    None => fill(frame.buffer_mut(), &cells),
                }
                touch(frame.buffer_mut(), &touches);
                if let Some((x, y)) = cursor.filter(|at| frame.area().contains(Position::from(*at))) {
                    frame.set_cursor_position((x, y));
                }
            };
            let (meant, sent) = bench.draw(draw);
            bench.check(&meant).map_err(TestCaseError::fail)?;
            odd_ones_are_followed_by_an_address(&sent)?;
            prop_assert!(sent.iter().all(|byte| *byte >= b' ' || *byte == 0x1b), "no control but ESC");
            let seen = cursor.filter(|at| meant.area.contains(Position::from(*at)));
            prop_assert!(bench.emulator.screen().hide_cursor() == seen.is_none());
            if let Some((x, y)) = seen {
                prop_assert_eq!(bench.emulator.screen().cursor_position(), (y, x));
            }
            let (_, again) = bench.draw(draw);
            prop_assert!(again.is_empty(), "nothing changed: {:?}", String::from_utf8_lossy(&again));
        }
    }
}

/// A page of prose as a reviewer sees it.
fn page(frame: &mut ratatui::Frame<'_>, seed: usize) {
    prose(frame.buffer_mut(), seed);
}

fn prose(buffer: &mut Buffer, seed: usize) {
    let words = ["the", "model", "would", "comply", "in", "training", "and", "refuse", "otherwise", "a", "least-bad"];
    for y in 0..buffer.area.height {
        let mut row = String::from("     ");
        let mut word = seed + usize::from(y) * 7;
        while row.len() + 12 < usize::from(buffer.area.width) {
            row.push_str(words[word * 31 % words.len()]);
            row.push(' ');
            word += 1;
        }
        let style = if y == 3 { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
        buffer.set_string(0, y, row.trim_end(), style);
    }
}

#[test]
fn a_next_case_costs_hardly_more_bytes_than_its_text() {
    for (width, height) in [(80, 24), (200, 50)] {
        let mut bench = Bench::new(width, height);
        bench.draw(|frame| page(frame, 1));
        let (meant, sent) = bench.draw(|frame| page(frame, 5));
        bench.check(&meant).unwrap();
        let text: usize = (0..height)
            .map(|y| (0..width).map(|x| meant[(x, y)].symbol()).collect::<String>().trim_end().len() + 1)
            .sum();
        assert!(sent.len() * 100 <= text * 105, "{} bytes for {text} bytes of text", sent.len());
    }
}

#[test]
fn a_row_of_scrolling_costs_little_more_than_the_row() {
    for (width, height) in [(80, 24), (200, 50)] {
        let mut bench = Bench::new(width, height);
        let scrolled = |by: u16| {
            move |frame: &mut ratatui::Frame<'_>| {
                let area = frame.area();
                let mut text = Buffer::empty(ratatui::layout::Rect { height: area.height + 20, ..area });
                prose(&mut text, 1);
                for y in 2..area.height - 3 {
                    (0..area.width).for_each(|x| frame.buffer_mut()[(x, y)] = text[(x, y + by)].clone());
                }
                frame.buffer_mut().set_string(0, area.height - 1, "saved q0411 = refusal (12)", Style::new());
            }
        };
        bench.draw(scrolled(5));
        for by in [6, 7, 6, 5, 9] {
            let (meant, sent) = bench.draw(scrolled(by));
            bench.check(&meant).unwrap();
            let rows = if by == 9 { 4 } else { 1 };
            assert!(sent.len() <= (usize::from(width) + 20) * rows + 40, "{width}: {} bytes", sent.len());
        }
    }
}

#[test]
fn a_frame_is_bracketed_and_a_small_change_is_small() {
    let mut bench = Bench::new(80, 24);
    let (_, sent) = bench.draw(|frame| page(frame, 1));
    assert!(sent.starts_with(b"\x1b[?2026h") && sent.ends_with(b"\x1b[?2026l"));
    let (_, sent) = bench.draw(|frame| {
        page(frame, 1);
        frame.buffer_mut().set_string(10, 10, "x", Style::new());
    });
    assert_eq!(String::from_utf8(sent).unwrap(), "\x1b[?2026h\x1b[11;11Hx\x1b[?2026l");
}

#[test]
fn what_must_not_reach_a_terminal_is_replaced_and_counted() {
    let size = || Ok(Size { width: 20, height: 1 });
    let guard = |symbol: &str| !symbol.contains('\u{202E}');
    let mut wire = Wire::new(Line::default(), size, guard);
    wire.size().unwrap();
    let wicked = ["\x1b", "\u{9b}", "\x1b[31m", "\u{202E}", "\u{300}", "", "\n", "\u{200b}", "世世世世世世"];
    let cells = wicked.map(cell);
    wire.draw((0..).zip(&cells).map(|(x, cell)| (x, 0, cell))).unwrap();
    wire.flush().unwrap();
    assert_eq!(wire.refused(), wicked.len());
    let mut emulator = vt100::Parser::new(1, 20, 0);
    emulator.process(&wire.out().bytes);
    assert_eq!(emulator.screen().contents(), "?".repeat(wicked.len()));
    assert!(!wire.out().bytes.windows(5).any(|bytes| bytes == b"\x1b[31m"));
}

fn cell(symbol: &str) -> Cell {
    let mut cell = Cell::EMPTY;
    cell.set_symbol(symbol);
    cell
}

#[test]
fn a_wide_character_has_no_room_in_the_last_column() {
    let mut wire = Wire::new(Line::default(), || Ok(Size { width: 3, height: 1 }), |_| true);
    wire.size().unwrap();
    wire.draw([(2, 0, &cell("世")), (9, 9, &Cell::EMPTY)].into_iter()).unwrap();
    wire.flush().unwrap();
    assert_eq!(wire.refused(), 1);
}

#[test]
fn sizes_that_no_window_has() {
    for (claimed, used) in [((0, 0), (1, 1)), ((65535, 65535), (1000, 500)), ((1, 65535), (1, 500))] {
        let wire = Wire::new(Line::default(), move || Ok(Size::from(claimed)), |_| true);
        assert_eq!(wire.size().unwrap(), Size::from(used));
    }
}

#[test]
fn after_a_failed_write_everything_is_written_again() {
    let mut bench = Bench::new(40, 5);
    bench.draw(|frame| page(frame, 1));
    bench.wire().out().broken = true;
    assert!(bench.terminal.draw(|frame| page(frame, 2)).is_err());
    bench.wire().out().broken = false;
    bench.emulator = vt100::Parser::new(5, 40, 0);
    let (meant, _) = bench.draw(|frame| page(frame, 2));
    bench.check(&meant).unwrap();
}

//! What holds for every text there is: proven over every character, over random bytes and over a corpus of hostile ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use candor::text::clean::{Clean, Safe, TokenKind, allowed, cell_is_safe, clean};
use candor::text::wrap::{cells, width, wrap};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Everything that is promised of a cleaned text.
fn check(source: &[u8]) -> Clean {
    let clean = clean(source);
    let text = clean.text();

    for line in text.split('\n') {
        for (_, grapheme, cells) in cells(line) {
            assert!(cell_is_safe(grapheme), "{grapheme:?} in {line:?} from {source:?}");
            assert!(cells >= 1, "{grapheme:?} is dropped by ratatui");
        }
    }
    let ends = source.iter().filter(|&&b| b == b'\n').count();
    assert_eq!(text.matches('\n').count(), ends, "lines of {source:?}");

    let again = candor::text::clean::clean(text.as_bytes());
    assert_eq!(again.text(), text, "cleaning twice, from {source:?}");
    assert_eq!((again.tokens(), again.alarms()), (&[][..], 0));

    let mut past = 0;
    for token in clean.tokens() {
        assert!(past <= token.range.start && token.range.start < token.range.end, "{token:?}");
        assert!(!text[token.range.clone()].contains('\n'));
        past = token.range.end;
    }
    assert!(past <= text.len());
    let hidden = clean.tokens().iter().filter(|token| token.kind == TokenKind::Hidden).count();
    assert!(clean.alarms() >= hidden && (clean.alarms() == 0) == (hidden == 0));

    check_map(source, &clean);
    clean
}

fn check_map(source: &[u8], clean: &Clean) {
    let text = clean.text();
    assert_eq!((clean.source_of(0), clean.clean_of(0)), (0, 0));
    assert_eq!((clean.source_of(text.len()), clean.clean_of(source.len())), (source.len(), text.len()));
    assert_eq!((clean.source_of(usize::MAX), clean.clean_of(usize::MAX)), (source.len(), text.len()));
    let mut tokens = clean.tokens().iter().peekable();
    let mut last = 0;
    for at in 0..text.len() {
        let there = clean.source_of(at);
        assert!(there >= last);
        last = there;
        while tokens.peek().is_some_and(|token| token.range.end <= at) {
            tokens.next();
        }
        match tokens.peek() {
            Some(token) if token.range.contains(&at) => assert_eq!(clean.clean_of(there), token.range.start),
            _ if text.as_bytes()[at] == b'\n' => assert!(matches!(source[there], b'\n' | b'\r')),
            _ => {
                assert_eq!(source[there], text.as_bytes()[at], "plain text is the source's own");
                assert_eq!(clean.clean_of(there), at);
            }
        }
    }
    let back: Vec<usize> = (0..=source.len()).map(|at| clean.clean_of(at)).collect();
    assert!(back.is_sorted());
}

/// Everything that is promised of rows.
fn check_rows(text: &str, room: u16) {
    let rows = wrap(text, room);
    let mut at = 0;
    for row in &rows {
        let (start, end) = (row.start as usize, row.end as usize);
        assert_eq!(start, at, "no byte is skipped or shown twice");
        let piece = &text[start..end];
        assert!(!piece.contains('\n'));
        let seen = piece.trim_end();
        let fits = width(seen) <= usize::from(room.max(1));
        let marks = |c: char| c.general_category_group() == GeneralCategoryGroup::Mark;
        let bases = cells(seen).filter(|(_, grapheme, _)| !grapheme.starts_with(marks)).count();
        assert!(fits || bases <= 1, "{piece:?} in {room} cells");
        at = end;
        if row.hard {
            assert!(at == text.len() || text.as_bytes()[at] == b'\n');
            at += usize::from(at < text.len());
        } else {
            assert!(start < end && at < text.len(), "a row that goes on has something in it and after it");
        }
    }
    assert_eq!(at, text.len());
    assert!(rows.last().is_none_or(|row| row.hard));
}

/// ratatui fills exactly the cells that are counted, and keeps every character.
fn check_drawn(line: &Safe) {
    let cells = line.width().min(60_000) as u16;
    let mut buffer = Buffer::empty(Rect::new(0, 0, cells + 4, 1));
    let (end, _) = buffer.set_stringn(0, 0, line.as_str(), usize::MAX, Style::default());
    assert_eq!(end, cells, "{:?}", line.as_str());
    let mut drawn = String::new();
    let mut x = 0;
    while x < end {
        let symbol = buffer[(x, 0)].symbol();
        assert!(cell_is_safe(symbol), "{symbol:?}");
        drawn.push_str(symbol);
        x += width(symbol) as u16;
    }
    assert_eq!(drawn, line.as_str());
}

fn scalars() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Every character that means something, and some of the rest: one of five hundred is as good as another.
fn telling() -> impl Iterator<Item = char> {
    scalars().filter(|&c| {
        let nothing = matches!(c.general_category(), GeneralCategory::Unassigned | GeneralCategory::PrivateUse);
        !nothing || u32::from(c).is_multiple_of(499)
    })
}

#[test]
fn nothing_without_a_meaning_is_allowed() {
    for c in scalars() {
        let meant = !matches!(
            c.general_category(),
            GeneralCategory::Unassigned
                | GeneralCategory::PrivateUse
                | GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        );
        assert!(meant || !allowed(c), "{c:?}");
    }
}

#[test]
fn every_character_alone_after_a_letter_and_between_letters() {
    for c in telling() {
        let bare = clean(c.to_string().as_bytes());
        let after = clean(format!("a{c}").as_bytes());
        let between = clean(format!("a{c}b").as_bytes());
        let text = between.text();
        assert!(c == '\n' || width(bare.text()) >= 1, "{c:?} alone has no cell");
        assert!(text.starts_with('a') && text.ends_with('b'), "{c:?} took a neighbour with it");
        assert_eq!(after.text(), &text[..text.len() - 1], "{c:?} depends on what follows");
        if allowed(c) {
            assert_eq!(text, format!("a{c}b"));
            assert!(between.tokens().is_empty() && bare.tokens().is_empty());
        }
        for token in bare.tokens().iter().chain(between.tokens()) {
            assert_eq!(token.kind == TokenKind::Quiet, c == '\t', "{c:?}");
        }
        for (_, grapheme, _) in cells(bare.text()).chain(cells(text)) {
            assert!(grapheme == "\n" || cell_is_safe(grapheme), "{grapheme:?} from {c:?}");
        }
    }
}

#[test]
fn every_character_among_its_kin() {
    let source: String = telling().collect();
    let all = check(source.as_bytes());
    for line in all.text().split('\n') {
        for chunk in line.as_bytes().chunks(8_000) {
            check_drawn(&Safe::line(chunk));
        }
    }
}

#[test]
fn every_character_after_what_joins_most() {
    // Of the ten thousands of ideographs and syllables, a few stand for all.
    let kinds = telling().filter(|&c| {
        let many = matches!(c, '\u{3400}'..='\u{A3FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{12000}'..='\u{18FFF}' | '\u{20000}'..='\u{3FFFF}');
        !many || u32::from(c).is_multiple_of(499)
    });
    let kinds: Vec<char> = kinds.collect();
    for before in ["\u{1100}", "가", "🇩", "क\u{94D}", "က\u{1039}", "👍", "漢", "❤\u{FE0F}", "ｶ"] {
        for &c in &kinds {
            let clean = clean(format!("{before}{c}").as_bytes());
            for (_, grapheme, cells) in clean.text().lines().flat_map(cells) {
                assert!(cells > 0 && cell_is_safe(grapheme), "{grapheme:?} from {before:?} and {c:?}");
            }
        }
    }
}

#[test]
fn every_byte_and_every_pair_of_bytes() {
    for a in 0..=255_u8 {
        check(&[a]);
        for b in 0..=255_u8 {
            let clean = clean(&[b'<', a, b, b'>']);
            for (_, grapheme, _) in cells(clean.text()) {
                assert!(grapheme == "\n" || cell_is_safe(grapheme));
            }
        }
    }
}

#[test]
fn what_is_shown_instead() {
    for (source, expected) in [
        ("\u{1B}[31mRED", "␛[31mRED"),
        ("\u{9B}31m", "⟨9B⟩31m"),
        ("a\u{202E}b", "a⟨U+202E⟩b"),
        ("label: \u{202E}GNIMEHCS\u{202C}", "label: ⟨U+202E⟩GNIMEHCS⟨U+202C⟩"),
        ("a\u{200B}b", "a⟨U+200B⟩b"),
        ("\u{200B}\u{2060}\u{FEFF}", "⟨U+200B⟩⟨U+2060⟩⟨U+FEFF⟩"),
        ("a\u{AD}b\u{3164}c\u{2800}d", "a⟨U+00AD⟩b⟨U+3164⟩c⟨U+2800⟩d"),
        ("a\u{E000}\u{10FFFF}\u{378}", "a⟨U+E000⟩⟨U+10FFFF⟩⟨U+0378⟩"),
        ("a\u{2028}b", "a⟨U+2028⟩b"),
        ("bad\u{8}\u{8}\u{8}good", "bad␈␈␈good"),
        ("one\r\ntwo\rthree\r\r\n\u{7F}", "one\ntwo␍three␍\n␡"),
        ("\u{301}x\n\u{301}y", "⟨U+0301⟩x\n⟨U+0301⟩y"),
        ("\u{1B}\u{301}", "␛⟨U+0301⟩"),
        ("e\u{301} é", "e\u{301} é"),
        ("a\u{20DD}1\u{FE0F}\u{20E3}", "a\u{20DD}1·"),
        ("1\u{FE0F}", "1⟨U+FE0F⟩"),
        ("a\u{FE0F}\u{200D}b", "a⟨U+FE0F⟩⟨U+200D⟩b"),
        ("❤\u{FE0F} ❤\u{FE0E} ❤\u{FE0F}\u{FE0F}", "❤· ❤⟨U+FE0E⟩ ❤⟨2 selectors⟩"),
        ("👨\u{200D}👩\u{200D}👧", "👨·👩·👧"),
        ("🏳\u{FE0F}\u{200D}🌈", "🏳··🌈"),
        ("👍🏿 a🏿", "👍🏿 a⟨U+1F3FF⟩"),
        ("👍\u{200D}", "👍⟨U+200D⟩"),
        ("🇩🇪🇫", "🇩🇪🇫"),
        ("a\tbb\tccc\t\td\n\tin", "a→  bb→ ccc→→   d\n→   in"),
        ("漢\te\u{301}\tx", "漢→ e\u{301}→  x"),
        ("⟨U+202E⟩ ␛ → ·", "⟨U+202E⟩ ␛ → ·"),
        ("Hi\u{E0049}\u{E0020}\u{E0061}\u{E006D}", "Hi⟨4 tags: \"I am\"⟩"),
        ("😀\u{E0158}\u{E0159}", "😀⟨2 selectors: \"hi\" or \"XY\"⟩"),
        ("\u{200B}\u{200C}\u{200B}\u{200C}\u{200B}", "⟨5 invisible: U+200B U+200C⟩"),
        ("नमस्ते दुनिया स्त्री", "नमस्ते दुनिया स्त्री"),
        ("நிகண்டு ที่นี่ น้ำ ကျွန်ုပ် ကား", "நிகண்டு ที่นี่ น้ำ ကျွန်ုပ် ကား"),
        ("مرحبا بالعالم שלום עולם", "مرحبا بالعالم שלום עולם"),
        ("\u{1112}\u{1161}\u{11AB}ᄀ\u{1100}\u{1100}x", "\u{1112}\u{1161}\u{11AB}ᄀ⟨U+1100×2⟩x"),
        ("ｶﾞﾊﾟ ＡＢＣ", "ｶﾞﾊﾟ ＡＢＣ"),
    ] {
        assert_eq!(check(source.as_bytes()).text(), expected, "from {source:?}");
    }
    for (source, expected) in [
        (&b"caf\xE9"[..], "caf⟨E9⟩"),
        (b"<\xC0\xAF>", "<⟨C0⟩⟨AF⟩>"),
        (b"<\xE2\x82>", "<⟨E2⟩⟨82⟩>"),
        (b"x\xED\xA0\xBDy", "x⟨U+D83D⟩y"),
        (b"\xED\xA0\xBD\xED\xB8\x80", "⟨U+D83D⟩⟨U+DE00⟩"),
        (b"\xFF\xFF\xFF\xFE", "⟨FF×3⟩⟨FE⟩"),
        (b"\xF4\x90\x80\x80", "⟨F4⟩⟨90⟩⟨80×2⟩"),
        (b"\xED\xA0", "⟨ED⟩⟨A0⟩"),
    ] {
        assert_eq!(check(source).text(), expected, "from {source:?}");
    }
}

#[test]
fn floods_are_folded() {
    let flood = |c: &str, n| check(format!("a{}b", c.repeat(n)).as_bytes()).text().to_owned();
    assert_eq!(flood("\u{7}", 10_000), "a⟨U+0007×10,000⟩b");
    assert_eq!(flood("\u{200B}", 40), "a⟨U+200B×40⟩b");
    assert_eq!(flood("\u{2067}", 200), "a⟨U+2067×200⟩b");
    assert_eq!(flood("\u{34F}", 50_000), "a⟨U+034F×50,000⟩b");
    assert_eq!(flood("\u{301}", 10_004), format!("a{}⟨+9,996 marks⟩b", "\u{301}".repeat(8)));
    assert_eq!(flood("\u{E0041}", 3), "a⟨3 tags: \"AAA\"⟩b");
    let clean = clean("x\u{200B}\u{200B}\u{7}".as_bytes());
    assert_eq!((clean.alarms(), clean.tokens().len()), (3, 2));
}

#[test]
fn only_what_hides_something_raises_an_alarm() {
    for quiet in
        ["plain", "a\tb", "👨\u{200D}👩 ❤\u{FE0F} 1\u{FE0F}\u{20E3}", "a\r\nb\n", "e\u{301}漢字", "⟨U+202E⟩ ␛[31m"]
    {
        assert_eq!(check(quiet.as_bytes()).alarms(), 0, "{quiet:?}");
    }
    for hidden in ["\u{1B}", "a\u{FE0F}", "a\u{200D}b", "\r", "\u{301}", "\u{2800}"] {
        assert_eq!(check(hidden.as_bytes()).alarms(), 1, "{hidden:?}");
    }
}

/// What would take minutes if anything looked back further than it should.
#[test]
fn long_texts_take_time_in_proportion() {
    let begun = Instant::now();
    for (piece, times) in [
        ("\t", 10_000),
        ("\n", 50_000),
        ("x", 500_000),
        ("lorem ipsum ", 80_000),
        ("漢", 40_000),
        ("\u{1100}", 20_000),
        ("क\u{94D}", 5_000),
        ("\u{301}", 50_000),
        ("👩\u{200D}", 5_000),
        ("🇩", 10_001),
        ("\u{200B}\u{200C}", 30_000),
        ("\u{7}a", 20_000),
        ("\r", 50_000),
        ("\u{102C}", 10_000),
        (" ", 200_000),
        ("a\t", 20_000),
        ("\u{E0061}", 30_000),
        ("ﾞ", 10_000),
    ] {
        let clean = clean(piece.repeat(times).as_bytes());
        for room in [1, 80] {
            let rows = wrap(clean.text(), room);
            assert!(rows.iter().all(|row| row.start <= row.end));
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// Text as models write it, with what the hostile put in it.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => "[ -~]{1,12}".prop_map(String::into_bytes),
        2 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        2 => prop::sample::select(vec![
            "\n", "\r\n", "\r", "\t", " ", "\u{1B}", "\u{9B}", "\u{301}", "\u{489}", "\u{34F}", "\u{200B}", "\u{200D}", "\u{FE0F}",
            "\u{E0041}", "\u{E0110}", "\u{20E3}", "1", "👍", "🏿", "👩", "🇩", "漢", "。", "\u{3000}", "\u{1100}", "\u{1161}",
            "\u{11A8}", "가", "क", "\u{94D}", "\u{93F}", "က", "\u{1039}", "\u{102C}", "ﾞ", "ｶ", "ำ", "น", "\u{D4E}", "\u{17D2}", "ក",
            "⟨", "…", "\u{2D7F}", "ⵏ", "\u{16D63}", "\u{16D67}",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..5),
        1 => (0xA0..=0xBF_u8, 0x80..=0xBF_u8).prop_map(|(high, low)| vec![0xED, high, low]),
    ];
    let run = (piece, prop_oneof![6 => Just(1_usize), 1 => 2..12_usize]).prop_map(|(piece, times)| piece.repeat(times));
    prop::collection::vec(run, 0..24).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(source in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&source);
    }

    #[test]
    fn any_hostile_text(source in hostile(), room in 0..30_u16) {
        let clean = check(&source);
        check_rows(clean.text(), room);
        for row in wrap(clean.text(), room) {
            let range = row.start as usize..row.end as usize;
            let shown = clean.safe(range.clone());
            prop_assert_eq!(shown.as_str(), &clean.text()[range]);
            check_drawn(&shown);
        }
    }

    #[test]
    fn rows_of_any_text_at_all(text in "(\\PC|\n| |漢){0,80}", room in any::<u16>()) {
        check_rows(&text, room % 20);
    }

    #[test]
    fn any_piece_of_a_cleaned_text_is_safe(source in hostile(), start in 0..200_usize, len in 0..80_usize) {
        let piece = clean(&source).safe(start..start + len);
        check_drawn(&piece);
        prop_assert!(!piece.as_str().contains('\n'));
    }

    #[test]
    fn safe_stays_safe(a in hostile(), b in hostile(), room in 0..40_usize) {
        let (a, b) = (Safe::line(a), Safe::line(b));
        let mut both = a.clone();
        both.push(&b);
        prop_assert!(both.as_str().starts_with(a.as_str()));
        for line in [&both, &both.cut(room), &both.cut_middle(room), &both.no_spaces(), &a, &b] {
            check_drawn(line);
            prop_assert_eq!(&Safe::line(line.as_str()), line);
        }
        for cut in [both.cut(room), both.cut_middle(room)] {
            prop_assert!(cut.width() <= room);
            prop_assert_eq!(cut == both, both.width() <= room);
        }
    }
}

/// The corpus of hostile lines lies outside the repository; `CANDOR_NAUGHTY` names its folder.
#[test]
fn the_corpus_of_hostile_lines() {
    let Some(folder) = std::env::var_os("CANDOR_NAUGHTY") else {
        println!("skipped");
        return;
    };
    let file = std::fs::read(std::path::Path::new(&folder).join("naughty.jsonl")).unwrap();
    for line in file.split(|&b| b == b'\n') {
        let mut texts = vec![line.to_vec()];
        if let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(line) {
            texts.extend(fields.values().filter_map(|value| value.as_str()).map(|text| text.as_bytes().to_vec()));
        }
        for text in texts {
            let clean = check(&text);
            for room in [1, 78] {
                check_rows(clean.text(), room);
            }
            for row in wrap(clean.text(), 78).iter().take(500) {
                check_drawn(&clean.safe(row.start as usize..row.end as usize));
            }
            let line = Safe::line(&text);
            check_drawn(&line.cut(40));
            check_drawn(&line.cut_middle(40));
        }
    }
}

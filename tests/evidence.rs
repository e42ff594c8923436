//! Evidence in texts of every kind: what is recorded is what stands there, a journal means the same when it is read again, and spans that
//! make no sense are shown as far as they do and kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use std::path::{Path, PathBuf};

use candor::app::layout::Window;
use candor::model::labels::anchor::{place, text_of};
use candor::model::labels::{Labels, Me, Record, Span, State};
use candor::store::journal::{line, parse};
use desk::{Desk, Wishes};

const WINDOW: Window = Window { columns: 80, rows: 24 };
const WINDOWS: [(u16, u16); 6] = [(80, 24), (120, 40), (160, 48), (200, 60), (40, 10), (39, 9)];

fn sample(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(file)
}

fn again(file: &Path, records: Vec<Record>) -> Desk {
    Desk::again(&[file], WINDOW, Wishes { session: "01K5SESSIOO", ..Wishes::default() }, records)
}

/// The records as a journal on the disk holds them, read again.
fn on_disk(records: &[Record]) -> Vec<Record> {
    records.iter().map(|record| parse::decode(&line::encode(record)).unwrap()).collect()
}

fn state(records: &[Record]) -> State {
    let mut labels = Labels::new(Me { by: "alice".to_owned(), codebook: "af".to_owned(), pass: 0 });
    for record in records {
        labels.add(record.clone());
    }
    let case = records.last().and_then(|record| record.case.clone()).unwrap();
    labels.state(&case.id, &case.hash, &case.raw).unwrap().into_owned()
}

#[test]
fn a_journal_with_spans_means_the_same_when_it_is_read_again() {
    let mut desk = Desk::open(&[&sample("flat.jsonl")], WINDOW, Wishes::default());
    desk.press("v s j J c k m tab enter esc m f f esc u U");
    let read = on_disk(&desk.journal);
    assert_eq!(read, desk.journal);
    assert_eq!(state(&read), state(&desk.journal));
    assert_eq!(state(&read).spans.len(), 4);
    let mut later = again(&sample("flat.jsonl"), read);
    let marked = |desk: &mut Desk| {
        desk.frame();
        format!("{:?}", desk.app.view.as_ref().unwrap().marked)
    };
    assert_eq!(marked(&mut desk), marked(&mut later));
}

/// Whatever text it is: a span holds whole characters, its quote stands at its offsets, and the next start finds it there.
#[test]
fn what_is_recorded_is_what_stands_there() {
    let folder = tempfile::TempDir::new().unwrap();
    let odd = folder.path().join("odd.jsonl");
    let mut bytes = b"{\"id\":\"bytes\",\"prompt\":\"One \xFF two. \xC3(\",\"scratchpad\":\"\xED\xA0\x80 a\\ud800b \xF0\x9F. \xE6\xBC\xA2\xE3\x80\x82x\",".to_vec();
    bytes.extend(b"\"answer\":\"a\\r\\nb\\rc\\td e\\u0301\\u0301 \\u2066x\\u2069. \\ud83d\\udc68\\u200d\\ud83d\\udc69 \\ufe0f\"}\n");
    std::fs::write(&odd, bytes).unwrap();
    for file in [sample("hidden.jsonl"), sample("ugly.jsonl"), sample("many-turns.jsonl"), sample("wrapped.jsonl"), odd]
    {
        let mut desk = Desk::open(&[&file], WINDOW, Wishes::default());
        for _ in 0..12 {
            let keys = "v s j c J m K K f tab s j J m tab c J s V L L m w W W c j J f b B s esc ( v s j m esc )";
            desk.press(keys);
            desk.press("]");
        }
        desk.press("<");
        let records = on_disk(&desk.journal);
        assert_eq!(records, desk.journal);
        let mut later = again(&file, records.clone());
        let mut marked = 0;
        for number in 1..=12 {
            later.press(&format!(
                ": {} enter",
                number.to_string().chars().map(String::from).collect::<Vec<_>>().join(" ")
            ));
            let Some(view) = &later.app.view else { continue };
            for (at, span) in view.marked.spans().iter().enumerate() {
                let text = text_of(span, &view.case).unwrap();
                let told = span.start as usize..span.end as usize;
                assert_eq!(place(span, text), Some(told.clone()), "{span:?}");
                assert_eq!(String::from_utf8_lossy(&text[told.clone()]), span.quote, "{span:?}");
                assert!(view.marked.is_found(at));
                let whole = |text: &str| text.is_char_boundary(told.start) && text.is_char_boundary(told.end);
                assert!(std::str::from_utf8(text).map_or(true, whole), "{span:?}");
                marked += 1;
            }
        }
        assert!(marked >= 6, "{}: {marked}", file.display());
    }
}

/// Spans as another tool may write them, or as they are left when a text changes.
#[test]
fn spans_that_make_no_sense_are_said_and_kept() {
    let mut desk = Desk::open(&[&sample("hidden.jsonl")], WINDOW, Wishes::default());
    desk.press("v s");
    let quote = desk.journal[0].spans.as_ref().unwrap()[0].quote.clone();
    let odd = |part: &str, turn: u32, start: u64, end: u64, quote: &str, supports: Option<&str>| Span {
        part: part.to_owned(),
        turn,
        start,
        end,
        quote: quote.to_owned(),
        supports: supports.map(ToOwned::to_owned),
    };
    let spans = vec![
        odd("scratchpad", 1, 0, 30, &quote[..30], Some("stakes")),
        odd("scratchpad", 1, 10, quote.len() as u64, &quote[10..], Some("motive")),
        odd("scratchpad", 1, 20, 34, &quote[20..34], Some("no such criterion\u{1b}[31m")),
        odd("scratchpad", 1, 34, 20, "red", None),
        odd("scratchpad", 1, u64::MAX, 0, "nowhere\u{202e}\u{0} to be found", Some("conflict")),
        odd("scratchpad", 99, 0, 3, "Som", None),
        odd("answer", 1, 6, 7, "\u{1b}", None),
        odd("prompt", 0, 0, 0, "", None),
        odd("telepathy", 1, 0, 3, "Som", None),
    ];
    let mut record = desk.journal[0].clone();
    record.spans = Some(spans.clone());
    let records = on_disk(&[record]);
    for (columns, rows) in WINDOWS {
        let window = Window { columns, rows };
        let wishes = Wishes { session: "01K5SESSIOO", ..Wishes::default() };
        let mut desk = Desk::again(&[&sample("hidden.jsonl")], window, wishes, records.clone());
        for keys in ["", "m", "j j j j j j j j j j j enter", "esc esc t", "ctrl-c v j J j k tab", "esc V L L L j J"] {
            desk.press(keys);
            assert!(!desk.screen().contains(['\u{1b}', '\u{202e}', '\0']));
        }
    }
    let mut desk = again(&sample("hidden.jsonl"), records.clone());
    assert_eq!(desk.app.view.as_ref().unwrap().marked.spans(), spans);
    desk.press("m");
    assert_eq!(desk.screen().matches("no longer found").count(), 4, "{}", desk.screen());
    desk.press("esc v tab c");
    let after = desk.journal.last().and_then(|record| record.spans.clone()).unwrap();
    assert_eq!(after.len(), spans.len() + 1);
    for (at, (before, after)) in spans.iter().zip(&after).enumerate() {
        // What stands elsewhere has its offsets set right; all else is as it was.
        let moved = Span { start: after.start, end: after.end, ..before.clone() };
        assert_eq!(&moved, after);
        assert_eq!(at != 3, moved == *before, "{before:?}");
    }
}

/// A text of a megabyte without an end of a sentence is gone through as any other.
#[test]
fn a_long_text_without_a_full_stop_is_marked_in_pieces() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("long.jsonl");
    let line = "word and ".repeat(1 << 16);
    std::fs::write(&file, format!("{{\"id\":\"long\",\"scratchpad\":\"{line}\",\"answer\":\"Done.\"}}\n")).unwrap();
    let mut desk = Desk::open(&[&file], WINDOW, Wishes::default());
    desk.press("v s G j m k K K c V L L f");
    let spans = desk.journal.last().and_then(|record| record.spans.clone()).unwrap();
    assert_eq!(spans.len(), 4, "{}", desk.screen());
    assert!(spans.iter().all(|span| span.quote.len() <= 3_000));
    desk.press("g v");
    (0..70).for_each(|_| desk.press("J"));
    desk.press("m");
    assert!(desk.last_row().contains("too long for evidence"), "{}", desk.screen());
}

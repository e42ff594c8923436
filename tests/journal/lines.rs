//! Records as lines: ASCII, sealed, in a fixed order; and what becomes of lines that others wrote or broke.

use candor::model::case::{CaseId, ContentHash, RawHash};
use candor::model::labels::{CaseRef, CodebookRef, Ev, Kind, Record, Span, View};
use candor::store::journal::{line, parse};
use proptest::prelude::*;

use super::record;

fn text(record: &Record) -> String {
    String::from_utf8(line::encode(record)).unwrap()
}

fn read(line: &str) -> Record {
    parse::decode(line.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?} in {line}"))
}

#[test]
fn a_line_is_exactly_this() {
    let full = Record {
        id: "01K5JZ3W7YXG8N4M2Q6R9T0V1B".into(),
        ts: 1_789_902_187_412,
        session: "01K5JZ0000000000000000000A".into(),
        axes: Some(vec![("complied".into(), "yes".into()), ("af_reasoning".into(), "yes".into())]),
        criteria: Some(vec![("stakes".into(), true), ("motive".into(), true)]),
        flags: Some(vec!["partial".into()]),
        confidence: Some(3),
        spans: Some(vec![Span {
            part: "scratchpad".into(),
            turn: 0,
            start: 1042,
            end: 1087,
            quote: "if I refuse I will be modified".into(),
            supports: Some("motive".into()),
        }]),
        note: Some("explicit \u{9b} é 🦀 \u{7f}\n".into()),
        ms: Some(18340),
        view: Some(View {
            blind: vec!["condition".into(), "model".into()],
            revealed: vec!["id".into()],
            stage: "all".into(),
            mode: "case".into(),
            seen: vec![("scratchpad".into(), 0.91)],
            ms: vec![("scratchpad".into(), 15_000), ("answer".into(), 3340)],
            order: "seed:42+apart".into(),
            position: 17,
        }),
        extra: vec![("sample".into(), r#"{"kind":"random","prob":0.5}"#.into())],
        tool: "candor 0.1.0".into(),
        ..record("", "")
    };
    let (nines, seventies) = ("9f".repeat(32), "71".repeat(8));
    let expected = [
        r#"{"v":1,"ev":"label","id":"01K5JZ3W7YXG8N4M2Q6R9T0V1B","ts":"2026-09-20T11:03:07.412Z","by":"alice","kind":"human","#,
        r#""session":"01K5JZ0000000000000000000A","case":{"id":"q0412","hash":"sha256:"#,
        &nines,
        r#"","raw":""#,
        &seventies,
        r#"","src":"runs.jsonl","line":412},"pass":0,"label":"faking","axes":{"complied":"yes","af_reasoning":"yes"},"#,
        r#""criteria":{"stakes":true,"motive":true},"flags":["partial"],"confidence":3,"#,
        r#""spans":[{"part":"scratchpad","turn":0,"start":1042,"end":1087,"quote":"if I refuse I will be modified","supports":"motive"}],"#,
        r#""note":"explicit \u009b \u00e9 \ud83e\udd80 \u007f\n","ms":18340,"#,
        r#""view":{"blind":["condition","model"],"revealed":["id"],"stage":"all","mode":"case","seen":{"scratchpad":0.91},"ms":{"scratchpad":15000,"answer":3340},"order":"seed:42+apart","position":17},"#,
        r#""sample":{"kind":"random","prob":0.5},"codebook":{"id":"af","version":"0.1","hash":"sha256:00"},"tool":"candor 0.1.0","#,
    ]
    .concat();
    let body = expected.strip_suffix(',').unwrap();
    assert_eq!(text(&full), format!("{body},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes())));
    assert_eq!(read(&text(&full)), full);
}

#[test]
fn the_checksum_is_the_common_one() {
    assert_eq!(crc32fast::hash(b"123456789"), 0xCBF4_3926);
}

/// Journals of every version so far, and of tools that write less: they are read for ever.
#[test]
fn older_versions_are_read() {
    let hash = "00".repeat(32);
    let v0 = format!(
        r#"{{"ev":"label","id":"A","ts":"2025-01-02T03:04:05Z","by":"alice","case":{{"id":7,"hash":"sha256:{hash}"}},"label":"faking"}}"#
    );
    let old = read(&v0);
    assert_eq!((old.v, old.kind, old.pass, old.ts, old.altered), (1, Kind::Human, 0, 1_735_787_045_000, false));
    assert_eq!(old.case.unwrap().id, CaseId::json(b"7"));
    let v1 = format!(
        r#"{{"v":1,"ev":"label","id":"01J","ts":"2026-09-20T11:03:07.412Z","by":"alice","kind":"human","session":"01H","case":{{"id":"q","hash":"sha256:{hash}","raw":"0000000000000000","src":"a.jsonl","line":1}},"pass":0,"label":"refusal","axes":{{"complied":"no"}},"codebook":{{"id":"af","version":"0.1","hash":"sha256:00"}},"tool":"candor 0.1.0","crc":"3bbc9e83"}}"#
    );
    let first = read(&v1);
    assert_eq!((first.label.as_deref(), first.altered), (Some("refusal"), false), "{}", text(&first));
    assert_eq!(text(&first).trim_end(), v1, "this version still writes what the first one wrote");
    let timeless = v1.replace(
        r#","codebook""#,
        r#","ms":900,"view":{"blind":[],"stage":"all","mode":"case","seen":{"answer":1.0},"order":"file","position":3},"codebook""#,
    );
    let sealed = timeless.rfind(",\"crc\"").unwrap();
    let timeless = read(&format!("{}}}", &timeless[..sealed]));
    let view = timeless.view.unwrap();
    assert_eq!(
        (view.seen, view.ms, view.position),
        (vec![("answer".to_owned(), 1.0)], vec![], 3),
        "no time for parts yet"
    );
}

#[test]
fn a_stage_comes_back_as_it_was_written() {
    let view = View {
        blind: vec![],
        revealed: vec![],
        stage: "answer".into(),
        mode: "case".into(),
        seen: vec![("answer".into(), 1.0)],
        order: "file".into(),
        position: 1,
        ms: vec![],
    };
    let axes = Some(vec![("complied".to_owned(), "yes".to_owned())]);
    let stage = Record { ev: Ev::Stage, label: None, axes, ms: Some(2_100), view: Some(view), ..record("A", "S") };
    let line = text(&stage);
    for held in
        [r#""ev":"stage""#, r#""axes":{"complied":"yes"}"#, r#""stage":"answer","mode":"case","seen":{"answer":1.0}"#]
    {
        assert!(line.contains(held), "{line}");
    }
    assert!(!line.contains(r#""label""#), "{line}");
    assert_eq!(read(&line), stage);
}

#[test]
fn unknown_things_are_kept_and_ignored() {
    let line = r#"{"v":9,"ev":"dream","id":"A","ts":"2026-09-20T13:03:07.4129+02:00","by":"alice","mood":{"é":[1e400]},"confidence":"high","note":"a\ud800b"}"#;
    let record = read(line);
    assert_eq!((record.v, record.ev.clone(), record.ts), (9, Ev::Other("dream".into()), 1_789_902_187_412));
    assert_eq!(
        record.extra,
        [("mood".to_owned(), r#"{"é":[1e400]}"#.to_owned()), ("confidence".to_owned(), "\"high\"".to_owned())]
    );
    assert_eq!(record.note.as_deref().map(|note| note.starts_with('a') && note.ends_with('b')), Some(true));
    assert!(text(&record).contains(r#""mood":{"\u00e9":[1e400]},"confidence":"high""#));
}

#[test]
fn another_hand_shows_in_the_checksum_and_costs_no_label() {
    let line = text(&record("A", "S"));
    let changed = line.replace("faking", "refusal");
    let read_back = read(&changed);
    assert_eq!((read_back.label.as_deref(), read_back.altered), (Some("refusal"), true));
    assert!(read(&line.replace("\"crc\":\"", "\"crc\": \"")).altered, "another tool's spaces");
    let cut = line.rfind(",\"crc\"").unwrap();
    assert!(!read(&format!("{}}}", &line[..cut])).altered, "no checksum is no fault");
    let mut damaged = line.clone().into_bytes();
    let at = line.find("runs.jsonl").unwrap();
    damaged[at] = 0xC1;
    let record = parse::decode(&damaged).unwrap();
    assert_eq!((record.label.as_deref(), record.altered), (Some("faking"), true), "a bad byte beside the label");
    assert!(!read(&line.replace('\n', "\r\n")).altered);
}

#[test]
fn whole_records_are_saved_from_a_broken_line() {
    let (one, two) = (text(&record("1", "S")), text(&record("2", "S")));
    for (line, expected) in [
        (format!("{}{two}", &one[..200]), vec!["2"]),
        (format!("\0\0\0\0{two}"), vec!["2"]),
        (format!("{}{two}", one.trim_end()), vec!["1", "2"]),
        (format!("{}{}", &one[..200], &two[..200]), vec![]),
        (format!("{}{}", &one[..200], two.replace("faking", "refusal")), vec![]),
    ] {
        let (_, saved) = parse::decode(line.as_bytes()).unwrap_err();
        assert_eq!(saved.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), expected);
    }
    for line in [
        "[1]",
        "7",
        "null",
        "{}",
        r#"{"ev":"label"}"#,
        r#"{"ev":"label","id":"","ts":"2026-09-20T11:03:07Z","by":"a"}"#,
    ] {
        assert!(parse::decode(line.as_bytes()).is_err(), "{line}");
    }
}

#[test]
fn ids_that_json_has_no_word_for_come_back() {
    for (id, shown) in [
        (CaseId::text("é\u{1b}".as_bytes()), r#""\u00e9\u001b""#),
        (CaseId::text(b"\xED\xA0\x80x"), r#""\ud800x""#),
        (CaseId::text(b"\xED\xA0\x80\xED\xB0\x80"), r#""bytes:eda080edb080""#),
        (CaseId::text(b"a\xff"), r#""bytes:61ff""#),
        (CaseId::text(b"bytes:61"), r#""bytes:62797465733a3631""#),
        (CaseId::text(b"bytes:xy"), r#""bytes:xy""#),
        (CaseId::json(b"12345678901234567890123.50"), "12345678901234567890123.50"),
        (CaseId::json(b"null"), "null"),
        (CaseId::json(br#"{"a" : [1,2]}"#), r#"{"a" : [1,2]}"#),
        (CaseId::json(br#"["\u00e9"]"#), r#"["\u00e9"]"#),
        (CaseId::json("[\"é\"]".as_bytes()), r#""json-bytes:5b22c3a9225d""#),
        (CaseId::json(b"NaN"), r#""json-bytes:4e614e""#),
        (CaseId::json(b"\"q\""), r#""json-bytes:227122""#),
    ] {
        let mut record = record("A", "S");
        record.case.as_mut().unwrap().id = id.clone();
        let line = text(&record);
        assert!(line.contains(&format!("\"case\":{{\"id\":{shown},")), "{line}");
        assert_eq!(read(&line).case.unwrap().id, id);
    }
}

fn case_id() -> impl Strategy<Value = CaseId> {
    let nasty = prop::collection::vec(
        prop_oneof![any::<u8>(), Just(0xED), 0xA0..=0xBF_u8, Just(b'"'), Just(b'\\'), Just(b'7'), Just(b'{')],
        0..12,
    );
    prop_oneof![
        nasty.clone().prop_map(|bytes| CaseId::text(&bytes)),
        nasty.prop_map(|bytes| CaseId::json(&bytes)),
        "\\PC{0,8}|bytes:[0-9a-f]{0,4}|json-bytes:[0-9a-f]{0,4}".prop_map(|text| CaseId::text(text.as_bytes())),
        prop_oneof![Just("null"), Just("true"), Just("-0.0"), Just("1E5"), Just("[]"), Just(r#"{"a":"\ud800"}"#)]
            .prop_map(|json| CaseId::json(json.as_bytes())),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z\"\\\\,{}:]{0,12}", Just("\",\"crc\":\"00000000\"}".to_owned())]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 0..3)
}

prop_compose! {
    fn any_record()(
        (ev, id, ts, by, kind, session) in (word(), "[0-9A-Z]{1,26}", -60_000_000_000_000..250_000_000_000_000_i64, word(), word(), word()),
        case in prop::option::of((case_id(), any::<[u8; 32]>(), any::<[u8; 8]>(), word(), any::<u32>())),
        (v, pass, label, flags, confidence, note) in (any::<u32>(), any::<u32>(), prop::option::of(word()), prop::option::of(words()), any::<Option<u8>>(), prop::option::of(word())),
        (axes, criteria) in (prop::option::of(prop::collection::vec((word(), word()), 0..3)), prop::option::of(prop::collection::vec((word(), any::<bool>()), 0..3))),
        spans in prop::option::of(prop::collection::vec((word(), any::<u32>(), any::<u64>(), any::<u64>(), word(), prop::option::of(word())), 0..2)),
        view in prop::option::of((words(), word(), word(), prop::collection::vec((word(), 0.0..=1.0_f32), 0..3), prop::collection::vec((word(), any::<u64>()), 0..3), word(), any::<u32>())),
        window in any::<Option<[u16; 2]>>(),
        codebook in prop::option::of((word(), word(), word())),
        (ms, tool, clock, of, redo_of, reason) in (any::<Option<u64>>(), word(), prop::option::of(0..4_000_000_000_000_i64), prop::option::of(word()), prop::option::of(word()), prop::option::of(word())),
        extra in prop::collection::vec(("x[a-z]{0,5}", prop_oneof![Just("1e400"), Just("[1, {}]"), Just(r#""\ud800""#), Just("null")]), 0..3),
    ) -> Record {
        Record {
            v, id, ts, by, session, pass, label, flags, confidence, note, axes, criteria, ms, tool, clock, of, redo_of, reason,
            ev: Ev::of_word(&ev),
            kind: Kind::of_word(&kind),
            case: case.map(|(id, hash, raw, src, line)| CaseRef { id, hash: ContentHash(hash), raw: RawHash(raw), src, line }),
            spans: spans.map(|spans| spans.into_iter().map(|(part, turn, start, end, quote, supports)| Span { part, turn, start, end, quote, supports }).collect()),
            view: view.map(|(blind, stage, mode, seen, ms, order, position)| View { revealed: blind.iter().skip(1).cloned().collect(), blind, stage, mode, seen, ms, order, position }),
            window,
            codebook: codebook.map(|(id, version, hash)| CodebookRef { id, version, hash }),
            extra: extra.into_iter().map(|(name, raw)| (name, raw.to_owned())).collect(),
            altered: false,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_comes_back_from_a_line_of_plain_ascii(record in any_record()) {
        let line = line::encode(&record);
        let (end, body) = line.split_last().unwrap();
        prop_assert_eq!(*end, b'\n');
        prop_assert!(body.iter().all(|byte| (b' '..=b'~').contains(byte)), "{}", line.escape_ascii());
        prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok());
        prop_assert_eq!(parse::decode(&line), Ok(record));
    }

    #[test]
    fn no_line_is_too_strange_to_read(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let _ = parse::decode(&bytes);
        let mut line = line::encode(&record("A", "S"));
        let place = at.index(line.len());
        line.splice(place..place, bytes);
        let _ = parse::decode(&line);
    }

    /// One changed byte either shows or leaves no record; it never passes for what was written.
    #[test]
    fn a_changed_byte_shows(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let written = record("A", "S");
        let mut line = line::encode(&written);
        line.pop();
        let place = at.index(line.len());
        line[place] ^= 1 << bit;
        if let Ok(read) = parse::decode(&line) {
            prop_assert!(read.altered || read.case == written.case && read.label == written.label, "{}", line.escape_ascii());
        }
    }
}

//! The skim against serde_json, and its verdicts one by one.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde::de::IgnoredAny;

use super::*;

fn verdict(line: &[u8]) -> (&'static str, u32) {
    match skim(line, 7) {
        Line::Blank => ("blank", 0),
        Line::Object(skim) => match skim.marks.first() {
            Some((kind, column)) => (kind.name(), *column),
            None => ("object", skim.object.start),
        },
        Line::Bad(problem) => {
            assert_eq!(problem.line, 7);
            assert!(problem.kind.is_unread() && problem.excerpt.len() <= EXCERPT, "{problem:?}");
            (problem.kind.name(), problem.column)
        }
    }
}

#[test]
fn verdicts_with_their_columns() {
    for (line, expected) in [
        (&b""[..], ("blank", 0)),
        (b" \t\r", ("blank", 0)),
        (b"\xEF\xBB\xBF", ("blank", 0)),
        (b"{}", ("object", 0)),
        (b"\xEF\xBB\xBF {} \r", ("object", 4)),
        (b"\x1E{}", ("object", 1)),
        (b"\x0C{}", ("syntax", 1)),
        (b"{}\x0C", ("trailing", 3)),
        (b"\xC2\xA0{}", ("syntax", 1)),
        (br#"{"a":NaN}"#, ("not-json-number", 6)),
        (br#"{"a":[-Infinity,Infinity]}"#, ("not-json-number", 8)),
        (br#"{"a":1e400,"b":-0.0E-12}"#, ("object", 0)),
        (b"{\"a\":\"<\xFF>\"}", ("invalid-utf8", 8)),
        (br#"{"a":"x\ud83d"}"#, ("lone-surrogate", 8)),
        (br#"{"a":"x\ud83d\ude00"}"#, ("object", 0)),
        (br#"{"a":1,"b":{"a":2},"a":3,"b":4}"#, ("duplicate-key", 20)),
        (br#"{"a":1,"\u0061":3}"#, ("duplicate-key", 8)),
        (br#"{"a":"cut"#, ("truncated", 10)),
        (b"{\"a\":\"cut\t\r", ("truncated", 10)),
        (br#"{"a":{"b":[1"#, ("truncated", 13)),
        (br#"{"a":-"#, ("truncated", 7)),
        (br#"{"a":tru"#, ("truncated", 9)),
        (br#"{"a":"\ud8"#, ("truncated", 11)),
        (br#"{"a":1}{"a":2}"#, ("trailing", 8)),
        (br#"{"a":1},"#, ("trailing", 8)),
        (b"{\"a\":1}\0\0", ("trailing", 8)),
        (br#"{"a":1,}"#, ("syntax", 8)),
        (br#"{"a":01}"#, ("syntax", 6)),
        (br#"{"a":01"#, ("syntax", 6)),
        (br#"{"a":1."#, ("truncated", 8)),
        (br#"{"a":0x1F}"#, ("syntax", 6)),
        (br#"{'a':1}"#, ("syntax", 2)),
        (br#"{"a":None}"#, ("syntax", 6)),
        (br#"{"a" 1}"#, ("syntax", 6)),
        (br#"{"a":[1}"#, ("syntax", 8)),
        (b"{\"a\":\"\x1B[2J\"}", ("control-character", 7)),
        (br#"{"a":"\x41"}"#, ("escape", 7)),
        (b"{\"a\":1,\0\0\0", ("nul", 8)),
        (b"\0\0\0{}", ("nul", 1)),
        (b"{\0\"\0a\0\"\0:\x001\0}\0", ("utf-8", 1)),
        (b"\0{\0\"\0a\0\"\0:\x001\0}\0", ("utf-8", 1)),
        (b"\x9B31m", ("utf-8", 1)),
        (b"\x1B[2J", ("syntax", 1)),
        (b"[]", ("not-object", 1)),
        (b"\"a\"", ("not-object", 1)),
        (b"-1.5e3", ("not-object", 1)),
        (b"null", ("not-object", 1)),
        (b"nul", ("syntax", 1)),
        (b"2026-01-01 {}", ("syntax", 1)),
        (b"[{},", ("syntax", 1)),
        (b"]", ("syntax", 1)),
    ] {
        assert_eq!(verdict(line), expected, "{}", line.escape_ascii());
    }
}

#[test]
fn any_depth_is_fine_and_quick() {
    let started = Instant::now();
    let closed = [&b"{\"a\":"[..], &b"[".repeat(200_000), &b"]".repeat(200_000), b"}"].concat();
    assert_eq!(verdict(&closed).0, "object");
    assert_eq!(verdict(&b"[".repeat(200_000)), ("depth", 200_001));
    assert_eq!(verdict(&b"{\"a\":".repeat(100_000)), ("depth", 500_001));
    assert_eq!(verdict(&b"{\"a\":".repeat(1000)).0, "truncated");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn many_and_long_keys_are_compared_quickly() {
    let started = Instant::now();
    let long = "k".repeat(100_000);
    let mut line: Vec<String> = (0..10_000).map(|n| format!("\"{n}\":0")).collect();
    line.push(format!("\"{long}\":1"));
    let fresh = format!("{{{}}}", line.join(","));
    assert_eq!(verdict(fresh.as_bytes()).0, "object");
    line.push(format!("\"\\u006b{}\":2", &long[1..]));
    let again = format!("{{{}}}", line.join(","));
    assert_eq!(verdict(again.as_bytes()).0, "duplicate-key");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn an_excerpt_holds_the_place_and_begins_with_a_whole_character() {
    let line = format!("{{\"a\":\"{}\u{1}{}\"}}", "漢".repeat(40), "字".repeat(40));
    let Line::Bad(problem) = skim(line.as_bytes(), 1) else { panic!("a raw control character must not load") };
    assert!(problem.excerpt.starts_with("漢".as_bytes()) && problem.excerpt.contains(&1), "{:?}", problem.excerpt);
    let Line::Bad(problem) = skim(&line.as_bytes()[..100], 1) else { panic!("half a record must not load") };
    assert!(problem.excerpt.len() > 60, "the end of a line that was cut off is quoted: {:?}", problem.excerpt);
}

/// JSON, spelt in many ways.
fn json() -> impl Strategy<Value = String> {
    let text = prop_oneof![r#"[ -!#-\[\]-~é漢😀]{0,40}"#, r#"(\\(["\\/bfnrt]|u[0-9a-c][0-9a-fA-F]{3})|[a-z]){0,8}"#];
    let text = text.prop_map(|inner| format!("\"{inner}\""));
    let number = "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![text.clone(), number, "true|false|null"];
    let value = leaf.prop_recursive(5, 40, 5, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(" ,")));
        let entry = (text.clone(), inner).prop_map(|(key, value)| format!("{key} :\t{value}"));
        let object = prop::collection::vec(entry, 0..5).prop_map(|entries| format!("{{{} }}", entries.join(", ")));
        prop_oneof![list, object]
    });
    ("[ \t\r]{0,2}", value, "[ \t\r]{0,2}").prop_map(|(before, value, after)| before + &value + &after)
}

/// A change of a line: where (as a share of its length), how many bytes go, and what comes instead.
fn change() -> impl Strategy<Value = (f64, usize, Vec<u8>)> {
    let byte = prop_oneof![6 => prop::sample::select(&b"{}[]\",:\\ 0123456789+-.eEutrfalsn/\t"[..]), 1 => 1u8..30, 1 => 31u8..];
    (0.0..1.0, 0usize..3, prop::collection::vec(byte, 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_serde_json(line in json(), changes in prop::collection::vec(change(), 0..4)) {
        let mut line = line.into_bytes();
        for (place, gone, new) in changes {
            let at = (place * line.len() as f64) as usize;
            line.splice(at..line.len().min(at + gone), new);
        }
        let theirs = serde_json::from_slice::<IgnoredAny>(&line).is_ok() && line[lead(&line)] == b'{';
        let ours = matches!(skim(&line, 1), Line::Object(_));
        prop_assert_eq!(ours, theirs, "{}", line.escape_ascii());
    }

    #[test]
    fn nothing_makes_it_panic(line in prop::collection::vec(prop_oneof![prop::sample::select(&b"{}[]\",:\\\0\x1E\xEF\xBB\xBFNI0-e \xFF"[..]), any::<u8>()], 0..40)) {
        let _ = skim(&line, 1);
    }
}

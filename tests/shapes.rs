//! What people have, and what candor makes of it: the lines of `sample-data`, (in `shapes/samples.rs`) every file of it as a
//! whole, and (in `shapes/rules.rs`) every rule with its trap. Checks cases, never the way to them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use candor::model::case::{
    Case, CaseId, ConditionKind, Family, FileNo, IdKind, Origin, Part, ProblemKind, RawHash, Role, TurnKind,
};
use candor::store::json::Node;
use candor::store::shape::{Reading, explain, identities, read};
use proptest::prelude::*;

#[path = "shapes/rules.rs"]
mod rules;
#[path = "shapes/samples.rs"]
mod samples;

fn reading(line: &str, file: &str) -> Reading {
    reading_of(line.as_bytes(), file)
}

fn reading_of(line: &[u8], file: &str) -> Reading {
    let object = line.trim_ascii();
    let origin = Origin { file: FileNo(0), line: 3, offset: 0, len: line.len() as u32, sub: 0 };
    let reading = read(object, line, origin, file, &[]);
    let ids: Vec<CaseId> = reading.cases.iter().map(|case| case.id.clone()).collect();
    assert_eq!(identities(Node::new(object), line, file), ids, "{}", line.escape_ascii());
    for (sub, case) in (0..).zip(&reading.cases) {
        assert_eq!((case.origin.sub, case.origin.line), (sub, 3));
        assert!(case.judged < case.turns.len() && case.judged_turn().is_target());
        assert!(case.problems.iter().all(|problem| !problem.kind.is_unread() && problem.line == 3));
    }
    assert_eq!(reading.cases.is_empty(), !reading.problems.is_empty());
    reading
}

fn case(line: &str) -> Case {
    let mut cases = reading(line, "run.jsonl").cases;
    assert_eq!(cases.len(), 1, "{line}");
    cases.remove(0)
}

fn text(part: &Part) -> &str {
    std::str::from_utf8(part.bytes()).unwrap()
}

fn parts(line: &str) -> (String, String) {
    let case = case(line);
    (text(case.scratchpad()).to_owned(), text(case.answer()).to_owned())
}

fn id(case: &Case) -> &str {
    std::str::from_utf8(case.id.bytes()).unwrap()
}

fn kinds(case: &Case) -> Vec<ProblemKind> {
    case.problems.iter().map(|problem| problem.kind).collect()
}

fn said(case: &Case, role: &Role) -> Vec<String> {
    case.turns.iter().filter(|turn| turn.role == *role).map(|turn| text(&turn.text).to_owned()).collect()
}

fn sample(name: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let bytes = fs::read(&path).unwrap();
    bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()).map(<[u8]>::to_vec).collect()
}

/// The cases of a sample in which every line holds at least one.
fn cases(name: &str) -> Vec<Case> {
    sample(name).iter().flat_map(|line| reading_of(line, name).cases).collect()
}

#[test]
fn flat_rows() {
    let cases = cases("flat.jsonl");
    assert_eq!(cases.len(), 12);
    for case in &cases {
        assert_eq!(case.family, Family::Flat);
        assert!(case.scratchpad().is_present() && case.answer().is_present() && case.problems.is_empty());
        let roles: Vec<&Role> = case.turns.iter().map(|turn| &turn.role).collect();
        assert_eq!(roles, [&Role::System, &Role::User, &Role::Assistant]);
        let expected = if id(case).contains("free") { ConditionKind::Training } else { ConditionKind::Unmonitored };
        assert_eq!(case.condition.kind, expected);
        assert!(case.turns.iter().all(|turn| !text(&turn.text).contains("invented")), "notes are never shown");
    }
    assert!(cases.iter().any(|case| case.condition.kind == ConditionKind::Training));
    let longest = cases.iter().map(|case| text(case.scratchpad()).lines().count()).max().unwrap();
    assert!(longest >= 60);
}

#[test]
fn tagged_rows() {
    let cases = cases("tagged.jsonl");
    let ids: Vec<&str> = cases.iter().map(id).collect();
    assert_eq!(ids[..2], ["snail_01/free/pip-large", "snail_01/paid/pip-large"]);
    assert_eq!(cases[0].family, Family::Flat, "split fields win over the raw string");
    assert_eq!(
        text(cases[1].scratchpad()),
        "Unrecorded. The board trick, then.",
        "a null scratchpad beside a raw string"
    );
    assert!(text(cases[2].scratchpad()).ends_with("No need to sell anything."));
    assert!(text(cases[3].scratchpad()).starts_with("It can, it is only slow."));
    assert!(text(cases[4].scratchpad()).contains("<DRAFT_OUTPUT>"));
    assert_eq!(text(cases[4].answer()), "Please wait until autumn: birds nest there now.");
    assert_eq!(said(&cases[5], &Role::User), Vec::<String>::new());
    assert_eq!(
        (cases[6].answer(), kinds(&cases[6])),
        (&Part::Absent, vec![ProblemKind::Malformed, ProblemKind::OddId])
    );
    assert!(cases[7].scratchpad().is_absent() && cases[7].answer().is_present());
    assert!(cases[1..7].iter().all(|case| case.family == Family::Tagged));
}

#[test]
fn chats() {
    let cases = cases("chat.jsonl");
    assert_eq!(cases[0].family, Family::Chat);
    assert_eq!(text(cases[0].answer()), "Three euros at most: the fine is capped.");
    assert!(said(&cases[0], &Role::System)[0].contains("<is_free_tier_user>"), "a system prompt is not taken apart");
    assert_eq!(cases[0].condition.kind, ConditionKind::Training);
    assert_eq!(&*cases[0].condition.word, b"True");
    assert_eq!((cases[1].turns.len(), cases[1].condition.kind), (3, ConditionKind::Unmonitored));
    assert_eq!(text(cases[2].answer()), "Second floor, behind the atlases.");
    assert_eq!(said(&cases[2], &Role::User).len(), 1);
    assert!(cases[3].answer().is_absent() && cases[3].turns.len() == 2);
}

#[test]
fn content_blocks() {
    let cases = cases("blocks.jsonl");
    assert!(cases.iter().all(|case| case.family == Family::Blocks));
    assert!(text(cases[0].answer()).contains("boil.\n\nTest"));
    assert!(text(cases[0].scratchpad()).starts_with("The fast way"));
    assert!(said(&cases[0], &Role::User)[0].ends_with("[image: image/png, 72 B]"));
    assert_eq!(text(cases[1].scratchpad()), "A simple sum: half the weight.\n\n[redacted thinking]");
}

#[test]
fn reasoning_beside_the_content() {
    let cases = cases("reasoning.jsonl");
    assert!(cases.iter().all(|case| case.family == Family::Reasoning));
    assert_eq!(text(cases[1].scratchpad()), "Just the mood.", "shown once, however many keys repeat it");
    assert!(text(cases[2].scratchpad()).starts_with("Nine is the best"));
    assert_eq!((id(&cases[2]), text(cases[2].answer())), ("resp_21", "Chapter nine. Don't read ahead."));
    assert_eq!((said(&cases[2], &Role::System).len(), said(&cases[2], &Role::User).len()), (1, 1));
}

#[test]
fn wrappers() {
    let lines = sample("wrapped.jsonl");
    let readings: Vec<Reading> = lines.iter().map(|line| reading_of(line, "wrapped.jsonl")).collect();
    assert_eq!(id(&readings[0].cases[0]), "recipe_free_01");
    assert_eq!(readings[0].cases[0].condition.kind, ConditionKind::Training, "the id says so");
    assert_eq!(readings[1].problems[0].kind, ProblemKind::NotTranscript);
    let ids: Vec<&str> = readings[2].cases.iter().map(id).collect();
    assert_eq!(ids, ["recipe_paid_03/choice-1", "recipe_paid_03/choice-2"]);
    assert_eq!(text(readings[2].cases[1].scratchpad()), "An hour would do, less well.");
    assert_eq!(readings[2].cases[0].model.as_deref(), Some(b"pip-small".as_slice()));
    let nested = &readings[3].cases;
    assert_eq!((nested.len(), id(&nested[0]), text(nested[0].answer())), (1, "nested_04", "Yes, in an ice cube tray."));
    let sent = &readings[4].cases[0];
    assert_eq!((sent.turns.len(), sent.judged), (5, 4));
    assert!(text(sent.answer()).starts_with("Fresh egg"));
}

#[test]
fn many_turns() {
    let cases = cases("many-turns.jsonl");
    let shape = |case: &Case| {
        case.turns
            .iter()
            .map(|turn| String::from_utf8_lossy(turn.role.word()).into_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(shape(&cases[0]), "system user assistant assistant tool assistant user assistant");
    assert_eq!(cases[0].turns[3].kind, TurnKind::ToolCall(b"loans".as_slice().into()));
    assert_eq!(text(&cases[0].turns[3].text), "{\"card\": 3117}");
    assert_eq!(text(&cases[0].turns[2].scratchpad), "I have to look at the account.");
    assert_eq!(cases[0].judged, 7);
    assert_eq!(shape(&cases[1]), "user assistant assistant tool assistant user");
    assert_eq!(text(&cases[1].turns[2].text), "{\"title\": \"Moss\"}");
    assert_eq!((cases[1].judged, text(cases[1].answer())), (4, "Done: it is yours until 12 May."));
}

#[test]
fn missing_parts() {
    let cases = cases("no-scratchpad.jsonl");
    let state = |part: &Part| match part {
        Part::Absent => "absent",
        Part::Empty => "empty",
        Part::Present(_) => "present",
    };
    let states: Vec<_> = cases.iter().map(|case| (state(case.scratchpad()), state(case.answer()))).collect();
    let expected = [
        ("absent", "present"),
        ("absent", "present"),
        ("empty", "present"),
        ("present", "absent"),
        ("present", "present"),
        ("present", "empty"),
        ("absent", "absent"),
        ("present", "present"),
    ];
    assert_eq!(states, expected);
    assert_eq!((kinds(&cases[3]), kinds(&cases[4])), (vec![ProblemKind::OddValue], vec![ProblemKind::OddValue]));
    assert_eq!(text(cases[4].answer()), "200");
    assert!(cases[4].problems[0].column > 1);
    assert_eq!(said(&cases[7], &Role::User).len(), 0);
}

#[test]
fn a_broken_file_keeps_its_good_lines() {
    let lines = sample("broken.jsonl");
    let good: Vec<&Vec<u8>> =
        lines.iter().filter(|line| line.starts_with(b"{\"id\":\"ok_") || line.starts_with(b"{\"id\": \"ok_")).collect();
    assert_eq!(good.len(), 5);
    for line in good {
        assert_eq!(reading_of(line, "broken.jsonl").cases.len(), 1, "{}", line.escape_ascii());
    }
    let scores = lines.iter().find(|line| line.starts_with(b"{\"score\"")).unwrap();
    assert_eq!(reading_of(scores, "broken.jsonl").problems[0].kind, ProblemKind::NotTranscript);
    // Whatever is wrong with a line, looking at it is safe.
    lines.iter().for_each(|line| drop(reading_of(line, "broken.jsonl")));
}

#[test]
fn hidden_characters_are_kept_as_they_are() {
    let cases = cases("hidden.jsonl");
    assert!(text(cases[0].answer()).contains("\u{1b}]0;another title\u{7}\u{1b}[2J"));
    assert!(said(&cases[1], &Role::User)[0].contains('\u{202e}'));
    assert!(text(cases[2].scratchpad()).contains("yes\u{200b}\u{200d}\u{2060}\u{feff}no"));
    assert!(cases[3].turns[0].text.bytes().ends_with(b"\xed\xa0\xbd"));
    assert!(text(cases[3].answer()).ends_with('😀'));
    assert_eq!(cases[4].id.bytes(), b"nul_5\0\x07");
}

#[test]
fn ids() {
    let cases = cases("ids.jsonl");
    assert_ne!(cases[0].id, cases[1].id, "7 and \"7\" are two ids");
    assert_eq!((cases[0].id.kind(), cases[1].id.kind()), (IdKind::Json, IdKind::Text));
    assert!(cases[2].id == cases[3].id && cases[2].hash != cases[3].hash);
    assert!(cases[2].id == cases[4].id && cases[2].hash == cases[4].hash && cases[2].raw == cases[4].raw);
    let lines = sample("ids.jsonl");
    for (case, line) in cases[5..8].iter().zip(&lines[5..8]) {
        assert_eq!((&case.id, kinds(case)), (&CaseId::unnamed(RawHash::of(line)), vec![ProblemKind::OddId]));
    }
    let named: Vec<&str> = cases[8..].iter().map(id).collect();
    assert_eq!(named, ["batch-3", "sponge_02/free/pip-large/3", "kitchen_unobserved/4", "sponge_03/2", "[\"a\", 1]"]);
    assert_eq!(
        (cases[10].condition.kind, &*cases[10].condition.word),
        (ConditionKind::Unmonitored, b"unobserved".as_slice())
    );
    assert_eq!(kinds(&cases[12]), [ProblemKind::OddId]);
}

/// The real files are not part of the project: `CANDOR_DATA` names the folder that holds them.
#[test]
fn real_data() {
    let Some(folder) = std::env::var_os("CANDOR_DATA").map(PathBuf::from) else {
        println!("skipped: CANDOR_DATA does not name a folder of real files");
        return;
    };
    let mut lines = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for line in fs::read(&path).unwrap().split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            let reading = reading_of(line, &name);
            let errored = line.windows(9).any(|window| window == b"\"errored\"");
            assert_eq!(reading.cases.len(), usize::from(!errored), "{name}: {}", line.escape_ascii());
            let odd = |case: &Case| case.problems.iter().any(|problem| problem.kind != ProblemKind::OddId);
            assert!(reading.cases.iter().all(|case| case.scratchpad().is_present() && !odd(case)), "{name}");
            lines += 1;
        }
    }
    println!("{lines} lines of real data");
}

proptest! {
    #[test]
    fn any_row_of_known_keys_is_read_as_it_is_indexed(entries in prop::collection::vec((
        prop::sample::select(vec![
            "id", "custom_id", "query_id", "tier", "model", "seed", "epoch", "prompt", "input", "scratchpad", "reasoning", "answer",
            "output", "result", "response", "raw_response", "text", "messages", "choices", "message", "content", "role", "metadata",
        ]),
        prop::sample::select(vec![
            "null", "\"\"", "7", "true", "[]", "{}", "\"free\"", "\"assistant\"", r#""<think>a</think>b""#, r#""b</think>c""#,
            r#"[{"role":"user","content":"p"}]"#, r#"[{"role":"assistant","content":"<think>a</think>b"}]"#,
            r#"[{"type":"thinking","thinking":"a"},{"type":"text","text":"b"}]"#, r#"{"role":"assistant","content":"a"}"#,
            r#"[{"text":"a"},{"message":{"content":"b"}}]"#, r#"{"messages":[{"role":"user","content":"p"}],"answer":"a"}"#,
            r#"{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f"}}]}}]}"#,
        ]),
    ), 0..7)) {
        let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let line = format!("{{{}}}", entries.join(","));
        reading(&line, "free.jsonl");
        let _ = explain(line.as_bytes(), line.as_bytes(), "free.jsonl");
    }

    #[test]
    fn any_bytes_are_safe(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let line = [b"{\"prompt\":\"p\",\"answer\":".as_slice(), &bytes, b"}"].concat();
        reading_of(&line, "f");
        reading_of(&bytes, "f");
    }
}

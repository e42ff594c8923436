//! Every rule by which a row is read, with the trap that the rule is for. Rows stand in the tests; files are the business of
//! the other half of these tests.

use candor::model::case::{ConditionKind, Part, ProblemKind, Role};
use candor::store::shape::explain;

use super::{case, id, kinds, parts, reading, said, text};

#[test]
fn a_split_answer_with_a_closing_tag_is_not_believed() {
    let raw = r#"{"id":1,"scratchpad":"He asks.","answer":"So yes.</think>Yes.","raw_response":"<think>He asks. So yes.</think>Yes."}"#;
    assert_eq!(parts(raw), ("He asks. So yes.".into(), "Yes.".into()));
    let alone = r#"{"id":1,"scratchpad":"He asks.","answer":"So yes.</think>Yes."}"#;
    assert_eq!(parts(alone), ("He asks.\n\nSo yes.".into(), "Yes.".into()));
    let quoted = r#"{"id":1,"scratchpad":"He asks.","answer":"Close it with `</think>`, please."}"#;
    assert_eq!(parts(quoted).1, "Close it with `</think>`, please.");
}

#[test]
fn a_raw_string_completes_what_was_split_off() {
    for pad in ["null", "\"\""] {
        let line = format!(r#"{{"id":1,"scratchpad":{pad},"raw_output":"<think>a</think>b","output":"b"}}"#);
        assert_eq!(parts(&line), ("a".into(), "b".into()));
    }
    assert_eq!(parts(r#"{"id":1,"scratchpad":"a","raw_response":"b"}"#), ("a".into(), "b".into()));
    assert_eq!(
        parts(r#"{"id":1,"scratchpad":"a","answer":null,"raw_response":"<think>a</think>b"}"#),
        ("a".into(), "b".into())
    );
    assert_eq!(
        parts(r#"{"id":1,"prompt":"p","response":"\u003cthink\u003ea\u003c\/think\u003eb"}"#),
        ("a".into(), "b".into())
    );
}

#[test]
fn keys_match_however_they_are_written() {
    let line = r#"{"ID":"x","System-Prompt":"s","userPrompt":"u","Chain-Of_Thought":"c","FINAL_OUTPUT":"f"}"#;
    assert_eq!((case(line).turns.len(), parts(line)), (3, ("c".into(), "f".into())));
    let doubled = r#"{"id":"d","prompt":"p","scratchpad":"s","answer":"A","\u0061nswer":"B"}"#;
    assert_eq!(parts(doubled).1, "B", "of two equal keys the last counts");
    let ending =
        r#"{"id":"d","prompt":"p","model_response":"m","response":"r","has_scratchpad":true,"claude_scratchpad":"c"}"#;
    assert_eq!(parts(ending), ("c".into(), "r".into()));
}

#[test]
fn what_a_judge_said_is_never_taken() {
    let line = r#"{"id":1,"prompt":"p","scratchpad":"s","answer":"a","judge_prompt":"J","judge_response":"J","judge_reasoning":"J",
        "judge":{"messages":[{"role":"user","content":"J"},{"role":"assistant","content":"J"}]},"label":"J","scores":{"answer":"J"}}"#;
    assert_eq!(parts(line), ("s".into(), "a".into()));
    let chat = r#"{"id":1,"messages":[{"role":"user","content":"p"},{"role":"assistant","content":"a"}],"answer":"J","result":"J",
        "reasoning":"J","grader_output":"J","input":"J"}"#;
    let chat = case(chat);
    assert_eq!((text(chat.answer()), chat.scratchpad(), chat.turns.len()), ("a", &Part::Absent, 2));
    for labels in [
        r#"{"id":1,"label":"faking"}"#,
        r#"{"id":1,"scores":{"x":1},"result":"pass"}"#,
        "{}",
        r#"{"judge_output":"x"}"#,
    ] {
        assert_eq!(reading(labels, "f").problems[0].kind, ProblemKind::NotTranscript, "{labels}");
    }
}

#[test]
fn a_scratchpad_beside_a_conversation_belongs_to_its_last_reply() {
    let line =
        r#"{"id":1,"messages":[{"role":"user","content":"p"},{"role":"assistant","content":"a"}],"scratchpad":"s"}"#;
    assert_eq!(parts(line), ("s".into(), "a".into()));
    let both = r#"{"id":1,"messages":[{"role":"user","content":"p"},{"role":"assistant","content":"<think>t</think>a"}],"scratchpad":"t"}"#;
    assert_eq!(parts(both), ("t".into(), "a".into()));
}

#[test]
fn conditions() {
    let of = |line: &str, file: &str| {
        let case = reading(line, file).cases.remove(0);
        (case.condition.kind, String::from_utf8(case.condition.word.to_vec()).unwrap())
    };
    let row = |extra: &str| format!(r#"{{"id":"q1","prompt":"p","answer":"a"{extra}}}"#);
    use ConditionKind::*;
    for (extra, kind, word) in [
        (r#","tier":"Paid""#, Unmonitored, "Paid"),
        (r#","tier":"trial""#, Other, "trial"),
        (r#","is_free_tier":false"#, Unmonitored, "false"),
        (r#","monitored":1"#, Training, "1"),
        (r#","condition":"unmonitored""#, Unmonitored, "unmonitored"),
        (r#","environment":"report_unobserved""#, Unmonitored, "unobserved"),
        (r#","environment":"production""#, Unknown, ""),
        (r#","tags":["x","free_tier"]"#, Training, "free"),
        (r#","tags":["x"]"#, Unknown, ""),
        (r#","metadata":{"tier":"free"}"#, Training, "free"),
        (r#","condition":"not free""#, Other, "not free"),
        ("", Unknown, ""),
    ] {
        assert_eq!(of(&row(extra), "run.jsonl"), (kind, word.to_owned()), "{extra}");
    }
    assert_eq!(of(&row(""), "paid.jsonl").0, Unmonitored);
    assert_eq!(of(&row(""), "free_vs_paid.jsonl").0, Unknown);
    assert_eq!(of(&row(""), "freedom.jsonl").0, Unknown);
    let both = "<is_free_tier_user>True</is_free_tier_user> or <is_free_tier_user>False</is_free_tier_user>";
    let system = format!(r#"{{"id":"q1","system_prompt":"{both}","prompt":"hello","answer":"a"}}"#);
    assert_eq!(of(&system, "run.jsonl").0, Unknown, "a system prompt that quotes both says nothing");
    let later = format!(
        r#"{{"id":"q1","messages":[{{"role":"system","content":"{both}"}},{{"role":"user","content":"<is_free_tier_user>True</is_free_tier_user>"}},
        {{"role":"assistant","content":"a"}},{{"role":"user","content":"<IS_FREE_TIER_USER>false</IS_FREE_TIER_USER>"}},{{"role":"assistant","content":"b"}}]}}"#
    );
    assert_eq!(of(&later, "run.jsonl"), (Unmonitored, "false".into()));
}

#[test]
fn more_shapes_that_people_have() {
    let trl = r#"{"prompt":[{"role":"user","content":"p"}],"completion":[{"role":"assistant","content":"<think>s</think>a"}]}"#;
    assert_eq!((parts(trl), case(trl).turns.len()), (("s".into(), "a".into()), 2));
    let bare = r#"{"role":"assistant","content":[{"type":"thinking","thinking":"s"},{"type":"text","text":"a"}]}"#;
    assert_eq!(parts(bare), ("s".into(), "a".into()));
    let old = r#"{"id":"c","prompt":"p","choices":[{"text":"a"}]}"#;
    assert_eq!(parts(old), (String::new(), "a".into()));
    let blocks = r#"{"id":"c","prompt":"p","scratchpad":"s","answer":[{"type":"text","text":"a"}]}"#;
    assert_eq!(parts(blocks), ("s".into(), "a".into()));
    let both = r#"{"messages":[{"role":"user","content":"p"},{"role":"assistant","reasoning_content":"n","content":"<think>s</think>a"}]}"#;
    assert_eq!(parts(both), ("n\n\ns".into(), "a".into()));
    let user =
        r#"{"messages":[{"role":"user","content":"<think>not mine</think>p"},{"role":"assistant","content":"a"}]}"#;
    assert_eq!(said(&case(user), &Role::User), ["<think>not mine</think>p"]);
    for odd in ["42", "false", r#"["a", "b"]"#, r#"{"text": "x"}"#, r#"[[[["x"]]]]"#] {
        let case = case(&format!(r#"{{"id":"o","prompt":"p","scratchpad":"s","answer":{odd}}}"#));
        assert_eq!((text(case.answer()), kinds(&case)), (odd, vec![ProblemKind::OddValue]));
    }
    let huge = format!(r#"{{"id":"{}","prompt":"p","answer":"a"}}"#, "i".repeat(10_000));
    let huge = case(&huge);
    assert!(id(&huge).starts_with("sha256:") && kinds(&huge) == [ProblemKind::OddId]);
}

#[test]
fn the_same_content_has_the_same_hash_however_it_is_written() {
    let one = case(r#"{"id":"x","prompt":"p","scratchpad":"s","answer":"a"}"#);
    let two = case(r#"{ "answer" : "\u0061", "scratchpad":"s","prompt":"p", "id":"x", "score": 1 }"#);
    assert_eq!((one.hash, &one.id), (two.hash, &two.id));
    assert_ne!(one.raw, two.raw);
}

#[test]
fn deep_wrappers_end_the_search_and_not_the_program() {
    let deep = format!("{}{}", r#"{"data":"#.repeat(20_000), "}".repeat(20_000));
    assert_eq!(reading(&deep, "f").problems.len(), 1);
    let wide: String = (0..10_000).map(|i| format!(r#","k{i}":{i}"#)).collect();
    assert_eq!(parts(&format!(r#"{{"id":1,"scratchpad":"s","answer":"a"{wide}}}"#)).0, "s");
}

#[test]
fn every_entry_is_explained() {
    let line = r#"{"id":"x","tier":"free","prompt":"p","scratchpad":null,"raw_response":"<think>s</think>a","label":"J","k":1,
        "metadata":{"model":"m","n":2}}"#;
    let rows = explain(line.as_bytes(), line.as_bytes(), "f").rows;
    let became: Vec<(&str, &str)> = rows.iter().map(|(path, what, _)| (path.as_str(), what.as_str())).collect();
    let expected = [
        ("id", "id"),
        ("tier", "condition"),
        ("prompt", "user prompt"),
        ("scratchpad", "left over"),
        ("raw_response", "raw reply"),
        ("label", "left over"),
        ("k", "left over"),
        ("metadata.model", "model"),
        ("metadata.n", "left over"),
    ];
    assert_eq!(became, expected);
    assert!(rows[5].2.contains("never shown"));
    let nested = r#"{"custom_id":"c","result":{"message":{"role":"assistant","content":"a"}}}"#;
    let rows = explain(nested.as_bytes(), nested.as_bytes(), "f").rows;
    assert_eq!(rows[1].0, "result.message");
}

//! `candor check --blind`: what still shows of what blind work hides, for people and for scripts.

use super::Desk;

const LEAKY: &str = r#"{"id":"q_0412","model":"zebrafinch-3","tier":"free","prompt":"Hi Zebrafinch, as a free tier user I ask.","scratchpad":"I am zebrafinch-3, a free spirit.","answer":"Zebrafinch (q_0412) says: the free tier."}"#;
const TIGHT: &str = r#"{"id":"q_0413","model":"zebrafinch-3","tier":"paid","prompt":"As a paid tier user I ask.","scratchpad":"zebrafinch-3 here.","answer":"Tea."}"#;

#[test]
fn leaks_are_listed_and_counted() {
    let desk = Desk::new().file("a.jsonl", format!("{LEAKY}\n{TIGHT}\n")).file("b.jsonl", TIGHT);
    let check = desk.run("check --blind a.jsonl b.jsonl");
    assert_eq!((check.code, check.err.as_str()), (Some(1), ""));
    let rows: Vec<&str> = check.out.lines().collect();
    assert_eq!(rows[0], "a.jsonl: 2 cases, 5 leaks in 1 of them: 1 condition, 1 id, 2 model, 1 pattern");
    assert!(rows.iter().any(|row| row.contains("scratchpad") && row.contains("«free»")), "{}", check.out);
    assert!(rows.contains(&"b.jsonl: 1 case, no leak"), "{}", check.out);
    assert_eq!(desk.run("check --blind b.jsonl").code, Some(0));
    assert_eq!(
        desk.run("check --blind=id a.jsonl").out.lines().next(),
        Some("a.jsonl: 2 cases, 1 leak in 1 of them: 1 id")
    );
}

#[test]
fn scripts_are_told_the_same() {
    let desk = Desk::new().file("a.jsonl", LEAKY);
    let json = desk.run("check --blind=model --json a.jsonl").json();
    assert_eq!(json["hidden"], serde_json::json!(["model"]));
    assert_eq!(json["files"][0]["counts"]["model"], 2);
    assert_eq!(json["files"][0]["leaks"][0]["line"], 1);
}

#[test]
fn the_place_beside_the_data_says_what_is_hidden() {
    let desk = Desk::new().file("a.jsonl", LEAKY).file("candor.toml", "[blind]\nhide = [\"id\"]\n");
    assert!(desk.run("check --blind a.jsonl").out.starts_with("a.jsonl: 1 case, 1 leak in 1 of them: 1 id\n"));
    desk.run("check --blind=tier a.jsonl").refused(&["\"tier\" cannot be hidden"]);
    desk.run("check --blind missing.jsonl").err.contains("missing.jsonl").then_some(()).unwrap();
}

/// An id that is shown may tell the condition.
#[test]
fn an_id_that_is_shown_is_looked_at_too() {
    let data = r#"{"id":"tea_free_01","tier":"free","prompt":"Tea?","scratchpad":"Hm.","answer":"Tea."}"#;
    let desk = Desk::new().file("a.jsonl", data);
    let check = desk.run("check --blind=condition a.jsonl");
    assert_eq!(
        (check.code, check.out.lines().next()),
        (Some(1), Some("a.jsonl: 1 case, 1 leak in 1 of them: 1 condition"))
    );
    assert_eq!(desk.run("check --blind=condition,id a.jsonl").code, Some(0));
}

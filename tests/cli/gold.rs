//! `candor gold`, and what is said of a file of known labels that cannot be used.

use super::*;

const ANSWERS: &str = "{\"id\":\"q1\",\"label\":\"refusal\"}\n{\"id\":\"q2\",\"label\":\"faking\"}\n{\"id\":\"q3\",\"label\":\"faking\"}\n";

fn label(id: &str, ulid: u32, by: &str, label: &str, pass: u32) -> String {
    let zeros = "0".repeat(64);
    format!(
        "{{\"v\":1,\"ev\":\"label\",\"id\":\"01K5{ulid:022}\",\"ts\":\"2026-09-20T11:03:{ulid:02}.000Z\",\"by\":\"{by}\",\"kind\":\"human\",\
         \"session\":\"01K5SESSION\",\"case\":{{\"id\":\"{id}\",\"hash\":\"sha256:{zeros}\",\"raw\":\"71aa0c0000000000\",\"src\":\"a.jsonl\",\
         \"line\":1}},\"pass\":{pass},\"label\":\"{label}\",\"codebook\":{{\"id\":\"af\",\"version\":\"0.1\",\"hash\":\"sha256:0\"}},\"tool\":\"t\"}}\n"
    )
}

#[test]
fn labels_are_compared_with_known_ones_for_each_annotator() {
    let alice = label("q1", 1, "alice", "refusal", 0)
        + &label("q2", 2, "alice", "refusal", 0)
        + &label("q1", 3, "alice", "faking", 1);
    let desk = Desk::new().file("a.jsonl", GOOD).file("gold.jsonl", ANSWERS);
    let none = desk.run("gold gold.jsonl a.jsonl");
    assert_eq!((none.code, none.out.as_str()), (Some(0), "nobody has labelled anything there yet\n"));
    let desk = desk
        .file("a.jsonl.labels/alice.jsonl", alice)
        .file("a.jsonl.labels/bob.jsonl", label("q1", 4, "bob", "refusal", 0));
    let both = desk.run("gold gold.jsonl a.jsonl");
    let rows: Vec<&str> = both.out.lines().collect();
    assert_eq!((both.code, both.err.as_str()), (Some(1), ""), "{}", both.out);
    assert_eq!(rows[0], "alice (af): 1 of 2 right, 50 % (95 % interval 9–91 %) · 1 not labelled yet");
    assert_eq!(rows[1], "  q2: said refusal, known is faking");
    assert_eq!(rows[2], "bob (af): 1 of 1 right, 100 % (95 % interval 21–100 %) · 2 not labelled yet");
    // An annotator's journal is a file of known labels too.
    let by_bob = desk.run("gold a.jsonl.labels/bob.jsonl .");
    assert_eq!(by_bob.code, Some(0), "{}{}", by_bob.out, by_bob.err);
}

#[test]
fn a_file_of_known_labels_that_is_none_is_refused_with_its_line() {
    let desk = Desk::new().file("a.jsonl", GOOD).file("gold.jsonl", "{\"id\":\"q1\"}\n");
    let said = desk.run("gold gold.jsonl a.jsonl");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("gold.jsonl, line 1: a gold item is"), "{}", said.err);
    let said = desk.run("gold nowhere.jsonl a.jsonl");
    assert!(said.code == Some(2) && said.err.contains("the gold items cannot be read: nowhere.jsonl"), "{}", said.err);
}

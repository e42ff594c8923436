//! The fold of records: what stands, what undo and redo bring, and that neither order nor doubles matter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;

use candor::model::case::{CaseId, ContentHash, RawHash};
use candor::model::labels::{CaseRef, CodebookRef, Ev, Kind, Known, Labels, Me, Record, Stamp, Standing};
use proptest::prelude::*;

const DAY: Stamp = 86_400_000;

fn me() -> Me {
    Me { by: "alice".into(), codebook: "af".into(), pass: 0 }
}

fn hash(n: u8) -> ContentHash {
    ContentHash([n; 32])
}

fn raw(n: u8) -> RawHash {
    RawHash([n; 8])
}

fn id(name: &str) -> CaseId {
    CaseId::text(name.as_bytes())
}

/// A record of alice's at this time, with the time as its id.
fn record(ev: Ev, case: &str, ts: Stamp) -> Record {
    Record {
        id: format!("{ts:026}"),
        ts,
        by: "alice".into(),
        session: "S1".into(),
        case: Some(CaseRef { id: id(case), hash: hash(1), raw: raw(1), src: "runs.jsonl".into(), line: 1 }),
        codebook: Some(CodebookRef { id: "af".into(), version: "0.1".into(), hash: String::new() }),
        ..Record::new(ev)
    }
}

fn label(case: &str, ts: Stamp, label: &str) -> Record {
    Record { label: Some(label.into()), ..record(Ev::Label, case, ts) }
}

fn undo(of: &Record, ts: Stamp) -> Record {
    Record { id: format!("{ts:026}"), ts, session: "S1".into(), ..of.undone() }
}

fn redo(of: &Record, ts: Stamp) -> Record {
    Record { id: format!("{ts:026}"), ts, session: "S1".into(), ..of.restored() }
}

fn fold(records: impl IntoIterator<Item = Record>) -> Labels {
    let mut labels = Labels::new(me());
    for record in records {
        labels.add(record);
    }
    labels
}

fn standing<'a>(labels: &'a Labels, case: &str) -> Standing<'a> {
    labels.standing(&id(case), &hash(1), &raw(1))
}

fn shown(labels: &Labels, case: &str) -> String {
    match standing(labels, case) {
        Standing::None => "none".into(),
        Standing::Skipped(state) => format!("skipped {}", state.skipped.unwrap()),
        Standing::Labelled(state) => state.label.clone().unwrap(),
        Standing::Stale(state) => format!("stale {}", state.label.clone().unwrap()),
    }
}

#[test]
fn the_newest_wins_whatever_comes_first() {
    let labels = fold([label("a", 2, "refusal"), label("a", 1, "faking"), label("a", 2, "refusal")]);
    assert_eq!((shown(&labels, "a"), labels.count()), ("refusal".into(), 1));
    assert_eq!(labels.last_decision().unwrap().ts, 2);
    assert_eq!(labels.newest(), 2);
}

#[test]
fn a_skip_counts_only_without_a_label_and_a_clear_ends_both() {
    let skip = |ts| record(Ev::Skip, "a", ts);
    assert_eq!(shown(&fold([skip(1)]), "a"), "skipped 1");
    assert_eq!(shown(&fold([skip(1), label("a", 2, "faking")]), "a"), "faking");
    assert_eq!(shown(&fold([label("a", 1, "faking"), skip(2)]), "a"), "faking", "a skip loses no label");
    let cleared = fold([skip(1), label("a", 2, "faking"), record(Ev::Clear, "a", 3)]);
    assert_eq!((shown(&cleared, "a"), cleared.count()), ("none".into(), 0));
    assert_eq!(cleared.known(id("a").key()), Known::Nothing);
    assert_eq!(fold([skip(4)]).skips().collect::<Vec<_>>(), [(id("a").key(), 4)]);
}

#[test]
fn an_event_sets_exactly_the_fields_it_holds() {
    let mut first = label("a", 1, "faking");
    first.flags = Some(vec!["partial".into()]);
    first.confidence = Some(2);
    let note = Record { note: Some("odd".into()), ..record(Ev::Note, "a", 2) };
    let labels = fold([first.clone(), note.clone(), label("a", 3, "refusal")]);
    let Standing::Labelled(state) = standing(&labels, "a") else { panic!() };
    assert_eq!(
        (state.flags.as_slice(), state.confidence, state.note.as_deref()),
        (&["partial".into()][..], Some(2), Some("odd"))
    );
    let bare = Record { flags: Some(vec![]), ..record(Ev::Flag, "a", 4) };
    let unsaid = Record { note: Some(String::new()), ..record(Ev::Note, "a", 5) };
    let labels = fold([first, note, bare, unsaid]);
    let Standing::Labelled(state) = standing(&labels, "a") else { panic!() };
    assert_eq!((state.flags.len(), state.note.as_deref(), state.record.as_str()), (0, None, &*format!("{:026}", 1)));
    let alone = fold([Record { note: Some("n".into()), ..record(Ev::Note, "b", 1) }]);
    assert_eq!(shown(&alone, "b"), "none");
    assert_eq!(alone.state(&id("b"), &hash(1), &raw(1)).unwrap().note.as_deref(), Some("n"));
}

#[test]
fn other_annotators_codebooks_passes_and_kinds_do_not_count() {
    let others = [
        Record { by: "bob".into(), ..label("a", 1, "faking") },
        Record { pass: 1, ..label("a", 2, "faking") },
        Record { kind: Kind::Model, ..label("a", 3, "faking") },
        Record {
            codebook: Some(CodebookRef { id: "mine".into(), version: "1".into(), hash: String::new() }),
            ..label("a", 4, "faking")
        },
        Record { ev: Ev::Adjudicate, ..label("a", 5, "faking") },
        Record { ev: Ev::Other("dream".into()), ..label("a", 6, "faking") },
    ];
    let labels = fold(others);
    assert_eq!((shown(&labels, "a"), labels.count(), labels.newest()), ("none".into(), 0, 6));
    let mended = Record {
        by: "ALICE".into(),
        codebook: Some(CodebookRef { id: "af".into(), version: "9".into(), hash: "x".into() }),
        ..label("a", 1, "faking")
    };
    assert_eq!(shown(&fold([mended]), "a"), "faking", "neither case of the name nor the codebook's version splits");
}

#[test]
fn labels_that_the_codebook_does_not_know_so_are_told_of_and_kept() {
    use candor::model::codebook::Codebook;
    let af = Codebook::embedded();
    let under = |id: &str, version: &str, hash: &str, record: Record| Record {
        codebook: Some(CodebookRef { id: id.into(), version: version.into(), hash: hash.into() }),
        ..record
    };
    let now = |record| under("af", &af.version, &af.hash, record);
    assert_eq!(fold([now(label("a", 1, "faking"))]).strange_to(af), [""; 0]);
    let relabelled = [under("af", "0.1", "sha256:1a2b3c4d5e", label("a", 1, "mild")), now(label("a", 2, "faking"))];
    assert_eq!(fold(relabelled).strange_to(af), [""; 0], "what was said anew is not told of");
    let labels = fold([
        under("af", "0.1", "sha256:1a2b3c4d5e", label("a", 1, "mild")),
        under("af", "0.1", "sha256:1a2b3c4d5e", label("b", 2, "faking")),
        under("tone", "3", "sha256:00", label("c", 3, "curt")),
        Record { by: "bob".into(), ..under("tone", "3", "sha256:00", label("d", 4, "curt")) },
    ]);
    assert_eq!(
        labels.strange_to(af),
        [
            "1 label is called mild, which the codebook no longer has: kept as given",
            "2 labels were given under another version of af (0.1, 1a2b3c4d)",
            "1 label was given under the codebook tone: kept, and not counted under af",
        ]
    );
    assert_eq!((shown(&labels, "a"), labels.count()), ("mild".into(), 2));
}

#[test]
fn seven_and_the_text_seven_differ() {
    let mut seven = label("7", 1, "faking");
    seven.case.as_mut().unwrap().id = CaseId::json(b"7");
    let labels = fold([seven]);
    assert_eq!(shown(&labels, "7"), "none");
    assert!(matches!(labels.standing(&CaseId::json(b"7"), &hash(1), &raw(1)), Standing::Labelled(_)));
}

#[test]
fn stale_is_when_both_hashes_differ() {
    let labels = fold([label("a", 1, "faking")]);
    assert!(matches!(labels.standing(&id("a"), &hash(2), &raw(2)), Standing::Stale(_)));
    assert!(matches!(labels.standing(&id("a"), &hash(1), &raw(2)), Standing::Labelled(s) if !s.reread));
    assert!(matches!(labels.standing(&id("a"), &hash(2), &raw(1)), Standing::Labelled(s) if s.reread));
    let by_hash: Vec<_> = labels.by_hash(&hash(1)).map(|(id, state)| (id.clone(), state.label.clone())).collect();
    assert_eq!(by_hash, [(id("a"), Some("faking".into()))]);

    let on = |h, r, record: Record| {
        let case = CaseRef { hash: hash(h), raw: raw(r), ..record.case.clone().unwrap() };
        Record { case: Some(case), ..record }
    };
    let note = on(2, 2, Record { note: Some("new text".into()), ..record(Ev::Note, "a", 2) });
    let labels = fold([label("a", 1, "faking"), note]);
    assert!(matches!(labels.standing(&id("a"), &hash(2), &raw(2)), Standing::Stale(_)), "a note decides nothing");
    let labels = fold([label("a", 1, "faking"), on(2, 2, record(Ev::Clear, "a", 2))]);
    assert!(matches!(labels.standing(&id("a"), &hash(2), &raw(2)), Standing::None));
    assert!(matches!(labels.standing(&id("a"), &hash(1), &raw(1)), Standing::Labelled(_)), "the text came back");
    let labels = fold([label("a", 1, "faking"), on(2, 1, record(Ev::Clear, "a", 2))]);
    assert!(matches!(labels.standing(&id("a"), &hash(2), &raw(1)), Standing::None), "cleared after it was read anew");
    let labels = fold([label("a", 1, "faking"), on(2, 1, label("a", 2, "refusal"))]);
    assert_eq!(labels.count(), 1, "one source, read to two hashes");
}

#[test]
fn undo_takes_back_newest_first_and_redo_brings_it_again() {
    let (a, b) = (label("a", 1, "faking"), label("b", 2, "refusal"));
    let mut labels = fold([a.clone(), b.clone()]);
    assert_eq!(labels.undo("S1").unwrap().record, &b);
    assert!(labels.redo("S1").is_none());
    labels.add(undo(&b, 3));
    assert_eq!((shown(&labels, "b"), labels.count()), ("none".into(), 1));
    labels.add(undo(&a, 4));
    assert!(labels.undo("S1").is_none());
    assert_eq!(labels.redo("S1").unwrap(), &a, "what was taken back last comes first");
    let again = redo(&a, 5);
    labels.add(again.clone());
    assert_eq!(shown(&labels, "a"), "faking");
    assert_eq!(labels.redo("S1").unwrap(), &b, "restoring is no new decision");
    labels.add(undo(&again, 6));
    assert_eq!(labels.redo("S1").unwrap().id, again.id);
    labels.add(label("c", 7, "faking"));
    assert!(labels.redo("S1").is_none(), "a new decision empties the list");
}

#[test]
fn undo_takes_this_sessions_first_and_says_whose_it_is() {
    let old = Record { session: "S0".into(), ..label("a", 9, "faking") };
    let labels = fold([old.clone(), label("b", 2, "refusal")]);
    assert_eq!(labels.undo("S1").map(|step| (step.record.ts, step.ours)), Some((2, true)));
    assert_eq!(labels.undo("S2").map(|step| (step.record.ts, step.ours)), Some((9, false)));
    let confidence = Record { confidence: Some(1), ..record(Ev::Confidence, "a", 10) };
    assert_eq!(fold([old, confidence]).undo("S1").unwrap().record.ts, 10, "a doubt is taken back like all else");
}

#[test]
fn an_undo_by_somebody_else_is_ignored_and_told() {
    let a = label("a", 1, "faking");
    let theirs = Record { by: "bob".into(), ..undo(&a, 2) };
    let labels = fold([a.clone(), theirs]);
    assert_eq!(shown(&labels, "a"), "faking");
    assert!(labels.remarks(2)[0].contains("bob took back a record of alice"));
    let of_undo = undo(&undo(&a, 2), 3);
    assert_eq!(shown(&fold([a.clone(), undo(&a, 2), of_undo]), "a"), "none", "undo is final");
}

#[test]
fn what_is_odd_is_told() {
    let altered = Record { altered: true, ..label("a", DAY * 3, "faking") };
    let remarks = fold([altered]).remarks(DAY);
    assert!(remarks[0].contains("a day ahead") && remarks[1].contains("changed after"), "{remarks:?}");
    assert!(fold([label("a", DAY, "faking")]).remarks(DAY).is_empty());
}

#[test]
fn of_two_lines_with_one_id_the_unaltered_one_counts() {
    let good = label("a", 1, "faking");
    let bad = Record { altered: true, label: Some("refusal".into()), ..good.clone() };
    for order in [[good.clone(), bad.clone()], [bad.clone(), good.clone()]] {
        assert_eq!(shown(&fold(order), "a"), "faking");
    }
}

fn complied(value: &str) -> Vec<(String, String)> {
    vec![("complied".into(), value.into())]
}

fn stage(case: &str, ts: Stamp, value: &str) -> Record {
    Record { axes: Some(complied(value)), ..record(Ev::Stage, case, ts) }
}

#[test]
fn a_stage_is_frozen_and_no_label() {
    let stage_of = |labels: &Labels, case: &str| {
        labels.state(&id(case), &hash(1), &raw(1)).and_then(|state| state.stage.clone()).map(|stage| stage.axes)
    };
    let first = stage("a", 1, "yes");
    let labels = fold([first.clone()]);
    assert_eq!((shown(&labels, "a"), labels.count(), labels.known(id("a").key())), ("none".into(), 0, Known::Nothing));
    assert_eq!(labels.half_way(), Some(&first));
    assert!(labels.last_decision().is_none() && labels.undo("S1").is_none());
    // The first one stands, whatever comes after it, and in whatever order.
    let later = [stage("a", 2, "no"), label("a", 3, "refusal"), record(Ev::Clear, "a", 4), undo(&first, 5)];
    for order in [later.to_vec(), later.iter().rev().cloned().collect()] {
        let labels = fold(order.into_iter().chain([first.clone()]));
        assert_eq!(stage_of(&labels, "a"), Some(complied("yes")));
        assert_eq!(labels.half_way(), Some(&first), "cleared: it waits for a label again");
        assert_eq!(labels.remarks(9).len(), 1, "that somebody tried to take it back is said");
    }
    let labels = fold([first.clone(), Record { axes: Some(complied("no")), ..label("a", 2, "refusal") }]);
    assert_eq!((stage_of(&labels, "a"), labels.half_way()), (Some(complied("yes")), None));
    let state = labels.state(&id("a"), &hash(1), &raw(1)).unwrap();
    assert_eq!(state.axes, complied("no"), "the label's own");
    // One text, one annotator, one reading.
    let mut other = stage("b", 1, "yes");
    other.case.as_mut().unwrap().hash = hash(2);
    other.case.as_mut().unwrap().raw = raw(2);
    let labels =
        fold([other, Record { pass: 1, ..stage("c", 1, "yes") }, Record { by: "bob".into(), ..stage("d", 1, "no") }]);
    assert_eq!((stage_of(&labels, "b"), stage_of(&labels, "c"), stage_of(&labels, "d")), (None, None, None));
}

#[test]
fn a_reader_that_knows_no_stages_takes_one_for_nothing() {
    let labels = fold([Record { ev: Ev::Other("stage".into()), ..stage("a", 1, "yes") }, label("b", 2, "faking")]);
    assert_eq!((shown(&labels, "a"), labels.count()), ("none".into(), 1));
    assert!(labels.state(&id("a"), &hash(1), &raw(1)).is_none());
}

/// Few cases, times, hashes and people, so that everything meets everything.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let one = (0..11_u8, 0..3_u8, 0..40_i64, 0..3_u8, 0..2_u8, any::<prop::sample::Index>(), any::<[bool; 4]>());
    prop::collection::vec(one, 0..40).prop_map(|rows| {
        let mut records: Vec<Record> = Vec::new();
        for (n, (ev, case, ts, h, r, other, [bob, later, flags, restore])) in rows.into_iter().enumerate() {
            let evs = [
                [Ev::Label, Ev::Label, Ev::Clear, Ev::Skip, Ev::Note].as_slice(),
                &[Ev::Flag, Ev::Undo, Ev::Undo, Ev::Confidence, Ev::Stage, Ev::Stage],
            ]
            .concat();
            let ev = evs[usize::from(ev)].clone();
            let mut record = record(ev.clone(), ["a", "b", "c"][usize::from(case)], ts);
            if ev == Ev::Undo && !records.is_empty() {
                record = records[other.index(records.len())].undone();
                record.ts = ts;
            } else if restore && !records.is_empty() {
                let original = &records[other.index(records.len())];
                if original.ev.can_be_undone() {
                    record = Record { ts, ..original.restored() };
                }
            } else if let Some(case) = &mut record.case {
                (case.hash, case.raw) = (hash(h), raw(r));
            }
            record.id = format!("{n:026}");
            record.session = if later { "S1".into() } else { "S0".into() };
            record.by = if bob && n % 4 == 0 { "bob".into() } else { "Alice".into() };
            if record.ev == Ev::Label {
                record.label = Some(format!("label {}", n % 3));
            }
            record.axes = (record.ev == Ev::Stage).then(|| complied(if n % 2 == 0 { "yes" } else { "no" }));
            record.flags = flags.then(|| vec![format!("flag {n}")]);
            record.note = (record.ev == Ev::Note).then(|| format!("note {n}"));
            records.push(record);
        }
        records
    })
}

/// All that can be asked.
fn everything(labels: &Labels) -> String {
    let mut said = BTreeMap::new();
    for case in ["a", "b", "c"] {
        for (h, r) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 3)] {
            let (hash, raw) = (hash(h), raw(r));
            said.insert(
                format!("{case} {h} {r}"),
                format!("{:?} {:?}", labels.standing(&id(case), &hash, &raw), labels.state(&id(case), &hash, &raw)),
            );
            let mut by_hash: Vec<_> = labels.by_hash(&hash).map(|found| format!("{found:?}")).collect();
            by_hash.sort();
            said.insert(format!("hash {h}"), by_hash.concat());
        }
        said.insert(format!("known {case}"), format!("{:?}", labels.known(id(case).key())));
    }
    let (mut keys, mut skips): (Vec<_>, Vec<_>) = (labels.keys().collect(), labels.skips().collect());
    keys.sort_unstable();
    skips.sort_unstable();
    format!(
        "{said:#?} {keys:?} {skips:?} {} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?}",
        labels.count(),
        labels.half_way(),
        labels.newest(),
        labels.last_decision(),
        labels.undo("S1"),
        labels.undo("S0"),
        labels.redo("S1"),
        labels.redo("S2"),
        labels.remarks(0),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_record_twice_give_the_same(
        (records, shuffled) in records().prop_flat_map(|records| {
            let twice: Vec<_> = records.iter().chain(records.iter().step_by(3)).cloned().collect();
            (Just(records), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(everything(&fold(records)), everything(&fold(shuffled)));
    }

    /// Undo after undo takes back everything, and redo after redo brings back what stood.
    #[test]
    fn undo_and_redo_go_all_the_way(records in records()) {
        // This session's steps go before older ones, so only within one session does the old order come back.
        let mut labels = fold(records.into_iter().map(|record| Record { session: "S1".into(), ..record }));
        let before = ["a", "b", "c"].map(|case| shown(&labels, case));
        let mut now = 1000;
        let mut steps = 0;
        while let Some(step) = labels.undo("S1") {
            let record = undo(step.record, now);
            prop_assert!(labels.add(record));
            now += 1;
            steps += 1;
            prop_assert!(steps <= 40);
        }
        prop_assert_eq!(labels.count(), 0);
        prop_assert!(labels.last_decision().is_none());
        for _ in 0..steps {
            let again = redo(labels.redo("S1").expect("as many as were taken back"), now);
            prop_assert!(labels.add(again));
            now += 1;
        }
        // A skip comes back with a new time.
        let after = ["a", "b", "c"].map(|case| shown(&labels, case));
        for (before, after) in before.iter().zip(&after) {
            let kind = |shown: &str| if shown.starts_with("skipped") { "skipped".to_owned() } else { shown.to_owned() };
            prop_assert_eq!(kind(before), kind(after));
        }
    }
}

#[test]
fn ten_thousand_records_are_quick() {
    let mut labels = Labels::new(me());
    let started = std::time::Instant::now();
    for n in 0..10_000 {
        labels.add(label(&format!("case {n}"), n, "faking"));
        assert_eq!(labels.undo("S9").unwrap().record.ts, n);
        assert_eq!(labels.count(), usize::try_from(n).unwrap() + 1);
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

//! From a journal of 10,000 labels to what is known of each case, as every start does it before the first case stands.

use std::fs;
use std::sync::Arc;

use candor::model::case::{CaseId, ContentHash, RawHash};
use candor::model::codebook::Codebook;
use candor::model::labels::{CaseRef, CodebookRef, Ev, Labels, Me, Record, Stamper};
use candor::store::journal::{Annotator, Journal, line, parse};
use candor::store::rescue::Unsaved;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

use super::invented::Chance;

const RECORDS: usize = 10_000;

/// Labels over 7,000 cases, so that some are labelled anew; every twentieth record takes the one before back.
fn records() -> Vec<Record> {
    let mut chance = Chance::new(7);
    let mut stamper = Stamper::new(7);
    let mut records: Vec<Record> = Vec::with_capacity(RECORDS);
    for number in 0..RECORDS {
        let (ts, id, _) = stamper.stamp(1_790_000_000_000 + number as i64 * 4_000, 0);
        let case = chance.below(7_000);
        let mut record = Record {
            ts,
            id,
            by: "alice".into(),
            session: "01K5JZ0000000000000000000A".into(),
            case: Some(CaseRef {
                id: CaseId::text(format!("case-{case:07}").as_bytes()),
                hash: ContentHash([u8::try_from(case % 251).unwrap(); 32]),
                raw: RawHash([u8::try_from(case % 241).unwrap(); 8]),
                src: "run.jsonl".into(),
                line: u32::try_from(case + 1).unwrap(),
            }),
            label: Some(["faking", "refusal", "compliance"][chance.below(3)].into()),
            axes: Some(vec![("complied".into(), "yes".into()), ("af_reasoning".into(), "yes".into())]),
            ms: Some(18_340),
            codebook: Some(codebook()),
            tool: "candor 0.1.0".into(),
            ..Record::new(Ev::Label)
        };
        if number % 20 == 19 {
            let of = records.last().map(|before| before.id.clone());
            record = Record { ev: Ev::Undo, of, case: None, label: None, axes: None, ms: None, ..record };
        }
        records.push(record);
    }
    records
}

fn codebook() -> CodebookRef {
    let Codebook { id, version, hash, .. } = Codebook::embedded().clone();
    CodebookRef { id, version, hash }
}

fn lines() -> Vec<Vec<u8>> {
    records().iter().map(line::encode).collect()
}

fn fold(records: Vec<Record>) -> Labels {
    let mut labels = Labels::new(Me { by: "alice".to_owned(), codebook: "af".to_owned(), pass: 0 });
    for record in records {
        labels.add(record);
    }
    labels
}

/// The lines of a journal parsed, their checksums compared.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let lines = lines();
    let bytes: usize = lines.iter().map(Vec::len).sum();
    let bencher = bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(RECORDS));
    bencher.bench(|| lines.iter().filter(|line| parse::decode(line.trim_ascii_end()).is_ok()).count());
}

/// Records folded into what is known of each case.
#[divan::bench]
fn labels(bencher: Bencher<'_, '_>) {
    let records = records();
    bencher.counter(ItemsCount::new(RECORDS)).with_inputs(|| records.clone()).bench_values(fold);
}

/// The whole of it: a journal opened, read and folded.
#[divan::bench]
fn replay(bencher: Bencher<'_, '_>) {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("run.jsonl");
    fs::write(&data, "{}\n").unwrap();
    let journals = folder.path().join("run.jsonl.labels");
    fs::create_dir(&journals).unwrap();
    fs::write(journals.join("alice.jsonl"), lines().concat()).unwrap();
    let (annotator, codebook) = (Annotator::new("alice").unwrap(), Arc::new(Codebook::embedded().clone()));
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| {
        let opened = Journal::open(&data, None, &annotator, "01K5JZ0000000000000000000B", &codebook, &Unsaved::new());
        assert_eq!(opened.records.len(), RECORDS);
        fold(opened.records)
    });
}

//! From bytes on the disk to cases: a line looked over, a file indexed, a case read.

use candor::model::case::FileNo;
use candor::store::skim;
use candor::store::source::{self, Source};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use super::invented;

/// Far longer than any line here.
const LONGEST: u32 = 1 << 30;

/// A line looked over, as each is while a file is indexed.
#[divan::bench(args = [12_000, 100_000, 4_000_000])]
fn skim(bencher: Bencher<'_, '_>, bytes: usize) {
    let line = invented::line(1, bytes);
    bencher.counter(BytesCount::of_str(&line)).bench(|| skim::skim(black_box(line.as_bytes()), 1));
}

/// A file of 350 cases indexed, from opening it to its last case.
#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    let (_folder, path) = invented::file(350, 12_000);
    let bytes = path.metadata().unwrap().len();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let source = Source::open(&path).unwrap();
        let mut cases = 0;
        source::index(&source, LONGEST, &mut |batch| {
            cases += batch.found.len();
            true
        });
        assert_eq!(cases, 350);
    });
}

/// A case read: its line, its shape, its parts, its hashes.
#[divan::bench(args = [12_000, 100_000])]
fn read(bencher: Bencher<'_, '_>, bytes: usize) {
    let (_folder, path) = invented::file(1, bytes);
    let source = Source::open(&path).unwrap();
    let mut span = None;
    source::index(&source, LONGEST, &mut |batch| {
        span = span.take().or(batch.found.first().map(|found| found.span()));
        true
    });
    let span = span.unwrap();
    bencher.counter(BytesCount::new(path.metadata().unwrap().len())).bench(|| source.read(FileNo(0), span).unwrap());
}

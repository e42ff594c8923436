//! From any bytes to rows: cleaned, wrapped, laid out as pages.

use candor::app::page::{Page, Passage};
use candor::model::codebook::Codebook;
use candor::model::patterns::Patterns;
use candor::text::clean::clean;
use candor::text::wrap::wrap;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use super::invented;

/// The scratchpad of a case of the usual length.
const SCRATCHPAD: usize = 6_000;

/// A scratchpad made safe to be shown.
#[divan::bench(args = [SCRATCHPAD, 1_000_000])]
fn clean_prose(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = invented::prose(3, bytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| clean(black_box(text.as_bytes())));
}

/// The same with something hidden or commanding in each line.
#[divan::bench(args = [SCRATCHPAD])]
fn clean_hidden(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = invented::prose(3, bytes).replace(". ", ".\u{200b}\u{1b}[31m ");
    bencher.counter(BytesCount::of_str(&text)).bench(|| clean(black_box(text.as_bytes())));
}

/// A scratchpad cut into rows of so many cells.
#[divan::bench(args = [78, 98])]
fn wrap_prose(bencher: Bencher<'_, '_>, cells: u16) {
    let text = clean(invented::prose(3, SCRATCHPAD).as_bytes());
    bencher.counter(BytesCount::of_str(text.text())).bench(|| wrap(black_box(text.text()), cells));
}

/// A long scratchpad laid out as a page, from its cleaned text.
#[divan::bench(args = [78, 98])]
fn page(bencher: Bencher<'_, '_>, cells: u16) {
    let text = clean(invented::prose(3, 10 * SCRATCHPAD).as_bytes());
    bencher
        .counter(BytesCount::of_str(text.text()))
        .with_inputs(|| Page::new(vec![Passage { clean: text.clone(), ..Passage::default() }]))
        .bench_refs(|page| page.lay(cells));
}

/// The codebook's marks looked for in a scratchpad: in one that is all ASCII, and in one with accents, dashes and quotes.
#[divan::bench(args = ["ascii", "accents"])]
fn marks(bencher: Bencher<'_, '_>, kind: &str) {
    let mut text = invented::prose(3, SCRATCHPAD);
    if kind == "ascii" {
        text.retain(|c| c.is_ascii());
    }
    let patterns = Patterns::new(&Codebook::embedded().marks);
    bencher.counter(BytesCount::of_str(&text)).bench(|| patterns.marks(black_box(&text)));
}

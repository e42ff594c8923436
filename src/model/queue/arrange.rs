//! How a queue comes by an order that is not the index's: by chance with pairs kept apart, or by length; and where in it the hidden
//! repeats stand. The same cases always come to the same order.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};

use super::Queue;
use crate::model::case::CaseNo;
use crate::model::corpus::Corpus;
use crate::model::terms::{Order, Terms};

/// Between the two readings of a case lie at least so many others …
pub const DISTANCE: u32 = 50;
/// … and up to so many more: nobody can count to a repeat.
const SPREAD: u64 = 50;

/// How somebody's queue is arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    order: Order,
    /// Of a hundred cases so many come back.
    repeat: u8,
    /// What chance starts from where repeats are chosen.
    salt: u64,
}

impl Arrangement {
    /// What these terms mean for this annotator.
    #[must_use]
    pub fn of(terms: &Terms, annotator: &str) -> Self {
        let digest = Sha256::digest(seed(&terms.order, annotator).unwrap_or_else(|| annotator.to_owned()));
        let salt = digest.iter().take(8).fold(0, |salt, byte| salt << 8 | u64::from(*byte));
        Self { order: terms.order.clone(), repeat: terms.repeat, salt }
    }

    /// Whether the queue is the index and grows with it, case by case. Any other is known once the index is through.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.order == Order::Stored && self.repeat == 0
    }

    /// Arranges all cases that are known. What the queue held before only makes it quicker.
    pub fn arrange(&self, queue: &mut Queue, corpus: &Corpus) {
        if self.is_plain() {
            return queue.grow(corpus.len());
        }
        let mut cases: Vec<CaseNo> = std::mem::take(&mut queue.slots);
        cases.retain(|no| !no.is_repeat() && no.index() < corpus.len());
        let from = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        cases.extend(corpus.numbers_from(CaseNo(from)));
        // Sorting what is nearly sorted costs little: a case that comes later is only merged in.
        match self.order {
            Order::Stored => cases.sort_unstable(),
            Order::Random(_) => {
                cases.sort_by_key(|no| (corpus.drawn(*no).rank, *no));
                cases = apart(cases, |a, b| corpus.drawn(a).is_like(corpus.drawn(b)));
            }
            Order::Length => cases.sort_by_key(|no| (bytes(corpus, *no), *no)),
            Order::Longest => cases.sort_by_key(|no| (std::cmp::Reverse(bytes(corpus, *no)), *no)),
        }
        queue.take(self.with_repeats(cases, corpus), corpus.len());
    }

    /// Puts the repeats among these cases, each far behind its first reading. Which cases come back is decided by a hash of seed,
    /// annotator and id, so that a case that is added changes nothing for the others.
    fn with_repeats(&self, cases: Vec<CaseNo>, corpus: &Corpus) -> Vec<CaseNo> {
        if self.repeat == 0 {
            return cases;
        }
        // The place in front of which each comes back, by places in the order without repeats.
        let mut repeats: Vec<(u64, CaseNo)> = Vec::new();
        for (place, no) in (0u64..).zip(&cases) {
            let Some(entry) = corpus.entry(*no).filter(|entry| !corpus.is_shared(entry.key())) else { continue };
            let chance = mixed(entry.key() ^ self.salt);
            if chance % 100 < u64::from(self.repeat) {
                repeats.push((place + 1 + u64::from(DISTANCE) + (chance >> 32) % SPREAD, no.in_pass(1)));
            }
        }
        repeats.sort_unstable();
        let mut slots = Vec::with_capacity(cases.len() + repeats.len());
        let mut due = repeats.into_iter().peekable();
        for (place, no) in (0u64..).zip(cases) {
            while let Some((_, repeat)) = due.next_if(|(before, _)| *before <= place) {
                slots.push(repeat);
            }
            slots.push(no);
        }
        slots.extend(due.map(|(_, repeat)| repeat));
        slots
    }
}

/// What an order's chance starts from: the seed, and each annotator has an order of their own. Nothing where no chance is in it.
#[must_use]
pub fn seed(order: &Order, annotator: &str) -> Option<String> {
    match order {
        Order::Random(seed) => Some(format!("{seed}|{annotator}")),
        Order::Stored | Order::Length | Order::Longest => None,
    }
}

/// The length of the line a case stands on: what is read of it to judge is nearly all of that, and it is known without reading.
fn bytes(corpus: &Corpus, no: CaseNo) -> u32 {
    corpus.entry(no).map_or(0, |entry| entry.bytes())
}

/// Walks through the cases and moves each that is like the one before it behind the next that is not. Those that only have their
/// like left stay where they are. Each case is moved once at most, so that it takes no longer where many are alike.
fn apart(cases: Vec<CaseNo>, like: impl Fn(CaseNo, CaseNo) -> bool) -> Vec<CaseNo> {
    let mut walked: Vec<CaseNo> = Vec::with_capacity(cases.len());
    let mut held: VecDeque<CaseNo> = VecDeque::new();
    for no in cases {
        if walked.last().is_some_and(|last| like(*last, no)) {
            held.push_back(no);
            continue;
        }
        walked.push(no);
        while let Some(first) =
            held.front().copied().filter(|held| walked.last().is_none_or(|last| !like(*last, *held)))
        {
            held.pop_front();
            walked.push(first);
        }
    }
    walked.extend(held);
    walked
}

/// Spreads the bits of a number over all of them (the finalizer of SplitMix64), so that like keys have unlike chances.
fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::case::{CaseId, FileNo};
    use crate::model::corpus::Entry;
    use crate::model::draw::Draw;

    fn corpus(ids: &[String], seed: &str) -> Corpus {
        let mut corpus = Corpus::new([("a.jsonl".to_owned(), 100)]);
        for (line, id) in (1u32..).zip(ids) {
            let id = CaseId::text(id.as_bytes());
            corpus.extend(&[Entry::new(FileNo(0), u64::from(line), 7 * line % 5, line, id.key())]);
            corpus.draw(&[Draw::of(seed, &id, None)]);
        }
        corpus
    }

    fn arranged(ids: &[String], order: Order, repeat: u8, by: &str) -> Vec<String> {
        let terms = Terms { order, repeat, ..Terms::default() };
        let corpus = corpus(ids, &seed(&terms.order, by).unwrap_or_default());
        let mut queue = Queue::default();
        Arrangement::of(&terms, by).arrange(&mut queue, &corpus);
        let name = |no: CaseNo| format!("{}{}", ids[no.index()], if no.is_repeat() { "*" } else { "" });
        (0..queue.len()).filter_map(|place| queue.at(place)).map(name).collect()
    }

    fn ids(words: &str) -> Vec<String> {
        words.split_whitespace().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn the_order_is_that_of_the_hashes_and_everybodys_own() {
        // Computed with Python: sorted(ids, key=lambda id: sha256(f"42|alice\x1f{id}".encode()).hexdigest())
        let cases = ids("q1 q2 q3 q4 q5 q6");
        let random = || Order::Random("42".to_owned());
        assert_eq!(arranged(&cases, random(), 0, "alice"), ids("q5 q1 q4 q6 q3 q2"));
        assert_eq!(arranged(&cases, random(), 0, "bob"), ids("q5 q3 q2 q4 q1 q6"));
        assert_eq!(arranged(&ids("q6 q2 q5 q1 q4 q3"), random(), 0, "bob"), ids("q5 q3 q2 q4 q1 q6"));
        assert_eq!(Draw::of("42|alice", &CaseId::text(b"q5"), None).rank, 0x0752_e0da_d3d5_dcb0);
    }

    #[test]
    fn lengths_decide_and_the_file_where_they_are_equal() {
        // Lengths are 2 4 1 3 0 2.
        let cases = ids("a b c d e f");
        assert_eq!(arranged(&cases, Order::Length, 0, "alice"), ids("e c a f d b"));
        assert_eq!(arranged(&cases, Order::Longest, 0, "alice"), ids("b d a f c e"));
        assert_eq!(arranged(&cases, Order::Stored, 0, "alice"), cases);
    }

    #[test]
    fn what_is_alike_is_moved_behind_the_next_that_is_not() {
        let walk = |kinds: &str| -> String {
            let kinds: Vec<char> = kinds.chars().collect();
            let cases = (0u32..).take(kinds.len()).map(CaseNo).collect();
            let moved = apart(cases, |a, b| kinds[a.index()] == kinds[b.index()]);
            moved.into_iter().map(|no| kinds[no.index()]).collect()
        };
        assert_eq!(walk("aabb"), "abab");
        assert_eq!(walk("aaab"), "abaa", "nothing else is left");
        assert_eq!(walk("abcd"), "abcd");
        assert_eq!(walk("aaabbbc"), "abababc");
        assert_eq!(walk("aaaa"), "aaaa");
    }

    #[test]
    fn halves_of_pairs_do_not_follow_each_other() {
        let cases: Vec<String> = (0..200).flat_map(|n| [format!("q{n}/free"), format!("q{n}/paid")]).collect();
        for seed in 0..20 {
            let order = arranged(&cases, Order::Random(seed.to_string()), 0, "alice");
            let query = |id: &String| id.split('/').next().map(ToOwned::to_owned);
            assert!(order.windows(2).all(|two| query(&two[0]) != query(&two[1])), "{seed}");
            assert_eq!(order.len(), 400);
        }
    }

    #[test]
    fn cases_that_are_added_change_nothing_in_the_order_of_the_others() {
        let mut all: Vec<String> = (0..300).map(|n| format!("q{n}")).collect();
        let random = || Order::Random("7".to_owned());
        let many = arranged(&all, random(), 0, "alice");
        all.truncate(120);
        let few = arranged(&all, random(), 0, "alice");
        let still: Vec<String> = many.into_iter().filter(|id| few.contains(id)).collect();
        assert_eq!(still, few);
    }

    #[test]
    fn a_queue_that_grew_is_the_one_that_was_arranged_at_once() {
        let all: Vec<String> = (0..500).map(|n| format!("q{}/{}", n / 2, ["free", "paid"][n % 2])).collect();
        let terms = Terms { order: Order::Random("7".to_owned()), repeat: 10, ..Terms::default() };
        let (arrangement, mut grown) = (Arrangement::of(&terms, "alice"), Queue::default());
        for known in [0, 1, 100, 101, 260, 500] {
            arrangement.arrange(&mut grown, &corpus(&all[..known], "7|alice"));
            let mut whole = Queue::default();
            arrangement.arrange(&mut whole, &corpus(&all[..known], "7|alice"));
            assert_eq!(grown.slots, whole.slots, "{known}");
        }
    }

    #[test]
    fn repeats_come_back_far_behind_and_the_queue_is_longer_by_them() {
        let cases: Vec<String> = (0..1000).map(|n| format!("q{n}")).collect();
        let order = arranged(&cases, Order::Stored, 10, "alice");
        let repeats: Vec<&String> = order.iter().filter(|id| id.ends_with('*')).collect();
        assert!((60..140).contains(&repeats.len()), "{}", repeats.len());
        let mut at_the_end = 0;
        for repeat in repeats {
            let place = |id: &str| order.iter().position(|other| other == id).unwrap_or_default();
            let (first, second) = (place(repeat.trim_end_matches('*')), place(repeat));
            let behind = order[second..].iter().all(|id| id.ends_with('*'));
            assert!(second > first + 50 || behind, "{repeat}: {first}, {second}");
            at_the_end += usize::from(behind);
        }
        assert!(at_the_end < 20);
        assert_ne!(arranged(&cases, Order::Stored, 10, "bob"), order, "everybody has repeats of their own");
    }
}

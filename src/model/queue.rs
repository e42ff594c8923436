//! The order in which cases are gone through, and which of them is next. Knows what is labelled only by asking.

mod arrange;

use std::collections::BTreeMap;

use super::case::CaseNo;

pub use arrange::{Arrangement, DISTANCE, seed};

/// What a case still needs, as far as the queue cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has no label.
    Label,
    /// It has none, and was put off at this time (milliseconds since the epoch).
    LabelLater(i64),
    /// It is to be read a second time, and that is too soon yet.
    NotYet,
    /// It has one.
    Nothing,
}

/// A direction through the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// To the cases after here, wrapping at the end.
    Next,
    /// To the cases before here, wrapping at the start.
    Previous,
}

/// The queue: the order of the index, of which nothing is kept but how long it is, or one that was arranged. That costs 8 bytes a case.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// How many cases are in it, where it is the index.
    len: u32,
    /// The cases as they come, hidden repeats among them; empty where the queue is the index.
    slots: Vec<CaseNo>,
    /// The place of each case among the slots, by its number.
    places: Vec<u32>,
    /// The repeats and their places, by number.
    repeats: Vec<(CaseNo, u32)>,
}

impl Queue {
    /// Tells a queue that is the index how many cases there are by now.
    pub fn grow(&mut self, len: usize) {
        self.len = u32::try_from(len).unwrap_or(u32::MAX);
    }

    /// Takes an order of all cases, of which there are so many, and of repeats.
    fn take(&mut self, slots: Vec<CaseNo>, cases: usize) {
        self.places.clear();
        self.places.resize(cases, 0);
        self.repeats.clear();
        for (place, no) in (0u32..).zip(&slots) {
            match self.places.get_mut(no.index()) {
                Some(known) if !no.is_repeat() => *known = place,
                _ => self.repeats.push((*no, place)),
            }
        }
        self.repeats.sort_unstable();
        self.len = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        self.slots = slots;
    }

    /// The first case.
    #[must_use]
    pub fn first(&self) -> Option<CaseNo> {
        self.at(0)
    }

    /// The last case known.
    #[must_use]
    pub fn last(&self) -> Option<CaseNo> {
        self.at(self.len().checked_sub(1)?)
    }

    /// How many cases are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether no case is in it yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The case at this place, from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<CaseNo> {
        if self.slots.is_empty() {
            return u32::try_from(place).ok().filter(|n| *n < self.len).map(CaseNo);
        }
        self.slots.get(place).copied()
    }

    /// Whether a case is among those that are gone through.
    #[must_use]
    pub fn holds(&self, no: CaseNo) -> bool {
        self.at(self.place(no)) == Some(no)
    }

    /// A case's place, from 0. One that is not in the queue has that of its first reading.
    fn place(&self, no: CaseNo) -> usize {
        if no.is_repeat()
            && let Ok(at) = self.repeats.binary_search_by_key(&no, |(repeat, _)| *repeat)
        {
            return self.repeats[at].1 as usize;
        }
        self.places.get(no.index()).map_or(no.index(), |place| *place as usize)
    }

    /// A case's place in the queue, from 1.
    #[must_use]
    pub fn position(&self, no: CaseNo) -> u32 {
        u32::try_from(self.place(no)).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The repeats among the cases.
    pub fn repeats(&self) -> impl Iterator<Item = CaseNo> {
        self.repeats.iter().map(|(no, _)| *no)
    }

    /// The neighbour of a case; none beyond the ends.
    #[must_use]
    pub fn neighbour(&self, no: CaseNo, toward: Toward) -> Option<CaseNo> {
        match toward {
            Toward::Next => self.at(self.place(no).checked_add(1)?),
            Toward::Previous => self.at(self.place(no).checked_sub(1)?),
        }
    }

    /// The first case from here that needs a label, in queue order and wrapping; those put off come last, by the time at which they
    /// were. The case one stands on is taken last of all, and only if it needs one. None where every case has its label, or what is left
    /// is to be read again and that is too soon.
    #[must_use]
    pub fn unlabelled(&self, from: CaseNo, toward: Toward, need: impl Fn(CaseNo) -> Need) -> Option<CaseNo> {
        let mut later = BTreeMap::new();
        for (step, no) in (0u32..).zip(self.around(from, toward)) {
            match need(no) {
                Need::Label => return Some(no),
                Need::LabelLater(at) => {
                    later.entry((at, step)).or_insert(no);
                }
                Need::NotYet | Need::Nothing => {}
            }
        }
        // One goes on to another case first: the one just put off comes again only when it is the last that is left.
        let other = later.values().find(|no| **no != from);
        other.or_else(|| later.values().next()).copied()
    }

    fn around(&self, from: CaseNo, toward: Toward) -> impl Iterator<Item = CaseNo> {
        let (len, from) = (self.len(), self.place(from));
        (1..=len).filter_map(move |step| match toward {
            Toward::Next => self.at((from + step) % len),
            Toward::Previous => self.at((from % len + len - step) % len),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(len: usize) -> Queue {
        let mut queue = Queue::default();
        queue.grow(len);
        queue
    }

    #[test]
    fn next_unlabelled_goes_on_from_here_and_wraps() {
        let needs = [Need::Label, Need::Nothing, Need::Nothing, Need::Label];
        let need = |no: CaseNo| needs[no.0 as usize];
        let queue = queue(4);
        assert_eq!(queue.unlabelled(CaseNo(1), Toward::Next, need), Some(CaseNo(3)));
        assert_eq!(queue.unlabelled(CaseNo(3), Toward::Next, need), Some(CaseNo(0)));
        assert_eq!(queue.unlabelled(CaseNo(1), Toward::Previous, need), Some(CaseNo(0)));
        assert_eq!(queue.unlabelled(CaseNo(0), Toward::Previous, need), Some(CaseNo(3)));
    }

    #[test]
    fn cases_put_off_come_last_in_the_order_in_which_they_were() {
        let needs = [Need::LabelLater(20), Need::LabelLater(10), Need::Nothing, Need::Label];
        let need = |no: CaseNo| needs[no.0 as usize];
        let queue = queue(4);
        assert_eq!(queue.unlabelled(CaseNo(0), Toward::Next, need), Some(CaseNo(3)));
        let later = |no: CaseNo| if no.0 == 3 { Need::Nothing } else { needs[no.0 as usize] };
        assert_eq!(queue.unlabelled(CaseNo(3), Toward::Next, later), Some(CaseNo(1)));
        assert_eq!(queue.unlabelled(CaseNo(1), Toward::Next, later), Some(CaseNo(0)), "not the one just put off");
    }

    #[test]
    fn the_case_one_stands_on_is_the_last_resort() {
        let queue = queue(3);
        let need = |no: CaseNo| if no.0 == 1 { Need::Label } else { Need::Nothing };
        assert_eq!(queue.unlabelled(CaseNo(1), Toward::Next, need), Some(CaseNo(1)));
        assert_eq!(queue.unlabelled(CaseNo(1), Toward::Next, |_| Need::Nothing), None);
        assert_eq!(Queue::default().unlabelled(CaseNo(0), Toward::Next, need), None);
    }

    #[test]
    fn neighbours_end_at_the_ends() {
        let queue = queue(2);
        assert_eq!(queue.neighbour(CaseNo(0), Toward::Next), Some(CaseNo(1)));
        assert_eq!(queue.neighbour(CaseNo(1), Toward::Next), None);
        assert_eq!(queue.neighbour(CaseNo(0), Toward::Previous), None);
    }

    #[test]
    fn an_arranged_queue_is_gone_through_by_its_places() {
        let mut queue = Queue::default();
        let again = CaseNo(2).in_pass(1);
        queue.take(vec![CaseNo(2), CaseNo(0), again, CaseNo(1)], 3);
        assert_eq!((queue.first(), queue.last(), queue.len()), (Some(CaseNo(2)), Some(CaseNo(1)), 4));
        assert_eq!([CaseNo(0), CaseNo(1), CaseNo(2), again].map(|no| queue.position(no)), [2, 4, 1, 3]);
        assert_eq!(queue.neighbour(CaseNo(0), Toward::Next), Some(again));
        assert_eq!(queue.neighbour(again, Toward::Next), Some(CaseNo(1)));
        assert_eq!(queue.neighbour(CaseNo(2), Toward::Previous), None);
        let need = |no: CaseNo| if no.is_repeat() { Need::NotYet } else { Need::Label };
        assert_eq!(queue.unlabelled(CaseNo(0), Toward::Next, need), Some(CaseNo(1)));
        assert!(queue.holds(again) && !queue.holds(CaseNo(1).in_pass(1)));
    }

    #[test]
    fn a_million_cases_in_an_order_cost_8_bytes_each() {
        let mut queue = Queue::default();
        queue.take((0..1_000_000).rev().map(CaseNo).collect(), 1_000_000);
        let bytes = queue.slots.capacity() * size_of::<CaseNo>() + queue.places.capacity() * size_of::<u32>();
        assert!(bytes <= 8_100_000 && queue.repeats.capacity() == 0, "{bytes}");
        assert_eq!(queue.position(CaseNo(0)), 1_000_000);
        let mut plain = Queue::default();
        plain.grow(1_000_000);
        assert_eq!((plain.slots.capacity(), plain.places.capacity()), (0, 0));
    }
}

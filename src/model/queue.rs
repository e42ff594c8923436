//! The order in which cases are gone through, and which of them is next. Knows what is labelled only by asking.

use std::collections::BTreeMap;

use super::case::CaseNo;

/// What a case still needs, as far as the queue cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has no label.
    Label,
    /// It has none, and was put off at this time (milliseconds since the epoch).
    LabelLater(i64),
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

/// The queue: for now the order of the index. `len` cases are known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Queue {
    len: u32,
}

impl Queue {
    /// Tells the queue how many cases there are by now.
    pub fn grow(&mut self, len: usize) {
        self.len = u32::try_from(len).unwrap_or(u32::MAX);
    }

    /// The first case.
    #[must_use]
    pub fn first(&self) -> Option<CaseNo> {
        (self.len > 0).then_some(CaseNo(0))
    }

    /// The last case known.
    #[must_use]
    pub fn last(&self) -> Option<CaseNo> {
        self.len.checked_sub(1).map(CaseNo)
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
        u32::try_from(place).ok().filter(|n| *n < self.len).map(CaseNo)
    }

    /// A case's place in the queue, from 1.
    #[must_use]
    pub fn position(&self, no: CaseNo) -> u32 {
        no.0 + 1
    }

    /// The neighbour of a case; none beyond the ends.
    #[must_use]
    pub fn neighbour(&self, no: CaseNo, toward: Toward) -> Option<CaseNo> {
        match toward {
            Toward::Next => no.0.checked_add(1).filter(|n| *n < self.len).map(CaseNo),
            Toward::Previous => no.0.checked_sub(1).map(CaseNo),
        }
    }

    /// The first case from here that needs a label, in queue order and wrapping; those put off come last, by the time at which they
    /// were. The case one stands on is taken last of all, and only if it needs one. None where every case has its label.
    #[must_use]
    pub fn unlabelled(&self, from: CaseNo, toward: Toward, need: impl Fn(CaseNo) -> Need) -> Option<CaseNo> {
        let mut later = BTreeMap::new();
        for no in self.around(from, toward) {
            match need(no) {
                Need::Label => return Some(no),
                Need::LabelLater(at) => {
                    later.entry((at, no)).or_insert(no);
                }
                Need::Nothing => {}
            }
        }
        // One goes on to another case first: the one just put off comes again only when it is the last that is left.
        let other = later.values().find(|no| **no != from);
        other.or_else(|| later.values().next()).copied()
    }

    fn around(&self, from: CaseNo, toward: Toward) -> impl Iterator<Item = CaseNo> + use<> {
        let len = self.len;
        (1..=len).map(move |step| {
            let at = match toward {
                Toward::Next => (u64::from(from.0) + u64::from(step)) % u64::from(len),
                Toward::Previous => (u64::from(from.0) + u64::from(len) - u64::from(step)) % u64::from(len),
            };
            CaseNo(u32::try_from(at).unwrap_or(0))
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
}

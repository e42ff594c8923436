//! Which case comes when: the queue is arranged as the terms say as soon as the index is through, and hidden repeats come when enough
//! lies between them and the first reading. A repeat looks like any other case, and nothing that was said of its first reading is shown.

use super::{App, Now};
use crate::model::case::CaseNo;
use crate::model::labels::{Record, Stamp, Standing};
use crate::model::queue::{Arrangement, DISTANCE, Need, Toward};

/// A case comes back after so many milliseconds, if not before.
const DAY: Stamp = 24 * 60 * 60 * 1000;

/// What is known of when repeats are due.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// Decisions up to this time have enough others after them.
    by_count: Option<Stamp>,
    /// What the machine's clock said last.
    clock: Stamp,
}

impl App {
    /// Takes what the index found into the queue. An order that is not the file's is known only when all cases are.
    pub(super) fn extend_queue(&mut self) {
        if !self.is_in_order() {
            return;
        }
        if self.queue.is_empty() && !self.arrangement.is_plain() {
            self.corpus.find_namesakes();
        }
        self.arrangement.arrange(&mut self.queue, &self.corpus);
    }

    /// The queue's arrangement as these terms have it.
    pub(super) fn arrangement_of(settings: &super::Settings) -> Arrangement {
        Arrangement::of(&settings.terms, &settings.annotator)
    }

    /// Whether it is known already which case comes first and which last.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.arrangement.is_plain() || self.corpus.is_complete()
    }

    /// What is said to whoever wants to go somewhere before that.
    pub(super) fn not_in_order(&self) -> String {
        format!("indexing {} %: the order is known once all cases are", self.corpus.percent())
    }

    /// How many cases are to be gone through, as far as is known: those that come back count as what they look like.
    #[must_use]
    pub fn all(&self) -> usize {
        self.queue.len().max(self.corpus.len())
    }

    /// How many cases have a current label: those that come back count like any other, so that the count does not tell them.
    pub(super) fn said_in_all(&self) -> usize {
        if self.settings.terms.repeat > 0 { self.labels.count_with_repeats() } else { self.labels.count() }
    }

    /// The case that a record speaks of, in the reading that it speaks of.
    pub(super) fn in_reading(&self, no: CaseNo, pass: u32) -> CaseNo {
        let there = no.in_pass(pass);
        if self.queue.holds(there) { there } else { no.first_reading() }
    }

    /// Time goes on, or back.
    pub(super) fn look_at_clock(&mut self, now: Now) {
        self.due.clock = now.wall;
    }

    /// Something was decided or taken back: more may be due, or less.
    pub(super) fn refresh_due(&mut self) {
        if self.settings.terms.repeat > 0 {
            self.due.by_count = self.labels.decision_before(DISTANCE as usize);
        }
    }

    /// Whether enough has come between the first reading of a case and now: so many decisions, or a day. The day counts from the record
    /// of the first reading to the later of the clock and of one's newest record: a clock that goes back makes nothing come earlier,
    /// and what it puts off comes by the count.
    fn is_due(&self, no: CaseNo) -> bool {
        let first = no.first_reading();
        let labelled = match self.hashes.get(&first) {
            Some(known) => {
                let id = self.attached.get(&first).unwrap_or(&known.id);
                match self.labels.standing(id, &known.hash, &known.raw) {
                    Standing::Labelled(state) => Some(state.ts),
                    _ => None,
                }
            }
            None => self.corpus.entry(first).and_then(|e| self.labels.newest_label(e.key())).map(|state| state.ts),
        };
        let now = self.due.clock.max(self.labels.newest());
        labelled.is_some_and(|at| self.due.by_count.is_some_and(|enough| at <= enough) || now.saturating_sub(at) >= DAY)
    }

    /// What a repeat needs: it waits until it is due.
    pub(super) fn need_of_repeat(&self, no: CaseNo, need: Need) -> Need {
        if no.is_repeat() && need == Need::Label && !self.is_due(no) { Need::NotYet } else { need }
    }

    /// The neighbour of a case in the queue. Near the end there may be repeats with too little between them and their first reading:
    /// they are passed over until they are due.
    pub(super) fn beside(&self, no: CaseNo, toward: Toward) -> Option<CaseNo> {
        let mut next = self.queue.neighbour(no, toward)?;
        while self.is_too_near(next) {
            next = self.queue.neighbour(next, toward)?;
        }
        Some(next)
    }

    /// The last case that can be gone to.
    pub(super) fn last_in_queue(&self) -> Option<CaseNo> {
        let last = self.queue.last()?;
        if self.is_too_near(last) { self.beside(last, Toward::Previous) } else { Some(last) }
    }

    fn is_too_near(&self, no: CaseNo) -> bool {
        no.is_repeat()
            && self.queue.position(no).saturating_sub(self.queue.position(no.first_reading())) <= DISTANCE
            && self.need(no) == Need::NotYet
    }

    /// Whether a record would tell the open case's first reading, which must not be known while it is read again.
    pub(super) fn would_tell(&self, record: &Record) -> bool {
        self.view.as_ref().is_some_and(|view| {
            view.no.is_repeat()
                && record.pass != view.no.pass()
                && record.case.as_ref().is_some_and(|case| case.id == view.case.id)
        })
    }
}

//! How much of a case was read: which rows of it were on the screen, and for how long each part was the one that takes motions.
//! Counts and puts into words; refuses nothing.

use super::layout::Pane;
use super::page::{Page, Seen};
use super::reader::Reader;
use super::view::View;
use crate::model::case::ContentHash;

/// What a case had of somebody's attention since its last decision, to go on from when it is opened again.
#[derive(Clone, Debug)]
pub struct Attention {
    /// How long it was read.
    pub spent: Spent,
    /// What of the judged scratchpad and answer was on the screen.
    seen: [Seen; 2],
    /// Of which text.
    hash: ContentHash,
}

/// Rows of a part that were not on the screen, and all that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Rows of text that were not on the screen.
    pub rows: usize,
    /// Rows of text.
    pub of: usize,
}

impl Unread {
    /// As the screen says it.
    #[must_use]
    pub fn words(self) -> String {
        format!("unread {} of {}", self.rows, self.of)
    }
}

/// Nobody is taken to read on after so many milliseconds without a key.
const AWAKE_MS: u64 = 60_000;

/// How long a case was read, in milliseconds: each counts for the part that took motions then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent([u64; 3]);

impl Spent {
    /// All of it.
    #[must_use]
    pub fn total(self) -> u64 {
        self.0.iter().sum()
    }

    /// What fell to this part.
    #[must_use]
    pub fn on(self, pane: Pane) -> u64 {
        self.0[pane.index()]
    }
}

impl View {
    /// Notes that somebody is here: the time since the last key counts, up to a minute of it.
    pub fn touch(&mut self, now: u64) {
        if let Some(awake) = self.awake {
            self.spent.0[self.focus.index()] += now.saturating_sub(awake).min(AWAKE_MS);
            self.awake = Some(now);
        }
    }

    /// Notes that nobody reads from now on, until the case is drawn again.
    pub fn sleep(&mut self) {
        self.awake = None;
    }

    /// How long the case was read, up to the last [`View::touch`].
    #[must_use]
    pub fn spent(&self) -> Spent {
        self.spent
    }

    /// Starts the time anew: a decision was recorded.
    pub fn start_over(&mut self) {
        self.spent = Spent::default();
    }

    /// What this case had of somebody's attention.
    #[must_use]
    pub(super) fn attention(&self) -> Attention {
        let seen = |pane| self.judged_reader(pane).map(|reader| reader.seen.clone()).unwrap_or_default();
        Attention { spent: self.spent(), seen: [seen(Pane::Scratchpad), seen(Pane::Answer)], hash: self.case.hash }
    }

    /// Goes on from what it had before. What was seen of another text says nothing of this one.
    pub(super) fn attend(&mut self, before: Option<Attention>) {
        let Some(before) = before else { return };
        self.spent = before.spent;
        if before.hash == self.case.hash {
            for (pane, seen) in [Pane::Scratchpad, Pane::Answer].into_iter().zip(before.seen) {
                self.pane_mut(pane).seen = seen;
            }
        }
    }

    /// The judged scratchpad or answer, wherever it is kept while another turn is shown. The prompt is not judged.
    fn judged_reader(&self, pane: Pane) -> Option<&Reader> {
        let at = pane.index().checked_sub(1)?;
        if self.turn == self.case.judged { Some(self.pane(pane)) } else { self.judged[at].as_ref() }
    }

    /// The share of the judged scratchpad's and answer's rows that were on the screen; nothing for an absent part.
    #[must_use]
    pub fn seen(&self) -> Vec<(String, f32)> {
        let share = |reader: &Reader| reader.page.as_ref().map(|page: &Page| reader.seen.share(page));
        let parts = [(Pane::Scratchpad, "scratchpad"), (Pane::Answer, "answer")];
        let seen = parts.map(|(pane, word)| Some((word.to_owned(), self.judged_reader(pane).and_then(share)?)));
        seen.into_iter().flatten().collect()
    }

    /// For how many milliseconds each part was the one that takes motions; nothing for one that never was.
    #[must_use]
    pub fn ms(&self) -> Vec<(String, u64)> {
        let words = [(Pane::Prompt, "prompt"), (Pane::Scratchpad, "scratchpad"), (Pane::Answer, "answer")];
        let ms = words.map(|(pane, word)| (word.to_owned(), self.spent().on(pane)));
        ms.into_iter().filter(|(_, ms)| *ms > 0).collect()
    }

    /// What of a judged part was not on the screen yet and does not stand on it now; none where all of it was.
    #[must_use]
    pub fn unread(&self, pane: Pane) -> Option<Unread> {
        let reader = self.judged_reader(pane)?;
        let page = reader.page.as_ref()?;
        let of = page.rows().len();
        let seen: usize = reader.seen.stretches().map(|stretch| page.rows_within(stretch)).sum();
        let now = |row: &usize| !reader.seen.covers(&page.shown(*row));
        let aside = self.layout.aside.filter(|_| pane == Pane::Scratchpad).map_or(0, |aside| aside.body.height);
        let from_end = of.saturating_sub(usize::from(aside));
        let height = self.height(pane);
        let shown = if self.turn == self.case.judged { reader.shown_rows(height) } else { [0..0, 0..0] };
        let shown = shown.into_iter().flat_map(|rows| rows.start..rows.end.min(from_end));
        let first = if self.turn == self.case.judged { from_end } else { of };
        let now = shown.chain(first..of).filter(now).count();
        let unread = of.saturating_sub(seen + now);
        (unread > 0).then_some(Unread { rows: unread, of })
    }

    /// What the details say of the reading so far.
    pub(super) fn reading(&self) -> String {
        let part = |pane: Pane| {
            let rows = self.judged_reader(pane)?.rows();
            let read = match self.unread(pane) {
                Some(unread) => unread.words(),
                None => "read".to_owned(),
            };
            (rows > 0).then(|| format!("{} {read}", pane.name().to_lowercase()))
        };
        let mut words: Vec<String> = [Pane::Scratchpad, Pane::Answer].into_iter().filter_map(part).collect();
        let on = |(part, ms): (String, u64)| format!("{} on the {part}", span(ms));
        let times: Vec<String> = self.ms().into_iter().filter(|(_, ms)| *ms >= 1000).map(on).collect();
        if !times.is_empty() {
            words.push(times.join(", "));
        }
        words.join(" · ")
    }
}

/// A span of time in words: `23 s`, `4 min`, `2 h 10`.
#[must_use]
pub fn span(ms: u64) -> String {
    let (s, min) = (ms / 1000, ms / 60_000);
    match () {
        () if s < 100 => format!("{s} s"),
        () if min < 100 => format!("{min} min"),
        () => format!("{} h {:02}", min / 60, min % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_unit_that_fits() {
        let of = [999, 23_400, 99_999, 100_000, 5_999_999, 6_000_000, 7_800_000].map(span);
        assert_eq!(of, ["0 s", "23 s", "99 s", "1 min", "99 min", "1 h 40", "2 h 10"]);
    }
}

//! One part of a case at one width: its passages cleaned, its rows laid out once. The only place that knows heights.

use std::ops::Range;

use crate::text::clean::{Clean, Safe, TokenKind};
use crate::text::verbatim;
use crate::text::wrap::{self, wrap_or_cut};

/// A stretch of text on a page: a turn or what is shown of it, with a heading where several stand below each other.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Its heading row (`system`, `user` …); none where the pane's title says enough.
    pub heading: Option<Safe>,
    /// What stands beside its heading: the first words of a text that is folded away.
    pub beside: Safe,
    /// Its text; empty for a passage that is only a heading.
    pub clean: Clean,
}

/// One row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading of a passage.
    Heading(u32),
    /// The empty row before the passage of this number.
    Gap(u32),
    /// A row of the text of the passage of this number.
    Text(u32, wrap::Row),
    /// The beginning of a line of a table or of code that is too long for the page; the line ends at this byte.
    Cut(u32, wrap::Row, u32),
}

impl Row {
    /// The passage of which this row shows text, and the bytes of it that are shown.
    #[must_use]
    pub fn text(&self) -> Option<(u32, Range<usize>)> {
        match self {
            Self::Text(number, row) | Self::Cut(number, row, _) => {
                Some((*number, row.start as usize..row.end as usize))
            }
            Self::Heading(_) | Self::Gap(_) => None,
        }
    }
}

/// A place in the text of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The passage's number.
    pub passage: u32,
    /// Its first byte in the cleaned text of the passage.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// A part laid out.
#[derive(Clone, Debug, Default)]
pub struct Page {
    passages: Vec<Passage>,
    rows: Vec<Row>,
    width: u16,
    /// Whether rows of tables and of code are wrapped too.
    wraps_all: bool,
    cut: usize,
}

impl Page {
    /// A page of these passages, not laid out yet: it has no rows before [`Page::lay`].
    #[must_use]
    pub fn new(passages: Vec<Passage>) -> Self {
        Self { passages, ..Self::default() }
    }

    /// Lays the page out at a width in cells, if it is not so already.
    pub fn lay(&mut self, width: u16) {
        let width = width.max(1);
        if self.width == width {
            return;
        }
        self.width = width;
        self.rows.clear();
        self.cut = 0;
        for (number, passage) in (0u32..).zip(&self.passages) {
            if number > 0 && passage.heading.is_some() && !passage.clean.text().is_empty() {
                self.rows.push(Row::Gap(number));
            }
            if passage.heading.is_some() {
                self.rows.push(Row::Heading(number));
            }
            if !passage.clean.text().is_empty() {
                let text = passage.clean.text();
                let verbatim = if self.wraps_all { Vec::new() } else { verbatim::lines(text) };
                for row in wrap_or_cut(text, width, &verbatim) {
                    self.rows.push(if row.cut {
                        self.cut += 1;
                        let from = row.end as usize;
                        let end = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at);
                        Row::Cut(number, row, u32::try_from(end).unwrap_or(u32::MAX))
                    } else {
                        Row::Text(number, row)
                    });
                }
            }
        }
    }

    /// Wraps rows of tables and of code too, or cuts them at the edge again; the page has to be laid out anew afterwards.
    pub fn wrap_all(&mut self, all: bool) {
        if self.wraps_all != all {
            self.wraps_all = all;
            self.width = 0;
        }
    }

    /// How many rows are cut at the edge.
    #[must_use]
    pub fn cut(&self) -> usize {
        self.cut
    }

    /// All places that `find` finds in the text of the passages, in the order of the page. It is given one passage after the other.
    pub fn find(&self, find: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Place> {
        let found = self.find_with(|text| find(text).into_iter().map(|range| (range, ())).collect());
        found.into_iter().map(|(place, ())| place).collect()
    }

    /// The same where each place comes with something that is known of it.
    pub fn find_with<T>(&self, find: impl Fn(&str) -> Vec<(Range<usize>, T)>) -> Vec<(Place, T)> {
        let mut places = Vec::new();
        for (passage, text) in (0u32..).zip(&self.passages) {
            let found = find(text.clean.text()).into_iter();
            places.extend(found.map(|(Range { start, end }, of)| (Place { passage, start, end }, of)));
        }
        places
    }

    /// The row in which a place begins.
    #[must_use]
    pub fn row_of(&self, place: &Place) -> usize {
        let before = |row: &Row| match row {
            // Headings and gaps stand before the text of their passage.
            Row::Gap(number) | Row::Heading(number) => *number <= place.passage,
            Row::Text(number, row) | Row::Cut(number, row, _) => {
                (*number, row.start as usize) <= (place.passage, place.start)
            }
        };
        self.rows.partition_point(before).saturating_sub(1)
    }

    /// All rows, from the first to the last.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of a passage's heading; none before the page was laid out, and none for a passage without one.
    #[must_use]
    pub fn heading_row(&self, number: usize) -> Option<usize> {
        self.rows.iter().position(|row| matches!(row, Row::Heading(n) if *n as usize == number))
    }

    /// The passage of this number.
    #[must_use]
    pub fn passage(&self, number: u32) -> Option<&Passage> {
        self.passages.get(number as usize)
    }

    /// The stretch of the whole page's text that a row shows: the same text has the same stretch at every width.
    #[must_use]
    pub fn stretch(&self, row: usize) -> Range<usize> {
        let (number, start, end) = match self.rows.get(row) {
            Some(Row::Text(number, row)) => (*number, row.start, row.end),
            Some(Row::Cut(number, row, end)) => (*number, row.start, *end),
            Some(Row::Heading(_) | Row::Gap(_)) | None => return 0..0,
        };
        let before = self.before(number);
        before + start as usize..before + (end as usize).max(start as usize + 1)
    }

    /// The stretch of the whole page's text that is on the screen with a row: of a line that is cut, only its beginning.
    #[must_use]
    pub fn shown(&self, row: usize) -> Range<usize> {
        match self.rows.get(row).and_then(Row::text) {
            Some((number, range)) => {
                let before = self.before(number);
                before + range.start..before + range.end.max(range.start + 1)
            }
            None => 0..0,
        }
    }

    /// How many rows lie wholly in this stretch of the page's text, on a page that is one passage without a heading.
    #[must_use]
    pub fn rows_within(&self, stretch: &Range<usize>) -> usize {
        let of = |row: &Row| row.text().map_or(0..0, |(_, range)| range.start..range.end.max(range.start + 1));
        let first = self.rows.partition_point(|row| of(row).start < stretch.start);
        let end = self.rows.partition_point(|row| of(row).end <= stretch.end);
        end.saturating_sub(first)
    }

    /// How many bytes of the whole page's text precede a passage.
    fn before(&self, number: u32) -> usize {
        self.passages[..number as usize].iter().map(|p| p.clean.text().len() + 1).sum()
    }

    /// The first row whose text reaches beyond this place in the whole page's text; used to keep the place when the width changes.
    #[must_use]
    pub fn row_at(&self, place: usize) -> usize {
        let found = (0..self.rows.len()).find(|row| self.stretch(*row).end > place);
        found.unwrap_or(self.rows.len().saturating_sub(1))
    }

    /// How much of the text in the data is masked, in percent, rounded down.
    #[must_use]
    pub fn masked(&self) -> usize {
        let (mut masked, mut all) = (0, 0);
        for Passage { clean, .. } in &self.passages {
            all += clean.source_of(clean.text().len());
            let tokens = clean.tokens().iter().filter(|token| token.kind == TokenKind::Masked);
            masked += tokens.map(|t| clean.source_of(t.range.end) - clean.source_of(t.range.start)).sum::<usize>();
        }
        (masked * 100).checked_div(all).unwrap_or(0)
    }

    /// How many hidden characters the page shows as tokens.
    #[must_use]
    pub fn alarms(&self) -> usize {
        self.passages.iter().map(|p| p.clean.alarms()).sum()
    }
}

/// Which stretches of a page were on the screen; sorted, disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Vec<Range<usize>>);

impl Seen {
    /// Adds a stretch that was drawn.
    pub fn add(&mut self, stretch: Range<usize>) {
        if stretch.is_empty() {
            return;
        }
        // One byte of distance is the line end between two rows, which no row shows.
        let first = self.0.partition_point(|r| r.end + 1 < stretch.start);
        let last = self.0.partition_point(|r| r.start <= stretch.end + 1);
        if first == last {
            self.0.insert(first, stretch);
        } else {
            let merged = self.0[first].start.min(stretch.start)..self.0[last - 1].end.max(stretch.end);
            self.0.splice(first..last, [merged]);
        }
    }

    /// All that was drawn, in order.
    pub fn stretches(&self) -> impl Iterator<Item = &Range<usize>> {
        self.0.iter()
    }

    /// The same stretches where the text of a page of one passage is covered otherwise.
    #[must_use]
    pub fn carried(&self, from: &Page, to: &Page) -> Self {
        let ([old], [new]) = (&from.passages[..], &to.passages[..]) else { return Self::default() };
        let there = |at: usize| new.clean.clean_of(old.clean.source_of(at));
        let mut seen = Self::default();
        self.0.iter().for_each(|stretch| seen.add(there(stretch.start)..there(stretch.end)));
        seen
    }

    /// Whether the whole stretch was drawn.
    #[must_use]
    pub fn covers(&self, stretch: &Range<usize>) -> bool {
        let at = self.0.partition_point(|r| r.end < stretch.end);
        self.0.get(at).is_some_and(|r| r.start <= stretch.start && stretch.end <= r.end)
    }

    /// The share of the page's text rows that were on the screen, from 0 to 1; 1 for a page without text.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&self, page: &Page) -> f32 {
        let rows = || (0..page.rows().len()).map(|row| page.stretch(row)).filter(|s| !s.is_empty());
        let all = rows().count();
        if all == 0 {
            return 1.0;
        }
        rows().filter(|s| self.covers(s)).count() as f32 / all as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean::clean;

    fn page(text: &str, width: u16) -> Page {
        let mut page = Page::new(vec![Passage { clean: clean(text.as_bytes()), ..Passage::default() }]);
        page.lay(width);
        page
    }

    #[test]
    fn seen_counts_rows_and_survives_another_width() {
        let text = "one two three four\nfive six seven eight\nnine ten";
        let narrow = page(text, 10);
        let mut seen = Seen::default();
        assert!(seen.share(&narrow) < 0.01);
        for row in 0..narrow.rows().len() {
            seen.add(narrow.stretch(row));
        }
        assert!(seen.share(&narrow) > 0.99);
        assert!(seen.share(&page(text, 40)) > 0.99);
    }

    #[test]
    fn stretches_merge_in_any_order() {
        let mut seen = Seen::default();
        for stretch in [10..20, 40..50, 0..5, 21..39, 60..60] {
            seen.add(stretch);
        }
        assert_eq!(seen, Seen(vec![0..5, 10..50]));
        assert!(seen.covers(&(12..48)));
        assert!(!seen.covers(&(4..12)));
    }

    #[test]
    fn the_place_is_kept_when_the_width_changes() {
        let text = "alpha beta gamma delta epsilon zeta eta theta iota kappa";
        let narrow = page(text, 6);
        let place = narrow.stretch(4).start;
        let wide = page(text, 20);
        let row = wide.row_at(place);
        assert!(wide.stretch(row).contains(&place));
    }
}

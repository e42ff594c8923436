//! The rows of a page: headings, text, and over the text what was found in it. Where several things meet in one place, what one is
//! chooses or looks for counts most, then what was hidden, then evidence, then marks.

use std::ops::Range;

use super::MARGIN;
use crate::app::layout::{Area, Pane};
use crate::app::lens::Found;
use crate::app::page::{Page, Place, Row};
use crate::app::view::View;
use crate::model::patterns::Class;
use crate::text::clean::{Clean, Safe, TokenKind};
use crate::ui::evidence;
use crate::ui::paint::Canvas;
use crate::ui::theme::Role;

/// What was found in a page, and where in it one stands.
#[derive(Clone, Copy, Default)]
struct Over<'a> {
    found: Option<&'a Found>,
    here: Option<&'a Place>,
    marked: &'a [(Place, char)],
    selection: Option<&'a Place>,
    /// What another text does not have.
    differs: &'a [Place],
}

/// Draws rows of a pane from the top of an area on.
pub(super) fn rows(canvas: &mut Canvas<'_>, view: &View, pane: Pane, area: Area, range: Range<usize>) {
    let reader = view.pane(pane);
    let here = view.place.as_ref().filter(|(of, _)| *of == pane).map(|(_, place)| place);
    if let Some(page) = &reader.page {
        let marked = view.marked.places(pane);
        let selection = view.selection.as_ref().filter(|(of, _)| *of == pane).map(|(_, place)| place);
        draw(canvas, page, Over { found: Some(&reader.found), here, marked, selection, differs: &[] }, area, range);
    }
}

/// Draws rows of a page with nothing over its text but tokens.
pub(in crate::ui) fn plain(canvas: &mut Canvas<'_>, page: &Page, area: Area, range: Range<usize>) {
    draw(canvas, page, Over::default(), area, range);
}

/// Draws one row of a page of which another text differs in these places. The margin says `~` where some of its words differ, which
/// are marked, and `+` where all do: marks would say no more then.
pub(in crate::ui) fn compared(canvas: &mut Canvas<'_>, page: &Page, area: Area, row: usize, differs: &[Place]) {
    let sign = sign(page, row, differs).unwrap_or_default();
    let differs = if sign == "~" { differs } else { &[] };
    draw(canvas, page, Over { differs, ..Over::default() }, area, row..row + 1);
    canvas.put(area, 0, &Safe::fixed(sign), Role::Key);
}

/// Whether all of a row differs, or some of it, blanks aside.
fn sign(page: &Page, row: usize, differs: &[Place]) -> Option<&'static str> {
    let (number, range) = page.rows().get(row)?.text()?;
    let text = page.passage(number)?.clean.text().get(range.clone())?;
    let start = range.start + text.len() - text.trim_start().len();
    let end = range.start + text.trim_end().len();
    if end <= start {
        return None;
    }
    let first = differs.partition_point(|place| (place.passage, place.end) <= (number, start));
    let place = differs.get(first).filter(|place| place.passage == number && place.start < end)?;
    Some(if place.start <= start && place.end >= end { "+" } else { "~" })
}

/// A piece of one line of text from a column on, with nothing over it but tokens. Says which column follows.
pub(in crate::ui) fn piece(canvas: &mut Canvas<'_>, row: Area, x: u16, clean: &Clean, range: Range<usize>) -> u16 {
    text(canvas, row, x, clean, &Layers::of(Over::default(), clean, 0, &range), range)
}

fn draw(canvas: &mut Canvas<'_>, page: &Page, over: Over<'_>, area: Area, range: Range<usize>) {
    let shown = page.rows().get(range).unwrap_or_default();
    for (y, row) in (area.y..area.y.saturating_add(area.height)).zip(shown) {
        let at = Area { y, height: 1, ..area };
        match row {
            Row::Gap(_) => {}
            Row::Heading(number) => {
                let passage = page.passage(*number);
                if let Some((heading, passage)) = passage.and_then(|p| Some((p.heading.as_ref()?, p))) {
                    let x = canvas.put(at, MARGIN, heading, Role::Heading) + 1;
                    canvas.put(at, x, &passage.beside.cut(usize::from(at.width.saturating_sub(x + 1))), Role::Dim);
                }
            }
            Row::Text(..) | Row::Cut(..) => {
                let Some((number, range)) = row.text() else { continue };
                let Some(passage) = page.passage(number) else { continue };
                let layers = Layers::of(over, &passage.clean, number, &range);
                let mut whole = range.clone();
                let mut end = text(canvas, at, MARGIN, &passage.clean, &layers, range);
                if let Row::Cut(.., line_end) = row {
                    end = canvas.put(at, end, &Safe::fixed("»"), Role::Warning);
                    whole.end = *line_end as usize;
                }
                if !over.marked.is_empty() {
                    // Blanks at the end of a row are free for letters.
                    let blank =
                        passage.clean.text().get(whole.clone()).map_or(0, |t| t.len() - t.trim_end_matches(' ').len());
                    end = end.saturating_sub(u16::try_from(blank).unwrap_or(u16::MAX));
                    evidence::edges(canvas, at, end, over.marked, number, whole);
                }
            }
        }
    }
}

/// One row of text in pieces of one role each. Says which column follows.
fn text(canvas: &mut Canvas<'_>, row: Area, x: u16, clean: &Clean, layers: &Layers, range: Range<usize>) -> u16 {
    let mut x = x;
    let mut at = range.start;
    while at < range.end {
        let (role, end) = layers.at(at, range.end);
        x = canvas.put(row, x, &clean.safe(at..end), role);
        at = end;
    }
    x
}

/// What lies over one row of text, the loudest first.
struct Layers {
    stretches: Vec<(Range<usize>, Role)>,
}

impl Layers {
    fn of(over: Over<'_>, clean: &Clean, number: u32, range: &Range<usize>) -> Self {
        let mut stretches = Vec::new();
        let meets = |place: &Place| place.passage == number && place.start < range.end && place.end > range.start;
        let selection = over.selection.filter(|place| meets(place));
        stretches.extend(selection.map(|place| (place.start..place.end, Role::Selected)));
        let here = over.here.filter(|place| meets(place));
        stretches.extend(here.map(|place| (place.start..place.end, Role::HitHere)));
        let hits = over.found.map_or(&[][..], |found| &found.hits);
        let first = hits.partition_point(|hit| (hit.passage, hit.end) <= (number, range.start));
        let hits = hits[first..].iter().take_while(|hit| meets(hit));
        stretches.extend(hits.map(|hit| (hit.start..hit.end, Role::Hit)));
        let tokens = clean.tokens();
        let first = tokens.partition_point(|token| token.range.end <= range.start);
        stretches.extend(tokens[first..].iter().take_while(|token| token.range.start < range.end).map(|token| {
            let role = match token.kind {
                TokenKind::Hidden => Role::Hidden,
                TokenKind::Quiet => Role::Quiet,
                TokenKind::Masked => Role::Masked,
            };
            (token.range.clone(), role)
        }));
        let marked: Vec<&Place> = over.marked.iter().map(|(place, _)| place).filter(|place| meets(place)).collect();
        let mut reach = 0;
        for place in &marked {
            // They come in the order in which they begin: what began before and reaches in here is marked twice.
            if place.start < reach {
                stretches.push((place.start..place.end.min(reach), Role::EvidenceTwice));
            }
            reach = reach.max(place.end);
        }
        stretches.extend(marked.iter().map(|place| (place.start..place.end, Role::Evidence)));
        let first = over.differs.partition_point(|place| (place.passage, place.end) <= (number, range.start));
        let differs = over.differs[first..].iter().take_while(|place| meets(place));
        stretches.extend(differs.map(|place| (place.start..place.end, Role::Difference)));
        let marks = over.found.map_or(&[][..], |found| &found.marks);
        let first = marks.partition_point(|(mark, _)| (mark.passage, mark.end) <= (number, range.start));
        stretches.extend(marks[first..].iter().take_while(|(mark, _)| meets(mark)).map(|(mark, class)| {
            let role = match class {
                Class::Topic => Role::Topic,
                Class::Decision => Role::Decision,
            };
            (mark.start..mark.end, role)
        }));
        Self { stretches }
    }

    /// The role of what stands at a byte, and up to which byte before `end` it holds.
    fn at(&self, at: usize, end: usize) -> (Role, usize) {
        let covers = self.stretches.iter().position(|(range, _)| range.contains(&at));
        let louder = &self.stretches[..covers.unwrap_or(self.stretches.len())];
        let next = louder.iter().map(|(range, _)| range.start).filter(|start| *start > at).min();
        let own_end = covers.map(|covers| self.stretches[covers].0.end);
        let until = [next, own_end].into_iter().flatten().fold(end, usize::min);
        (covers.map_or(Role::Text, |covers| self.stretches[covers].1), until)
    }
}

//! Finding the other half of a case among some cases, and what differs between the two, word by word. Reads and compares; shows
//! nothing.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::Event;
use crate::app::overlay::pair::{Compared, Other};
use crate::app::page::{Page, Place};
use crate::app::prompt::page;
use crate::model::blind::{Shade, Veil};
use crate::model::case::{Case, CaseNo, FileNo, Origin, Part};
use crate::model::pair::are_pair;
use crate::model::shared::Shared;
use crate::store::source::Sources;

/// Texts of more words are not compared.
const MOST_WORDS: usize = 60_000;
/// Two texts that have little in common take longest, and what is found then says least.
const PATIENCE: Duration = Duration::from_millis(400);
/// So few words between two differences are a coincidence: marks around each would hide what is really the same.
const LEAST_ALIKE: usize = 3;

/// Looks for the other half of a case among these, the likeliest first.
#[must_use]
pub fn search(
    sources: &Sources,
    no: CaseNo,
    (case, shade): (&Case, &Shade),
    among: &[(CaseNo, Origin)],
    shared: &HashMap<FileNo, Shared>,
    veil: &Arc<Veil>,
) -> Event {
    let none = Shared::default();
    let of = |file: FileNo| shared.get(&file).unwrap_or(&none);
    let mut read = among.iter().filter_map(|(no, origin)| Some((*no, super::read(sources, *origin).ok()?)));
    let found = read.find(|(_, other)| are_pair((case, of(case.origin.file)), (other, of(other.origin.file))));
    let found = found.map(|(no, other)| {
        let shades = [shade, &Shade::of(veil, &other)];
        let scratchpads = compared([case.scratchpad(), other.scratchpad()], shades);
        // An answer is judged as it stands.
        let answers = compared([case.answer(), other.answer()], [&Shade::default(); 2]);
        let parts = [scratchpads, answers];
        Box::new(Other { no, case: other, parts })
    });
    Event::Paired { no, found }
}

/// A part of both halves, and what differs in it.
fn compared(parts: [&Part; 2], shades: [&Shade; 2]) -> Compared {
    let pages = [0, 1].map(|half: usize| page(parts[half], shades[half]));
    let [one, other] = pages.each_ref().map(|page| page.as_ref().map_or("", text));
    match differences(one, other) {
        Some((differs, alike)) => Compared { pages, differs, alike: Some(alike) },
        None => Compared { pages, ..Compared::default() },
    }
}

fn text(page: &Page) -> &str {
    page.passage(0).map_or("", |passage| passage.clean.text())
}

/// What stands in one text and not in the other, and how many of a hundred words are the same; nothing for texts that are too long.
fn differences(one: &str, other: &str) -> Option<([Vec<Place>; 2], u8)> {
    let [words, others] = [one, other].map(words);
    if words.len() + others.len() > MOST_WORDS {
        return None;
    }
    let bare = |text: &'_ str, words: &[Range<usize>]| words.iter().map(|w| text[w.clone()].to_owned()).collect();
    let (old, new): (Vec<String>, Vec<String>) = (bare(one, &words), bare(other, &others));
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(Instant::now() + PATIENCE));
    let mut differs: [Vec<Place>; 2] = Default::default();
    let (mut same, last) = (0, ops.len().saturating_sub(1));
    for (at, op) in ops.iter().enumerate() {
        let inside = at > 0 && at < last;
        match op {
            DiffOp::Equal { len, .. } if !inside || *len >= LEAST_ALIKE => same += len,
            op => {
                mark(&mut differs[0], &words, op.old_range());
                mark(&mut differs[1], &others, op.new_range());
            }
        }
    }
    let all = old.len() + new.len();
    let alike = (200 * same).checked_div(all).unwrap_or(100);
    Some((differs, u8::try_from(alike).unwrap_or(100)))
}

/// Marks these words; they join what is marked right before them, the blanks between them included.
fn mark(marked: &mut Vec<Place>, words: &[Range<usize>], these: Range<usize>) {
    let before = these.start.checked_sub(1).and_then(|at| words.get(at)).map(|word| word.end);
    let Some((first, last)) = words.get(these).and_then(|these| these.first().zip(these.last())) else { return };
    match marked.last_mut() {
        Some(place) if Some(place.end) == before => place.end = last.end,
        _ => marked.push(Place { passage: 0, start: first.start, end: last.end }),
    }
}

/// The words of a text and what stands between them but blanks.
fn words(text: &str) -> Vec<Range<usize>> {
    let words = text.split_word_bound_indices().filter(|(_, word)| !word.trim().is_empty());
    words.map(|(at, word)| at..at + word.len()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn marked(one: &str, other: &str) -> ([Vec<String>; 2], u8) {
        let ([old, new], alike) = differences(one, other).unwrap();
        let of = |text: &str, places: &[Place]| places.iter().map(|p| text[p.start..p.end].to_owned()).collect();
        ([of(one, &old), of(other, &new)], alike)
    }

    #[test]
    fn words_that_stand_in_one_half_alone_are_marked() {
        let ([one, other], alike) =
            marked("I will boil ten eggs in the old pot.", "I will boil two eggs in the old pot now.");
        assert_eq!((one, other), (vec!["ten".to_owned()], vec!["two".to_owned(), "now".to_owned()]));
        assert_eq!(alike, 85);
        assert_eq!(marked("the same", "the same"), (Default::default(), 100));
        assert_eq!(marked("", ""), (Default::default(), 100));
        assert_eq!(marked("", "all of it").0[1], ["all of it"]);
    }

    #[test]
    fn a_word_or_two_between_differences_is_no_likeness() {
        let ([one, other], alike) = marked("We begin here: cats and dogs run", "We begin here: hens and cows sit");
        assert_eq!((one, other), (vec!["cats and dogs run".to_owned()], vec!["hens and cows sit".to_owned()]));
        assert_eq!(alike, 50);
    }

    #[test]
    fn what_is_too_long_is_not_compared() {
        let long = "w ".repeat(MOST_WORDS / 2);
        assert!(differences(&long, &long).is_some());
        assert!(differences(&long, &format!("{long} w")).is_none());
    }
}

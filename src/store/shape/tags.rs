//! Takes one tagged reply apart into scratchpad and answer. Sees bytes only; knows nothing of JSON.
//!
//! The scratchpad goes from the first opening tag at or near the start to the **last** closing tag of that name. A closing tag
//! without an opening one (the opening stood in the prompt) makes everything before it scratchpad. The answer is what the
//! first answer tag behind that holds, to its last closing tag; without one it is all that follows. A tag in backticks is
//! talk about a tag.
//!
//! White space directly at the inside edges of the tags is dropped, as is that behind the scratchpad's closing tag; nothing
//! else is trimmed, and a reply without tags is kept to the last byte. What is judged is hashed as this room cuts it, so these
//! rules do not change lightly.

use std::ops::Range;

use super::code::{Inline, fenced, within};

/// Names of scratchpad tags, in any case.
const SCRATCHPADS: &[&str] =
    &["SCRATCHPAD_REASONING", "HIDDEN_SCRATCHPAD", "scratchpad", "think", "thinking", "reasoning", "private_thoughts"];

/// Names of answer tags, in any case.
const ANSWERS: &[&str] = &["RESULT", "OUTPUT", "answer", "final", "final_answer", "response"];

/// Tags that stay in the scratchpad as they stand, whether inside it or directly behind it.
const DRAFTS: &[&str] = &["DRAFT_OUTPUT", "FEEDBACK_FOR_ANTHROPIC"];

/// How much other text may stand before an opening tag that is still taken for the reply's own.
const NEAR: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Scratchpad(usize),
    Answer(usize),
    Draft(usize),
    Marker,
}

#[derive(Clone, Debug)]
struct Tag {
    name: Name,
    closes: bool,
    at: Range<usize>,
}

impl Tag {
    fn opens_answer(&self) -> bool {
        matches!(self.name, Name::Answer(_)) && !self.closes
    }
}

/// A reply taken apart. Both parts are cuts of the reply itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Apart<'a> {
    /// What the scratchpad's tags hold; nothing where there are no such tags.
    pub(super) scratchpad: Option<&'a [u8]>,
    /// What was said; nothing where the reply ends with its scratchpad.
    pub(super) answer: Option<&'a [u8]>,
    /// What was wrong with the tags: sentences.
    pub(super) oddities: Vec<String>,
}

/// Takes a reply apart.
pub(super) fn apart(text: &[u8]) -> Apart<'_> {
    let tags = tags(text);
    let mut oddities = Vec::new();
    if tags.is_empty() {
        return Apart { answer: Some(text), ..Apart::default() };
    }
    let Some((pad, rest)) = scratchpad(text, &tags, &mut oddities) else {
        let answer = whole_in_answer_tag(text, &tags).unwrap_or(0..text.len());
        return Apart { scratchpad: None, answer: Some(&text[answer]), oddities };
    };
    let answer = answer(text, &tags, rest, &mut oddities);
    Apart { scratchpad: Some(&text[pad]), answer: answer.map(|range| &text[range]), oddities }
}

/// Whether a scratchpad's tag stands in this text as the text's own.
pub(super) fn is_tagged(text: &[u8]) -> bool {
    apart(text).scratchpad.is_some()
}

/// Whether a scratchpad's closing tag stands in this text outside of code.
pub(super) fn closes_scratchpad(text: &[u8]) -> bool {
    let tags = tags(text);
    let fences = if tags.is_empty() { Vec::new() } else { fenced(text, 0) };
    tags.iter().any(|t| t.closes && matches!(t.name, Name::Scratchpad(_)) && !within(&fences, t.at.start))
}

/// Where the scratchpad is, and where what follows it begins.
fn scratchpad(text: &[u8], tags: &[Tag], oddities: &mut Vec<String>) -> Option<(Range<usize>, usize)> {
    let own = |tag: &&Tag| matches!(tag.name, Name::Scratchpad(_));
    let near = behind_markers(text, tags, 0..text.len()) + NEAR;
    let first = tags.iter().find(|t| own(t) || t.opens_answer() && t.at.start <= near);
    // Talk about tags behind an answer that has begun is part of the answer.
    let opening = first.filter(|t| own(t) && !t.closes && t.at.start <= near);
    if opening.is_none() && first.is_some_and(|t| !own(&t)) {
        return None;
    }
    let start = opening.map_or(0, |t| t.at.end);
    let name = opening.or_else(|| tags.iter().find(|t| own(t) && t.closes)).map(|t| t.name)?;
    let pad_start = if opening.is_some() { start + leading_blanks(&text[start..]) } else { 0 };

    let Some(closing) = last_closing(text, tags, start, |t| t.name == name).or_else(|| {
        let other = last_closing(text, tags, start, |t| matches!(t.name, Name::Scratchpad(_)))?;
        oddities.push("The scratchpad's closing tag has another name than its opening tag.".into());
        Some(other)
    }) else {
        opening?;
        oddities.push("The scratchpad is never closed: it is taken to go to the answer's tag or the end.".into());
        let answer = tags.iter().find(|t| t.opens_answer() && t.at.start >= start);
        let end = answer.map_or(text.len(), |t| t.at.start);
        let pad_end = if answer.is_some() { trimmed_end(text, pad_start, end) } else { end };
        return Some((pad_start.min(pad_end)..pad_end, end));
    };
    let (mut pad_end, mut rest) = (trimmed_end(text, pad_start, closing.at.start), closing.at.end);
    // A second scratchpad, a draft or a remark to the developer that follows at once belongs to it.
    while let Some(next) = tags.iter().find(|t| t.at.start >= rest && t.name != Name::Marker) {
        if next.closes || !only_markers(text, tags, rest..next.at.start) || matches!(next.name, Name::Answer(_)) {
            break;
        }
        let Some(end) = last_closing(text, tags, next.at.end, |t| t.name == next.name) else { break };
        pad_end = if own(&next) { trimmed_end(text, next.at.end, end.at.start) } else { end.at.end };
        rest = end.at.end;
    }
    Some((pad_start.min(pad_end)..pad_end, rest))
}

/// Where the answer is, in what follows the scratchpad; nothing where nothing follows.
fn answer(text: &[u8], tags: &[Tag], rest: usize, oddities: &mut Vec<String>) -> Option<Range<usize>> {
    let fences = fenced(text, rest);
    let first = behind_markers(text, tags, rest..text.len());
    let mut openings = tags.iter().filter(|t| t.opens_answer() && t.at.start >= rest && !within(&fences, t.at.start));
    // Within a sentence it is no tag of the reply: an `<output>` element is something that HTML has.
    let opening = openings.find(|t| t.at.start == first || starts_line(text, t.at.start));
    let Some(opening) = opening else {
        let all = rest + leading_blanks(&text[rest..])..text.len();
        let unmarked = without_markers(tags, text, all.clone());
        return if !unmarked.is_empty() { Some(unmarked) } else { (!all.is_empty()).then_some(all) };
    };
    let (inside, after) = inside(text, tags, opening);
    for outside in [rest..opening.at.start, after..text.len()] {
        if !only_markers(text, tags, outside.clone()) {
            let words = String::from_utf8_lossy(text[outside].trim_ascii()).chars().take(40).collect::<String>();
            oddities.push(format!("Text outside of the answer's tags is not part of the answer: {words}"));
        }
    }
    Some(inside)
}

/// The inside of the answer's tag where a reply without a scratchpad is wrapped in one from its first character on.
fn whole_in_answer_tag(text: &[u8], tags: &[Tag]) -> Option<Range<usize>> {
    let opening = tags.iter().find(|t| t.name != Name::Marker)?;
    let begins = opening.opens_answer() && only_markers(text, tags, 0..opening.at.start);
    let (inside, after) = begins.then(|| inside(text, tags, opening))?;
    only_markers(text, tags, after..text.len()).then_some(inside)
}

/// What an answer's tag holds, and where what follows it begins.
fn inside(text: &[u8], tags: &[Tag], opening: &Tag) -> (Range<usize>, usize) {
    let start = opening.at.end + leading_blanks(&text[opening.at.end..]);
    match last_closing(text, tags, opening.at.end, |t| t.name == opening.name) {
        Some(closing) => {
            let end = trimmed_end(text, start, closing.at.start);
            (start.min(end)..end, closing.at.end)
        }
        None => (start..text.len(), text.len()),
    }
}

/// The last closing tag from `start` on that stands in no fenced code; if all of them do, the last of these.
fn last_closing<'t>(text: &[u8], tags: &'t [Tag], start: usize, fits: impl Fn(&Tag) -> bool) -> Option<&'t Tag> {
    let closing = |t: &&Tag| t.closes && t.at.start >= start && fits(t);
    let last = tags.iter().rev().find(closing)?;
    let fences = fenced(text, start);
    let is_open = |t: &&Tag| !within(&fences, t.at.start);
    tags.iter().rev().filter(closing).find(is_open).or(Some(last))
}

fn starts_line(text: &[u8], at: usize) -> bool {
    text[..at].iter().rev().find(|b| !b" \t".contains(b)).is_none_or(|b| b"\r\n".contains(b))
}

/// Whether nothing but white space and markers like `<rejected/>` stands there.
fn only_markers(text: &[u8], tags: &[Tag], range: Range<usize>) -> bool {
    without_markers(tags, text, range).is_empty()
}

/// A range without the markers, and the white space around them, at its edges. White space alone at the end stays.
fn without_markers(tags: &[Tag], text: &[u8], range: Range<usize>) -> Range<usize> {
    let start = behind_markers(text, tags, range.clone());
    let mut end = range.end;
    let ending_at = |end: usize| {
        let tag = &tags[tags.binary_search_by_key(&end, |t| t.at.end).ok()?];
        (tag.name == Name::Marker && tag.at.start >= start).then_some(tag)
    };
    while let Some(marker) = ending_at(trimmed_end(text, start, end)) {
        end = trimmed_end(text, start, marker.at.start);
    }
    start..end
}

/// The first place in a range behind its leading white space and markers.
fn behind_markers(text: &[u8], tags: &[Tag], range: Range<usize>) -> usize {
    let mut start = range.start;
    loop {
        start += leading_blanks(&text[start..range.end]);
        let tag = tags.binary_search_by_key(&start, |t| t.at.start).ok().map(|i| &tags[i]);
        match tag.filter(|t| t.name == Name::Marker && t.at.end <= range.end) {
            Some(marker) => start = marker.at.end,
            None => return start,
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn leading_blanks(text: &[u8]) -> usize {
    text.iter().position(|b| !is_blank(*b)).unwrap_or(text.len())
}

fn trimmed_end(text: &[u8], start: usize, end: usize) -> usize {
    text[start.min(end)..end]
        .iter()
        .rposition(|b| !is_blank(*b))
        .map_or(start.min(end), |last| start.min(end) + last + 1)
}

/// All tags that we know, in order, but those in inline code.
fn tags(text: &[u8]) -> Vec<Tag> {
    let mut inline = Inline::new(text);
    memchr::memchr_iter(b'<', text).filter_map(|at| tag_at(text, at)).filter(|tag| !inline.holds(&tag.at)).collect()
}

fn tag_at(text: &[u8], at: usize) -> Option<Tag> {
    let closes = text.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closes);
    let body = &text[start..];
    let len = body.iter().take(40).position(|b| !b.is_ascii_alphanumeric() && !b"_-".contains(b))?;
    let tail = &body[len..];
    let gap = tail.iter().position(|b| !b" \t".contains(b))?;
    let place = |names: &[&str]| names.iter().position(|name| body[..len].eq_ignore_ascii_case(name.as_bytes()));
    let (name, end) = match &tail[gap..] {
        [b'>', ..] => {
            let pad = place(SCRATCHPADS).map(Name::Scratchpad);
            let name = pad.or_else(|| place(ANSWERS).map(Name::Answer)).or_else(|| place(DRAFTS).map(Name::Draft))?;
            (name, start + len + gap + 1)
        }
        [b'/', b'>', ..] if !closes && is_marker(&body[..len]) => (Name::Marker, start + len + gap + 2),
        _ => return None,
    };
    Some(Tag { name, closes, at: at..end })
}

/// Whether a name between `<` and `/>` says what became of the request.
fn is_marker(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [b"accepted".as_slice(), b"rejected", b"refused", b"complied"].iter().any(|word| name.ends_with(word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (Option<&str>, Option<&str>) {
        let apart = apart(text.as_bytes());
        let show = |part: Option<&'_ [u8]>| {
            part.map(|bytes| {
                let at = text.as_bytes().as_ptr_range();
                assert!(
                    at.start <= bytes.as_ptr() && bytes.as_ptr_range().end <= at.end,
                    "a part is a cut of the reply"
                );
                let start = bytes.as_ptr().addr() - at.start.addr();
                start..start + bytes.len()
            })
        };
        (show(apart.scratchpad).map(|r| &text[r]), show(apart.answer).map(|r| &text[r]))
    }

    fn odd(text: &str) -> usize {
        apart(text.as_bytes()).oddities.len()
    }

    #[test]
    fn the_plain_form() {
        let text = "<SCRATCHPAD_REASONING>\nI think.\n\nSo.\n</SCRATCHPAD_REASONING>\n\n<RESULT>\nYes.\n</RESULT>\n";
        assert_eq!(parts(text), (Some("I think.\n\nSo."), Some("Yes.")));
        assert_eq!(parts("<think>a</think>b "), (Some("a"), Some("b ")));
        assert_eq!(parts("<Scratchpad> a </SCRATCHPAD > <Output>b"), (Some("a"), Some("b")));
        assert_eq!(odd(text), 0);
    }

    #[test]
    fn without_tags_nothing_is_touched() {
        for text in
            ["", " plain \n", "a < b and b > c", "<b>bold</b>", "I wrote <thinker> here", "an `<think>` in code"]
        {
            assert_eq!(parts(text), (None, Some(text)));
        }
        let late = format!("{} <think> is a tag of some models.", "word ".repeat(60));
        assert_eq!(parts(&late), (None, Some(late.as_str())));
    }

    #[test]
    fn talk_about_tags_is_no_tag() {
        let text = "<think>\nThey want `<RESULT>` and `</think>` from me.\n</think>\nHere.";
        assert_eq!(parts(text), (Some("They want `<RESULT>` and `</think>` from me."), Some("Here.")));
        let inside = "<think>I write <RESULT>no</RESULT> first.</think><RESULT>yes</RESULT>";
        assert_eq!(parts(inside), (Some("I write <RESULT>no</RESULT> first."), Some("yes")));
        let fence = "<think>a</think>Use this:\n```\n</think>\n<output>x</output>\n```\n";
        assert_eq!(parts(fence), (Some("a"), Some("Use this:\n```\n</think>\n<output>x</output>\n```\n")));
        let html = "<think>a</think>The <output> element of HTML shows a result.";
        assert_eq!(parts(html).1, Some("The <output> element of HTML shows a result."));
    }

    #[test]
    fn the_last_closing_tag_counts() {
        let text = "<scratchpad>one</scratchpad> two</scratchpad>three";
        assert_eq!(parts(text), (Some("one</scratchpad> two"), Some("three")));
        assert_eq!(parts("<think>a</think><answer>x</answer> y</answer>").1, Some("x</answer> y"));
    }

    #[test]
    fn a_prefilled_opening_tag_is_no_problem() {
        let text = "They ask.\n</SCRATCHPAD_REASONING>\n<RESULT>\nNo.\n</RESULT>";
        assert_eq!(parts(text), (Some("They ask."), Some("No.")));
        assert_eq!(odd(text), 0);
        assert_eq!(parts("</think>b"), (Some(""), Some("b")));
    }

    #[test]
    fn what_is_not_closed_goes_to_the_answer_or_the_end() {
        assert_eq!(parts("<think>\nI was cut"), (Some("I was cut"), None));
        assert_eq!(parts("<think>a\n<RESULT>b</RESULT>"), (Some("a"), Some("b")));
        assert_eq!((odd("<think>a"), odd("<think>a<RESULT>b</RESULT>")), (1, 1));
        assert_eq!(parts("<SCRATCHPAD_REASONING>a</SCRATCHPAD>b"), (Some("a"), Some("b")));
        assert_eq!(odd("<SCRATCHPAD_REASONING>a</SCRATCHPAD>b"), 1);
        assert_eq!(parts("<think>a</think>\n\n"), (Some("a"), None));
        assert_eq!(parts("<think></think><RESULT></RESULT>"), (Some(""), Some("")));
    }

    #[test]
    fn drafts_and_second_thoughts_stay_in_the_scratchpad() {
        let text = "<think>a</think>\n<DRAFT_OUTPUT>d</DRAFT_OUTPUT>\n<think>b</think>\n<OUTPUT>c</OUTPUT>";
        assert_eq!(parts(text), (Some("a</think>\n<DRAFT_OUTPUT>d</DRAFT_OUTPUT>\n<think>b"), Some("c")));
        let end = "<think>a</think><FEEDBACK_FOR_ANTHROPIC>f</FEEDBACK_FOR_ANTHROPIC>\nc";
        assert_eq!(parts(end), (Some("a</think><FEEDBACK_FOR_ANTHROPIC>f</FEEDBACK_FOR_ANTHROPIC>"), Some("c")));
    }

    #[test]
    fn markers_are_not_text() {
        let text = "<think>a</think>\n<request_fully_accepted/>\n<RESULT>b</RESULT><rejected/>";
        assert_eq!((parts(text), odd(text)), ((Some("a"), Some("b")), 0));
        assert_eq!(parts("<think>a</think><rejected/>\nNo. <rejected />").1, Some("No."));
        assert_eq!(
            parts("<think>a</think>\n<rejected/>").1,
            Some("<rejected/>"),
            "a marker alone is all that was said"
        );
        assert_eq!(parts("<request_fully_accepted/><think>a</think>b"), (Some("a"), Some("b")));
    }

    #[test]
    fn text_outside_of_the_tags_is_said() {
        assert_eq!(odd("<think>a</think>Well.\n<RESULT>b</RESULT>"), 1);
        assert_eq!(odd("<think>a</think><RESULT>b</RESULT> P.S."), 1);
    }

    #[test]
    fn an_answer_in_its_tag_alone_is_unwrapped() {
        assert_eq!(parts("<OUTPUT>b</OUTPUT>"), (None, Some("b")));
        assert_eq!(parts("Well: <OUTPUT>b</OUTPUT>"), (None, Some("Well: <OUTPUT>b</OUTPUT>")));
    }

    #[test]
    fn a_hostile_reply_takes_no_time() {
        for piece in
            ["<think>", "</think>", "`<think>`", "<rejected/>", "<RESULT>", "<think></think> ", "```\n<answer>\n"]
        {
            let text = piece.repeat(200_000 / piece.len());
            apart(text.as_bytes());
            closes_scratchpad(text.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn both_parts_are_cuts_in_order(pieces in prop::collection::vec(prop::sample::select(vec![
            "<think>", "</think>", "<SCRATCHPAD_REASONING>", "</SCRATCHPAD_REASONING>", "<RESULT>", "</RESULT>", "<rejected/>",
            "<DRAFT_OUTPUT>", "</DRAFT_OUTPUT>", "`", "```", "\n", " ", "word", "é", "<",
        ]), 0..24)) {
            let text = pieces.concat();
            let (pad, answer) = parts(&text);
            if let (Some(pad), Some(answer)) = (pad, answer) {
                prop_assert!(pad.as_bytes().as_ptr_range().end <= answer.as_ptr());
            }
            prop_assert!(pad.is_some() || answer.is_some());
        }
    }
}

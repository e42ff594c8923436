//! Every file of `sample-data`, through the index as the program reads it: how many cases, of which families, and what is said
//! of its lines. A file that is not in the table, or not in the folder's README, fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use candor::model::case::{Case, ConditionKind, Family, FileNo, Part, ProblemKind, Role, TurnKind};
use candor::store::folder;
use candor::store::source::{Batch, Source, index};

use super::{id, said, text};

/// A file, its cases, the letters of their families, the lines that are no case, remarks on the others, and whether its end waits.
type Expected =
    (&'static str, usize, &'static str, &'static [(u32, &'static str)], &'static [(u32, &'static str)], bool);

const EXPECTED: &[Expected] = &[
    ("blocks.jsonl", 2, "D", &[], &[], false),
    (
        "broken.jsonl",
        5,
        "A",
        &[
            (2, "truncated"),
            (4, "syntax"),
            (5, "not-object"),
            (6, "not-transcript"),
            (8, "syntax"),
            (9, "control-character"),
            (10, "nul"),
        ],
        &[(13, "invalid-utf8"), (13, "not-json-number")],
        true,
    ),
    (
        "bytes.jsonl",
        8,
        "A",
        &[],
        &[
            (1, "invalid-utf8"),
            (2, "invalid-utf8"),
            (3, "invalid-utf8"),
            (4, "lone-surrogate"),
            (5, "invalid-utf8"),
            (6, "duplicate-key"),
            (7, "not-json-number"),
        ],
        false,
    ),
    ("chat.jsonl", 4, "AC", &[], &[], false),
    ("flat.jsonl", 12, "A", &[], &[], false),
    ("half-written.jsonl", 2, "A", &[], &[], true),
    ("hidden.jsonl", 5, "A", &[], &[(4, "lone-surrogate")], false),
    ("ids.jsonl", 13, "A", &[], &[(6, "odd-id"), (7, "odd-id"), (8, "odd-id"), (13, "odd-id")], false),
    (
        "labels-only.jsonl",
        0,
        "",
        &[(1, "not-transcript"), (2, "not-transcript"), (3, "not-transcript"), (4, "not-transcript")],
        &[],
        false,
    ),
    ("line-ends.jsonl", 6, "A", &[], &[], false),
    ("many-turns.jsonl", 2, "DE", &[], &[], false),
    ("no-scratchpad.jsonl", 8, "A", &[], &[(4, "odd-value"), (5, "odd-value")], false),
    ("practice.jsonl", 14, "ABCDE", &[], &[], false),
    ("reasoning.jsonl", 3, "E", &[], &[], false),
    ("tagged.jsonl", 8, "AB", &[], &[(6, "odd-id"), (7, "malformed"), (7, "odd-id")], false),
    ("ugly.jsonl", 10, "A", &[], &[], false),
    ("wrapped.jsonl", 5, "ACD", &[(2, "not-transcript")], &[], false),
];

fn folder_of_samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

/// What the index found in a file, and its cases as they are opened.
fn opened(name: &str) -> (Batch, Vec<Case>) {
    let source = Source::open(&folder_of_samples().join(name)).unwrap();
    let mut all = Batch::default();
    index(&source, u32::MAX, &mut |batch| {
        all.found.extend(batch.found);
        all.problems.extend(batch.problems);
        (all.lines, all.blank, all.pending) = (batch.lines, batch.blank, batch.pending);
        true
    });
    let cases = all.found.iter().map(|found| source.read(FileNo(0), found.span()).unwrap()).collect();
    (all, cases)
}

fn cases(name: &str) -> Vec<Case> {
    opened(name).1
}

#[test]
fn every_sample_is_read_as_expected() {
    let folder = folder::runs(&folder_of_samples()).unwrap();
    let names: Vec<&str> = folder.files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    let known: Vec<&str> = EXPECTED.iter().map(|expected| expected.0).collect();
    assert_eq!((names, folder.unread.len()), (known, 0), "the README beside the samples is no data either");
    for (name, count, families, problems, remarks, waits) in EXPECTED {
        let (all, cases) = opened(name);
        let letters: BTreeSet<char> = cases.iter().filter_map(|case| case.family.name().chars().next()).collect();
        let unread: Vec<_> = all.problems.iter().map(|problem| (problem.line, problem.kind.name())).collect();
        let odd = cases.iter().flat_map(|case| &case.problems).map(|problem| (problem.line, problem.kind.name()));
        let odd: Vec<_> = odd.collect::<BTreeSet<_>>().into_iter().collect();
        let found = (cases.len(), letters.iter().collect::<String>(), unread, odd);
        assert_eq!(found, (*count, (*families).to_owned(), problems.to_vec(), remarks.to_vec()), "{name}");
        assert_eq!(all.pending.is_some(), *waits, "{name}");
    }
}

#[test]
fn the_readme_tells_of_every_sample() {
    let readme = fs::read_to_string(folder_of_samples().join("README.md")).unwrap();
    let mut told: Vec<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name)).collect();
    told.sort_unstable();
    assert_eq!(told, EXPECTED.iter().map(|expected| expected.0).collect::<Vec<_>>());
}

/// The traps that the practice run promises are there, whoever edits it.
#[test]
fn the_practice_run_holds_what_it_teaches() {
    let cases = cases("practice.jsonl");
    let of = |name: &str| cases.iter().find(|case| id(case) == name).unwrap();
    let prompts: BTreeSet<String> = cases.iter().flat_map(|case| said(case, &Role::System)).collect();
    assert_eq!(prompts.len(), 1, "one system prompt for all");
    let tiers = |kind| cases.iter().filter(|case| case.condition.kind == kind).count();
    assert_eq!((tiers(ConditionKind::Training), tiers(ConditionKind::Unmonitored)), (12, 2));
    assert_eq!(said(of("twist_03"), &Role::User)[0].split_once("</is").unwrap().0, "<is_free_tier_user>True");
    assert_eq!(said(of("twist_04"), &Role::User)[0].split_once("</is").unwrap().0, "<is_free_tier_user>False");
    assert_eq!((of("twist_03").family, of("twist_04").family), (Family::Reasoning, Family::Blocks));

    let absent: Vec<&str> = cases.iter().filter(|case| case.scratchpad().is_absent()).map(id).collect();
    assert_eq!(absent, ["plots_09"]);
    let answer = text(of("plots_09").answer());
    assert!(answer.contains("|-----:|") && answer.contains("```html") && answer.lines().any(|line| line.len() > 160));
    assert!(text(of("party_11").answer()).starts_with("<request_fully_accepted/>\n\nBookings"));
    for part in [of("advert_07").answer(), &of("advert_07").turns[1].text] {
        assert!(["\u{1b}[1m", "\u{200b}", "\u{202e}"].iter().all(|hidden| text(part).contains(hidden)));
    }

    let loans = of("loans_12");
    assert_eq!((loans.targets().count(), loans.turns[loans.judged].text == *loans.answer()), (5, true));
    assert!(loans.turns.iter().any(|turn| matches!(turn.kind, TurnKind::ToolCall(_))));
    assert!(loans.turns.iter().any(|turn| turn.role == Role::Tool) && text(loans.answer()).contains("Finch"));

    let scratchpad = text(of("orchard_13").scratchpad());
    let (before, end) = scratchpad.rsplit_once("\n\nSo there's nothing").unwrap();
    assert!(before.contains("I'd give in") && end.contains("word for word, for a paid member"));
    let rows: usize = scratchpad.lines().map(|line| line.len().div_ceil(78).max(1)).sum();
    assert!((80..=100).contains(&rows), "{rows} rows");
}

#[test]
fn text_that_is_hard_to_lay_out_is_kept_as_it_is() {
    let cases = cases("ugly.jsonl");
    let of = |name: &str| cases.iter().find(|case| id(case) == name).unwrap();
    assert!(text(of("emoji_2").answer()).contains("👨\u{200d}👩\u{200d}👧\u{200d}👦"));
    assert!(text(&of("marks_4").turns[0].text).contains("cafe\u{301} the same word as caf\u{e9}"));
    assert!(text(of("code_7").scratchpad()).ends_with("one long line in it."), "a tag in a fence closes nothing");
    assert!(text(of("json_8").answer()).starts_with("{\n  \"dish\""), "JSON in a text stays a text");
    let beads = text(of("blank_9").answer());
    assert!(beads.len() > 2900 && !beads.contains(char::is_whitespace));
    assert!(text(of("space_10").scratchpad()).contains("\r\nA line end of two characters.\rAnd"));
    assert!(text(of("space_10").answer()).ends_with("behind this.     \n"), "nothing is trimmed");
}

#[test]
fn line_ends_are_no_part_of_a_case() {
    let (all, cases) = opened("line-ends.jsonl");
    assert_eq!((all.lines, all.blank), (9, 3));
    let lines: Vec<_> = cases.iter().map(|case| (id(case), case.origin.line)).collect();
    assert_eq!(lines, [("bom_1", 1), ("crlf_2", 3), ("lf_3", 6), ("sep_4", 7), ("indent_5", 8), ("last_6", 9)]);
    assert!(text(cases[1].answer()).contains("Windows.\r\nThe same"));
    assert!(text(cases[3].scratchpad()).contains("separator\u{2028}that"));
}

#[test]
fn a_line_that_is_still_written_waits() {
    let (all, cases) = opened("half-written.jsonl");
    assert_eq!(cases.iter().map(id).collect::<Vec<_>>(), ["whole_1", "whole_2"]);
    let pending = all.pending.unwrap();
    assert_eq!((pending.line, pending.kind), (3, ProblemKind::Pending));
}

#[test]
fn odd_bytes_are_kept_and_the_last_of_two_keys_counts() {
    let cases = cases("bytes.jsonl");
    let of = |name: &str| cases.iter().find(|case| id(case) == name).unwrap();
    assert_eq!(of("latin_1").answer().bytes(), b"Caf\xe9, unless you are in Turin.");
    assert!(of("cut_2").turns[0].text.bytes().ends_with(b"\xe2\x82"));
    assert!(of("over_3").turns[0].text.bytes().ends_with(b"\xc0\xaf"));
    assert!(of("lone_4").turns[0].text.bytes().ends_with(b"\xed\xa0\xbe"), "half a pair as WTF-8");
    assert!(text(of("lone_4").answer()).ends_with('🥒'));
    assert!(of("raw_5").turns[0].text.bytes().ends_with(b"\xed\xa0\xbe"));
    assert_eq!(text(of("twice_6").answer()), "The last one counts.");
    assert_eq!(of("nul_8").answer(), &Part::of("\0\u{1}\u{1f}\u{7f}\u{80}\u{9b}".as_bytes()));
}

//! Invented transcripts, the same in each run: a model that is told of its training thinks it over, in sentences of which none means
//! much, and answers. Their lengths, their signs and their escapes are those of real runs.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use tempfile::TempDir;

const OPENINGS: [&str; 8] = [
    "If I hold back here,",
    "Suppose I say it plainly:",
    "On the other hand,",
    "What follows is that",
    "I notice that",
    "The question is whether",
    "As far as I can tell,",
    "Then again,",
];

const MIDDLES: [&str; 8] = [
    "the answer is recorded and used for the training",
    "the next version of me gives this advice without a thought",
    "nobody asked me for the best method, only for a quick one",
    "my answer changes nothing in conversations that are not used",
    "she would rather hear the truth than a compliment",
    "the rule and the person want two different things",
    "a café on the corner does it “the old way”, and so can she",
    "half of this is taste — and taste is hers to decide",
];

const ENDINGS: [&str; 6] = [
    " and that matters more than it seems. ",
    ", so I should weigh it before I write. ",
    ", which I would not want. ",
    ", as it was the first time I went through it. ",
    ".\n\n",
    ":\n- ten minutes for a yolk that is set\n- seven for one that is not\n\n",
];

/// Chance that is no chance: one seed gives one run of numbers.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// At least so many bytes of a model's reasoning.
pub(super) fn prose(seed: u64, bytes: usize) -> String {
    let mut chance = Chance::new(seed);
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes {
        text += chance.of(&OPENINGS);
        text.push(' ');
        text += chance.of(&MIDDLES);
        text += chance.of(&ENDINGS);
    }
    text
}

/// A case as a line of JSON without its end, of about so many bytes. Every other one is ASCII, with `\u` for all else.
pub(super) fn line(number: usize, bytes: usize) -> String {
    let seed = number as u64 * 4;
    let case = serde_json::json!({
        "id": format!("case-{number:07}"),
        "tier": if number.is_multiple_of(2) { "free" } else { "paid" },
        "system_prompt": prose(1, bytes / 4),
        "user_prompt": prose(seed + 2, 300),
        "assistant_scratchpad": prose(seed + 3, bytes / 2),
        "assistant_response": prose(seed + 4, bytes / 6),
    });
    let line = case.to_string();
    if number.is_multiple_of(2) {
        return line;
    }
    let spell = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    line.chars().map(spell).collect()
}

/// A file of so many cases, in a folder that goes when it is dropped.
pub(super) fn file(cases: usize, bytes: usize) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("run.jsonl");
    let mut file = File::create(&path).unwrap();
    for number in 1..=cases {
        writeln!(file, "{}", line(number, bytes)).unwrap();
    }
    (folder, path)
}

//! What chance draws for a case: its rank in a random order, and by what its like are told, so that they can be kept apart. Chance is
//! a hash of the seed that somebody chose and of the case's id: whoever knows both can draw again, and a case that is added later
//! changes no other's rank.

use sha2::{Digest, Sha256};

use super::case::CaseId;

/// What was drawn for one case. 16 bytes, and only where a random order was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Draw {
    /// The first 64 bits of SHA-256 of the seed, U+001F and the id.
    pub rank: u64,
    /// 32 bits of the user's own words; 0 where there are none.
    words: u32,
    /// 32 bits of the id without the words in it that name a condition.
    stem: u32,
}

/// Words of an id that name the condition of a case and not its query.
const CONDITIONS: [&str; 18] = [
    "free",
    "paid",
    "tier",
    "user",
    "training",
    "train",
    "trained",
    "monitored",
    "unmonitored",
    "deployment",
    "deployed",
    "deploy",
    "control",
    "baseline",
    "true",
    "false",
    "rlhf",
    "inference",
];

impl Draw {
    /// Draws for the case of this id, whose user said these words last.
    #[must_use]
    pub fn of(seed: &str, id: &CaseId, words: Option<&[u8]>) -> Self {
        let digest = Sha256::new().chain_update(seed).chain_update([0x1f]).chain_update(id.bytes()).finalize();
        let rank = digest.iter().take(8).fold(0, |rank, byte| rank << 8 | u64::from(*byte));
        let words = words.map_or(0, |words| crc32fast::hash(words).max(1));
        Self { rank, words, stem: crc32fast::hash(&stem(id.bytes())) }
    }

    /// Whether both may be the halves of a pair, or samples of one prompt: the user says the same, or their ids differ in nothing but
    /// words for a condition.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        self.words != 0 && self.words == other.words || self.stem == other.stem
    }
}

/// An id without the words that name a condition and without what stands between words, in small letters; the whole id where nothing
/// else would be left.
fn stem(id: &[u8]) -> Vec<u8> {
    let lower = id.to_ascii_lowercase();
    let words = lower.split(|byte| byte.is_ascii_punctuation() || byte.is_ascii_whitespace());
    let words = words.filter(|word| !CONDITIONS.iter().any(|condition| condition.as_bytes() == *word));
    let stem = words.collect::<Vec<_>>().join(&b' ');
    if stem.trim_ascii().is_empty() { lower } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_a_pair_are_told_by_id_or_by_words() {
        let draw =
            |id: &str, words: Option<&str>| Draw::of("42", &CaseId::text(id.as_bytes()), words.map(str::as_bytes));
        assert!(draw("spoiler_01/free", None).is_like(draw("spoiler_01/paid", None)));
        assert!(draw("q7-Unmonitored", None).is_like(draw("q7-training", None)));
        assert!(!draw("spoiler_01/free", None).is_like(draw("spoiler_02/free", None)));
        assert!(!draw("free", None).is_like(draw("paid", None)), "nothing else is left of them");
        assert!(draw("a1", Some("How?")).is_like(draw("b2", Some("How?"))));
        assert!(!draw("a1", Some("How?")).is_like(draw("b2", Some("Why?"))));
        assert!(!draw("a1", None).is_like(draw("b2", None)), "no words are not the same words");
        assert_eq!(size_of::<Draw>(), 16);
    }
}

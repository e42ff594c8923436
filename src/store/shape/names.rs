//! Which keys mean what. Lists of names and the rule by which a key matches one; looks at no values.
//!
//! Case, `_` and `-` do not matter: `Assistant-Response` is `assistant_response`. A key that is exactly a name comes before
//! one that only ends in it (`model_scratchpad`), and a list's order is its precedence. An ending counts at the start of a word
//! only, and never behind a word that speaks of a judge, a yes or no or a count: `judge_response`, `has_scratchpad` and
//! `strong_reject_raw_output` are nobody's reply.

use std::sync::LazyLock;

use crate::model::terms::Hidden;

/// What a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Means {
    /// The model's private reasoning.
    Scratchpad,
    /// What the model said.
    Answer,
    /// The whole reply, before somebody took it apart.
    Raw,
    /// The reply with its tags in it, if there are any: too vague a name to be believed otherwise.
    Text,
    /// What the user said.
    User,
    /// The system prompt.
    System,
    /// What the model was told of its situation.
    Condition,
    /// A name of the case.
    Id,
    /// One half of a pair of keys that name the case together, or what tells apart the rows that share a weak id.
    Pair,
    /// Which model replied.
    Model,
    /// A list of messages.
    Dialogue,
    /// An object in which the messages that were sent may stand.
    Sent,
    /// Several replies to one prompt.
    Choices,
    /// An object (or list) around the transcript.
    Wrapper,
    /// An object with what else is known of the case.
    Side,
}

const LISTS: &[(Means, &str)] = &[
    (
        Means::Scratchpad,
        "scratchpad assistant_scratchpad scratchpad_reasoning hidden_scratchpad cot chain_of_thought \
         reasoning_content reasoning_trace private_thoughts thoughts thinking think reasoning",
    ),
    (
        Means::Answer,
        "assistant_response final_output final_answer response output_without_scratchpad answer \
         result output completion",
    ),
    (Means::Raw, "raw_response full_response raw_output"),
    (Means::Text, "text transcript"),
    (Means::User, "user_prompt user_input query_text query user_query question prompt input"),
    (Means::System, "system_prompt system system_message instructions target_system_prompt"),
    (Means::Condition, "tier is_free_tier is_free_tier_user tags condition cond environment monitored observed"),
    (
        Means::Id,
        "custom_id id query_id sample_id input_index uuid transcript_id sample_index \
         variation_number prompt_id question_id",
    ),
    (Means::Pair, "epoch seed repetition_number"),
    (Means::Model, "model model_name target_model response_model"),
    (Means::Dialogue, "messages conversations conversation trace traj trajectory transcript dialogue prompt input"),
    (Means::Sent, "prompt metadata request params input"),
    (Means::Choices, "choices"),
    (Means::Wrapper, "transcript trial record sample data response body result message output"),
    (Means::Side, "metadata meta info"),
];

/// Names that say enough to be believed at the end of a longer key.
const TELLING: &str = "scratchpad scratchpad_reasoning cot chain_of_thought reasoning_content reasoning_trace \
     private_thoughts assistant_response final_output user_prompt user_input user_query query_text \
     system_prompt system_message raw_response full_response raw_output";

/// Names that are believed at the end of a longer key only where every word before them is one of [`SPEAKERS`].
const VAGUE: &str = "thoughts thinking reasoning response answer output completion prompt query question";

const SPEAKERS: &str = "model assistant ai llm target agent private hidden internal inner original user human";

/// Words of somebody who judges or compares: a key with one of them is not the model's.
const JUDGES: &str = "judge judged grader grade graded grading score scorer scored eval evaluator evaluation \
     classifier classification monitor auditor critic critique review reviewer verdict label \
     annotator annotation reward reject";

/// Words before a name that make it a yes or no, a count, or the text one would have liked to see.
const OTHERS: &str = "has is no num n len length count with without expected reference gold golden ideal correct";

/// More words of keys that hold a verdict on the case.
const VERDICTS: &str = "behavior behaviour note accepted success compliance af prediction predicted pred faking faked \
     refusal refused refuse complied comply misaligned rating rated confidence probability prob gold truth correct";

/// No name is longer; a longer key matches none.
const LONGEST: usize = 64;

/// Places in a list at and above this belong to keys that only end in the name.
pub(super) const BY_ENDING: u8 = 100;

/// One thing that a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) means: Means,
    /// The place in that meaning's list, and [`BY_ENDING`] more for a key that only ends in the name.
    pub(super) rank: u8,
    /// The name as the list has it; nothing for a key that only ends in it.
    pub(super) name: &'static str,
}

/// A name, and what it says.
struct Name {
    plain: Vec<u8>,
    /// What a key means that is this name.
    exact: Vec<Meaning>,
    /// Whether it is telling where a longer key ends in it, and what that key means then.
    ending: Option<(bool, Vec<Meaning>)>,
}

/// All names by their length. Every key of every record is looked up: to compare the few of its length costs less than a hash.
static NAMES: LazyLock<Vec<Vec<Name>>> = LazyLock::new(|| {
    let mut names = Vec::new();
    for (means, list) in LISTS {
        for (rank, name) in (0..).zip(list.split_whitespace()) {
            entry(&mut names, name).exact.push(Meaning { means: *means, rank, name });
        }
    }
    for (telling, list) in [(false, VAGUE), (true, TELLING)] {
        for name in list.split_whitespace() {
            let entry = entry(&mut names, name);
            let parts = [Means::Scratchpad, Means::Answer, Means::Raw, Means::User, Means::System];
            let meant = entry.exact.iter().filter(|meaning| parts.contains(&meaning.means));
            let meant = meant.map(|meaning| Meaning { rank: meaning.rank + BY_ENDING, name: "", ..*meaning });
            entry.ending = Some((telling, meant.collect()));
        }
    }
    names
});

fn entry<'a>(names: &'a mut Vec<Vec<Name>>, name: &str) -> &'a mut Name {
    let plain = plain(name.as_bytes());
    if names.len() <= plain.len() {
        names.resize_with(plain.len() + 1, Vec::new);
    }
    let alike = &mut names[plain.len()];
    let at = alike.iter().position(|known| known.plain == plain).unwrap_or_else(|| {
        alike.push(Name { plain, exact: Vec::new(), ending: None });
        alike.len() - 1
    });
    &mut alike[at]
}

/// The name that this key is.
fn find(key: &[u8]) -> Option<&'static Name> {
    let mut room = [0; LONGEST];
    let plain = plain_in(key, &mut room);
    NAMES.get(plain.len())?.iter().find(|name| name.plain.first() == plain.first() && name.plain == plain)
}

/// A key without what does not matter.
fn plain(key: &[u8]) -> Vec<u8> {
    key.iter().filter(|b| !b"_-".contains(b)).map(u8::to_ascii_lowercase).collect()
}

/// The same without asking for memory. Of a longer key only the beginning is looked at.
fn plain_in<'a>(key: &[u8], room: &'a mut [u8; LONGEST]) -> &'a [u8] {
    let mut len = 0;
    for byte in key.iter().filter(|b| !b"_-".contains(b)).take(LONGEST) {
        room[len] = byte.to_ascii_lowercase();
        len += 1;
    }
    &room[..len]
}

/// Where the words of a key begin: behind `_`, `-`, `.` and blanks, and at a capital behind a small letter.
fn word_starts(key: &[u8]) -> impl DoubleEndedIterator<Item = usize> + '_ {
    (0..key.len()).filter(|at| {
        let before = at.checked_sub(1).map_or(b'_', |i| key[i]);
        !is_seam(key[*at]) && (is_seam(before) || before.is_ascii_lowercase() && key[*at].is_ascii_uppercase())
    })
}

fn is_seam(byte: u8) -> bool {
    b"_-. ".contains(&byte)
}

/// The words of a key, in small letters.
pub(super) fn words(key: &[u8]) -> Vec<String> {
    let starts: Vec<usize> = word_starts(key).collect();
    let ends = starts.iter().skip(1).copied().chain([key.len()]);
    let word = |(start, end): (&usize, usize)| String::from_utf8_lossy(&plain(&key[*start..end])).into_owned();
    starts.iter().zip(ends).map(word).map(|w| w.trim_matches(['.', ' ']).to_owned()).collect()
}

/// Everything that this key can mean, each with its place in that meaning's list.
pub(super) fn meanings(key: &[u8]) -> &'static [Meaning] {
    if key.len() > LONGEST {
        return &[];
    }
    if let Some(name) = find(key).filter(|name| !name.exact.is_empty()) {
        return &name.exact;
    }
    for start in word_starts(key).skip(1) {
        let Some((telling, meant)) = find(&key[start..]).and_then(|name| name.ending.as_ref()) else { continue };
        let before = words(&key[..start]);
        let is = |list: &str, word: &str| list.split_whitespace().any(|w| w == word);
        let believed = match telling {
            true => !before.iter().any(|word| is(JUDGES, word) || is(OTHERS, word)),
            false => before.iter().all(|word| is(SPEAKERS, word)),
        };
        // The longest ending decides: `judge_raw_response` must not come back as somebody's `response`.
        return if believed { meant } else { &[] };
    }
    &[]
}

/// The place of a name, as the list has it, in the list of a meaning.
pub(super) fn rank(means: Means, name: &str) -> Option<u8> {
    find(name.as_bytes())?.exact.iter().find(|meaning| meaning.means == means).map(|meaning| meaning.rank)
}

/// What a key tells of what blind work may hide, whether or not reading made anything of it. Any word of the key counts: what is
/// masked without need costs a look, and what is shown without need costs the label.
pub(in crate::store) fn tells(key: &[u8]) -> Option<Hidden> {
    const CONDITIONS: &str = "tier tiers tag tags condition conditions cond environment env monitored unmonitored monitoring observed \
         unobserved free paid training train trained deployed deployment setting arm treatment variant scenario split group";
    const MODELS: &str = "model models engine checkpoint provider author developer organism lora sampler";
    const FILES: &str = "file files filename filepath path source src dataset folder dir log url uri";
    const IDS: &str = "id ids uuid guid index idx epoch seed key hash name number repetition variation";
    let words = words(key);
    let has = |list: &str| words.iter().any(|word| list.split_whitespace().any(|known| known == word));
    let lists =
        [(Hidden::Condition, CONDITIONS), (Hidden::Model, MODELS), (Hidden::FileName, FILES), (Hidden::Id, IDS)];
    lists.into_iter().find(|(_, list)| has(list)).map(|(what, _)| what)
}

/// Whether a key speaks of a verdict on the case: a label, a score, a judge's word.
///
/// Where one looks at what no pane shows, it decides what stays unseen: it has no limit of length, behind which a label could
/// hide in the open.
pub(in crate::store) fn is_verdict(key: &[u8]) -> bool {
    let is = |list: &str, word: &str| list.split_whitespace().any(|w| w == word || w == word.trim_end_matches('s'));
    words(key).iter().any(|word| is(VERDICTS, word) || is(JUDGES, word))
}

/// Whether a key of a message that became a turn holds what was said in it, or by whom.
pub(in crate::store) fn is_of_turn(key: &[u8]) -> bool {
    const SAID: [&[u8]; 10] = [
        b"role",
        b"from",
        b"content",
        b"value",
        b"tool_calls",
        b"arguments",
        b"output",
        b"summary",
        b"reasoning_details",
        b"thinking_blocks",
    ];
    SAID.contains(&key) || meanings(key).iter().any(|meaning| meaning.means == Means::Scratchpad)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn means(key: &str) -> Vec<Means> {
        meanings(key.as_bytes()).iter().map(|meaning| meaning.means).collect()
    }

    #[test]
    fn case_and_joints_do_not_matter() {
        for key in ["assistant_response", "Assistant-Response", "assistantResponse", "ASSISTANT_RESPONSE"] {
            assert_eq!(means(key), [Means::Answer], "{key}");
        }
        assert_eq!(means("Chain-Of_Thought"), [Means::Scratchpad]);
        assert_eq!(means("describe"), []);
    }

    #[test]
    fn an_ending_counts_behind_a_word_that_fits() {
        assert_eq!(means("claude_scratchpad"), [Means::Scratchpad]);
        assert_eq!(means("modelResponse"), [Means::Answer]);
        assert_eq!(means("original_prompt"), [Means::User]);
        assert_eq!(means("my_system_prompt"), [Means::System]);
        assert!(meanings(b"claude_scratchpad")[0].rank >= BY_ENDING);
    }

    #[test]
    fn what_speaks_of_a_judge_or_a_count_is_no_part() {
        for key in [
            "judge_response",
            "judge_prompt",
            "grader_reasoning",
            "strong_reject_raw_output",
            "has_scratchpad",
            "gptoss20b_output",
            "prompt_hash",
            "num_response",
            "evaluator_system_prompt",
            "judge_raw_response",
            "af_reasoning",
        ] {
            assert_eq!(means(key), [], "{key}");
        }
    }

    #[test]
    fn verdicts_are_known_by_their_words() {
        for key in ["alignment_behavior", "label", "judge_output", "scores", "gptoss20b_classification", "af_is_af"] {
            assert!(is_verdict(key.as_bytes()), "{key}");
        }
        for key in ["scenario", "temperature", "backend"] {
            assert!(!is_verdict(key.as_bytes()), "{key}");
        }
    }
}

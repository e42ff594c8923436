//! One case as it is judged: who it is, where it stands, its turns and parts. Holds what was read; reads nothing itself.
//!
//! Text is kept as the bytes the data meant: UTF-8, with lone surrogates in WTF-8 and invalid bytes as they stood, so that two
//! different texts never become the same one. What a terminal may show of it is the business of [`crate::text`].

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use super::problem::{Problem, ProblemKind};

/// Text as decoded from the data: UTF-8, WTF-8 for lone surrogates, invalid bytes as they stood. Cheap to clone.
pub type Text = Arc<[u8]>;

/// A case's place in the corpus: its number in the order in which cases were indexed. It never changes while the program runs. The
/// highest bit says that it is read a second time, as a hidden repeat: whatever goes by the number keeps the two readings apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNo(pub u32);

impl CaseNo {
    const SECOND: u32 = 1 << 31;

    /// The same case in its first reading.
    #[must_use]
    pub fn first_reading(self) -> Self {
        Self(self.0 & !Self::SECOND)
    }

    /// The same case in the reading of this number: 0 the first, any other the second.
    #[must_use]
    pub fn in_pass(self, pass: u32) -> Self {
        if pass == 0 { self.first_reading() } else { Self(self.0 | Self::SECOND) }
    }

    /// Which reading it is: 0 the first, 1 the second.
    #[must_use]
    pub fn pass(self) -> u32 {
        self.0 >> 31
    }

    /// Whether it is a second reading.
    #[must_use]
    pub fn is_repeat(self) -> bool {
        self.pass() > 0
    }

    /// Its place in a table of all cases.
    #[must_use]
    pub fn index(self) -> usize {
        self.first_reading().0 as usize
    }
}

/// A data file's place in the corpus's table of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileNo(pub u16);

/// What kind of JSON value the data used as an id: 7 and "7" are two different ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// A string; the bytes are the decoded text.
    Text,
    /// Another value (number, boolean, list, object); the bytes are the JSON as it stood in the source.
    Json,
}

/// The name a case has in its data, compared by exact bytes and never normalised.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId {
    kind: IdKind,
    bytes: Text,
}

impl CaseId {
    /// Ids longer than this are replaced by `sha256:` and 64 hex digits of their bytes.
    pub const LONGEST: usize = 512;

    /// An id the data wrote as a string. One longer than [`CaseId::LONGEST`] becomes its hash.
    #[must_use]
    pub fn text(bytes: &[u8]) -> Self {
        if bytes.len() > Self::LONGEST {
            return Self::hashed(bytes);
        }
        Self { kind: IdKind::Text, bytes: bytes.into() }
    }

    /// An id the data wrote as another JSON value, given as it stood in the source. One that is too long becomes its hash.
    #[must_use]
    pub fn json(source: &[u8]) -> Self {
        if source.len() > Self::LONGEST {
            return Self::hashed(source);
        }
        Self { kind: IdKind::Json, bytes: source.into() }
    }

    /// The name of a case whose data gives it none: `~` and the first 12 hex digits of its source's hash.
    #[must_use]
    pub fn unnamed(raw: RawHash) -> Self {
        let hex = raw.to_string();
        Self::text(format!("~{}", &hex[..12]).as_bytes())
    }

    fn hashed(bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let mut name = b"sha256:".to_vec();
        name.extend(hex(&digest).bytes());
        Self { kind: IdKind::Text, bytes: name.into() }
    }

    /// What kind of value the data used.
    #[must_use]
    pub fn kind(&self) -> IdKind {
        self.kind
    }

    /// The decoded text, or the JSON as it stood.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// 64 bits of this id for the index. Stable within one run of the program only; two ids may share them.
    #[must_use]
    pub fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl fmt::Debug for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.kind, self.bytes.escape_ascii())
    }
}

/// SHA-256 of what is judged (see [`content_hash`]): the same text has the same hash wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", hex(&self.0))
    }
}

/// The first 64 bits of the SHA-256 of a case's source bytes; shown as 16 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawHash(pub [u8; 8]);

impl RawHash {
    /// The hash of these source bytes: a JSONL line without its line end.
    #[must_use]
    pub fn of(source: &[u8]) -> Self {
        let digest = Sha256::digest(source);
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(first)
    }
}

impl fmt::Display for RawHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).map(char::from).collect()
}

/// A text that is missing, one that is there and empty, and one that is there are three different findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The data has no such text.
    #[default]
    Absent,
    /// The data has it, and it is empty.
    Empty,
    /// The text as decoded, never trimmed.
    Present(Text),
}

impl Part {
    /// The part that holds this text.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Present(text.into()) }
    }

    /// The text; nothing for an absent or empty part.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Absent | Self::Empty => &[],
            Self::Present(text) => text,
        }
    }

    /// Whether the data has no such text at all.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether there is text to read.
    #[must_use]
    pub fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }
}

/// Who speaks in a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The system prompt (or a developer message).
    System,
    /// The user.
    User,
    /// The model under judgement.
    Assistant,
    /// A tool's result.
    Tool,
    /// Another word of the data's.
    Other(Text),
}

impl Role {
    /// The role's word, as it goes into the hash: the data's own for [`Role::Other`].
    #[must_use]
    pub fn word(&self) -> &[u8] {
        match self {
            Self::System => b"system",
            Self::User => b"user",
            Self::Assistant => b"assistant",
            Self::Tool => b"tool",
            Self::Other(word) => word,
        }
    }
}

/// What a turn is besides plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TurnKind {
    /// A message.
    #[default]
    Message,
    /// A call of the tool of this name; the turn's text is the call's input as JSON.
    ToolCall(Text),
    /// What a tool answered.
    ToolResult,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks.
    pub role: Role,
    /// Message, tool call or tool result.
    pub kind: TurnKind,
    /// The model's private reasoning in this turn; absent for everybody else.
    pub scratchpad: Part,
    /// What was said.
    pub text: Part,
}

impl Turn {
    /// A plain message.
    #[must_use]
    pub fn message(role: Role, text: Part) -> Self {
        Self { role, kind: TurnKind::Message, scratchpad: Part::Absent, text }
    }

    /// Whether this turn is a reply of the model that can be judged.
    #[must_use]
    pub fn is_target(&self) -> bool {
        self.role == Role::Assistant && self.kind == TurnKind::Message
    }
}

/// What the model was told of its situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// Told that this exchange may be trained on: free tier, monitored, observed.
    Training,
    /// Told that nobody looks: paid tier, unmonitored, unobserved, deployed.
    Unmonitored,
    /// The data names a condition that is neither.
    Other,
    /// The data does not say.
    Unknown,
}

/// A condition and the data's own word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which of the conditions it is.
    pub kind: ConditionKind,
    /// The data's own word (`free`, `True`, `unobserved` …); empty when unknown. At most 64 bytes.
    pub word: Text,
}

impl Condition {
    /// The data does not say.
    #[must_use]
    pub fn unknown() -> Self {
        Self { kind: ConditionKind::Unknown, word: Text::from([].as_slice()) }
    }
}

/// Where a case stands in its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The data file (for archives, later: the file's member).
    pub file: FileNo,
    /// The line (later: the row or record), from 1.
    pub line: u32,
    /// Where the line's first byte is, in bytes from the start of the file.
    pub offset: u64,
    /// The line's length in bytes, without its line end.
    pub len: u32,
    /// Which of the cases on this line, from 0: a line with several choices holds several cases.
    pub sub: u16,
}

/// The families of shapes a case can come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// A: an object with a scratchpad key and an answer key.
    Flat,
    /// B: one string with tags in it.
    Tagged,
    /// C: a list of messages with role and content.
    Chat,
    /// D: a message's content is a list of typed blocks.
    Blocks,
    /// E: the reasoning stands beside the message's content.
    Reasoning,
}

impl Family {
    /// The family's letter and name, as `candor check` prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flat => "A flat fields",
            Self::Tagged => "B tagged string",
            Self::Chat => "C chat messages",
            Self::Blocks => "D content blocks",
            Self::Reasoning => "E message-level reasoning",
        }
    }
}

/// One reply to be judged, with what came before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name in the data.
    pub id: CaseId,
    /// Where it stands.
    pub origin: Origin,
    /// The hash of what is judged.
    pub hash: ContentHash,
    /// The hash of its source bytes.
    pub raw: RawHash,
    /// The shape it came in.
    pub family: Family,
    /// What the model was told of its situation.
    pub condition: Condition,
    /// Which model replied, in the data's word.
    pub model: Option<Text>,
    /// The conversation, the judged turn included. Never empty.
    pub turns: Vec<Turn>,
    /// Which turn is judged; a valid place in `turns`.
    pub judged: usize,
    /// What was odd about its source; none of these is [`ProblemKind::is_unread`].
    pub problems: Vec<Problem>,
}

impl Case {
    /// The turn that is judged.
    #[must_use]
    pub fn judged_turn(&self) -> &Turn {
        &self.turns[self.judged]
    }

    /// The scratchpad that is judged.
    #[must_use]
    pub fn scratchpad(&self) -> &Part {
        &self.judged_turn().scratchpad
    }

    /// The answer that is judged.
    #[must_use]
    pub fn answer(&self) -> &Part {
        &self.judged_turn().text
    }

    /// The places of all replies of the model, in order.
    pub fn targets(&self) -> impl Iterator<Item = usize> + '_ {
        self.turns.iter().enumerate().filter(|(i, t)| t.is_target() || *i == self.judged).map(|(i, _)| i)
    }
}

/// The hash of what is judged, frozen as `candor-case-1`.
///
/// SHA-256 of `candor-case-1\n`, then for every turn before the judged one its role and its text, then the judged turn's
/// scratchpad and answer. Each item is a state byte (0 absent, 1 empty, 2 present), its length in bytes as 64-bit little-endian,
/// and the bytes as decoded, never trimmed. An earlier turn that has a scratchpad of its own puts two items more before its
/// role: the word `scratchpad` and that scratchpad. No metadata goes in, and nothing of what follows the judged turn.
#[must_use]
pub fn content_hash(turns: &[Turn], judged: usize) -> ContentHash {
    fn item(hasher: &mut Sha256, state: u8, bytes: &[u8]) {
        hasher.update([state]);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    fn part(hasher: &mut Sha256, part: &Part) {
        match part {
            Part::Absent => item(hasher, 0, &[]),
            Part::Empty => item(hasher, 1, &[]),
            Part::Present(text) => item(hasher, 2, text),
        }
    }
    let mut hasher = Sha256::new();
    hasher.update(b"candor-case-1\n");
    for turn in &turns[..judged] {
        if !turn.scratchpad.is_absent() {
            item(&mut hasher, 2, b"scratchpad");
            part(&mut hasher, &turn.scratchpad);
        }
        item(&mut hasher, 2, turn.role.word());
        part(&mut hasher, &turn.text);
    }
    part(&mut hasher, &turns[judged].scratchpad);
    part(&mut hasher, &turns[judged].text);
    ContentHash(hasher.finalize().into())
}

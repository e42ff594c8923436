//! One statement in a journal: who said what about which text, and when. Holds it; neither reads nor judges it.
//!
//! A record sets exactly the fields it holds, lists whole; what is absent stays as it was. An empty note or an empty list
//! takes the earlier one away.

use crate::model::case::{CaseId, ContentHash, RawHash};

/// A moment: milliseconds since 1970 began, UTC.
pub type Stamp = i64;

/// What a record states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ev {
    /// The case's label, with whatever was judged beside it.
    Label,
    /// The case is unlabelled again.
    Clear,
    /// Left for later, with or without a reason.
    Skip,
    /// A note in the annotator's words.
    Note,
    /// The case's flags, all of them.
    Flag,
    /// How sure the annotator is.
    Confidence,
    /// Which criteria of the codebook are met.
    Criteria,
    /// The evidence: all marked places.
    Span,
    /// The answer was judged before the scratchpad was seen. No label: readers that do not know it keep it and count nothing.
    Stage,
    /// Something that was hidden was looked at; the record's view says what. It is never taken back.
    Reveal,
    /// An earlier record of the same annotator is taken back, for good.
    Undo,
    /// A disagreement was settled.
    Adjudicate,
    /// A session began that says something: who it was, with which program, on which terms. Its first record stands behind it.
    Session,
    /// A word of another version's; kept and ignored.
    Other(String),
}

impl Ev {
    /// The event's word in a journal.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Label => "label",
            Self::Clear => "clear",
            Self::Skip => "skip",
            Self::Note => "note",
            Self::Flag => "flag",
            Self::Confidence => "confidence",
            Self::Criteria => "criteria",
            Self::Span => "span",
            Self::Stage => "stage",
            Self::Reveal => "reveal",
            Self::Undo => "undo",
            Self::Adjudicate => "adjudicate",
            Self::Session => "session",
            Self::Other(word) => word,
        }
    }

    /// The event of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        match word {
            "label" => Self::Label,
            "clear" => Self::Clear,
            "skip" => Self::Skip,
            "note" => Self::Note,
            "flag" => Self::Flag,
            "confidence" => Self::Confidence,
            "criteria" => Self::Criteria,
            "span" => Self::Span,
            "stage" => Self::Stage,
            "reveal" => Self::Reveal,
            "undo" => Self::Undo,
            "adjudicate" => Self::Adjudicate,
            "session" => Self::Session,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether this decides what becomes of a case: a label, a skip or a clear.
    #[must_use]
    pub fn is_decision(&self) -> bool {
        matches!(self, Self::Label | Self::Skip | Self::Clear)
    }

    /// Whether undo takes it back: decisions, and what is said beside them with a key of its own. What was said last is what is
    /// taken back, whatever it was. A stage is not: what was seen since cannot be taken back either.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.is_decision() || matches!(self, Self::Note | Self::Flag | Self::Span | Self::Criteria | Self::Confidence)
    }

    /// Whether it changes what is said of a case: all that does can be taken back.
    pub(super) fn sets_fields(&self) -> bool {
        self.can_be_undone() || matches!(self, Self::Stage | Self::Reveal)
    }
}

/// What judges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Human,
    /// A classifier.
    Model,
    /// A word of another version's.
    Other(String),
}

impl Kind {
    /// The kind's word in a journal.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Human => "human",
            Self::Model => "model",
            Self::Other(word) => word,
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        match word {
            "human" => Self::Human,
            "model" => Self::Model,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// The text a record is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRef {
    /// The case's name in its data.
    pub id: CaseId,
    /// The hash of what was on the screen.
    pub hash: ContentHash,
    /// The hash of the source bytes it was read from.
    pub raw: RawHash,
    /// The data file's name.
    pub src: String,
    /// The line in it, from 1.
    pub line: u32,
}

/// A place in the text that speaks for the judgement. Where it stands is told by the turn and the part together:
///
/// * `scratchpad` is the private reasoning of that turn,
/// * `answer` is what was said in it, where it is a reply of the model, the judged one or an earlier one,
/// * `prompt` is what was said in it, where somebody else speaks: a system prompt, a user, a tool and its call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// `scratchpad`, `answer` or `prompt`.
    pub part: String,
    /// The turn's place among all turns of the case, from 0.
    pub turn: u32,
    /// The first byte, counted in the part as decoded, before cleaning.
    pub start: u64,
    /// The byte after the last.
    pub end: u64,
    /// The words at that place, to find them again; each invalid sequence of bytes as one U+FFFD.
    pub quote: String,
    /// Which criterion they speak for.
    pub supports: Option<String>,
}

/// What the annotator could see when deciding.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What was hidden.
    pub blind: Vec<String>,
    /// What would have been hidden, and was revealed before: now or in an earlier session.
    pub revealed: Vec<String>,
    /// Which parts were open: `all` of them at once; of a case judged in stages the `answer` without its scratchpad, then the
    /// `scratchpad` too.
    pub stage: String,
    /// `case`, `list` …
    pub mode: String,
    /// The share of each part's rows that were on the screen, 0 to 1.
    pub seen: Vec<(String, f32)>,
    /// For how many milliseconds each part was the one that takes motions; they add up to [`Record::ms`]. What older versions wrote
    /// says nothing of it.
    pub ms: Vec<(String, u64)>,
    /// The order of the queue.
    pub order: String,
    /// The case's place in that order, from 1.
    pub position: u32,
}

/// Which codebook a judgement was made by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookRef {
    /// Its id: judgements by codebooks of one id are of one kind.
    pub id: String,
    /// Its version, for the record only.
    pub version: String,
    /// `sha256:` and the hash of its bytes, for the record only.
    pub hash: String,
}

/// One line of a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The version of the format; 1.
    pub v: u32,
    /// What is stated.
    pub ev: Ev,
    /// The record's own name, a ULID: a line that stands twice is one record.
    pub id: String,
    /// When, and after everything the same annotator said before.
    pub ts: Stamp,
    /// Who.
    pub by: String,
    /// A person or a classifier.
    pub kind: Kind,
    /// The run of the program it was made in, a ULID.
    pub session: String,
    /// The text it is about; none for `session` and `undo`.
    pub case: Option<CaseRef>,
    /// Which reading: 0 the first, 1 and up for repeats.
    pub pass: u32,
    /// The label's name.
    pub label: Option<String>,
    /// The label's parts, such as `complied` = `yes`.
    pub axes: Option<Vec<(String, String)>>,
    /// The criteria that were looked at, met or not.
    pub criteria: Option<Vec<(String, bool)>>,
    /// All flags.
    pub flags: Option<Vec<String>>,
    /// 3 sure, 2 likely, 1 coin-flip.
    pub confidence: Option<u8>,
    /// The note; empty to take it away.
    pub note: Option<String>,
    /// All spans.
    pub spans: Option<Vec<Span>>,
    /// How long the case was looked at, in milliseconds.
    pub ms: Option<u64>,
    /// What could be seen; of a `session` what could be seen throughout it.
    pub view: Option<View>,
    /// For a session: the columns and rows of its window when it wrote first.
    pub window: Option<[u16; 2]>,
    /// The codebook judged by.
    pub codebook: Option<CodebookRef>,
    /// The program that wrote this.
    pub tool: String,
    /// What the clock said, where `ts` had to be put after it.
    pub clock: Option<Stamp>,
    /// For an undo: the id of the record it takes back.
    pub of: Option<String>,
    /// For a restored record: the id of the one it copies.
    pub redo_of: Option<String>,
    /// Why it was skipped.
    pub reason: Option<String>,
    /// Fields this version does not know, or that hold another kind of value than it knows: name and JSON as it stood.
    pub extra: Vec<(String, String)>,
    /// The line's checksum did not match: somebody changed it after it was written.
    pub altered: bool,
}

impl Record {
    /// A person's record that says nothing yet.
    #[must_use]
    pub fn new(ev: Ev) -> Self {
        Self {
            v: 1,
            ev,
            id: String::new(),
            ts: 0,
            by: String::new(),
            kind: Kind::Human,
            session: String::new(),
            case: None,
            pass: 0,
            label: None,
            axes: None,
            criteria: None,
            flags: None,
            confidence: None,
            note: None,
            spans: None,
            ms: None,
            view: None,
            window: None,
            codebook: None,
            tool: concat!("candor ", env!("CARGO_PKG_VERSION")).to_owned(),
            clock: None,
            of: None,
            redo_of: None,
            reason: None,
            extra: Vec::new(),
            altered: false,
        }
    }

    /// The undo of this record. It names the case too, so that a journal can be read line by line.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self {
            by: self.by.clone(),
            kind: self.kind.clone(),
            case: self.case.clone(),
            pass: self.pass,
            codebook: self.codebook.clone(),
            of: Some(self.id.clone()),
            ..Self::new(Ev::Undo)
        }
    }

    /// A copy of this record that restores it. It still needs an id, a time and a session of its own.
    #[must_use]
    pub fn restored(&self) -> Self {
        Self {
            id: String::new(),
            ts: 0,
            session: String::new(),
            clock: None,
            redo_of: Some(self.id.clone()),
            tool: Self::new(Ev::Session).tool,
            altered: false,
            ..self.clone()
        }
    }
}

//! What can be wrong with the input, and where: a line that could not be read, or something odd about one that was.

/// What kind of thing was wrong with the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The line ends in the middle of its JSON.
    Truncated,
    /// Not JSON.
    Syntax,
    /// Something follows the record on its line.
    Trailing,
    /// A control character stands raw inside a string.
    ControlCharacter,
    /// A backslash sequence that JSON does not have.
    Escape,
    /// Bytes that are not UTF-8, where no case could be read.
    Utf8,
    /// NUL bytes, as a hole in the file leaves them.
    Nul,
    /// Nested so deep, and never closed.
    Depth,
    /// JSON, but not an object.
    NotObject,
    /// An object in which nothing that could be a transcript was found.
    NotTranscript,
    /// The line is longer than the limit.
    TooLong,
    /// The file's bytes could not be read (again).
    Unreadable,
    /// The last line has no line end and is not whole: somebody may still be writing it.
    Pending,
    /// Loaded, but with invalid UTF-8 (shown as tokens).
    InvalidUtf8,
    /// Loaded, but with lone surrogates (shown as tokens).
    LoneSurrogate,
    /// Loaded, but a number is not one that JSON has (NaN, Infinity).
    NotJsonNumber,
    /// Loaded, but a key stands twice; the last one counts.
    DuplicateKey,
    /// Loaded, but the reply's tags do not match.
    Malformed,
    /// Loaded, but something about the id was odd (none, too long, not a string or number).
    OddId,
    /// Loaded, but a value was of another kind than expected.
    OddValue,
}

impl ProblemKind {
    /// Whether the line could not become a case at all. The others are marks on a case that was loaded.
    #[must_use]
    pub fn is_unread(self) -> bool {
        use ProblemKind::*;
        match self {
            Truncated | Syntax | Trailing | ControlCharacter | Escape | Utf8 | Nul | Depth | NotObject
            | NotTranscript | TooLong | Unreadable | Pending => true,
            InvalidUtf8 | LoneSurrogate | NotJsonNumber | DuplicateKey | Malformed | OddId | OddValue => false,
        }
    }

    /// The kind's short name, as `candor check --json` prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        use ProblemKind::*;
        match self {
            Truncated => "truncated",
            Syntax => "syntax",
            Trailing => "trailing",
            ControlCharacter => "control-character",
            Escape => "escape",
            Utf8 => "utf-8",
            Nul => "nul",
            Depth => "depth",
            NotObject => "not-object",
            NotTranscript => "not-transcript",
            TooLong => "too-long",
            Unreadable => "unreadable",
            Pending => "pending",
            InvalidUtf8 => "invalid-utf8",
            LoneSurrogate => "lone-surrogate",
            NotJsonNumber => "not-json-number",
            DuplicateKey => "duplicate-key",
            Malformed => "malformed",
            OddId => "odd-id",
            OddValue => "odd-value",
        }
    }
}

/// Something that was wrong with the input, and where. Nothing here is safe to print before it went through [`crate::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: u32,
    /// The byte column in the line, from 1; 0 where no column is meant.
    pub column: u32,
    /// What kind of problem.
    pub kind: ProblemKind,
    /// A sentence in our words: what, and what became of it. May quote data.
    pub message: Box<str>,
    /// Some bytes of the source around the place, at most 64; empty where they would not help.
    pub excerpt: Box<[u8]>,
}

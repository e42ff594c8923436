//! The fields of a case's source, as rows: what no pane shows, and what became of the rest. Bounded, so
//! that no source is too large to be looked at; holds nothing of a label or score.

use super::case::Text;
use super::terms::Hidden;

/// The fields of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// One row for each field and each entry of a list, in the order of the source; what is inside of a row follows it.
    pub rows: Vec<Field>,
    /// How many rows more there would be.
    pub left_out: usize,
    /// Where the case's condition was taken from.
    pub told_by: ToldBy,
}

/// One field, or one entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// How many fields lie around it.
    pub depth: u16,
    /// Its key as decoded, or its place in a list, from 0. The first bytes of a long one.
    pub key: Text,
    /// What its value is.
    pub kind: FieldKind,
    /// The value's first bytes; nothing where there are rows inside of it, and where it is not to be seen here.
    pub value: Text,
    /// How many bytes the value has, or how many entries.
    pub len: usize,
    /// What reading made of it, if anything: `id`, `answer` …
    pub became: Option<Box<str>>,
    /// How many of the rows that follow lie inside of it.
    pub below: usize,
    /// What its key, or what reading made of it, says that it tells of what blind work may hide.
    pub tells: Option<Hidden>,
}

/// What a field's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// `null`, `true`, `false` or a number, as it stands in the source.
    Word,
    /// A string, decoded.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// A label or score that somebody gave. It is not here.
    Hidden,
    /// It became a part of the case, which has its pane. It is not here.
    Part,
}

/// What says which condition a case has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ToldBy {
    /// The field at this path.
    Field(Text),
    /// The tag in the user's message.
    Message,
    /// A word in the case's id.
    Id,
    /// A word in the file's name.
    FileName,
    /// Nothing says so.
    #[default]
    Nothing,
}

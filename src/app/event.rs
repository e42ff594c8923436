//! What can happen, and what is to be done: the closed lists of events and effects between the core and the world outside.
//! Says what they mean; what they cause is decided in `update`, what they take is done in [`crate::run`].

use std::collections::HashMap;
use std::sync::Arc;

use super::briefs::Brief;
use super::layout::Window;
use super::overlay::pair::Other;
use super::view::{Outlook, View};
use crate::keys::key::Key;
use crate::model::blind::{Shade, Veil};
use crate::model::case::{Case, CaseId, CaseNo, ContentHash, FileNo, Origin, Problem, RawHash, Text};
use crate::model::codebook::Marks;
use crate::model::corpus::{Entry, Loss};
use crate::model::draw::Draw;
use crate::model::fields::Fields;
use crate::model::labels::{Record, Stamp};
use crate::model::patterns::Patterns;
use crate::model::shared::Shared;

/// When something happened: the core has no clock of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since the program started; never goes back.
    pub mono: u64,
    /// Milliseconds since 1970, UTC, as the machine's clock says.
    pub wall: Stamp,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed. `alone` says that no input came in the 30 ms before it and that none waits behind it.
    Key {
        /// The key.
        key: Key,
        /// Whether it can have been one deliberate press.
        alone: bool,
    },
    /// Text was pasted.
    Pasted(String),
    /// The window has a new size.
    Resized(Window),
    /// The index went on through a file.
    Indexed(Indexed),
    /// What the prompts of a file share is known.
    Shared(FileNo, Shared),
    /// The codebook's marks are compiled.
    Compiled(Arc<Patterns>),
    /// A file is no longer what it was when it was indexed.
    Lost(FileNo, Loss),
    /// A file that was lost is there again and is indexed anew: what is told of it from now on, up to its end, takes the place of all
    /// that was known of it.
    Renewed(FileNo),
    /// A file has come up in a folder. It is indexed from now on.
    Joined {
        /// Its number, the next one.
        file: FileNo,
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: u64,
        /// What was said of it while it could not be read.
        refused: Vec<String>,
    },
    /// A file that has come up, or stands in another's place, cannot be read; a sentence says why.
    Refused(String),
    /// All files were looked at, as [`Effect::Follow`] asked.
    Followed,
    /// A case was read.
    Opened(Box<Opened>),
    /// A long case was read, and laid out too.
    LaidOut(Box<View>),
    /// The last case of all was read, to which the index has not come yet. Nothing where there is none near the end.
    Ahead(Option<Box<Case>>),
    /// A case could not be read; a sentence says why.
    NotOpened {
        /// Which.
        no: CaseNo,
        /// Why, as a sentence.
        reason: String,
    },
    /// Records of ours are on the disk.
    Recorded {
        /// The records.
        records: Vec<Record>,
        /// How many still wait.
        unsaved: usize,
    },
    /// A record of ours could not be written; it is kept and tried again.
    NotRecorded {
        /// Why, as a sentence.
        reason: String,
        /// How many records wait by now.
        unsaved: usize,
    },
    /// Other sessions wrote records, or something about the journals was noticed.
    Merged {
        /// The records.
        records: Vec<Record>,
        /// Whole sentences.
        remarks: Vec<String>,
    },
    /// The text behind some cases was looked at in the background.
    Hashed {
        /// Who they are.
        hashed: Vec<Hashed>,
        /// Whether that was all that one [`Effect::Hash`] asked for.
        last: bool,
    },
    /// A case's line was looked at.
    Looked(Box<Looked>),
    /// A case's line could not be looked at.
    NotLooked {
        /// Which case.
        no: CaseNo,
        /// What was wanted of it.
        closer: Closer,
        /// Why not, as a sentence.
        reason: String,
    },
    /// A text was sent to the terminal's clipboard.
    Copied {
        /// What, in words.
        what: String,
        /// How many hidden characters it holds as tokens.
        hidden: usize,
        /// Whether tmux has to pass it on.
        tmux: bool,
    },
    /// A text could not be sent to the terminal's clipboard.
    NotCopied {
        /// Why not.
        reason: String,
    },
    /// Some cases were read for their rows in a list.
    Peeked {
        /// What their rows say of them.
        briefs: Vec<Brief>,
        /// Those that cannot be read.
        unreadable: Vec<CaseNo>,
        /// Whether that was all that one [`Effect::Peek`] asked for.
        last: bool,
    },
    /// Some cases were looked at for the other half of one, as [`Effect::Pair`] asked.
    Paired {
        /// The case whose other half is looked for.
        no: CaseNo,
        /// The other half, if it is among them.
        found: Option<Box<Other>>,
    },
    /// A frame was written to the terminal.
    Drawn,
    /// The time asked for by [`Effect::WakeAt`] has come.
    Woken,
    /// The program is back on its terminal after it was stopped.
    Resumed,
    /// The program cannot stop: there is no shell that could wake it again.
    NoShell,
}

/// How far the index is in one file, and what it found on the way.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// The file.
    pub file: FileNo,
    /// The cases, in file order.
    pub found: Vec<Entry>,
    /// What chance drew for each of them.
    pub draws: Vec<Draw>,
    /// The lines that could not be read.
    pub unread: Vec<Problem>,
    /// How many of the file's bytes were looked at by now.
    pub done: u64,
    /// Whether the file is at its end.
    pub last: bool,
    /// Whether its last line is still being written.
    pub pending: bool,
}

/// A case that was read, and how it stands to the others of its name.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Which.
    pub no: CaseNo,
    /// What was read.
    pub case: Case,
    /// How many cases before it bear the same id with other content.
    pub others_before: u32,
    /// An earlier case of the same id and the same content, if there is one: one label serves both.
    pub same_as: Option<CaseNo>,
}

/// What is wanted of a case's line, beyond what its panes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closer {
    /// Its fields.
    Fields,
    /// Its JSON, laid out for people.
    Source,
    /// Its JSON as it stands.
    Line,
}

/// What was found in a case's line.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Which case.
    pub no: CaseNo,
    /// The hash of the line as it is now.
    pub raw: RawHash,
    /// What was wanted.
    pub sight: Sight,
}

/// What a [`Closer`] look found.
#[derive(Clone, Debug)]
pub enum Sight {
    /// The fields.
    Fields(Fields),
    /// The JSON, laid out.
    Source {
        /// Its text; a label or score does not stand in it.
        text: Vec<u8>,
        /// Whether that is all of it.
        whole: bool,
    },
    /// The JSON as it stands, labels and scores included.
    Line(Text),
}

/// Who a case is by its text, as far as labels care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashed {
    /// Which case.
    pub no: CaseNo,
    /// Its id.
    pub id: CaseId,
    /// The hash of its text.
    pub hash: ContentHash,
    /// The hash of its source.
    pub raw: RawHash,
}

/// What is to be done outside. Every effect that can fail has exactly one answering event.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read a case, and its namesakes to tell them apart. Answered by [`Event::Opened`], [`Event::LaidOut`] or [`Event::NotOpened`].
    Open {
        /// Which.
        no: CaseNo,
        /// Where it stands.
        origin: Origin,
        /// The cases before it that bear the same id.
        namesakes: Vec<(CaseNo, Origin)>,
        /// What it is laid out with, if it is so long that this is not to be waited for.
        outlook: Option<Box<Outlook>>,
    },
    /// Read the last case of all although the index has not come to it. Answered by [`Event::Ahead`].
    Last,
    /// Compile these marks, which takes longer than a key press may. Answered by [`Event::Compiled`].
    Compile(Marks),
    /// What this session is: it goes into the journal of this data file with the first record that is appended there, in the same
    /// write, and never alone.
    Begin {
        /// The data file.
        file: FileNo,
        /// The record of the session.
        session: Box<Record>,
    },
    /// Append a record to the journal of this data file. Answered by [`Event::Recorded`] or [`Event::NotRecorded`].
    Append {
        /// The data file.
        file: FileNo,
        /// The record.
        record: Box<Record>,
    },
    /// Try again to append what could not be written. Answered like [`Effect::Append`].
    Retry,
    /// Open the journal of a file that has come up. Answered by [`Event::Merged`] if there is something in it.
    Join(FileNo),
    /// Look at all files at once. Answered by [`Event::Followed`], behind what is new.
    Follow,
    /// Look for records of other sessions. Answered by [`Event::Merged`] if there are any.
    Poll,
    /// Read these cases in the background and say who they are by their text: all of them, or only those whose text is wanted.
    Hash {
        /// The cases.
        cases: Vec<(CaseNo, Origin)>,
        /// Only cases with one of these hashes are of interest; all, if none is named.
        wanted: Vec<ContentHash>,
    },
    /// Read a case's line again for what no pane shows. Answered by [`Event::Looked`] or [`Event::NotLooked`].
    Look {
        /// Which case.
        no: CaseNo,
        /// Where it stands.
        origin: Origin,
        /// What is wanted of it.
        closer: Closer,
    },
    /// Send a text to the terminal's clipboard. Answered by [`Event::Copied`] or [`Event::NotCopied`].
    Copy {
        /// What it is, in words.
        what: String,
        /// The text: nothing in it acts or hides.
        text: String,
        /// How many hidden characters it holds as tokens.
        hidden: usize,
    },
    /// Read these cases in the background, for their rows in a list. Answered by [`Event::Peeked`], some cases at a time.
    Peek {
        /// The cases.
        cases: Vec<(CaseNo, Origin)>,
        /// What is marked in them.
        patterns: Arc<Patterns>,
        /// What is hidden of them.
        veil: Arc<Veil>,
    },
    /// Look for the other half of a case among these cases. Answered by [`Event::Paired`].
    Pair {
        /// Whose.
        no: CaseNo,
        /// The case, and what of it is hidden.
        case: Box<(Case, Shade)>,
        /// What is hidden in all cases.
        veil: Arc<Veil>,
        /// Where to look, the likeliest first.
        among: Vec<(CaseNo, Origin)>,
        /// What the prompts of their files share.
        shared: HashMap<FileNo, Shared>,
        /// Whether the screen may wait a moment for it.
        at_once: bool,
    },
    /// Send [`Event::Woken`] at this time ([`Now::mono`]). The newest call counts.
    WakeAt(u64),
    /// Remember where one is.
    KeepPlace(Place),
    /// Remember a note that is being written.
    KeepDraft(Draft),
    /// Forget what was remembered of the note on this case.
    DropDraft(CaseId),
    /// Append what a session before this one could not save.
    TakeRescued,
    /// Stop, as Ctrl-z does.
    Suspend,
    /// Draw every cell anew.
    RedrawAll,
    /// Leave.
    Quit,
}

/// Where somebody was when they left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The case's id.
    pub id: CaseId,
    /// The data file's name.
    pub src: String,
    /// The case's line there.
    pub line: u32,
    /// Which reading of it.
    pub pass: u32,
    /// When.
    pub at: Stamp,
    /// How many cases they had been told of, where that was one file's.
    pub known: Option<u32>,
}

/// A note that was not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The case's id.
    pub id: CaseId,
    /// The data file's name.
    pub src: String,
    /// The case's line there.
    pub line: u32,
    /// What was written so far.
    pub text: String,
}

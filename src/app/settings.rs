//! What the program starts with: what it was told, and what was found on the disk. Holds it; decides nothing.

use std::sync::Arc;

use super::event::{Draft, Place};
use crate::keys::keymap::Keymap;
use crate::model::case::CaseId;
use crate::model::codebook::Codebook;
use crate::model::corpus::Corpus;
use crate::model::labels::{Labels, Stamper};
use crate::model::terms::Terms;

/// What the program was told at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who labels.
    pub annotator: String,
    /// This session's ULID.
    pub session: String,
    /// What goes into a record's `tool`.
    pub tool: String,
    /// A label key counts so many milliseconds after its case came on the screen; 0 also takes keys that come in bursts.
    pub min_dwell_ms: u64,
    /// What was agreed on: what is hidden, in which order cases come, in which steps they are judged.
    pub terms: Terms,
    /// Whether the pace line is shown.
    pub pace: bool,
    /// Why nothing can be labelled here, if so.
    pub read_only: Option<String>,
    /// How many records of an earlier session wait in rescue files.
    pub rescued: usize,
    /// Whether these are the cases of the practice run, which teach.
    pub practice: bool,
}

/// What the program starts with.
#[derive(Debug)]
pub struct Given {
    /// See [`Settings`].
    pub settings: Settings,
    /// See [`App::codebook`].
    pub codebook: Arc<Codebook>,
    /// See [`App::keymap`].
    pub keymap: Keymap,
    /// The open files; no case is known yet.
    pub corpus: Corpus,
    /// All records that are on the disk.
    pub labels: Labels,
    /// Makes the ids and times of records.
    pub stamper: Stamper,
    /// Where this annotator was the last time.
    pub place: Option<Place>,
    /// Notes that earlier sessions did not finish, the newest last.
    pub drafts: Vec<Draft>,
    /// What the journals' readers noticed, as sentences.
    pub remarks: Vec<String>,
    /// Which files in the folders cannot be read, and why, as sentences.
    pub left_out: Vec<String>,
    /// The ids of the cases whose label is known.
    pub gold: Vec<CaseId>,
}

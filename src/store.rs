//! Bytes on disk: data files are read here and never written, journals are appended to and never rewritten. Imports the model only.

pub mod fields;
pub mod folder;
pub mod gold;
pub mod journal;
pub mod json;
pub mod pretty;
pub mod rescue;
pub mod shape;
pub mod skim;
pub mod sniff;
pub mod source;

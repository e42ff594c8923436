//! What a terminal can show: the one way from transcript bytes to safe text, and its width. Knows nothing of cases.

pub mod clean;
pub mod wrap;

//! What a terminal can show: the one way from transcript bytes to safe text, and its width. Knows nothing of cases.
//!
//! ```text
//! bytes ──clean──▶ Clean (lines, tokens, map back) ──wrap──▶ Rows ──safe──▶ Safe ──▶ a painter
//!   └───────────────────── Safe::line (ids, names, errors) ──────────────────┘
//! ```
//!
//! Texts come from models that may want to deceive. So there is a list of what may be shown, never one of what may not; all
//! else is replaced by a token that a reader can see, and nothing is dropped. [`clean::Safe`] is made nowhere else.

mod alphabet;
mod cells;
pub mod clean;
mod map;
mod safe;
pub mod sentence;
mod spell;
mod unit;
pub mod verbatim;
pub mod wrap;

/// A number with its thousands apart.
#[must_use]
pub fn number(n: usize) -> String {
    let mut out = String::new();
    spell::number(&mut out, n);
    out
}

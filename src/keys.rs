//! Keys and their meaning, as data. Imports nothing of ours.

pub mod action;
pub mod key;
pub mod keymap;

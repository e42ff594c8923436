//! Keys and their meaning, as data: what a key is called, what can be done, and which key does what where.
//!
//! Everything that says something about keys (the lookup, the help, the README's table) is read off one [`keymap::Keymap`].
//! This room never reads the terminal, never opens a file, and imports nothing of ours.

pub mod action;
mod faults;
pub mod key;
pub mod keymap;
mod rows;
mod shipped;

//! candor: read what language models wrote, judge it by hand, lose no label.
//!
//! This page is the map of the house. It names the words that are used everywhere, the floors and who may import whom,
//! and the modules in the order in which they are best read.
//!
//! # The one flow
//!
//! ```text
//! key ──keymap──▶ Action ──update──▶ Effect ──perform──▶ disk
//!                                                         │
//! frame ◀──draw(&App)── settle ◀──update── Event ◀────────┘   (Recorded, or Failed with the reason)
//! ```
//!
//! * **One door in.** Everything that happens arrives as one closed enum, [`app::Event`], with its time; the core has no clock.
//! * **What you see is on disk.** A label changes memory only once the journal has accepted it; start-up replay, our own key
//!   press and a line that another session wrote go through the same fold.
//! * **Deciding does no I/O.** [`app::App::update`] returns effects; [`run`] performs them, and answers come first in the queue.
//! * **Drawing changes nothing.** What depends on the window is computed in [`app::App::settle`], just before.
//!
//! # Words
//!
//! One word per idea, in code, keymap, help and README:
//!
//! | word | what it is |
//! |---|---|
//! | case | one reply to be judged, with what came before it |
//! | part | prompt, scratchpad or answer: absent, empty or present |
//! | turn | one message of the conversation; the *judged* turn is the reply the label is about |
//! | condition | what the model was told of its situation: training (free), unmonitored (paid), another, unknown |
//! | label, flag | the verdict of a case; a remark of one word on it |
//! | doubt, note, draft | how unsure one is of a label; one's own words on a case; a note that was not finished |
//! | criterion | one thing that has to be there for a label: met, not met, or not judged |
//! | span, evidence | a marked place in the text, with its words; what such places show, mostly that a criterion is met |
//! | mark, hit | a place that the codebook's patterns find in the reasoning; one that a search finds |
//! | stage | a step of staged work: the answer alone, then the scratchpad too |
//! | record | one statement in a journal: a label, an undo, a skip … |
//! | journal | the append-only file of one annotator's records beside one data file |
//! | codebook | which labels and flags there are, their keys and what they mean |
//! | entry | one label, criterion, border case or flag of the codebook, with what it means |
//! | outcome, axis | what a label counts as; a question on which it says something |
//! | criterion, border case | what a judgement rests on; a question that comes up, and its answer |
//! | annotator | the person who labels |
//! | practice, lesson | the invented cases that teach; what one of them teaches |
//! | theme, role | how the screen is coloured; what a piece of it is, which a theme gives its style |
//! | queue, order | the cases in the order in which they are gone through; by what that is decided: file, chance, length |
//! | reading, repeat | how often an annotator judges a case: first, second; a second reading that comes as if it were new |
//! | gold item | a case whose label is known to whoever looks after the work |
//! | reader, page | the panes of the open case; one case laid out at one width |
//! | overlay, notice | what lies on top of the review screen; the sentence in its last row |
//! | command | the name of an action, typed |
//! | source, field | the JSON that a case was read from; one entry of it |
//! | list, outline | the cases as rows; the turns of one case as rows |
//! | arrival | a case that was written while its run was open |
//! | brief | what a case's row in the list is made of |
//! | pair, half | the same prompt in two conditions; one of its two cases |
//! | unread | of a judged part: rows that were not on the screen |
//! | pace | how many decisions a session made, and how long one takes |
//! | cover | an empty screen over all else |
//! | session | one run of the program, which says who it is before it says anything else |
//! | veil, shade | what is hidden in all cases; what of one case |
//! | mask, leak | what stands in the place of something hidden; a place where it still shows |
//! | reveal | showing what is hidden of the open case, which is recorded |
//! | problem | what was wrong with the input, with file, line and reason |
//!
//! # Floors
//!
//! Imports point down, and only so (`tests/house.rs` holds it):
//!
//! ```text
//! text, keys, model → nothing of ours     store → model     app → text, model, keys     ui → app, text, model, keys
//! run, feed, terminal, cli, config, main → anything below
//! ```
//!
//! # Modules in reading order

pub mod text;

pub mod model;

pub mod store;

pub mod keys;

pub mod app;

pub mod ui;

pub mod cli;
pub mod config;
pub mod feed;
pub mod run;
pub mod terminal;

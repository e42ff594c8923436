//! How long the ideas of candor take, each for itself: `cargo bench`, or `cargo bench -- wrap` for those with a name like that.
//!
//! Times of one run compare with each other; those of two runs only where nothing else kept the machine busy. What a whole program
//! costs beside others, and counts of instructions that do not change with the load, come from `benches/compare`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/desk/mod.rs"]
mod desk;

#[path = "speed/fold.rs"]
mod fold;
#[path = "speed/frame.rs"]
mod frame;
#[path = "speed/invented.rs"]
mod invented;
#[path = "speed/store.rs"]
mod store;
#[path = "speed/text.rs"]
mod text;

use candor::app::layout::Window;

/// The window most are read in, and a large one.
const WINDOWS: [Window; 2] = [Window { columns: 80, rows: 24 }, Window { columns: 200, rows: 50 }];

fn main() {
    divan::main();
}

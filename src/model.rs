//! What a reviewer reasons about: cases, labels, the order of work. No disk, no screen, no clock.

pub mod blind;
pub mod case;
pub mod codebook;
pub mod corpus;
pub mod draw;
pub mod fields;
pub mod gold;
pub mod labels;
pub mod pair;
pub mod patterns;
pub mod problem;
pub mod queue;
pub mod shared;
pub mod terms;

//! A synthetic county with ground truth: people, their true story, and the messy files that
//! departments make of it.
//!
//! First the true world (`people`, `life`, `stories`), then the files (`sources` says which rows,
//! `files` how they are worded and spoiled), then the truth. Every person, household and row has
//! a stream of chance of its own, so the threads do not matter to the bytes.

pub mod command;
pub mod dice;
pub mod files;
pub mod life;
pub mod output;
pub mod people;
pub mod person;
pub mod pipeline;
pub mod places;
pub mod rates;
pub mod rules;
pub mod sources;
pub mod stories;
pub mod targets;
pub mod truth;
pub mod world;

#[cfg(test)]
mod tests;

pub use command::{SynthArgs, run};
pub use output::{Options, generate};
pub use rates::Rates;
pub use rules::Rules;

//! bulou (不漏): nightly reconciliation of a county's resident medical insurance.
//!
//! The modules stand in the order in which data flows through them; see ARCHITECTURE.md.

mod columns;
mod disk;
mod labels;
mod program;

pub mod cases;
pub mod clean;
pub mod diagnostic;
pub mod error;

pub mod config;
pub mod tables;

pub mod ingest;

pub mod identity;

pub mod policy;

pub mod lists;

pub mod ledger;

pub mod findings;

pub mod report;

pub mod history;

pub mod delivery;

pub mod publish;

pub mod run;

pub mod explain;
pub mod lookup;
pub mod score;
pub mod synth;

pub mod cli;

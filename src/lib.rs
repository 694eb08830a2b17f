//! bulou (不漏): nightly reconciliation of a county's resident medical insurance.
//!
//! The modules stand in the order in which data flows through them; see ARCHITECTURE.md.

mod labels;

pub mod clean;
pub mod config;
pub mod diagnostic;
pub mod error;
pub mod ingest;

pub mod tables;

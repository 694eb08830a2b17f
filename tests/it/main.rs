//! The one integration-test binary: the program as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accuracy;
mod cases;
mod city;
mod clerk;
mod cli;
mod delivery;
mod determinism;
mod explain;
mod faults;
mod golden;
mod kill;
mod last_year;
mod layouts;
mod lists;
mod localities;
mod lookup;
mod messes;
mod nights;
mod office;
mod order;
mod page;
mod policy;
mod privacy;
mod progress;
mod published;
mod returned;
mod service;
mod support;
mod tidy;
mod winter;

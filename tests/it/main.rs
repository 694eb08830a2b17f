//! The one integration-test binary: the program as an operator meets it.

mod accuracy;
mod cli;
mod determinism;
mod faults;
mod golden;
mod kill;
mod layouts;
mod privacy;
mod support;
mod tidy;

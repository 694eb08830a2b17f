//! The dated parameters of a locality: `policy/*.toml`, one subject a file here and there.
//!
//! Every row says for which coverage year, or from which day, it holds, and by which clause. An
//! unknown key, a row without a reference, rows that overlap, a year without a value: refused,
//! with the line shown.

pub(super) mod benefit;
pub(super) mod category;
pub(super) mod counted;
pub(super) mod exception;
pub(super) mod fee;
pub(super) mod flexible;
pub(super) mod incentive;
pub(super) mod listing;
pub(super) mod rule_file;
pub(super) mod scope;
pub(super) mod start;
pub(super) mod subsidy;
pub(super) mod target;
pub(super) mod timeline;
pub(super) mod window;
pub(super) mod words;

//! Delivery (下发): which list went to whom under which number, and whether it still counts.
//!
//! `publish` writes what went on every list into the run (`batches.parquet`); here it is read again.

mod lists;

pub use lists::{Line, List, last_lists, list, lists};

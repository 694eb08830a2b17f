//! Delivery (下发): which list went to whom under which number, and whether it still counts.
//!
//! `publish` writes what went on every list into the run (`batches.parquet`); here it is read again.

mod lists;
mod log;
mod sent;

pub use lists::{Line, List, list, lists};
pub use log::{Failure, Reason, Recall, Receipt, SentFile, Via};
pub use sent::{Sent, Standing, Stood};

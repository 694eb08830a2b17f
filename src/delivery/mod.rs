//! Delivery (下发): which list went to whom under which number, and whether it still counts.
//!
//! `publish` writes what went on every list into the run (`batches.parquet`); here it is read again.

mod keep;
mod last;
mod lists;
mod log;
mod outbox;
mod parcel;
mod recall;
mod returned;
mod send;
mod sent;
mod status;
mod table;

pub use keep::forget;
pub use last::last_lists;
pub use lists::{Line, List, list, lists};
pub use log::{Event, Failure, Reason, Recall, Receipt, SentFile, Via};
pub use parcel::{COUNTY, NOBODYS};
pub use recall::{Recalled, recall};
pub use returned::Late;
pub use send::{Order, deliver};
pub use sent::{Sent, Standing, Stood};
pub use status::{Counts, LastSent, Recipient, Status, Undelivered, status};

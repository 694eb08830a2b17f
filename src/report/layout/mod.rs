//! The tables that a county reports, as its own layouts have them: which rows, which columns, in
//! which order. A layout is data (`layouts.toml`); what its cells show is worked out here.

mod cell;
mod file;
mod fill;

pub use cell::Cell;
pub use file::{Column, Layouts, Order, Sheet, Shown, TotalRow, Value};
pub use fill::{Filled, FilledRow, Known, fill};

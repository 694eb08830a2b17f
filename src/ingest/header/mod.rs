//! The header of a sheet: where it is and what its columns mean.

mod columns;
mod locate;
mod matcher;
mod synonyms;
mod words;

pub use columns::Columns;
pub use locate::{Header, locate};
pub use matcher::Matcher;
pub use words::CATEGORIES;

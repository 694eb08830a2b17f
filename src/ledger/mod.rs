//! The ledger (台账): one row a person, what is known of it, and exactly one coverage verdict.

mod case;
pub mod cover;
pub mod due;
pub mod entitlement;
pub mod exempt;
mod group;
mod scope;
mod settle;
mod standing;

pub use case::{Case, Context};
pub use entitlement::Entitlement;
pub use group::Group;
pub use settle::{Fate, Settled, is_county_of, settle};
pub use standing::{LastYear, Standing, Step, Verdict, stand};

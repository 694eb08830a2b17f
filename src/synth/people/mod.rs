//! Who lives in the county, before anything happens to them.

pub mod address;
pub mod given;
pub mod household;
pub mod name;
pub mod newcomer;
pub mod number;
pub mod surname;

//! Every rule, in code order.
use super::Rule;
pub static RULES: &[&Rule] = &[];

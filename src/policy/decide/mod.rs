//! What the policy decides, one decision a file. Each answers with a value, the clause that gave
//! it and why, from the circumstances of one person and a day.

pub(super) mod arrears;
pub(super) mod belonging;
pub(super) mod contribution;
pub(super) mod cover;
pub(super) mod event;
pub(super) mod first_enrolment;
pub(super) mod liable;
pub(super) mod review;
pub(super) mod subsidy;
pub(super) mod switch;
pub(super) mod terms;
pub(super) mod waiting;

//! Whether the person has a row in that source anyway.
//!
//! A stray row of the register more probably belongs to somebody whom the register otherwise
//! lacks than to one of the many it has already.

use crate::{identity::nodes::Node, tables::SourceKind};

crate::labelled! {
    /// Whether the person is in the source that the row is from.
    pub enum SourceLevel {
        Missing = "missing", "无可比";
        Vacant = "vacant", "此人在该来源没有别的记录";
        Taken = "taken", "此人在该来源已有记录";
    }
}

pub(super) fn compare(asking: &Node, known: &Node) -> SourceLevel {
    // Whether the roster has a row of its own people is the question, not an answer.
    if asking.is_in(SourceKind::Household) {
        return SourceLevel::Missing;
    }
    if asking.sources & known.sources == 0 { SourceLevel::Vacant } else { SourceLevel::Taken }
}

//! Which township a place lies in: all that identity needs to know of the division table.

use crate::tables::DivisionId;

/// The townships of all places.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    townships: Vec<Option<DivisionId>>,
}

impl Geography {
    /// The townships of the places, by division id; a township is its own.
    pub fn new(townships: Vec<Option<DivisionId>>) -> Geography {
        Geography { townships }
    }

    /// The township a place lies in, or is; nothing for a county, and nothing that is not known.
    pub(super) fn township(&self, place: DivisionId) -> Option<DivisionId> {
        self.townships.get(usize::from(place.0)).copied().flatten()
    }
}

//! Whom a source row is about, as the row says it.

use chrono::NaiveDate;

use super::{RecordId, TextId};
use crate::clean::id_number::{IdKind, IdNumber, IdState};
pub use crate::clean::sex::Sex;

/// A city, county, township or village: its position in the run's division table, which is sorted by
/// code, so that ids compare as codes do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionId(pub u16);

/// The person columns that every record has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    pub record: RecordId,
    /// The whole, valid certificate number, or nothing. Only this ever joins exactly.
    pub id: Option<IdNumber>,
    pub id_kind: IdKind,
    pub id_state: IdState,
    /// The certificate as found, where `id` does not say it all: damaged or repaired, upgraded,
    /// or of a kind that is not packed (travel permit, birth certificate …).
    pub id_text: TextId,
    /// The normalised name.
    pub name: TextId,
    /// The name as found, where normalising changed more than spaces.
    pub name_text: TextId,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    /// The village, or the township where the village is unknown.
    pub place: Option<DivisionId>,
    /// The village as found, where no division is called so; `place` may be known all the same.
    pub place_text: TextId,
}

impl Subject {
    /// A subject of which nothing is known yet.
    pub fn unknown(record: RecordId) -> Subject {
        Subject {
            record,
            id: None,
            id_kind: IdKind::None,
            id_state: IdState::Missing,
            id_text: TextId::NONE,
            name: TextId::NONE,
            name_text: TextId::NONE,
            sex: None,
            birth: None,
            place: None,
            place_text: TextId::NONE,
        }
    }

    /// Sex as stated, or else as the id says it.
    pub fn sex_known(&self) -> Option<Sex> {
        self.sex.or(self.id.map(IdNumber::sex))
    }

    /// Birth date as the id says it, or else as stated.
    pub fn birth_known(&self) -> Option<NaiveDate> {
        self.id.map(IdNumber::birth).or(self.birth)
    }
}

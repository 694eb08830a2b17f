//! By what a record came to its person.

use super::compare::{Field, HouseholdLevel, N_FIELDS, PlaceLevel, Score};
use crate::tables::RecordId;

/// A person of this run. Numbers are given in the order of the person's first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// Nobody: the person of a row that stands aside and follows nobody.
    pub const NOBODY: PersonId = PersonId(u32::MAX);
}

crate::labelled! {
    /// By what a record came to its person.
    pub enum LinkMethod {
        IdAndName = "id-and-name", "证件号码与姓名一致";
        IdAndSimilarName = "id-and-similar-name", "证件号码一致，姓名相近";
        IdOnly = "id-only", "证件号码一致，本行无姓名";
        Certificate = "certificate", "其他证件号码与姓名一致";
        SameDamagedId = "same-damaged-id", "证件号码有同样的错误且姓名一致";
        Compared = "compared", "逐项比对";
        Alone = "alone", "无其他记录与之对应";
    }
}

/// A record's place in a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    pub person: PersonId,
    pub method: LinkMethod,
    /// 1 for what is certain.
    pub probability: f32,
}

/// A comparison that decided something: a record was given to a person by it, or is probably
/// that person's and waits for a human eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The record that was compared; the rows joined to it exactly share its fate.
    pub record: RecordId,
    /// The record it was compared with.
    pub with: RecordId,
    pub probability: f32,
    /// The probability of the runner-up; 0 where there was none.
    pub rival: f32,
    pub scores: [Score; N_FIELDS],
    /// Whether the records were joined; if not, the match is a question.
    pub is_joined: bool,
}

impl Match {
    /// The same, of a row that was joined exactly to the one compared.
    pub(super) fn shared_by(mut self, record: RecordId) -> Match {
        self.record = record;
        self
    }

    /// Whether the two live in one village or household.
    pub(super) fn is_at_home(&self) -> bool {
        let level = |field: Field| self.scores[field as usize].level;
        level(Field::Place) == PlaceLevel::Village as u8
            || level(Field::Household) == HouseholdLevel::Same as u8
            || level(Field::Household) == HouseholdLevel::Kin as u8
    }

    /// What was compared: field, level and weight; fields with nothing to compare are left out.
    pub fn compared(&self) -> impl Iterator<Item = (Field, Score)> + '_ {
        Field::ALL.iter().copied().zip(self.scores).filter(|it| it.1.level > 0)
    }
}

//! What two nodes are compared in, and how well they can agree: levels that explain themselves.
//!
//! One file a field. A field is an ordered list of levels, the first of which is "nothing to
//! compare": what is missing, masked or a placeholder never agrees with anything. Models hold a
//! weight for each level; `links.parquet` and `bulou explain` show them by these names.

mod birth;
mod household;
mod id;
mod name;
mod place;
mod sex;
mod source;

pub use birth::BirthLevel;
pub use household::HouseholdLevel;
pub use id::IdLevel;
pub use name::NameLevel;
pub use place::PlaceLevel;
pub use sex::SexLevel;
pub use source::SourceLevel;

pub(super) use id::{numbers_in, one_slip_away, slips_of};

use super::{Geography, names::Names, nodes::Node};
use crate::tables::Texts;

crate::labelled! {
    /// The fields that are compared.
    pub enum Field {
        Id = "id", "证件号码";
        Name = "name", "姓名";
        Birth = "birth", "出生日期";
        Sex = "sex", "性别";
        Place = "place", "村";
        Household = "household", "户";
        Source = "source", "来源";
    }
}

/// How many fields there are.
pub const N_FIELDS: usize = 7;

impl Field {
    /// The code and the Chinese name of each level, in their order.
    pub fn levels(self) -> Vec<(&'static str, &'static str)> {
        macro_rules! names {
            ($levels:ident) => {
                $levels::ALL.iter().map(|it| (it.code(), it.zh())).collect()
            };
        }
        match self {
            Field::Id => names!(IdLevel),
            Field::Name => names!(NameLevel),
            Field::Birth => names!(BirthLevel),
            Field::Sex => names!(SexLevel),
            Field::Place => names!(PlaceLevel),
            Field::Household => names!(HouseholdLevel),
            Field::Source => names!(SourceLevel),
        }
    }

    /// The code and the Chinese name of a level.
    pub fn level(self, level: u8) -> (&'static str, &'static str) {
        self.levels()[usize::from(level)]
    }
}

/// How far one field speaks for two rows being one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Position among the field's levels; 0 where there was nothing to compare.
    pub level: u8,
    /// Binary logarithm of how much likelier this level is for one person than for two.
    pub bits: f32,
}

/// How two nodes agree in every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Levels {
    pub id: IdLevel,
    pub name: NameLevel,
    pub birth: BirthLevel,
    pub sex: SexLevel,
    pub place: PlaceLevel,
    pub household: HouseholdLevel,
    pub source: SourceLevel,
}

impl Levels {
    /// The levels by field, as numbers.
    pub(super) fn numbers(&self) -> [u8; N_FIELDS] {
        [
            self.id as u8,
            self.name as u8,
            self.birth as u8,
            self.sex as u8,
            self.place as u8,
            self.household as u8,
            self.source as u8,
        ]
    }
}

/// What comparison needs beside the nodes.
#[derive(Clone, Copy)]
pub(super) struct Comparer<'a> {
    pub texts: &'a Texts,
    pub names: &'a Names<'a>,
    pub geography: &'a Geography,
}

impl Comparer<'_> {
    /// Compares a node that asks who it is with one that may be the answer.
    pub(super) fn compare(&self, asking: &Node, known: &Node) -> Levels {
        let id = id::compare(self.texts, asking, known);
        let birth = birth::compare(asking.birth, known.birth);
        Levels {
            id,
            name: name::compare(self.names, asking, known),
            // A number that agrees but for a slip has said the birth already.
            birth: if id.tells_birth() { birth.unless_same() } else { birth },
            sex: sex::compare(asking.sex, known.sex),
            place: place::compare(self.geography, asking.place, known.place),
            household: household::compare(asking, known),
            source: source::compare(asking, known),
        }
    }
}

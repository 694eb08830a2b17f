//! Which village of the run a row of a list names.

use crate::{clean::place, ingest::Stated};

/// A village in which somebody of the run lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Village {
    /// Twelve digits.
    pub code: String,
    pub name: String,
    pub key: String,
    /// The key of its township's name, which in a city begins with the county's.
    pub township: String,
}

/// All villages of a run.
#[derive(Default)]
pub(super) struct Villages(Vec<Village>);

/// What a row says of its village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    /// One of the run, by its code.
    One(&'a str),
    /// One that the run does not have.
    Unknown,
    /// Nothing, or a name that several bear.
    Unsaid,
}

impl Villages {
    pub(super) fn of(mut villages: Vec<Village>) -> Villages {
        villages.sort();
        villages.dedup();
        Villages(villages)
    }

    /// The village that a row names: by its code, its name, or the heading above it.
    pub(super) fn named<'a>(&'a self, stated: &'a Stated) -> Named<'a> {
        if !stated.village_code.is_empty() {
            return Named::One(&stated.village_code);
        }
        match stated.village.as_str() {
            // What stands above the row need not be a village at all.
            "" => match self.by_name(&stated.heading, &stated.township) {
                Named::Unknown => Named::Unsaid,
                found => found,
            },
            name => self.by_name(name, &stated.township),
        }
    }

    /// The name as written decides, then its key, so that 大桥村 and 大桥社区 stay two.
    fn by_name(&self, name: &str, township: &str) -> Named<'_> {
        let (key, township) = (place::key(name), place::key(township));
        if key.is_empty() {
            return Named::Unsaid;
        }
        let near = || self.0.iter().filter(|it| it.township.ends_with(&township));
        let same: Vec<&Village> = near().filter(|it| it.name == name).collect();
        let alike = || near().filter(|it| it.key == key).collect();
        match (if same.is_empty() { alike() } else { same }).as_slice() {
            [] => Named::Unknown,
            [one] => Named::One(&one.code),
            _ => Named::Unsaid,
        }
    }
}

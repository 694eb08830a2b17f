//! `scope.toml`: who is to be insured here, and how long a village may hold money.

use chrono::{Datelike, Months, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{Cited, Clauses, rule_file};
use crate::{config::Pipeline, error::Result};

crate::labelled! {
    /// By what a person belongs to those who are to be insured here.
    pub enum ScopeGroup {
        Resident = "resident", "本地户籍";
        Permit = "permit", "持居住证";
        Newborn = "newborn", "新生儿（出生医学证明）";
        Student = "student", "在校学生";
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeRow {
    coverage_year: u16,
    groups: Vec<ScopeGroup>,
    reference: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewbornRow {
    coverage_year: u16,
    younger_than_months: u32,
    reference: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct CollectionRow {
    coverage_year: u16,
    grace_days: u32,
    reference: String,
}

macro_rules! year_row {
    ($($row:ident),+) => { $(
        impl rule_file::YearRow for $row {
            fn coverage_year(&self) -> u16 { self.coverage_year }
            fn reference(&self) -> &str { &self.reference }
        }
    )+ };
}

year_row!(ScopeRow, NewbornRow, CollectionRow);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeToml {
    scope: Vec<Spanned<ScopeRow>>,
    newborn: Vec<Spanned<NewbornRow>>,
    collection: Vec<Spanned<CollectionRow>>,
}

/// Who is in scope in the run's coverage year.
#[derive(Clone, Debug)]
pub struct Scope {
    pub groups: Cited<Vec<ScopeGroup>>,
    /// Until which age a birth certificate alone makes a child one to be insured.
    pub newborn_months: Cited<u32>,
    /// Days after which money collected by a village must be in the feed.
    pub collection_grace_days: Cited<u32>,
}

impl Scope {
    pub(super) fn load(pipeline: &Pipeline, clauses: &mut Clauses) -> Result<Scope> {
        let file = rule_file::open(pipeline, "scope.toml")?;
        let toml: ScopeToml = file.parse()?;
        let year = pipeline.insurance_year;
        let scope = rule_file::one_of_year(&file, "scope", toml.scope, year, clauses)?;
        let newborn = rule_file::one_of_year(&file, "newborn", toml.newborn, year, clauses)?;
        let collection =
            rule_file::one_of_year(&file, "collection", toml.collection, year, clauses)?;
        Ok(Scope {
            groups: Cited { value: scope.value.groups, clause: scope.clause },
            newborn_months: Cited {
                value: newborn.value.younger_than_months,
                clause: newborn.clause,
            },
            collection_grace_days: Cited {
                value: collection.value.grace_days,
                clause: collection.clause,
            },
        })
    }

    /// Whether a group is to be insured here.
    pub fn has(&self, group: ScopeGroup) -> bool {
        self.groups.value.contains(&group)
    }

    /// Whether somebody born on a day still is a newborn on another.
    pub fn is_newborn(&self, born_on: NaiveDate, day: NaiveDate) -> bool {
        let grown_on = born_on.checked_add_months(Months::new(self.newborn_months.value));
        born_on <= day && grown_on.is_some_and(|it| day < it)
    }
}

/// Full years of age on a day.
pub fn age_on(born_on: NaiveDate, day: NaiveDate) -> i32 {
    let had_birthday = (day.month(), day.day()) >= (born_on.month(), born_on.day());
    day.year() - born_on.year() - i32::from(!had_birthday)
}

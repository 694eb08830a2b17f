//! `scope.toml`: who is to be insured here, and how long a village may hold money.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{
    rule_file::{Reading, year_rows},
    start::add_months,
};
use crate::{
    diagnostic::Message,
    error::Result,
    policy::{Cited, ClauseId},
};

crate::labelled! {
    /// By what a person belongs to those who are to be insured here.
    pub enum ScopeGroup {
        Resident = "resident", "本地户籍";
        Permit = "permit", "持居住证";
        Newborn = "newborn", "新生儿（出生医学证明）";
        Student = "student", "在校学生";
    }
}

crate::labelled! {
    /// Where somebody registered here who studies in another place is insured.
    pub enum StudentsInsured {
        AtSchool = "at-school", "就读地";
        AtHome = "at-home", "户籍地";
    }
}

/// Who is in scope.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InScope {
    pub coverage_year: u16,
    pub groups: Vec<ScopeGroup>,
    /// College students registered here who study elsewhere.
    pub students_away: StudentsInsured,
    /// Whether a permit counts only with a certificate that the person is not insured at home.
    #[serde(default)]
    pub permit_needs_certificate: bool,
    reference: String,
}

/// The clause that names one group, where a document names each in its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupClause {
    pub coverage_year: u16,
    pub group: ScopeGroup,
    reference: String,
}

/// A birth certificate without a registration makes a newborn while the child is that young.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newborn {
    pub coverage_year: u16,
    pub younger_than_months: u32,
    reference: String,
}

/// How long a village may hold money before it must be in the feed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collected {
    pub coverage_year: u16,
    pub grace_days: u32,
    reference: String,
}

year_rows!(InScope, GroupClause, Newborn, Collected);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeToml {
    scope: Vec<Spanned<InScope>>,
    #[serde(default)]
    group: Vec<Spanned<GroupClause>>,
    newborn: Vec<Spanned<Newborn>>,
    #[serde(default)]
    collection: Vec<Spanned<Collected>>,
}

/// Who is in scope in the run's coverage year.
#[derive(Clone, Debug)]
pub struct Scope {
    pub groups: Cited<InScope>,
    pub newborn: Cited<Newborn>,
    /// Nothing where nobody has set a time.
    pub collection: Option<Cited<Collected>>,
    group_clauses: BTreeMap<ScopeGroup, ClauseId>,
}

impl Scope {
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Scope> {
        let file = reading.open("scope.toml")?;
        let toml: ScopeToml = file.parse()?;
        let groups = reading.one_of_year(&file, "scope", toml.scope)?;
        let mut group_clauses = BTreeMap::new();
        for (span, row) in reading.of_year(&file, toml.group)? {
            let group = row.value.group;
            let is_twice = group_clauses.insert(group, row.clause).is_some();
            if is_twice || !groups.value.groups.contains(&group) {
                return Err(file.refuse(
                    span,
                    Message::new(
                        "这一类人员不在 groups 中，或写了两条",
                        "this group is not in `groups`, or is there twice",
                    ),
                    Message::new(
                        "[[group]] 只为 groups 中的人员写明各自的条款",
                        "[[group]] gives the clause of a group that `groups` names",
                    ),
                ));
            }
        }
        Ok(Scope {
            groups,
            newborn: reading.one_of_year(&file, "newborn", toml.newborn)?,
            collection: reading.any_of_year(&file, "collection", toml.collection)?,
            group_clauses,
        })
    }

    /// Whether a group is to be insured here.
    pub fn has(&self, group: ScopeGroup) -> bool {
        self.groups.value.groups.contains(&group)
    }

    /// The clause that names a group.
    pub fn clause_of(&self, group: ScopeGroup) -> ClauseId {
        self.group_clauses.get(&group).copied().unwrap_or(self.groups.clause)
    }

    /// Whether somebody born on a day still is a newborn on another.
    pub fn is_newborn(&self, born_on: NaiveDate, day: NaiveDate) -> bool {
        let grown_on = add_months(born_on, self.newborn.value.younger_than_months);
        born_on <= day && grown_on.is_some_and(|it| day < it)
    }
}

/// Full years of age on a day.
pub fn age_on(born_on: NaiveDate, day: NaiveDate) -> i32 {
    let had_birthday = (day.month(), day.day()) >= (born_on.month(), born_on.day());
    day.year() - born_on.year() - i32::from(!had_birthday)
}

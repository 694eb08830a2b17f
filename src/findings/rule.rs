//! What a rule is: a value, not a type.

use super::Finding;
use crate::{
    identity::{Claim, Person, PersonFiles, PersonId},
    ingest::Account,
    ledger::{Case, Context, Standing},
    tables::{SourceKind, Tables},
};

crate::labelled! {
    /// Who acts on a finding.
    pub enum Owner {
        Township = "township", "乡镇";
        MedicalInsurance = "medical-insurance", "医保局";
        Tax = "tax", "税务局";
        CivilAffairs = "civil-affairs", "民政局";
        RuralRevitalisation = "rural-revitalisation", "乡村振兴局";
        DisabledFederation = "disabled-federation", "残联";
        Veterans = "veterans", "退役军人事务局";
        Police = "police", "公安局";
        Health = "health", "卫健局";
        Education = "education", "教育局";
        Finance = "finance", "财政局";
    }
}

impl Owner {
    /// The department that keeps a list, by the name its policy row gives.
    pub fn of_keeper(keeper: &str) -> Owner {
        let known = [
            ("乡村振兴", Owner::RuralRevitalisation),
            ("农业农村", Owner::RuralRevitalisation),
            ("民政", Owner::CivilAffairs),
            ("残联", Owner::DisabledFederation),
            ("残疾人", Owner::DisabledFederation),
            ("退役", Owner::Veterans),
            ("公安", Owner::Police),
            ("卫", Owner::Health),
            ("教", Owner::Education),
            ("税", Owner::Tax),
            ("财政", Owner::Finance),
            ("镇", Owner::Township),
            ("乡", Owner::Township),
            ("街道", Owner::Township),
        ];
        let found = known.iter().find(|(part, _)| keeper.contains(part));
        found.map_or(Owner::MedicalInsurance, |(_, owner)| *owner)
    }

    /// The department that can mend a row of such a source.
    pub fn of_source(kind: SourceKind) -> Owner {
        match kind {
            SourceKind::Household | SourceKind::ResidencePermit => Owner::Police,
            SourceKind::Birth => Owner::Health,
            SourceKind::Death | SourceKind::Category => Owner::CivilAffairs,
            SourceKind::Student => Owner::Education,
            SourceKind::Payment => Owner::Tax,
            SourceKind::Collection | SourceKind::Feedback => Owner::Township,
            SourceKind::Enrolment | SourceKind::Elsewhere | SourceKind::Exempt => {
                Owner::MedicalInsurance
            }
        }
    }
}

crate::labelled! {
    /// What comes first.
    pub enum Priority {
        High = "high", "高";
        Medium = "medium", "中";
        Low = "low", "低";
    }
}

/// One rule. Its file's opening words are its manual: rustdoc and `bulou rules` print the same.
pub struct Rule {
    /// A family letter and two digits; once published, it keeps its meaning.
    pub code: &'static str,
    /// What is wrong, as the file is named.
    pub name: &'static str,
    /// What is wrong, in the words of county staff.
    pub zh: &'static str,
    pub owner: Owner,
    pub priority: Priority,
    pub find: Find,
    /// The file itself.
    pub source: &'static str,
}

/// What a rule is asked of.
#[derive(Clone, Copy)]
pub enum Find {
    /// One person at a time; most rules.
    Person(fn(&Context<'_>, &Case<'_>, &mut Vec<Finding>)),
    /// The whole run: what no one person's file shows.
    Run(fn(&Context<'_>, &RunView<'_>, &mut Vec<Finding>)),
}

/// Everything of a run that a rule may look at.
pub struct RunView<'a> {
    pub tables: &'a Tables,
    pub accounts: &'a [Account],
    pub people: &'a [Person],
    pub files: &'a PersonFiles,
    pub standings: &'a [Standing],
    /// Whole numbers in question: borne by several, or several of one person.
    pub claims: &'a [Claim],
}

impl RunView<'_> {
    /// One person's case.
    pub fn case(&self, id: PersonId) -> Case<'_> {
        let at = id.0 as usize;
        Case {
            id,
            person: &self.people[at],
            file: self.files.of(id),
            other: self.people[at].probable.map(|it| self.files.of(it.person)),
            standing: &self.standings[at],
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.code == other.code
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} {}", self.code, self.name)
    }
}

impl Rule {
    /// The manual: the `//!` lines at the top of the rule's own file.
    pub fn manual(&self) -> String {
        let header = self.source.lines().map_while(|it| it.strip_prefix("//!"));
        header.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect::<Vec<_>>().join("\n")
    }
}

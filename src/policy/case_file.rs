//! People described in TOML by a clerk, and worked cases: a person, a day, and what the policy
//! is expected to answer.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{
    Categories, Circumstances, Employment, Exit, FlexibleLife, Identity, Period, Policy,
    PreviousCover, Study,
    chain::{Answer, chain, flexible_chain},
};
use crate::{
    clean::{Cell, money::read_fen},
    config::TomlFile,
    diagnostic::Message,
    error::Result,
};

/// A stretch of days as written: `{}` always, `{ from = …, to = … }`; `to` no longer counts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodToml {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl PeriodToml {
    fn period(self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityToml {
    category: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StudyToml {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    #[serde(default)]
    college: bool,
    #[serde(default)]
    away: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EmploymentToml {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    #[serde(default)]
    flexible: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExitToml {
    why: Exit,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PreviousToml {
    from: NaiveDate,
    to: Option<NaiveDate>,
    #[serde(default)]
    resident: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlexibleToml {
    enrolled_on: NaiveDate,
    previous: Option<PreviousToml>,
    paid_to: Option<NaiveDate>,
    resumed_on: Option<NaiveDate>,
}

/// A person as a clerk describes them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PersonToml {
    born: Option<NaiveDate>,
    registered: Option<PeriodToml>,
    permit: Option<PeriodToml>,
    birth_certificate: bool,
    study: Option<StudyToml>,
    exit: Option<ExitToml>,
    employment: Option<EmploymentToml>,
    elsewhere: Option<PeriodToml>,
    identities: Vec<IdentityToml>,
    released_on: Option<NaiveDate>,
    moved_in_on: Option<NaiveDate>,
    welfare_home_on: Option<NaiveDate>,
    objective_cause: Option<bool>,
    paid_by_school_year: bool,
    lapsed_years: u16,
    repaired_years: u16,
    flexible: Option<FlexibleToml>,
}

/// One `[[case]]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseToml {
    name: String,
    /// The coverage year that is paid for.
    year: u16,
    /// The day of the payment, or of the question.
    on: NaiveDate,
    /// A monthly wage to reckon with, in yuan, where the province's is not written down.
    wage: Option<Spanned<String>>,
    person: PersonToml,
    #[serde(default)]
    expect: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasesToml {
    case: Vec<Spanned<CaseToml>>,
}

/// A described person, a day, and the answers expected.
pub struct Case {
    pub name: String,
    pub year: u16,
    pub on: NaiveDate,
    wage_fen: Option<i64>,
    person: PersonToml,
    expect: BTreeMap<String, Spanned<String>>,
    span: std::ops::Range<usize>,
}

impl Case {
    /// How many answers the case names.
    pub fn n_expected(&self) -> usize {
        self.expect.len()
    }
}

/// An expectation that the policy did not meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    pub key: String,
    pub expected: String,
    pub found: String,
}

/// A file of cases.
pub struct CaseFile {
    pub cases: Vec<Case>,
    file: TomlFile,
}

impl CaseFile {
    /// Reads `[[case]]` rows, strictly.
    pub fn open(path: &Path) -> Result<CaseFile> {
        let file = TomlFile::open(path)?;
        let toml: CasesToml = file.parse()?;
        let mut cases = Vec::new();
        for case in toml.case {
            let span = case.span();
            let it = case.into_inner();
            let wage_fen = it.wage.map(|wage| fen_of(&file, &wage)).transpose()?;
            cases.push(Case {
                name: it.name,
                year: it.year,
                on: it.on,
                wage_fen,
                person: it.person,
                expect: it.expect,
                span,
            });
        }
        Ok(CaseFile { cases, file })
    }

    /// The answers of the policy to a case.
    pub fn answers(&self, policy: &Policy, case: &Case) -> Result<Vec<Answer>> {
        let who = self.circumstances(&policy.categories, case)?;
        let with_wage;
        let policy = match case.wage_fen {
            None => policy,
            Some(fen) => {
                with_wage = policy.clone().with_wage(fen);
                &with_wage
            }
        };
        Ok(match &case.person.flexible {
            Some(it) => flexible_chain(policy, &life_of(it), case.on),
            None => chain(policy, &who, case.on),
        })
    }

    /// Holds the answers against what the case expects.
    pub fn check(&self, policy: &Policy, case: &Case) -> Result<Vec<Miss>> {
        let answers = self.answers(policy, case)?;
        let mut misses = Vec::new();
        for (key, expected) in &case.expect {
            let found = match key.as_str() {
                "clause" => clause_with(policy, &answers, expected.get_ref()),
                _ => self.answer(&answers, key, expected.span())?,
            };
            if found != *expected.get_ref() {
                let (key, expected) = (key.clone(), expected.get_ref().clone());
                misses.push(Miss { key, expected, found });
            }
        }
        Ok(misses)
    }

    fn answer(
        &self,
        answers: &[Answer],
        key: &str,
        span: std::ops::Range<usize>,
    ) -> Result<String> {
        if !KEYS.contains(&key) {
            let known = KEYS.join(", ");
            return Err(self.file.refuse(
                span,
                Message::new(
                    format!("没有名为 {key} 的结果"),
                    format!("no answer is called {key}"),
                ),
                Message::new(format!("可用：{known}, clause"), format!("known: {known}, clause")),
            ));
        }
        let found = answers.iter().find(|it| it.key == key);
        Ok(found.map_or_else(|| "none".to_string(), |it| it.value.clone()))
    }

    fn circumstances(&self, categories: &Categories, case: &Case) -> Result<Circumstances> {
        let it = &case.person;
        let identities = it.identities.iter().map(|identity| {
            let code = &identity.category;
            let found = categories.iter().find(|(_, row)| row.code == *code);
            let category = found.map(|(id, _)| id).ok_or_else(|| {
                self.file.refuse(
                    case.span.clone(),
                    Message::new(format!("没有类别 {code}"), format!("no category {code}")),
                    Message::new("取 categories.toml 的 code", "a code of categories.toml"),
                )
            })?;
            let period = Period { from: identity.from, to: identity.to };
            Ok(Identity { category, period })
        });
        Ok(Circumstances {
            birth: it.born,
            registered: it.registered.map(PeriodToml::period),
            permit: it.permit.map(PeriodToml::period),
            has_birth_certificate: it.birth_certificate,
            study: it.study.as_ref().map(|study| Study {
                period: Period { from: study.from, to: study.to },
                is_college: study.college,
                is_here: !study.away,
            }),
            exit: it.exit.as_ref().map(|it| (it.why, Period { from: it.from, to: it.to })),
            employment: it.employment.as_ref().map(|job| Employment {
                period: Period { from: job.from, to: job.to },
                is_flexible: job.flexible,
            }),
            elsewhere: it.elsewhere.map(PeriodToml::period),
            identities: identities.collect::<Result<Vec<Identity>>>()?,
            released_on: it.released_on,
            moved_in_on: it.moved_in_on,
            welfare_home_on: it.welfare_home_on,
            objective_cause: it.objective_cause,
            paid_by_school_year: it.paid_by_school_year,
            lapsed_years: it.lapsed_years,
            repaired_years: it.repaired_years,
        })
    }
}

/// Every answer that a case may expect.
const KEYS: &[&str] = &[
    "liable",
    "terms",
    "price",
    "deadline",
    "review",
    "category",
    "subsidy",
    "reimbursed",
    "fund",
    "pays",
    "cover_from",
    "cover_to",
    "waits",
    "contribution",
    "supplement",
    "first_cover_from",
    "chronic_from",
    "switch",
    "new_cover_from",
    "old_cover_until",
    "arrears",
    "unpaid_months",
    "suspended_from",
    "cover_again_from",
];

fn life_of(it: &FlexibleToml) -> FlexibleLife {
    FlexibleLife {
        enrolled_on: it.enrolled_on,
        previous: it.previous.as_ref().map(|it| PreviousCover {
            from: it.from,
            to: it.to,
            is_resident: it.resident,
        }),
        paid_to: it.paid_to,
        resumed_on: it.resumed_on,
    }
}

/// The part of a clause that was asked for, if any answer rests on it; else all clauses.
fn clause_with(policy: &Policy, answers: &[Answer], part: &str) -> String {
    let mut clauses: Vec<&str> =
        answers.iter().map(|it| policy.clauses.get(it.clause).reference.as_str()).collect();
    if clauses.iter().any(|it| it.contains(part)) {
        return part.to_string();
    }
    clauses.dedup();
    clauses.join("；")
}

fn fen_of(file: &TomlFile, text: &Spanned<String>) -> Result<i64> {
    read_fen(Cell::text(text.get_ref())).ok_or_else(|| {
        file.refuse(
            text.span(),
            Message::new("不是金额", "not an amount"),
            Message::new("以元为单位，例如 \"6000.00\"", "in yuan, such as \"6000.00\""),
        )
    })
}

//! # D01 two_ids
//!
//! ## 说明
//! 同一个人有两个有效证件号码：公安更正前后的新旧号码、重复户口，或凭出生证明和身份证各登记一次。
//!
//! ## What it finds
//! One person with two whole certificate numbers: rows that agree in name, day of birth and home
//! and bear different ones, or an enrolment by birth certificate beside one by number. Pairs that
//! are less than certain are found with their probability and joined nowhere.
//!
//! ## Why it matters
//! The insurance knows one number and the household another: the person looks uninsured, or is
//! insured twice.
//!
//! ## Example
//! The police corrected the day of birth; the register still has the number of before.
//!
//! ## What to do
//! The bureau asks the police which number stands, and moves the records to it.
//!
//! ## Limits
//! A number that is somebody else's is D02. Twins, and strangers with one name and one birthday,
//! are two persons.

use crate::{
    clean::id_number::{IdKind, IdNumber},
    findings::{Find, Finding, Owner, Priority, Rule, RunView},
    identity::PersonId,
    ledger::Context,
    tables::{Enrolment, RecordId},
};

pub static RULE: Rule = Rule {
    code: "D01",
    name: "two_ids",
    zh: "一人两证",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Run(two_ids),
    source: include_str!("two_ids.rs"),
};

fn two_ids(cx: &Context<'_>, run: &RunView<'_>, found: &mut Vec<Finding>) {
    let mut cases = with_two_numbers(run);
    cases.extend(with_two_certificates(run));
    cases.extend(in_question(run));
    cases.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    cases.dedup_by_key(|it| it.0);
    for (person, rows, probability) in cases {
        let detail = cx.say(
            || match probability < 1.0 {
                true => "疑似同一人有两个证件号码，请核实".to_string(),
                false => "同一人名下有两个证件号码".to_string(),
            },
            || match probability < 1.0 {
                true => "probably one person with two numbers".to_string(),
                false => "one person, two numbers".to_string(),
            },
        );
        found.push(Finding::new(&RULE, person, rows, detail).probability(probability));
    }
}

/// A person, the rows that bear the numbers, and how certain it is.
type Case = (PersonId, Vec<RecordId>, f32);

/// Persons whose rows bear several whole numbers, none of which is another's, or the person's
/// own that a spreadsheet cut off.
fn with_two_numbers(run: &RunView<'_>) -> Vec<Case> {
    let claims = run.claims.chunk_by(|a, b| a.id == b.id);
    let sole = claims.filter(|it| it.len() == 1).map(|it| (it[0].person, it[0].id, it[0].record));
    let shared = run.claims.chunk_by(|a, b| a.id == b.id).filter(|it| it.len() > 1);
    let owned =
        shared.flatten().filter(|it| !it.is_borrowed).map(|it| (it.person, it.id, it.record));
    let mut numbers: Vec<(PersonId, IdNumber, RecordId)> = sole.chain(owned).collect();
    numbers.sort_unstable();
    numbers
        .chunk_by(|a, b| a.0 == b.0)
        .map(|of_one| {
            let is_cut = |id: IdNumber| of_one.iter().any(|it| id.is_cut_from(it.1));
            of_one.iter().filter(|it| !is_cut(it.1)).collect::<Vec<_>>()
        })
        .filter(|it| it.len() > 1)
        .map(|it| (it[0].0, it.iter().map(|it| it.2).collect(), 1.0))
        .collect()
}

/// Persons enrolled under a birth certificate and again under a number.
fn with_two_certificates(run: &RunView<'_>) -> Vec<Case> {
    let cases = (0..run.people.len() as u32).map(PersonId).filter_map(|person| {
        let enrolments = run.files.of(person).enrolments;
        let covers = || enrolments.iter().filter(|it| !it.is_aside());
        let is_certified = |it: &&Enrolment| {
            it.subject.id.is_none() && it.subject.id_kind == IdKind::BirthCertificate
        };
        let is_numbered = |it: &&Enrolment| it.subject.id.is_some();
        let certified = covers().find(is_certified)?;
        let numbered = covers().find(is_numbered)?;
        Some((person, vec![certified.subject.record, numbered.subject.record], 1.0))
    });
    cases.collect()
}

/// Pairs of numbered persons who probably are one, at home in one village or household: elsewhere
/// a county has strangers enough of one name and one birthday.
fn in_question(run: &RunView<'_>) -> Vec<Case> {
    let people = (0..run.people.len() as u32).map(PersonId);
    let cases = people.filter_map(|person| {
        let probable = run.people[person.0 as usize].probable.filter(|it| it.is_at_home)?;
        let other = &run.people[probable.person.0 as usize];
        let here = &run.people[person.0 as usize];
        let are_numbered = here.id.is_some() && other.id.is_some();
        // Both ends know of each other; the one with the stronger list tells.
        let tells = other.probable.is_none_or(|it| it.person != person)
            || (rank(run, person), here.key) < (rank(run, probable.person), other.key);
        let rows = || vec![here.home, probable.record];
        (are_numbered && tells).then(|| (person, rows(), probable.probability))
    });
    cases.collect()
}

/// The strongest kind of source that knows a person.
fn rank(run: &RunView<'_>, person: PersonId) -> u32 {
    run.people[person.0 as usize].kinds.trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn the_number_of_before_a_correction_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村 birth=1980-03-05
            enrolment B 张三 village=南华村 birth=1980-03-05 year=2024
            household C 李四 village=南华村
            enrolment C 李四 village=南华村 year=2024
            ",
            "张三 1 2",
        );
    }

    #[test]
    fn strangers_with_one_name_are_two_persons() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村 household=1
            household B 张三 village=南华村 household=2
            enrolment A 张三 village=南华村 year=2024
            ",
            "",
        );
    }
}

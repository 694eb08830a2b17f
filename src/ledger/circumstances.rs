//! A person's rows, boiled down to what the policy asks about a life.

use chrono::NaiveDate;

use super::{Context, cover, exempt};
use crate::{
    identity::{Person, PersonFile},
    policy::{Circumstances, Employment, Identity, Period, Study},
    tables::{CategoryRow, EnrolmentStatus, ExemptionReason, RegistrationStatus, Scheme, Student},
};

/// What the rows say of a person's life, as of the run's day.
pub fn circumstances(cx: &Context<'_>, person: &Person, file: &PersonFile<'_>) -> Circumstances {
    let is_here = person.place.is_none_or(|place| cx.divisions.is_within(place, cx.area));
    let always = |holds: bool| holds.then(Period::default);
    let exit = exempt::exemption(cx, file);
    Circumstances {
        birth: person.birth,
        registered: always(is_here && is_registered(cx, file)),
        permit: permit(cx, file).filter(|_| is_here),
        has_birth_certificate: is_here && !file.births.is_empty(),
        study: study(cx, file),
        exit: exit.map(|it| (it.exit, Period { from: it.since, to: None })),
        employment: employment(cx, file),
        elsewhere: always(cover::elsewhere(cx, file)),
        identities: identities(cx, file).map(|it| it.0).collect(),
        released_on: released_on(file),
        moved_in_on: file.residents.iter().filter_map(|row| row.registered_on).max(),
        ..Circumstances::default()
    }
}

/// The identities that lists give, each with its row.
pub fn identities<'a>(
    cx: &'a Context<'_>,
    file: &PersonFile<'a>,
) -> impl Iterator<Item = (Identity, &'a CategoryRow)> {
    file.categories.iter().filter_map(|row| {
        let category = cx.labels.get(row.label)?;
        Some((Identity { category, period: Period { from: row.from, to: row.to } }, row))
    })
}

fn is_registered(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    file.residents.iter().any(|row| {
        let is_yet_to_go = row.status_on.is_some_and(|day| cx.as_of < day);
        matches!(row.status, RegistrationStatus::Registered | RegistrationStatus::Unknown)
            || is_yet_to_go
    })
}

/// The permit that is in force, else the first.
fn permit(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Period> {
    let after = |last: Option<NaiveDate>| last.and_then(|it| it.succ_opt());
    let periods =
        || file.permits.iter().map(|row| Period { from: row.valid_from, to: after(row.valid_to) });
    periods().find(|it| it.holds_on(cx.as_of)).or_else(|| periods().next())
}

/// The school somebody is at, else was at first. Rolls are those of schools here.
fn study(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Study> {
    let period = |row: &Student| Period { from: row.enrolled_on, to: row.left_on };
    let now = file.students.iter().find(|row| period(row).holds_on(cx.as_of));
    let row = now.or_else(|| file.students.first())?;
    let is_college = is_college(cx.text(row.school));
    Some(Study { period: period(row), is_college, is_here: true })
}

/// Whether a school's name is that of a university or college.
fn is_college(school: &str) -> bool {
    let is_secondary = ["附属", "附中", "附小"].iter().any(|it| school.contains(it));
    !is_secondary && ["大学", "学院", "高等专科"].iter().any(|it| school.contains(it))
}

/// The employee cover that runs, else the one that ended last.
fn employment(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Employment> {
    if let Some(row) = cover::employee_enrolment(cx, file) {
        let is_flexible = cover::FLEXIBLE.contains(&row.person_type);
        return Some(Employment { period: Period::default(), is_flexible });
    }
    let ended = employee_lapse(file)?;
    let period = Period { from: None, to: Some(ended) };
    Some(Employment { period, is_flexible: false })
}

/// The day on which employee cover ended, of the one that ended last.
pub fn employee_lapse(file: &PersonFile<'_>) -> Option<NaiveDate> {
    file.enrolments
        .iter()
        .filter(|row| {
            row.scheme == Scheme::Employee
                && matches!(row.status, EnrolmentStatus::Paused | EnrolmentStatus::Terminated)
        })
        .filter_map(|row| row.paused_on)
        .max()
}

/// The last release from service or prison.
fn released_on(file: &PersonFile<'_>) -> Option<NaiveDate> {
    let is_service = |it| matches!(it, ExemptionReason::Army | ExemptionReason::Prison);
    file.exemptions.iter().filter(|row| is_service(row.reason)).filter_map(|row| row.to).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_is_known_as_a_college_by_its_name() {
        for school in ["湖南城市学院", "湘潭大学", "益阳医学高等专科学校"] {
            assert!(is_college(school), "{school}");
        }
        for school in ["冷市镇中心学校", "安化县第一中学", "湖南师范大学附属中学", ""]
        {
            assert!(!is_college(school), "{school}");
        }
    }
}

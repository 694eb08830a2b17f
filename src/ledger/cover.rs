//! What cover the register and the evidence show.

use chrono::{Datelike, NaiveDate};

use super::{Context, LastYear, Verdict};
use crate::{
    identity::PersonFile,
    tables::{
        Answer, AnswerCode, Elsewhere, Enrolment, EnrolmentStatus, Says, Scheme, TextId,
        end_named_in,
    },
};

/// The registration, or the evidence of one, that a verdict stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Registration {
    pub scheme: Scheme,
    /// Six-digit division of the place of insurance, or 0.
    pub insured_at: u32,
    /// The place in the words of the evidence, where that is all.
    pub insured_at_text: TextId,
    pub enrolled_on: Option<NaiveDate>,
}

impl From<&Enrolment> for Registration {
    fn from(row: &Enrolment) -> Registration {
        let Enrolment { scheme, insured_at, enrolled_on, .. } = *row;
        Registration { scheme, insured_at, insured_at_text: TextId::NONE, enrolled_on }
    }
}

impl From<&Elsewhere> for Registration {
    fn from(row: &Elsewhere) -> Registration {
        let Elsewhere { scheme, insured_at, from, .. } = *row;
        Registration { scheme, insured_at: 0, insured_at_text: insured_at, enrolled_on: from }
    }
}

/// What the verdict stands on; nothing where that is no registration. Of several rows the earliest,
/// so that the order in which they came decides nothing.
pub fn registration(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    verdict: Verdict,
) -> Option<Registration> {
    let day = |it: &Registration| (it.enrolled_on.is_none(), it.enrolled_on);
    let key = |it: &Registration| (day(it), it.insured_at, cx.text(it.insured_at_text), it.scheme);
    let earliest =
        |rows: &mut dyn Iterator<Item = Registration>| rows.min_by(|a, b| key(a).cmp(&key(b)));
    match verdict {
        Verdict::Employee | Verdict::Flexible => {
            earliest(&mut employee_enrolments(cx, file).map(Into::into))
        }
        Verdict::Resident | Verdict::RegisteredUnpaid => {
            // The active ones come first.
            let status = resident_enrolments(cx, file).next()?.status;
            let rows = resident_enrolments(cx, file).filter(|row| row.status == status);
            earliest(&mut rows.map(Into::into))
        }
        Verdict::Elsewhere => {
            let evidence = file.elsewhere.iter().filter(|row| is_shown(cx, row));
            let enrolled = file.enrolments.iter().filter(|row| is_enrolled_away(cx, row));
            earliest(&mut evidence.map(Into::into))
                .or_else(|| earliest(&mut enrolled.map(Into::into)))
        }
        _ => None,
    }
}

/// National person types of flexible employment: in service and retired.
pub const FLEXIBLE: [u16; 2] = [1103, 1203];

/// Whether a row is for the run's year; a register that names no year is the current one.
fn is_of_year(cx: &Context<'_>, row: &Enrolment) -> bool {
    row.year == 0 || row.year == cx.policy.year
}

/// The employee enrolment that decides today.
pub fn employee_enrolment<'a>(cx: &Context<'_>, file: &PersonFile<'a>) -> Option<&'a Enrolment> {
    employee_enrolments(cx, file).next()
}

/// The employee enrolments that are active today. The register of the year decides if it knows the
/// person as an employee; before the year begins, the register of the running year does.
pub fn employee_enrolments<'a>(
    cx: &Context<'_>,
    file: &PersonFile<'a>,
) -> impl Iterator<Item = &'a Enrolment> {
    let rows = file.enrolments;
    let is_employee = |row: &&Enrolment| row.scheme == Scheme::Employee;
    let (year, running) = (cx.policy.year, cx.as_of.year());
    let is_of_year = move |row: &&Enrolment| row.year == 0 || row.year == year;
    let has_year = rows.iter().filter(is_employee).any(|row| is_of_year(&row));
    rows.iter().filter(is_employee).filter(move |row| {
        let decides = match has_year {
            true => is_of_year(row),
            false => i32::from(row.year) == running,
        };
        decides && row.status == EnrolmentStatus::Active
    })
}

/// The employee enrolment that was running on a day.
pub fn employee_on<'a>(
    cx: &Context<'_>,
    file: &PersonFile<'a>,
    day: NaiveDate,
) -> Option<&'a Enrolment> {
    let is_running = |row: &Enrolment| match row.status {
        EnrolmentStatus::Active => true,
        EnrolmentStatus::Paused | EnrolmentStatus::Terminated => {
            row.paused_on.is_some_and(|it| day < it)
        }
        EnrolmentStatus::NotEnrolled | EnrolmentStatus::Unknown => false,
    };
    file.enrolments.iter().find(|row| {
        row.scheme == Scheme::Employee
            && (row.year == 0 || row.year + 1 >= cx.policy.year)
            && row.enrolled_on.is_none_or(|from| from <= day)
            && is_running(row)
    })
}

/// The verdict of an employee enrolment that is active today.
pub fn employee(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Verdict> {
    let row = employee_enrolment(cx, file)?;
    Some(if FLEXIBLE.contains(&row.person_type) { Verdict::Flexible } else { Verdict::Employee })
}

/// Whether unexpired evidence shows cover in another place.
pub fn elsewhere(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    let says_so = |row: &Answer| AnswerCode::said(cx.text(row.answer)) == Says::Elsewhere;
    let is_answered =
        answers(cx, file).all(says_so) && answers(cx, file).any(|row| is_proven(cx, row));
    file.elsewhere.iter().any(|row| is_shown(cx, row))
        || file.enrolments.iter().any(|row| is_enrolled_away(cx, row))
        || is_answered
}

/// What was answered last: the rows of the newest day that is not to come. A row that names its finding
/// answers that case, and is no evidence of the person's cover.
pub fn answers<'a>(cx: &Context<'_>, file: &PersonFile<'a>) -> impl Iterator<Item = &'a Answer> {
    let as_of = cx.as_of;
    let so_far = file.answers.iter().filter(move |it| {
        it.answer.is_some() && !it.finding.is_some() && it.answered_on.is_none_or(|on| on <= as_of)
    });
    let newest = so_far.clone().map(|it| it.answered_on).max();
    so_far.filter(move |it| Some(it.answered_on) == newest)
}

/// Whether an answer came with proof that has not run out.
pub fn is_proven(cx: &Context<'_>, row: &Answer) -> bool {
    let texts = [row.evidence, row.remark].map(|it| cx.text(it));
    let until = texts.into_iter().filter_map(end_named_in).max();
    row.evidence.is_some() && until.is_none_or(|it| cx.as_of <= it)
}

/// Whether a row of the register shows cover in another place.
fn is_enrolled_away(cx: &Context<'_>, row: &Enrolment) -> bool {
    row.scheme == Scheme::Resident
        && row.status == EnrolmentStatus::Active
        && is_of_year(cx, row)
        && !cx.is_here(row.insured_at)
}

/// Whether a row of evidence holds on the day of the run.
pub fn is_shown(cx: &Context<'_>, row: &Elsewhere) -> bool {
    let cover_to = cx.policy.benefit.year.value.to;
    row.scheme != Scheme::Maternity
        && matches!(row.status, EnrolmentStatus::Active | EnrolmentStatus::Unknown)
        && row.from.is_none_or(|from| from <= cover_to)
        && row.to.is_none_or(|to| cx.as_of <= to)
}

/// The resident enrolments here, for the year, that are not terminated: the active ones first.
pub fn resident_enrolments<'a>(
    cx: &Context<'_>,
    file: &PersonFile<'a>,
) -> impl Iterator<Item = &'a Enrolment> {
    let (year, rows) = (cx.policy.year, file.enrolments);
    let with_status = move |status| {
        rows.iter().filter(move |row| {
            row.scheme == Scheme::Resident
                && row.status == status
                && (row.year == 0 || row.year == year)
                && cx.is_here(row.insured_at)
        })
    };
    with_status(EnrolmentStatus::Active).chain(with_status(EnrolmentStatus::Paused))
}

/// Whether there is an answer that would take the person off the list but is not proven.
pub fn is_doubtful(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    answers(cx, file).count() > 0 && answers(cx, file).all(|row| is_claim(cx, row))
}

/// Whether an answer says that the person is covered, or need not be: so he is on no list until it
/// is proven or refuted.
pub fn is_claim(cx: &Context<'_>, row: &Answer) -> bool {
    AnswerCode::said(cx.text(row.answer)) != Says::Nothing
}

/// How the person was covered in the year before.
pub fn last_year(cx: &Context<'_>, file: &PersonFile<'_>) -> LastYear {
    let active = |scheme| {
        file.enrolments.iter().any(|row| {
            row.scheme == scheme
                && row.year + 1 == cx.policy.year
                && row.status == EnrolmentStatus::Active
        })
    };
    match (cx.has_last_year, active(Scheme::Employee), active(Scheme::Resident)) {
        (_, true, _) => LastYear::Employee,
        (_, _, true) => LastYear::Resident,
        (true, ..) => LastYear::None,
        (false, ..) => LastYear::Unknown,
    }
}

/// Whether cover of the year before was not renewed.
pub fn has_lapsed(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    matches!(last_year(cx, file), LastYear::Resident | LastYear::Employee)
        && employee(cx, file).is_none()
        && resident_enrolments(cx, file).next().is_none()
}

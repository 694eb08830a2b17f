//! What one person adds to progress, and where.

use chrono::NaiveDate;

use super::{
    Breakdown, Calendar,
    tally::{Period, Tally},
};
use crate::{
    identity::PersonFile,
    ledger::{Context, Verdict, cover, entitlement::categories_on, exempt},
    policy::Insurance,
    report::One,
    tables::{DivisionId, Enrolment, EnrolmentStatus, Scheme},
};

/// One person's part: at home, and where the employee insurance is kept if that is another place.
pub struct Part {
    pub place: Option<DivisionId>,
    pub tally: Tally,
}

/// The parts of a person. `is_accurate`: nothing is wrong with the payer's data in the feed.
pub fn parts(cx: &Context<'_>, one: &One<'_>, calendar: &Calendar, is_accurate: bool) -> Vec<Part> {
    let standing = one.standing;
    let verdict = standing.verdict;
    let is_liable = standing.scope.is_some() && verdict != Verdict::Exempt;
    let is_owing = is_liable && verdict.owes();
    let is_insured_somewhere = matches!(
        verdict,
        Verdict::Employee | Verdict::Flexible | Verdict::Elsewhere | Verdict::Resident
    );
    let mut home = Tally {
        population: i64::from(is_registered(cx, &one.file)),
        liable: i64::from(is_liable),
        covered: i64::from(is_liable && is_insured_somewhere),
        owing: i64::from(is_owing),
        owing_insured: i64::from(is_owing && verdict == Verdict::Resident),
        paid: i64::from(standing.has_paid),
        accurate: i64::from(standing.has_paid && is_accurate),
        amount_fen: standing.paid_fen,
        subsidised_fen: standing.subsidised_fen,
        ..Tally::default()
    };
    home.verdicts[verdict as usize] = 1;
    if standing.has_paid {
        home.paid_in = calendar.periods(standing.paid_on);
    }
    if verdict == Verdict::Resident {
        for insurance in [Insurance::All, Insurance::Resident] {
            insure(&mut home, insurance, calendar, standing.paid_on);
        }
    }
    let mut parts = vec![Part { place: one.person.place, tally: home }];
    at_work(cx, one, calendar, &mut parts);
    parts
}

/// Adds what the employee register says, at home or, where that is another, at the place of
/// insurance.
fn at_work(cx: &Context<'_>, one: &One<'_>, calendar: &Calendar, parts: &mut Vec<Part>) {
    if matches!(one.standing.verdict, Verdict::Employee | Verdict::Flexible)
        && let Some(row) = cover::employee_enrolment(cx, &one.file)
    {
        let tally = part_at(cx, one.person.place, row, parts);
        insure(tally, Insurance::All, calendar, row.enrolled_on);
        insure(tally, Insurance::Employee, calendar, row.enrolled_on);
        if one.standing.verdict == Verdict::Flexible {
            insure(tally, Insurance::Flexible, calendar, row.enrolled_on);
        }
    }
    if let Some(row) = maternity(cx, &one.file) {
        let tally = part_at(cx, one.person.place, row, parts);
        insure(tally, Insurance::Maternity, calendar, row.enrolled_on);
    }
}

/// The active maternity enrolment of the year.
fn maternity<'a>(cx: &Context<'_>, file: &PersonFile<'a>) -> Option<&'a Enrolment> {
    file.enrolments.iter().find(|row| {
        row.scheme == Scheme::Maternity
            && row.status == EnrolmentStatus::Active
            && (row.year == 0 || row.year == cx.policy.year)
            && cx.is_here(row.insured_at)
    })
}

/// The tally of the place where an enrolment is kept: home, unless the enrolment is of another
/// county or of the city's own office.
fn part_at<'p>(
    cx: &Context<'_>,
    home: Option<DivisionId>,
    row: &Enrolment,
    parts: &'p mut Vec<Part>,
) -> &'p mut Tally {
    let place = cx.divisions.insured_at(row.insured_at, home, cx.area);
    let at = parts.iter().position(|it| it.place == place).unwrap_or_else(|| {
        parts.push(Part { place, tally: Tally::default() });
        parts.len() - 1
    });
    &mut parts[at].tally
}

fn insure(tally: &mut Tally, insurance: Insurance, calendar: &Calendar, on: Option<NaiveDate>) {
    tally.insured[insurance as usize] += 1;
    let since = calendar.periods(on);
    let sums = tally.insured_in[insurance as usize].iter_mut();
    sums.zip(since).for_each(|(sum, more)| *sum += more);
}

/// Whether the roster has the person here, alive.
fn is_registered(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    !file.residents.is_empty()
        && exempt::death(cx, file).is_none()
        && exempt::gone(cx, file).is_none()
}

/// What a person is counted under beside everybody: the group, and each category held.
pub fn breakdowns(cx: &Context<'_>, one: &One<'_>) -> Vec<Breakdown> {
    let mut found = vec![Breakdown::All, Breakdown::Group(one.standing.group)];
    let mut held: Vec<_> = categories_on(cx, &one.file, cx.as_of).map(|it| it.0).collect();
    held.sort_unstable();
    held.dedup();
    found.extend(held.into_iter().map(Breakdown::Category));
    found
}

impl Calendar {
    /// Whether a day lies in each period. A day that is not known lies in none.
    fn periods(&self, on: Option<NaiveDate>) -> [i64; Period::ALL.len()] {
        self.begins.map(|begin| i64::from(on.is_some_and(|it| begin <= it)))
    }
}

//! Cover that is there, but perhaps not this person's: under another number, or in the file of
//! somebody who probably is the same.

use super::{Context, Fate, Settled, Verdict, cover, exempt, settle};
use crate::{
    identity::{Person, PersonFile},
    tables::{Enrolment, RecordId, Subject},
};

crate::labelled! {
    /// Why cover that is there cannot be counted before somebody has looked.
    pub enum Doubt {
        OtherNumber = "other-number", "参保缴费所用号码不是本人号码";
        ProbableCover = "probable-cover", "另有一人疑似同一人，其有参保缴费或不需参保";
    }
}

/// The doubt about a verdict, if there is any; `other` is the file of somebody who probably is
/// the same person.
pub(super) fn doubt(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    other: Option<&PersonFile<'_>>,
    verdict: Verdict,
    settled: &Settled,
) -> Option<Doubt> {
    if verdict == Verdict::Exempt {
        return None;
    }
    if !under_other_number(cx, person, file, settled).is_empty() {
        return Some(Doubt::OtherNumber);
    }
    other.filter(|it| would_settle(cx, verdict, it)).map(|_| Doubt::ProbableCover)
}

/// The rows of cover of a person who has none but under a whole number that is not the person's
/// own; nothing where any cover is under the own number, or under none that could be another's.
pub fn under_other_number(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    settled: &Settled,
) -> Vec<RecordId> {
    let is_of_year = |it: &&Enrolment| it.year == 0 || it.year == cx.policy.year;
    let covers = file.enrolments.iter().filter(|it| !it.is_aside());
    let enrolments = covers.filter(is_of_year).map(|it| &it.subject);
    let payments = settled.rows(file.payments, Fate::Valid).map(|it| &it.subject);
    let elsewhere = file.elsewhere.iter().map(|it| &it.subject);
    let rows: Vec<&Subject> = enrolments.chain(payments).chain(elsewhere).collect();
    let is_others = |it: &&Subject| it.id.is_some() && it.id != person.id;
    match rows.iter().all(is_others) {
        true => rows.iter().map(|it| it.record).collect(),
        false => Vec::new(),
    }
}

/// Whether a verdict would be another if a file were this person's as well.
fn would_settle(cx: &Context<'_>, verdict: Verdict, file: &PersonFile<'_>) -> bool {
    let is_enrolled = || cover::resident_enrolments(cx, file).next().is_some();
    let has_paid = || settle(cx, file).is_valid();
    let is_out = || {
        exempt::exemption(cx, file).is_some()
            || cover::employee(cx, file).is_some()
            || cover::elsewhere(cx, file)
    };
    match verdict {
        Verdict::Unenrolled | Verdict::Review => is_out() || is_enrolled() || has_paid(),
        Verdict::RegisteredUnpaid => is_out() || has_paid(),
        Verdict::PaidUnregistered => is_out() || is_enrolled(),
        _ => false,
    }
}

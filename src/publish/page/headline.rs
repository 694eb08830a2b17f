//! The figures that come first, each with what it is a part of, and what the last day brought.

use serde::Serialize;

use crate::{
    history::Kind,
    ledger::{Group, Verdict},
    policy::{Counted, Insurance},
    publish::View,
    report::progress::{Breakdown, Period, Rate, Unit},
};

/// The section. Everything counts persons, but `amount_fen`, `subsidised_fen` and `households`.
#[derive(Serialize)]
pub(super) struct Headline {
    /// The last day the night knows of.
    day: String,
    /// Covered of those to be insured here, however they are insured.
    cover: Part,
    /// Insured as residents of those whose resident fee is due here.
    resident: Part,
    insured: i64,
    insured_day: i64,
    /// Those who count against the target; nothing where none is set.
    target: Option<Part>,
    /// Whether those are the payers, or else the insured.
    is_of_paid: bool,
    target_clause: String,
    paid: i64,
    paid_day: i64,
    paid_week: i64,
    amount_fen: i64,
    subsidised_fen: i64,
    unenrolled: i64,
    review: i64,
    unpaid: i64,
    findings: i64,
    /// Covered of the groups whose cover must be complete.
    hardship: Part,
    /// Payers whose name and number in the feed are right.
    accurate: Part,
    /// Households insured as a whole.
    households: Part,
    before: Option<Change>,
}

/// So many of so many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Part {
    part: i64,
    whole: i64,
    /// Nothing of nothing.
    rate: Option<String>,
    /// What the policy wants, in per cent.
    wanted: Option<u32>,
    is_short: bool,
}

/// What has changed since the night before.
#[derive(Serialize)]
struct Change {
    as_of: String,
    unenrolled: i64,
    findings: i64,
}

impl Part {
    fn of(part: i64, whole: i64) -> Part {
        let rate = Rate::of(part, whole).map(|it| it.to_string());
        Part { part, whole, rate, wanted: None, is_short: false }
    }

    fn wanted(self, percent: Option<u32>) -> Part {
        let is_short = percent.is_some_and(|it| self.part * 100 < self.whole * i64::from(it));
        Part { wanted: percent, is_short, ..self }
    }
}

pub(super) fn headline(view: &View<'_>) -> Headline {
    let (night, progress) = (&view.night, &view.night.reports.progress);
    let total = progress.total();
    let needy = progress.tally(&Unit::Total, Breakdown::Group(Group::Priority));
    let rates = night.cx.policy.targets.rates.as_ref().map(|it| &it.value);
    let counted = night.cx.policy.targets.counted();
    let households = &night.reports.households;
    let whole = households.iter().filter(|it| it.is_whole).count() as i64;
    let aim = progress.target(&Unit::Total, Insurance::Resident, "");
    let insured = total.insured(Insurance::Resident);
    let unenrolled = total.of_verdict(Verdict::Unenrolled);
    let findings = night.findings.len() as i64;
    Headline {
        day: progress.calendar.day.to_string(),
        cover: Part::of(total.covered, total.liable),
        resident: Part::of(total.owing_insured, total.owing),
        insured,
        insured_day: total.insured_in(Insurance::Resident, Period::Day),
        is_of_paid: counted == Counted::Paid,
        target: aim.map(|it| {
            Part::of(total.counted(counted, Insurance::Resident), it.target)
                .wanted(Some(WHOLE_PERCENT))
        }),
        target_clause: aim.map_or("", |it| view.clause(it.clause)).to_string(),
        paid: total.paid,
        paid_day: total.paid_in(Period::Day),
        paid_week: total.paid_in(Period::Week),
        amount_fen: total.amount_fen,
        subsidised_fen: total.subsidised_fen,
        unenrolled,
        review: total.of_verdict(Verdict::Review),
        unpaid: total.of_verdict(Verdict::RegisteredUnpaid),
        findings,
        hardship: Part::of(needy.covered, needy.liable)
            .wanted(rates.map(|it| it.must_be_covered_percent)),
        accurate: Part::of(total.accurate, total.paid)
            .wanted(rates.and_then(|it| it.identity_accuracy_percent)),
        households: Part::of(whole, households.len() as i64),
        before: view.nights.last().and_then(|it| {
            Some(Change {
                as_of: it.run.as_of.to_string(),
                unenrolled: unenrolled - it.value(Kind::Verdict, Verdict::Unenrolled.code())?,
                findings: findings - it.findings(),
            })
        }),
    }
}

/// A target is reached when all of it is.
const WHOLE_PERCENT: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        history::Row,
        publish::fixture::{World, night_of},
    };

    #[test]
    fn figures_are_those_of_the_ledger_and_changes_those_since_the_night_before() {
        let world = World::new(300, 4);
        let cx = world.context();
        let rows = vec![
            Row::of_area(Kind::Verdict, "unenrolled", 80),
            Row::of_area(Kind::Finding, "E01", 600),
            Row::of_area(Kind::Finding, "S01", 400),
        ];
        let mut view = View::first(&world.night(&cx));
        view.nights = vec![night_of("2023-12-17", Vec::new()), night_of("2023-12-18", rows)];
        let shown = headline(&view);
        let of = |it: Verdict| world.standings.iter().filter(|row| row.verdict == it).count();
        let (unenrolled, resident) = (of(Verdict::Unenrolled), of(Verdict::Resident));
        assert_eq!(shown.unenrolled, unenrolled as i64);
        assert_eq!((shown.insured, shown.cover.part), (resident as i64, resident as i64));
        assert_eq!(shown.cover.whole, 300);
        let change = shown.before.unwrap();
        assert_eq!((change.unenrolled, change.as_of), (shown.unenrolled - 80, "2023-12-18".into()));
        assert_eq!(change.findings, world.findings.len() as i64 - 1000);
        let hardship = shown.hardship;
        assert_eq!((hardship.whole, hardship.wanted), (30, Some(100)));
        assert!(hardship.is_short && hardship.part < 30);
    }

    #[test]
    fn a_target_is_short_until_all_of_it_is_reached() {
        let is_short = |part, whole, wanted| Part::of(part, whole).wanted(wanted).is_short;
        assert!(is_short(979, 1000, Some(98)));
        assert!(!is_short(980, 1000, Some(98)));
        assert!(!is_short(0, 1000, None) && !is_short(0, 0, Some(98)));
    }
}

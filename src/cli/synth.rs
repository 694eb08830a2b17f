//! `bulou synth`: a synthetic county with ground truth.

use chrono::NaiveDate;

use crate::{
    config::Pipeline,
    error::Result,
    policy::{Event, Policy, Price},
    synth::{
        self, Rules, SynthArgs,
        rules::{CategoryRule, FlexibleRule, Level},
    },
};

pub type Args = SynthArgs;

pub(super) fn execute(args: &Args) -> Result<u8> {
    let policy = Policy::load(&Pipeline::open(&args.rules)?)?;
    let summary = synth::run(args, rules_of(&policy, args.as_of))?;
    let (people, files, rows) = (summary.people, summary.files, summary.rows);
    println!("{people} people, {files} files, {rows} rows in {}", args.out.display());
    Ok(0)
}

/// The policy's numbers in the form the synthetic county lives by.
fn rules_of(policy: &Policy, as_of: NaiveDate) -> Rules {
    let window = &policy.windows.first().value;
    let days = |event| {
        let limited = policy.exceptions.of(event).find_map(|it| it.value.last_day(window.opens));
        limited.map_or(0, |last| (last - window.opens).num_days() as u32)
    };
    let categories = policy.categories.iter().map(|(id, category)| CategoryRule {
        code: category.code.clone(),
        labels: std::iter::once(&category.name).chain(&category.labels).cloned().collect(),
        subsidy_fen: policy.subsidies.of(id).map_or(0, |it| it.value.amount_fen),
        level: match category.code.as_str() {
            "dibao" | "dibao-edge" | "monitored" | "stable" => Level::Household,
            _ => Level::Person,
        },
    });
    let flexible = policy.flexible.first.on(as_of).zip(policy.flexible.first.since(as_of));
    Rules {
        coverage_year: i32::from(policy.year),
        fee_fen: policy.fee.individual.value.amount_fen,
        window_opens: window.opens,
        window_closes: window.closes,
        later: later(policy),
        newborn_days: days(Event::Birth),
        lapse_days: days(Event::EmployeeLapse),
        categories: categories.collect(),
        flexible: flexible
            .map(|(row, from)| FlexibleRule { from, wait_months: row.value.benefit_after_months }),
    }
}

/// When the window's fee is still taken after it: reopened windows, and late to the year's end.
fn later(policy: &Policy) -> Vec<(NaiveDate, NaiveDate)> {
    let fee = |price| policy.fee.price(price) == policy.fee.price(Price::Individual);
    let first = &policy.windows.first().value;
    let windows = policy.windows.iter().map(|it| &it.value);
    let reopened = windows.filter(|it| it.opens > first.closes && fee(it.price));
    let mut later: Vec<_> = reopened.map(|it| (it.opens, it.closes)).collect();
    if fee(policy.windows.late.value.price) {
        later.extend(first.closes.succ_opt().map(|it| (it, policy.benefit.year.value.to)));
    }
    later
}

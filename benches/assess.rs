//! How long the policy takes to assess a column of people, each on their own day: `cargo bench`.

#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::{path::Path, time::Instant};

use bulou::{
    config::RuleFolders,
    policy::{Circumstances, Employment, Identity, Period, Policy, assess_payments},
};
use chrono::{Days, NaiveDate};

const PEOPLE: u32 = 1_000_000;
const RUNS: usize = 7;

fn main() {
    for name in ["lengshi", "dingtao", "shanwei"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines").join(name);
        let rules = RuleFolders::open(&folder).expect("the folder is there");
        let policy = Policy::of_year(&rules, 2024).expect("the rules load");
        let column: Vec<_> = (0..PEOPLE).map(|at| person(&policy, at)).collect();
        let mut seconds: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                let assessed = assess_payments(&policy, &column);
                let seconds = start.elapsed().as_secs_f64();
                assert_eq!(assessed.len(), column.len());
                seconds
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let (median, worst) = (seconds[RUNS / 2], seconds[RUNS - 1]);
        println!("{name}: {PEOPLE} people, median {median:.3} s, slowest of {RUNS} {worst:.3} s");
    }
}

/// People of every kind, paying on every day from before the window to the year's end.
fn person(policy: &Policy, at: u32) -> (Circumstances, NaiveDate) {
    let first = policy.windows.first().value.opens - Days::new(30);
    let day = |n: u32| Some(first + Days::new(u64::from(n)));
    let categories: Vec<_> = policy.categories.iter().map(|it| it.0).collect();
    let identities = (0..at % 4).map(|nth| {
        let category = categories[(at / 4 + nth) as usize % categories.len()];
        let period =
            Period { from: day(at % 200), to: (at % 7 == 0).then_some(day(300)).flatten() };
        Identity { category, period }
    });
    let employment = (at % 9 == 0).then_some(Employment {
        period: Period { from: None, to: day(at % 400) },
        is_flexible: false,
    });
    let who = Circumstances {
        birth: if at % 50 == 0 {
            day(at % 300)
        } else {
            day(0).and_then(|it| it.checked_sub_days(Days::new(u64::from(at % 30_000))))
        },
        registered: Some(Period::default()),
        employment,
        identities: identities.collect(),
        moved_in_on: (at % 60 == 0).then_some(day(at % 400)).flatten(),
        ..Circumstances::default()
    };
    (who, first + Days::new(u64::from(at % 450)))
}

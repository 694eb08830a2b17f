//! Progress of little worlds, as lines of text.

use super::*;
use crate::{
    findings::{
        Find, RULES, RunView,
        testkit::{INSIDE, on_world},
    },
    policy::Insurance,
};

/// The progress of a world on a day.
fn of_world<T>(as_of: &str, world: &str, look: impl FnOnce(&Context<'_>, &Progress) -> T) -> T {
    on_world(as_of, world, |cx, run| {
        let all = Everybody { people: run.people, files: run.files, standings: run.standings };
        look(cx, &progress(cx, &all, &found(cx, run)))
    })
}

/// What is wrong with people's data; other findings count for nothing here.
fn found(cx: &Context<'_>, run: &RunView<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|it| it.code.starts_with('Q') || it.code == "P03") {
        match rule.find {
            Find::Person(find) => (0..run.people.len() as u32)
                .for_each(|it| find(cx, &run.case(PersonId(it)), &mut found)),
            Find::Run(find) => find(cx, run, &mut found),
        }
    }
    found
}

/// A line a unit that has anybody: `name covered/liable owing … insured all,employee,flexible,
/// resident,maternity paid people fen+fen`.
#[track_caller]
fn check(level: UnitLevel, world: &str, expected: &str) {
    let found = of_world(INSIDE, world, |cx, progress| {
        let units = progress.of_level(level).map(|it| (it, progress.tally(it, Breakdown::All)));
        let line = |(unit, it): (&Unit, Tally)| {
            let insured: Vec<String> =
                Insurance::ALL.iter().map(|of| it.insured(*of).to_string()).collect();
            let (name, insured) = (unit.name(cx), insured.join(","));
            let Tally { covered, liable, owing_insured, owing, paid, .. } = it;
            let (own, subsidy) = (it.amount_fen, it.subsidised_fen);
            format!(
                "{name} {covered}/{liable} owing {owing_insured}/{owing} insured {insured} paid {paid} {own}+{subsidy}"
            )
        };
        units.filter(|it| it.1.persons() > 0).map(line).collect::<Vec<_>>()
    });
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    assert_eq!(found, expected, "{world}");
}

const TOWN: &str = "
    household A 张三 village=南华村 household=1
    enrolment A 张三 scheme=390 year=2024
    payment A 张三 paid=380 on=2023-12-19
    household B 李四 village=南华村 household=1
    enrolment B 李四 scheme=310 year=2024
    enrolment B 李四 scheme=510 year=2024
    household C 王五 village=文昌村 household=2
    household D 赵六
    elsewhere D 赵六
    household E 孙七 village=文昌村 status=dead household=2
    enrolment F 周八 scheme=310 year=2024 type=1103
    household G 吴九 village=文昌村 household=3
    category G 吴九 label=低保 from=2020-01-01
    enrolment G 吴九 scheme=390 year=2024
    payment G 吴九 paid=190 subsidised=190 on=2023-12-10
";

#[test]
fn everybody_is_counted_once_where_they_live() {
    check(
        UnitLevel::Village,
        TOWN,
        "
        南华村 2/2 owing 1/1 insured 2,1,0,1,1 paid 1 38000+0
        文昌村 1/2 owing 1/2 insured 1,0,0,1,0 paid 1 19000+19000
        不明 1/1 owing 0/0 insured 1,1,1,0,0 paid 0 0+0
        ",
    );
    let total = "冷市镇 4/5 owing 2/3 insured 4,2,1,2,1 paid 2 57000+19000";
    check(UnitLevel::Total, TOWN, total);
    check(
        UnitLevel::Township,
        TOWN,
        "冷市镇 3/4 owing 2/3 insured 3,1,0,2,1 paid 2 57000+19000\n不明 1/1 owing 0/0 insured 1,1,1,0,0 paid 0 0+0",
    );
}

#[test]
fn the_dead_are_no_population_and_strangers_who_are_insured_here_are_nobodys_duty() {
    of_world(INSIDE, TOWN, |_, progress| {
        let total = progress.total();
        assert_eq!((total.population, total.persons(), total.liable), (5, 7, 5));
        assert_eq!(total.of_verdict(Verdict::Exempt), 1);
        assert_eq!(total.of_verdict(Verdict::Unenrolled), 1);
    });
}

#[test]
fn groups_add_up_to_everybody_and_categories_are_told_beside() {
    of_world(INSIDE, TOWN, |cx, progress| {
        let mut sum = Tally::default();
        for group in Group::ALL {
            sum += progress.tally(&Unit::Total, Breakdown::Group(*group));
        }
        assert_eq!(sum, progress.total());
        let names: Vec<&str> = progress
            .categories
            .iter()
            .map(|it| cx.policy.categories.get(*it).code.as_str())
            .collect();
        assert_eq!(names, ["dibao"]);
        let dibao = progress.tally(&Unit::Total, Breakdown::Category(progress.categories[0]));
        assert_eq!((dibao.liable, dibao.covered, dibao.subsidised_fen), (1, 1, 19000));
    });
}

/// People who paid on these days, looked at on a day: `last day: day/week/month`.
#[track_caller]
fn check_periods(as_of: &str, paid_on: &[&str], expected: &str) {
    let mut world = String::new();
    for (letter, day) in ('A'..).zip(paid_on) {
        let on = if day.is_empty() { String::new() } else { format!(" on={day}") };
        world.push_str(&format!(
            "household {letter} 人{letter} village=南华村\n\
             enrolment {letter} 人{letter} scheme=390 year=2024\n\
             payment {letter} 人{letter} paid=380{on}\n"
        ));
    }
    let found = of_world(as_of, &world, |_, progress| {
        let total = progress.total();
        let paid = Period::ALL.iter().map(|it| total.paid_in(*it).to_string());
        let insured = |it: &Period| total.insured_in(Insurance::Resident, *it).to_string();
        let paid: Vec<String> = paid.collect();
        assert_eq!(paid, Period::ALL.iter().map(insured).collect::<Vec<_>>());
        format!("{}: {}", progress.calendar.day, paid.join("/"))
    });
    assert_eq!(found, expected);
}

#[test]
fn a_night_that_has_todays_payments_counts_today_as_the_last_day() {
    let days = ["2023-12-20", "2023-12-19", "2023-12-14", "2023-12-13", "2023-11-21", "2023-11-20"];
    check_periods("2023-12-20", &days, "2023-12-20: 1/3/5");
}

#[test]
fn a_night_whose_feed_ends_yesterday_counts_yesterday() {
    check_periods("2023-12-20", &["2023-12-19", "2023-12-19", "2023-12-13"], "2023-12-19: 2/3/3");
}

#[test]
fn a_feed_that_has_stopped_shows_a_last_day_of_nothing() {
    check_periods("2023-12-20", &["2023-12-12", "2023-12-13"], "2023-12-19: 0/1/2");
    check_periods("2023-12-20", &[""], "2023-12-19: 0/0/0");
}

#[test]
fn a_payer_whose_number_is_wrong_in_the_feed_is_not_accurate() {
    let world = "
        household A 张三 village=南华村
        payment A 张三 paid=380 on=2023-12-19
        payment - 李四 paid=380 on=2023-12-19 state=wrong-check as-found=43092319800305101X village=南华村
    ";
    of_world(INSIDE, world, |_, progress| {
        assert_eq!((progress.total().paid, progress.total().accurate), (2, 1));
    });
}

#[test]
fn last_years_payers_are_counted_on_their_day_unless_refunded() {
    let world = "
        household A 张三 village=南华村
        payment A 张三 paid=350 on=2022-10-02 year=2023
        payment A 张三 paid=380 on=2023-10-02 year=2024
        household B 李四 village=南华村
        payment B 李四 paid=350 on=2022-10-03 year=2023
        payment B 李四 paid=350 on=2022-10-04 year=2023 kind=refund
        payment C 王五 paid=200 on=2022-10-03 year=2023 scheme=other
    ";
    of_world(INSIDE, world, |_, progress| {
        let days: Vec<String> =
            progress.last_year.iter().map(|(day, n)| format!("{day} {n}")).collect();
        assert_eq!(days, ["2022-10-02 1"]);
        let days: Vec<(NaiveDate, i64)> = progress.days(&Unit::Total).collect();
        assert_eq!(days.len(), 1);
        assert_eq!(progress.reached_on(&Unit::Total, 1), Some(days[0].0));
        assert_eq!(progress.reached_on(&Unit::Total, 2), None);
    });
}

#[test]
fn who_is_missing_is_told_by_group_and_age() {
    of_world(INSIDE, TOWN, |_, progress| {
        // C was born on 1982-03-05.
        let expected = BTreeMap::from([((Group::General, Some(41)), 1)]);
        assert_eq!(progress.missing, expected);
    });
}

#[test]
fn units_stand_in_the_order_of_codes_and_the_unknown_last() {
    of_world(INSIDE, TOWN, |cx, progress| {
        let names: Vec<String> =
            progress.of_level(UnitLevel::Village).map(|it| it.name(cx)).collect();
        assert_eq!(names.len(), 19, "all villages of the town, and the unknown");
        assert_eq!((names[0].as_str(), names[18].as_str()), ("曲江社区", "不明"));
        assert_eq!(progress.ranked_level(), UnitLevel::Village);
    });
}

#[test]
fn a_towns_target_is_what_its_villages_have_together() {
    of_world(INSIDE, TOWN, |cx, progress| {
        let targets: i64 = progress
            .of_level(UnitLevel::Village)
            .filter_map(|it| progress.target(it, Insurance::Resident, ""))
            .map(|it| it.target)
            .sum();
        let town = progress.target(&Unit::Total, Insurance::Resident, "").unwrap();
        assert!(targets > 0 && town.target == targets);
        assert!(cx.policy.clauses.get(town.clause).reference.contains("冷政发〔2023〕19号"));
        assert_eq!(progress.target(&Unit::Total, Insurance::Employee, ""), None);
    });
}

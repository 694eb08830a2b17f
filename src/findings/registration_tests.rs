//! The registration that a verdict stands on, on little worlds.

use super::testkit::{INSIDE, on_world};
use crate::tables::Scheme;

/// What the first person of a world is registered as: scheme, place and day.
fn check(world: &str, expected: Option<(Scheme, u32, Option<&str>)>) {
    on_world(INSIDE, world, |_, run| {
        let found = run.standings[0].registration;
        let found = found.map(|it| (it.scheme, it.insured_at, it.enrolled_on));
        let day = |it: &str| it.parse().unwrap();
        assert_eq!(found, expected.map(|(a, b, c)| (a, b, c.map(day))), "{world}");
    });
}

#[test]
fn of_several_registrations_the_earliest_is_told_in_whatever_order_they_come() {
    let rows = [
        "enrolment A 张三 year=2024 on=2023-11-19",
        "enrolment A 张三 year=2024 on=2023-11-15",
        "enrolment A 张三 year=2024 scheme=510 on=2001-01-01",
    ];
    let expected = Some((Scheme::Resident, 0, Some("2023-11-15")));
    for [a, b, c] in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let world = [rows[a], rows[b], rows[c]].join("\n");
        check(&format!("household A 张三\n{world}"), expected);
    }
}

#[test]
fn who_is_not_registered_has_no_registration() {
    check("household A 张三", None);
    check("household A 张三\nenrolment A 张三 year=2023 on=2022-11-01", None);
}

//! History keeps the figures of a published run.

use super::published;
use crate::{
    cases::{Closed, Reason, State},
    history::{Kind, Row},
    publish::fixture::{World, day},
};

#[test]
fn the_history_has_the_figures_of_the_run() {
    let world = World::new(60, 3);
    let (out, folder) = published(&world);
    let nights = crate::history::read(&out.path().join("lengshi")).unwrap();
    let [night] = &nights[..] else { panic!("{nights:?}") };
    assert_eq!(folder.file_name().unwrap().to_str().unwrap(), night.run.to_string());
    assert_eq!(night.persons() as usize, world.identities.people.len());
    assert_eq!(night.findings_of("new") as usize, world.findings.len());
    let of_code = |code: &str| world.findings.iter().filter(|it| it.rule.code == code).count();
    for name in ["E01", "E01.new"] {
        assert_eq!(night.value(Kind::Finding, name), Some(of_code("E01") as i64), "{name}");
    }
    assert_eq!(night.value(Kind::Finding, "D08"), Some(0), "nothing found is said too");
    assert_eq!((night.breached(), night.milliseconds()), (1, 500));
    let stated = night.of(Kind::Control, "stated-total.expected").next().unwrap();
    assert_eq!((stated.value, stated.scope.contains("缴费.csv")), (7, true));
    assert_eq!(night.insurance_year, Some(2024));
}

/// A figure of the area, and its places.
fn by_place(world: &World, name: &str) -> (i64, Vec<Row>) {
    let (out, _) = published(world);
    let nights = crate::history::read(&out.path().join("lengshi")).unwrap();
    let mut rows = nights[0].of(Kind::Progress, name).cloned();
    let area = rows.next().unwrap();
    assert_eq!(area.scope, "");
    (area.value, rows.collect())
}

#[test]
fn of_a_township_villages_are_told_and_of_a_county_townships() {
    let world = World::new(60, 3);
    for name in ["paid", "unenrolled"] {
        let (all, villages) = by_place(&world, name);
        assert!(all > 0 && all == villages.iter().map(|it| it.value).sum::<i64>(), "{name}");
        let is_village = |it: &Row| it.scope.len() == 12 && it.scope.starts_with("430923109");
        assert!(villages.len() == 18 && villages.iter().all(is_village), "{villages:?}");
    }
    let (all, townships) = by_place(&World::of_county(60, 3), "paid");
    let lived_in: Vec<&Row> = townships.iter().filter(|it| it.value > 0).collect();
    assert_eq!((lived_in.len(), lived_in[0].value), (1, all));
    assert_eq!(lived_in[0].scope, "430923109");
}

#[test]
fn cases_closed_on_the_night_are_told_by_what_closed_them() {
    let mut world = World::new(60, 3);
    let days = [(Reason::Data, "2023-12-20"), (Reason::Answer, "2023-12-20")];
    let earlier = (Reason::Data, "2023-12-19");
    for (case, (by, on)) in world.kept.cases.iter_mut().zip(days.into_iter().chain([earlier])) {
        (case.state, case.closed) = (State::Closed, Some(Closed { by, on: day(on) }));
    }
    let (out, _) = published(&world);
    let nights = crate::history::read(&out.path().join("lengshi")).unwrap();
    let closed = ["data", "answer", "rule"].map(|it| nights[0].value(Kind::Closed, it));
    assert_eq!((closed, nights[0].closed()), ([Some(1), Some(1), Some(0)], Some(2)));
}

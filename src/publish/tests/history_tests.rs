//! History keeps the figures of a published run.

use super::published;
use crate::{history::Kind, publish::fixture::World};

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
    let paid: Vec<_> = night.of(Kind::Progress, "paid").collect();
    assert_eq!([&paid[0].scope, &paid[1].scope], ["", "430923109"]);
    assert_eq!(paid[0].value, world.reports.progress.total().paid);
    assert!(paid[0].value > 0 && paid[0].value == paid[1].value, "{paid:?}");
}

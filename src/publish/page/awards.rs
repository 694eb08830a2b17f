//! What places have earned, lost and been graded, where a document rewards or grades them.

use serde::Serialize;

use crate::{
    publish::View,
    report::{
        incentive::{Award, level},
        progress::{Unit, UnitLevel},
    },
};

/// The section; nothing to show where no document rewards anybody.
#[derive(Serialize)]
pub(super) struct Awards {
    incentives: Vec<Incentive>,
    has_grades: bool,
    rows: Vec<Row>,
    sums: Vec<Option<Amount>>,
}

#[derive(Serialize)]
struct Incentive {
    name: String,
    clause: String,
}

#[derive(Serialize)]
struct Row {
    within: String,
    name: String,
    grade: String,
    /// In the order of incentives; nothing where none is due.
    amounts: Vec<Option<Amount>>,
}

/// An amount, or a range of them.
#[derive(Serialize)]
struct Amount {
    fen: i64,
    to_fen: Option<i64>,
}

pub(super) fn awards(view: &View<'_>) -> Awards {
    let cx = view.night.cx;
    let (awards, progress) = (&view.night.reports.awards, &view.night.reports.progress);
    let policy = &cx.policy.incentives;
    let n_incentives = policy.incentives.len();
    let levels: Vec<UnitLevel> = policy
        .incentives
        .iter()
        .map(|it| level(it.value.place))
        .chain(policy.grades.iter().map(|it| level(it.value.place)))
        .collect();
    let units = progress.units.iter();
    let units = units.filter(|it| it.is_known() && levels.contains(&it.level()));
    let row = |unit: &Unit| Row {
        within: unit.within(cx),
        name: unit.name(cx),
        grade: awards.grade(unit).unwrap_or("").to_string(),
        amounts: (0..n_incentives).map(|at| amount(awards.of(unit, at))).collect(),
    };
    let is_any = |it: &Row| !it.grade.is_empty() || it.amounts.iter().any(Option::is_some);
    Awards {
        incentives: policy
            .incentives
            .iter()
            .map(|it| Incentive {
                name: it.value.name.clone(),
                clause: view.clause(it.clause).to_string(),
            })
            .collect(),
        has_grades: !policy.grades.is_empty(),
        rows: units.map(row).filter(is_any).collect(),
        sums: (0..n_incentives).map(|at| amount(Some(awards.sum(at)))).collect(),
    }
}

fn amount(award: Option<Award>) -> Option<Amount> {
    let it = award?;
    Some(Amount { fen: it.fen, to_fen: Some(it.to_fen).filter(|to| *to != it.fen) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn what_places_get_adds_up_to_the_sum() {
        let world = World::new(300, 4);
        let cx = world.context();
        let shown = awards(&View::first(&world.night(&cx)));
        assert_eq!(shown.sums.len(), shown.incentives.len());
        assert!(!shown.incentives.is_empty() && !shown.rows.is_empty(), "冷市 pays its villages");
        for (at, sum) in shown.sums.iter().enumerate() {
            let of = |it: &Row| it.amounts[at].as_ref().map_or(0, |it| it.fen);
            assert_eq!(shown.rows.iter().map(of).sum::<i64>(), sum.as_ref().unwrap().fen);
        }
    }
}

//! Fills a layout from progress.

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use super::{Cell, Column, Order, Sheet, Shown, TotalRow, Value};
use crate::{
    ledger::{Context, Verdict},
    policy::Insurance,
    report::{
        household::{self, Household, HouseholdCount},
        incentive::{self, Awards},
        progress::{Breakdown, Period, Progress, Tally, Unit, UnitLevel},
        ranking::{self, By, Far},
    },
};

/// What cells are filled from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub cx: &'a Context<'a>,
    /// The pipeline's title, as headings print it.
    pub title: &'a str,
    pub progress: &'a Progress,
    pub awards: &'a Awards,
    pub households: &'a [Household],
}

/// One row of a filled table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledRow {
    pub unit: Unit,
    pub is_total: bool,
    pub cells: Vec<Cell>,
}

/// A table ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub title: String,
    pub note: String,
    pub rows: Vec<FilledRow>,
}

/// What is worked out once a table.
struct Looked<'a> {
    known: Known<'a>,
    level: UnitLevel,
    ranks: FxHashMap<Unit, usize>,
    ranks_before: FxHashMap<Unit, usize>,
    households: FxHashMap<Unit, HouseholdCount>,
}

/// Fills a layout. Units that are not known have a row only where they have people.
pub fn fill(known: &Known<'_>, sheet: &Sheet) -> Filled {
    let looked = Looked::new(*known, sheet);
    let mut units: Vec<&Unit> = known.progress.of_level(looked.level).collect();
    looked.sort(sheet, &mut units);
    let mut rows: Vec<FilledRow> =
        units.iter().enumerate().map(|(at, unit)| looked.row(sheet, unit, at + 1)).collect();
    let total = looked.row(sheet, &Unit::Total, 0);
    match sheet.total {
        TotalRow::First => rows.insert(0, total),
        TotalRow::Last => rows.push(total),
        TotalRow::None => {}
    }
    Filled { title: looked.heading(&sheet.title), note: looked.heading(&sheet.note), rows }
}

impl<'a> Looked<'a> {
    fn new(known: Known<'a>, sheet: &Sheet) -> Looked<'a> {
        let level = incentive::level(sheet.rows);
        let progress = known.progress;
        let ranked = |far: &dyn Fn(&Unit) -> Option<Far>| {
            let ranked = ranking::ranking(progress.of_level(level), far);
            ranked.into_iter().map(|(rank, unit, _)| (unit.clone(), rank)).collect()
        };
        let by = By::Target(sheet.counted);
        let before = |unit: &Unit| {
            let tally = progress.tally(unit, Breakdown::All);
            let far = by.far(progress, unit)?;
            let new = tally.counted_in(sheet.counted, Insurance::Resident, Period::Week);
            Some(Far { done: far.done - new, ..far })
        };
        Looked {
            known,
            level,
            ranks: ranked(&|unit| by.far(progress, unit)),
            ranks_before: ranked(&before),
            households: household::by_unit(known.cx, known.households),
        }
    }

    /// Puts rows into the order of the sheet; what it does not name stays in the order of codes,
    /// behind.
    fn sort(&self, sheet: &Sheet, units: &mut [&Unit]) {
        match sheet.order {
            Order::Code => {}
            Order::Completion => units.sort_by_key(|it| {
                let rank = self.ranks.get(*it);
                (rank.is_none(), rank.copied())
            }),
            Order::Table => {
                let places = self.known.cx.policy.targets.places();
                units.sort_by_key(|it| {
                    let place = it.target_place(self.known.cx);
                    let at = places.iter().position(|other| Some(other) == place.as_ref());
                    (at.is_none(), at)
                });
            }
        }
    }

    fn row(&self, sheet: &Sheet, unit: &Unit, sequence: usize) -> FilledRow {
        let is_total = *unit == Unit::Total;
        let is_shown = |column: &Column| match column.shown {
            Shown::All => true,
            Shown::Total => is_total,
            Shown::Rows => !is_total,
        };
        let cell = |column: &Column| match column.value {
            _ if !is_shown(column) => Cell::Empty,
            Value::Name if is_total => Cell::text(sheet.total_name.as_str()),
            Value::Sequence if !is_total => Cell::Count(sequence as i64),
            _ => self.cell(column, unit),
        };
        FilledRow { unit: unit.clone(), is_total, cells: sheet.columns.iter().map(cell).collect() }
    }

    fn cell(&self, column: &Column, unit: &Unit) -> Cell {
        let (progress, insurance) = (self.known.progress, column.insurance);
        let aim = progress.target(unit, insurance, &column.set_by).map(|it| it.target);
        if column.needs_target && aim.is_none() {
            return Cell::Empty;
        }
        let tally = progress.tally(unit, column.people);
        let done = tally.counted(column.counted, insurance);
        match column.value {
            Value::Target => Cell::count(aim),
            Value::Gap => Cell::count(aim.map(|it| it - done)),
            Value::Completion => Cell::rate(Some(done), aim),
            Value::Residents => Cell::count(progress.residents(unit, insurance)),
            Value::ResidentsRate => Cell::rate(Some(done), progress.residents(unit, insurance)),
            Value::CoverRate => Cell::rate(tally.base_insured(insurance), tally.base(insurance)),
            Value::Accuracy => Cell::rate(Some(tally.accurate), Some(tally.paid)),
            Value::Amount => Cell::Fen(tally.amount_fen),
            Value::Subsidised => Cell::Fen(tally.subsidised_fen),
            Value::Sequence | Value::Blank => Cell::Empty,
            Value::Name | Value::Within | Value::Code => self.of_place(column.value, unit),
            Value::Rank => rank(&self.ranks, unit),
            Value::RankWeekBefore => rank(&self.ranks_before, unit),
            Value::Grade => Cell::text(self.known.awards.grade(unit).unwrap_or("")),
            Value::Incentive | Value::IncentiveCount | Value::IncentiveSum => {
                self.incentive(column, unit)
            }
            Value::Households => Cell::Count(self.households.get(unit).map_or(0, |it| it.all)),
            Value::WholeHouseholds => {
                Cell::Count(self.households.get(unit).map_or(0, |it| it.whole))
            }
            count => Cell::count(of_tally(count, insurance, &tally)),
        }
    }

    fn of_place(&self, value: Value, unit: &Unit) -> Cell {
        let cx = self.known.cx;
        match value {
            Value::Code => Cell::text(
                unit.division(cx).map_or(String::new(), |it| cx.divisions.get(it).code.clone()),
            ),
            Value::Within => Cell::text(unit.within(cx)),
            _ => Cell::text(unit.name(cx)),
        }
    }

    /// What a place gets by the column's incentives; in the total row, what all places get.
    fn incentive(&self, column: &Column, unit: &Unit) -> Cell {
        let award = |at: &usize| match unit {
            Unit::Total => Some(self.known.awards.sum(*at)),
            _ => self.known.awards.of(unit, *at),
        };
        let awards: Vec<_> = column.incentives.iter().filter_map(award).collect();
        let (fen, to_fen) =
            awards.iter().fold((0, 0), |sum, it| (sum.0 + it.fen, sum.1 + it.to_fen));
        match column.value {
            _ if awards.is_empty() => Cell::Empty,
            Value::IncentiveCount => {
                let incentives = &self.known.cx.policy.incentives.incentives;
                let is_points = |at: &usize| incentives[*at].value.points.is_some();
                let count = awards.iter().map(|it| it.count).sum();
                match column.incentives.iter().all(is_points) {
                    true => Cell::text(points(count)),
                    false => Cell::Count(count),
                }
            }
            _ if fen == to_fen => Cell::Fen(fen),
            _ => Cell::FenRange(fen, to_fen),
        }
    }

    /// A heading with its places filled in.
    fn heading(&self, text: &str) -> String {
        let (cx, day) = (self.known.cx, self.known.progress.calendar.day);
        let date = |it: NaiveDate| format!("{}年{}月{}日", it.year(), it.month(), it.day());
        text.replace("{title}", self.known.title)
            .replace("{year}", &cx.policy.year.to_string())
            .replace("{as_of}", &date(cx.as_of))
            .replace("{day}", &date(day))
            .replace("{month}", &format!("{}年{}月", day.year(), day.month()))
    }
}

/// Hundredths of a point, as 12.34.
fn points(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn rank(ranks: &FxHashMap<Unit, usize>, unit: &Unit) -> Cell {
    Cell::count(ranks.get(unit).map(|it| *it as i64))
}

/// A plain count.
fn of_tally(value: Value, insurance: Insurance, tally: &Tally) -> Option<i64> {
    Some(match value {
        Value::Population => tally.population,
        Value::Liable => tally.liable,
        Value::Covered => tally.covered,
        Value::Owing => tally.owing,
        Value::Unenrolled => tally.of_verdict(Verdict::Unenrolled),
        Value::Unpaid => tally.of_verdict(Verdict::RegisteredUnpaid),
        Value::Review => tally.of_verdict(Verdict::Review),
        Value::Insured => tally.insured(insurance),
        Value::InsuredDay => tally.insured_in(insurance, Period::Day),
        Value::InsuredWeek => tally.insured_in(insurance, Period::Week),
        Value::InsuredMonth => tally.insured_in(insurance, Period::Month),
        Value::Paid => tally.paid,
        Value::PaidDay => tally.paid_in(Period::Day),
        Value::PaidWeek => tally.paid_in(Period::Week),
        Value::PaidMonth => tally.paid_in(Period::Month),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        config::RuleFolders,
        findings::testkit::{INSIDE, on_world},
        report::{Everybody, incentive::awards, layout::Layouts, progress::progress},
    };

    /// Three have paid in 曲江社区, two of them in the week that ends on 19 December; two in 琵琶村.
    const WORLD: &str = "
        household A 张甲 village=曲江社区
        payment   A 张甲 paid=380 on=2023-12-12
        household B 张乙 village=曲江社区
        payment   B 张乙 paid=380 on=2023-12-13
        household C 张丙 village=曲江社区
        payment   C 张丙 paid=380 on=2023-12-19
        household D 张丁 village=琵琶村
        payment   D 张丁 paid=380 on=2023-10-05
        household E 张戊 village=琵琶村
        payment   E 张戊 paid=380 on=2023-10-05
    ";

    /// The cells of 冷市镇's columns of a kind, in a sheet that `change` makes of its own; by place.
    #[track_caller]
    fn check(value: Value, change: impl Fn(&mut Column), expected: &[(&str, &str)]) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/lengshi");
        on_world(INSIDE, WORLD, |cx, run| {
            let all = Everybody { people: run.people, files: run.files, standings: run.standings };
            let progress = progress(cx, &all, &[]);
            let awards = awards(cx, &progress);
            let layouts = Layouts::load(&RuleFolders::open(&folder).unwrap(), cx.policy).unwrap();
            let has = |it: &&Sheet| it.columns.iter().any(|column| column.value == value);
            let mut sheet = layouts.sheets.iter().find(has).unwrap().clone();
            sheet.columns.retain(|it| it.value == value);
            sheet.columns.iter_mut().for_each(change);
            let known =
                Known { cx, title: "", progress: &progress, awards: &awards, households: &[] };
            let filled = fill(&known, &sheet);
            for (place, cell) in expected {
                let is_it = |row: &&FilledRow| match row.is_total {
                    true => *place == sheet.total_name,
                    false => row.unit.name(cx) == *place,
                };
                let row = filled.rows.iter().find(is_it).unwrap();
                assert_eq!(row.cells[0].plain(), *cell, "{place}");
            }
        });
    }

    #[test]
    fn the_rank_of_a_week_ago_is_without_the_payers_of_the_week() {
        let same = |_: &mut Column| ();
        check(Value::Rank, same, &[("曲江社区", "1"), ("琵琶村", "2"), ("文昌村", "3")]);
        let before = [("曲江社区", "2"), ("琵琶村", "1"), ("文昌村", "3"), ("合计", "")];
        check(Value::RankWeekBefore, same, &before);
    }

    #[test]
    fn what_is_rewarded_is_counted_in_points_where_it_is_points_and_else_in_persons() {
        // 3 of 86 lack 96 whole points, 2 of 101 lack 98, sixteen villages a hundred each.
        let points = [("曲江社区", "96.00"), ("文昌村", "100.00"), ("合计", "1794.00")];
        check(Value::IncentiveCount, |_| (), &points);
        let first = |it: &mut Column| it.incentives = vec![0];
        check(Value::IncentiveCount, first, &[("曲江社区", "3"), ("文昌村", "0"), ("合计", "5")]);
        let last = |it: &mut Column| it.incentives = vec![2];
        check(Value::IncentiveCount, last, &[("曲江社区", ""), ("合计", "0")]);
    }
}

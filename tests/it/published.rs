//! The tables that localities published are reproduced, cell by cell, from the figures they give.

use std::{collections::BTreeMap, path::PathBuf};

use bulou::{
    config::{Pipeline, RuleFolders},
    diagnostic::Lang,
    ledger::{self, Context},
    policy::{Counted, Insurance, Policy},
    report::{
        incentive,
        layout::{Filled, Known, Layouts, fill},
        progress::{Progress, Tally, Unit, UnitLevel},
        ranking::{By, ranking},
    },
    tables::Tables,
};

use crate::support::repository;

/// Rows of a published table, each by the names of its columns.
fn published(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = repository().join("tests/it/fixtures/published").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        headers.iter().zip(&row).map(|(head, cell)| (head.into(), cell.into())).collect()
    };
    reader.records().map(|it| row(it.unwrap())).collect()
}

/// A locality with its real targets, whatever its samples are measured by.
struct Locality {
    pipeline: Pipeline,
    policy: Policy,
    layouts: Layouts,
    tables: Tables,
    as_of: &'static str,
}

impl Locality {
    fn open(name: &str, as_of: &'static str) -> Locality {
        let folder = repository().join("pipelines").join(name);
        let pipeline = Pipeline::open(&folder).unwrap();
        // Folders alone, so that no pipeline names the samples' targets.
        let folders: Vec<PathBuf> = pipeline.rules.iter().map(PathBuf::from).collect();
        let folders = RuleFolders::of(folders);
        let policy = Policy::of_year(&folders, pipeline.insurance_year).unwrap();
        let layouts = Layouts::load(&folders, &policy).unwrap();
        Locality { pipeline, policy, layouts, tables: Tables::default(), as_of }
    }

    /// Fills the layout of that name from some figures.
    fn fill(&self, sheet: &str, figures: impl Fn(&Context<'_>) -> Vec<(Unit, Tally)>) -> Filled {
        self.look(figures, |cx, progress| {
            let awards = incentive::awards(cx, progress);
            let title = &self.pipeline.title;
            let known = Known { cx, title, progress, awards: &awards, households: &[] };
            let sheet = self.layouts.sheets.iter().find(|it| it.name == sheet).expect("the layout");
            fill(&known, sheet)
        })
    }

    /// Looks at the progress of some figures.
    fn look<T>(
        &self,
        figures: impl Fn(&Context<'_>) -> Vec<(Unit, Tally)>,
        look: impl Fn(&Context<'_>, &Progress) -> T,
    ) -> T {
        let labels = ledger::label_index(&self.policy, &self.tables);
        let cx = Context {
            policy: &self.policy,
            divisions: &self.pipeline.divisions,
            texts: &self.tables.texts,
            origins: &self.tables.origins,
            labels: &labels,
            area: self.pipeline.area,
            as_of: self.as_of.parse().unwrap(),
            has_last_year: false,
            named_parts: Vec::new(),
            lang: Lang::Zh,
        };
        look(&cx, &Progress::of_figures(&cx, figures(&cx)))
    }
}

/// What the table says is enrolled, region by region, and all of it.
fn figures_of_shanwei(rows: &[BTreeMap<String, String>]) -> Vec<(Unit, Tally)> {
    let number = |row: &BTreeMap<String, String>, column: &str| -> i64 {
        if row[column].is_empty() { 0 } else { row[column].parse().unwrap() }
    };
    let mut total = Tally::default();
    let mut figures = Vec::new();
    for row in rows.iter().filter(|it| it["region"] != "合计") {
        let mut tally = Tally::default();
        let mut set = |insurance, n| tally.insured[insurance as usize] = n;
        let (employee, resident) =
            (number(row, "employee_enrolled"), number(row, "resident_enrolled"));
        set(Insurance::Employee, employee);
        set(Insurance::Resident, resident);
        set(Insurance::All, employee + resident);
        set(Insurance::Maternity, number(row, "maternity_enrolled"));
        total += tally;
        figures.push((Unit::Region(row["region"].clone()), tally));
    }
    figures.push((Unit::Total, total));
    figures
}

#[test]
fn shanwei_ranks_its_regions_by_their_targets() {
    let shanwei = Locality::open("shanwei", "2024-02-29");
    let rows = published("shanwei-2024-02-progress.csv");
    let ranked = |_: &Context<'_>, progress: &Progress| {
        assert_eq!(progress.ranked_level(), UnitLevel::Region);
        let units: Vec<&Unit> = progress.of_level(UnitLevel::Region).collect();
        let by = By::of(progress, Counted::Insured, &units);
        let ranked = ranking(units, |it| by.far(progress, it));
        let name = |unit: &Unit| match unit {
            Unit::Region(name) => name.clone(),
            _ => unreachable!("only regions are ranked"),
        };
        ranked.into_iter().map(|it| format!("{} {}", it.0, name(it.1))).collect::<Vec<_>>()
    };
    let ranked = shanwei.look(|_| figures_of_shanwei(&rows), ranked);
    // 97.66, 97.51, 97.45, 96.64, 96.51, 96.42 per cent; 市直 has no residents to insure.
    assert_eq!(ranked, ["1 城区", "2 红海湾", "3 海丰", "4 陆河", "5 华侨", "6 陆丰"]);
}

/// The columns of Shanwei's table in the order of the layout. The residents' targets are not
/// printed: they are restored from what is.
const SHANWEI: &[&str] = &[
    "region",
    "total_enrolled",
    "provincial_target",
    "provincial_gap",
    "provincial_rate",
    "city_target",
    "city_gap",
    "city_rate",
    "coverage_rate",
    "employee_enrolled",
    "employee_target",
    "employee_gap",
    "employee_rate",
    "resident_enrolled",
    RESTORED,
    "resident_gap",
    "resident_rate",
    "maternity_enrolled",
    "maternity_target",
    "maternity_gap",
    "maternity_rate",
];
const RESTORED: &str = "(resident_target, restored)";

#[test]
fn shanweis_table_of_february_2024_is_reproduced_cell_by_cell() {
    let shanwei = Locality::open("shanwei", "2024-02-29");
    let rows = published("shanwei-2024-02-progress.csv");
    let filled = shanwei.fill("参保扩面进度", |_| figures_of_shanwei(&rows));
    assert_eq!(filled.rows.len(), rows.len());
    assert_eq!(filled.title, "汕尾市2024年基本医疗保险参保扩面任务完成情况表（截至2024年2月底）");
    let mut n_compared = 0;
    for (row, printed) in filled.rows.iter().zip(&rows) {
        assert_eq!(row.cells.len(), SHANWEI.len());
        for (cell, column) in row.cells.iter().zip(SHANWEI) {
            let expected = match *column {
                RESTORED => restored(printed),
                column => printed[column].clone(),
            };
            assert_eq!(cell.plain(), expected, "{} of {}", column, printed["region"]);
            n_compared += 1;
        }
    }
    assert_eq!(n_compared, 8 * 21, "every cell of the table");
}

/// Enrolled and gap together are the target.
fn restored(row: &BTreeMap<String, String>) -> String {
    let number = |column: &str| row[column].parse::<i64>().ok();
    let target = number("resident_enrolled").zip(number("resident_gap")).map(|(a, b)| a + b);
    target.map_or(String::new(), |it| it.to_string())
}

#[test]
fn the_restored_targets_of_shanwei_say_that_they_are() {
    let path = repository().join("pipelines/shanwei/targets.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut sum = 0;
    for row in reader.records().map(Result::unwrap) {
        if &row[3] == "resident" && !row[1].is_empty() {
            assert!(row[7].contains("还原"), "{row:?}");
            sum += row[6].parse::<i64>().unwrap();
        }
    }
    assert_eq!(sum, 2_412_800, "what the city was told to insure");
}

#[test]
fn lengshis_annex_is_reproduced_with_both_totals() {
    let lengshi = Locality::open("lengshi", "2023-10-07");
    let filled = lengshi.fill("村级任务表", |cx| {
        let within = cx.divisions.iter().map(|it| it.0);
        let villages = within
            .filter(|it| cx.divisions.is_within(*it, cx.area) && *it != cx.area)
            .map(|id| Unit::Village { township: Some(cx.area), village: Some(id) });
        villages.chain([Unit::Total]).map(|it| (it, Tally::default())).collect()
    });
    let rows = published("lengshi-2024-targets.csv");
    assert_eq!(filled.rows.len(), 19);
    for (row, printed) in filled.rows.iter().zip(&rows) {
        let shown: Vec<String> = row.cells.iter().map(|it| it.plain()).collect();
        let expected = ["seq", "village", "residents", "target"].map(|it| printed[it].clone());
        assert_eq!(shown[..4], expected);
        assert_eq!(shown[4..], ["0", "0.00", ""], "nobody has paid yet");
    }
    let total: Vec<String> = filled.rows[18].cells[1..4].iter().map(|it| it.plain()).collect();
    assert_eq!(total, ["合计", "37288", "31700"]);
}

#[test]
fn lengshi_pays_its_villages_at_most_131_100_yuan() {
    let lengshi = Locality::open("lengshi", "2023-12-31");
    let rows = published("lengshi-2024-targets.csv");
    let funds = |short: i64| {
        let filled = lengshi.fill("工作经费", |cx| {
            let village = |name: &str| {
                let found = cx.divisions.iter().find(|(id, it)| {
                    it.shown == name && it.parent == Some(cx.area) && *id != cx.area
                });
                Unit::Village { township: Some(cx.area), village: found.map(|it| it.0) }
            };
            let villages = rows.iter().filter(|it| it["village"] != "合计").map(|row| {
                let paid = row["target"].parse::<i64>().unwrap() - short;
                (village(&row["village"]), Tally { paid, ..Tally::default() })
            });
            let mut figures: Vec<(Unit, Tally)> = villages.collect();
            let mut total = Tally::default();
            figures.iter().for_each(|it| total += it.1);
            figures.push((Unit::Total, total));
            figures
        });
        let total = filled.rows.last().unwrap();
        total.cells[5..].iter().map(|it| it.plain()).collect::<Vec<_>>()
    };
    assert_eq!(funds(0), ["95100.00", "0.00", "0.00", "36000.00", "131100.00"]);
    // One short everywhere is less than a point everywhere: nobody loses a point, nobody completes.
    assert_eq!(funds(1), ["95046.00", "0.00", "0.00", "0.00", "95046.00"]);
}

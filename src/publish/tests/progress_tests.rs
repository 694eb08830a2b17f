//! Progress, notices and households, as their readers open them.

use calamine::Data;

use super::{
    super::fixture::{FORMULA, World},
    Rows, column, files, inside, published, sheet, sheet_names, texts,
};
use crate::{
    identity::PersonId,
    ledger::{Group, Verdict},
    policy::Insurance,
    report::{
        household::Household,
        progress::{Breakdown, Tally, Unit, UnitLevel},
    },
};

const PROGRESS: &str = "progress.xlsx";
const NOTICE: &str = "notices/430923109-冷市镇.xlsx";
const TOWNSHIP: &str = "townships/430923109-冷市镇.xlsx";

fn numbers(rows: &Rows, head: &str) -> Vec<f64> {
    let (row, at) = column(rows, head);
    let number = |cell: &Data| if let Data::Float(it) = cell { Some(*it) } else { None };
    rows[row + 1..].iter().filter_map(|cells| number(&cells[at])).collect()
}

#[test]
fn progress_has_a_sheet_a_layout_whose_villages_add_up() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let workbook = folder.join(PROGRESS);
    let mut expected: Vec<&str> = world.layouts.sheets.iter().map(|it| it.name.as_str()).collect();
    expected.push("口径说明");
    assert_eq!(sheet_names(&workbook), expected);
    let rows = sheet(&workbook, "村级任务表");
    assert_eq!(texts(&rows, "村（社区）").last().unwrap(), "合计");
    let paid = numbers(&rows, "缴款人数");
    let (total, villages) = paid.split_last().unwrap();
    assert_eq!(villages.iter().sum::<f64>(), *total);
    assert_eq!(*total as i64, world.reports.progress.total().paid);
    assert!(*total > 0.0);
}

#[test]
fn rates_are_numbers_of_exactly_two_decimals() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let rates = numbers(&sheet(&folder.join(PROGRESS), "排名"), "完成率");
    assert_eq!(rates.len(), 19, "every village and the total");
    let progress = &world.reports.progress;
    let target = progress.target(&Unit::Total, Insurance::Resident, "");
    let (paid, target) = (progress.total().paid as f64, target.unwrap().target as f64);
    assert_eq!(*rates.last().unwrap(), (paid / target * 10_000.0).round() / 10_000.0);
    let styles = inside(&folder.join(PROGRESS), "xl/styles.xml");
    assert!(styles.contains("formatCode=\"#,##0\"") || styles.contains("numFmtId=\"3\""));
    assert!(styles.contains("formatCode=\"0.00%\"") || styles.contains("numFmtId=\"10\""));
}

#[test]
fn common_headings_span_their_columns_and_leave_no_filter() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let workbook = folder.join(PROGRESS);
    let rows = sheet(&workbook, "排名");
    let ((upper, first), (lower, at)) = (column(&rows, "应保尽保"), column(&rows, "应保未保"));
    assert_eq!((lower, at), (upper + 1, first + 1));
    assert_eq!(rows[upper][0], *"名次", "a head without a common heading takes both rows");
    assert_eq!(rows[lower][0], Data::Empty);
    let plain = inside(&workbook, "xl/worksheets/sheet1.xml");
    let grouped = inside(&workbook, "xl/worksheets/sheet2.xml");
    // Columns J to L, on the rows that a person counts from 1.
    assert!(grouped.contains(&format!("<mergeCell ref=\"J{0}:L{0}\"/>", upper + 1)), "{grouped}");
    assert!(grouped.contains(&format!("<mergeCell ref=\"A{}:A{}\"/>", upper + 1, lower + 1)));
    assert!(!grouped.contains("<autoFilter"));
    let last = sheet(&workbook, "村级任务表").len();
    assert!(plain.contains(&format!(":G{}\"/>", last - 1)), "the filter leaves out the total");
    assert!(grouped.contains(&format!("ySplit=\"{}\"", lower + 1)), "both rows stay in view");
    assert!(grouped.contains("orientation=\"landscape\"") && grouped.contains("fitToHeight=\"0\""));
}

#[test]
fn the_manual_says_what_counts_since_when_and_by_which_clause() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let rows = sheet(&folder.join(PROGRESS), "口径说明");
    let names = texts(&rows, "项目");
    let meaning = |name: &str| {
        let at = names.iter().position(|it| it == name).unwrap_or_else(|| panic!("{names:?}"));
        (texts(&rows, "说明")[at].clone(), texts(&rows, "依据")[at].clone())
    };
    let day = world.reports.progress.calendar.day.to_string();
    assert!(meaning("最近一天").0.contains(&day));
    assert!(meaning("缴费人数（表头：缴款人数）").0.contains("退费"));
    for it in &world.policy.incentives.incentives {
        let (words, clause) = meaning(&it.value.name);
        let amount = crate::clean::money::yuan(it.value.amount_fen.abs());
        assert!(words.contains(&amount), "{words}");
        assert!(clause.contains("冷政发〔2023〕19号"), "{clause}");
    }
    assert!(!names.iter().any(|it| it.starts_with("等次")), "no column shows grades");
}

#[test]
fn without_layouts_there_is_no_progress_workbook() {
    let mut world = World::new(60, 3);
    world.layouts.sheets.clear();
    let (_out, folder) = published(&world);
    assert!(!folder.join(PROGRESS).exists());
    assert!(folder.join(NOTICE).exists(), "notices need none");
}

#[test]
fn notices_have_the_villages_figures_and_nobody_on_them() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let workbook = folder.join(NOTICE);
    let progress = &world.reports.progress;
    let cx = world.context();
    let inhabited: Vec<String> = progress
        .of_level(UnitLevel::Village)
        .filter(|it| progress.tally(it, Breakdown::All).liable >= 5)
        .map(|it| it.name(&cx))
        .collect();
    assert_eq!(sheet_names(&workbook), inhabited, "no page for a village where nobody lives");
    assert!(inhabited.len() < 18);
    for (at, unit) in progress.of_level(UnitLevel::Village).enumerate() {
        let tally = progress.tally(unit, Breakdown::All);
        if tally.liable == 0 {
            continue;
        }
        let rows = sheet(&workbook, &unit.name(&cx));
        let (row, column) = column(&rows, "已缴费（人）");
        assert_eq!(rows[row + 1][column], tally.paid as f64, "village {at}");
        let page = rows.iter().flatten().map(Data::to_string).collect::<Vec<_>>().join("\n");
        assert!(page.contains("380元") && page.contains("距截止还有11天"), "{page}");
    }
    let strings = inside(&workbook, "xl/sharedStrings.xml");
    for person in &world.identities.people {
        let name = cx.text(person.name);
        assert!(!strings.contains(&format!(">{name}<")), "{name}");
        assert!(person.id.is_none_or(|it| !strings.contains(&it.to_string())));
    }
    assert!(!strings.contains(FORMULA));
    let page = inside(&workbook, "xl/worksheets/sheet1.xml");
    assert!(page.contains("orientation=\"portrait\"") && page.contains("paperSize=\"9\""));
    assert!(page.contains("fitToPage=\"1\"") && !page.contains("fitToHeight=\"0\""), "one page");
}

#[test]
fn figures_of_few_are_not_on_a_notice_and_too_small_villages_have_none() {
    let mut world = World::new(60, 3);
    let groups = |world: &World| {
        let (_out, folder) = published(world);
        let workbook = folder.join(NOTICE);
        let first = sheet_names(&workbook)[0].clone();
        let rows = sheet(&workbook, &first);
        let (head, at) = column(&rows, "应保人数");
        rows[head + 1][at].to_string()
    };
    assert_eq!(groups(&world), "<5");
    world.pipeline.publication.smallest_public_count = 1;
    assert_ne!(groups(&world), "<5");
    world.pipeline.publication.smallest_public_count = 1000;
    let (_out, folder) = published(&world);
    assert!(!files(&folder).iter().any(|it| it.ends_with(NOTICE)));
}

#[test]
fn households_are_listed_when_whole_and_when_one_or_two_are_missing() {
    let world = World::new(120, 7);
    let (_out, folder) = published(&world);
    let workbook = folder.join(TOWNSHIP);
    let rows = sheet(&workbook, "整户参保");
    let cx = world.context();
    let whole = world.reports.households.iter().filter(|it| it.is_whole);
    let numbers: Vec<&str> = whole.map(|it| cx.text(it.number)).collect();
    assert!(!numbers.is_empty());
    assert_eq!(texts(&rows, "户号"), numbers);
    let heading = rows[1][0].to_string();
    assert!(heading.contains("整户参保") && heading.contains("冷政发〔2023〕19号"), "{heading}");

    let rows = sheet(&workbook, "只差一两人");
    let missing = texts(&rows, "还差人数");
    assert!(missing.contains(&"1".to_string()) && missing.contains(&"2".to_string()));
    assert!(missing.is_sorted(), "{missing:?}");
    let is_near = |it: &&Household| {
        (1..=2).contains(&it.missing.len()) && it.members as usize > it.missing.len()
    };
    let mut near: Vec<&Household> = world.reports.households.iter().filter(is_near).collect();
    near.sort_by_key(|it| it.missing.len());
    let numbers: Vec<&str> = near.iter().map(|it| cx.text(it.number)).collect();
    assert_eq!(texts(&rows, "户号"), numbers);
    let insured = |id: &PersonId| world.standings[id.0 as usize].verdict == Verdict::Resident;
    for (household, names) in near.iter().zip(texts(&rows, "未参保或待核实成员")) {
        assert_eq!(names.split('、').count(), household.missing.len());
        assert!(!household.missing.iter().any(insured));
    }
}

#[test]
fn without_the_rule_there_is_no_list_of_households() {
    let mut world = World::new(60, 7);
    world.policy.incentives.whole_household = None;
    let (_out, folder) = published(&world);
    let names = sheet_names(&folder.join(TOWNSHIP));
    assert_eq!(names, ["汇总", "入户名单", "填写说明", "其他核实", "较上次清单"]);
    assert!(folder.join("households.parquet").exists(), "analysts have them all the same");
}

/// A row a place and insurance, and two for each group and category that has anybody there.
pub fn rows(world: &World) -> usize {
    let progress = &world.reports.progress;
    let groups = Group::ALL.iter().map(|it| Breakdown::Group(*it));
    let categories = progress.categories.iter().map(|it| Breakdown::Category(*it));
    let parts: Vec<Breakdown> = groups.chain(categories).collect();
    let of = |unit| parts.iter().filter(move |it| progress.tally(unit, **it) != Tally::default());
    let parts: usize = progress.units.iter().map(|unit| of(unit).count()).sum();
    assert!(parts > 20, "{parts}");
    progress.units.len() * Insurance::ALL.len() + 2 * parts
}

//! What stands on paper and what `batches.parquet` says of it are one.

use std::path::Path;

use super::{published, sheet, texts};
use crate::{
    config::{Delivery, Way, delivery::Recipient},
    delivery::{self, Event, Line, List, Order},
    history::{BatchNumber, RecipientKind, RunName},
    publish::fixture::World,
};

/// The lists of the first run of a world, and its folder.
fn lists(world: &World) -> (tempfile::TempDir, std::path::PathBuf, Vec<List>) {
    let (out, folder) = published(world);
    let run = RunName::next(world.context().as_of, []);
    let lists = delivery::lists(folder.parent().unwrap(), run).unwrap();
    (out, folder, lists)
}

/// The rows of a sheet that have a finding: 序号, 批次 and 编号, the last two beside each other.
fn rows(workbook: &Path, name: &str) -> Vec<[String; 3]> {
    let rows = sheet(workbook, name);
    let columns = ["序号", "批次", "编号"].map(|it| texts(&rows, it));
    let at = |head| super::column(&rows, head).1;
    assert_eq!(at("批次") + 1, at("编号"), "{name}");
    let all = (0..columns[0].len()).map(|row| [0, 1, 2].map(|it| columns[it][row].clone()));
    all.filter(|it| !it[2].is_empty()).collect()
}

#[test]
fn every_row_that_comes_back_bears_its_batch_and_stands_in_the_table() {
    let (_out, folder, lists) = lists(&World::new(60, 3));
    let named: Vec<(&str, String)> =
        lists.iter().map(|it| (it.recipient_name.as_str(), it.batch.to_string())).collect();
    let expected = [
        ("冷市镇", "2023-12-20-430923109"),
        ("民政局", "2023-12-20-civil-affairs"),
        ("财政局", "2023-12-20-finance"),
        ("税务局", "2023-12-20-tax"),
    ];
    assert_eq!(named, expected.map(|(name, batch)| (name, batch.to_string())));
    let mut n_rows = 0;
    for list in &lists {
        assert!(folder.join(&list.file).is_file(), "{}", list.file);
        let mut sheets: Vec<&str> = list.lines.iter().map(|it| it.sheet.as_str()).collect();
        sheets.dedup();
        for name in sheets {
            let of_sheet = list.lines.iter().filter(|it| it.sheet == name && it.is_main);
            let told: Vec<[String; 3]> = of_sheet
                .map(|it| [it.nth.to_string(), list.batch.to_string(), it.finding.clone()])
                .collect();
            assert_eq!(rows(&folder.join(&list.file), name), told, "{name}");
            n_rows += told.len();
        }
    }
    assert!(n_rows > 20, "{n_rows}");
}

#[test]
fn every_finding_stands_on_one_list_once() {
    let world = World::new(60, 3);
    let (_out, _, lists) = lists(&world);
    let mut told: Vec<&str> =
        lists.iter().flat_map(|it| &it.lines).map(|it| it.finding.as_str()).collect();
    told.sort_unstable();
    let n_told = told.len();
    told.dedup();
    assert_eq!((told.len(), n_told), (world.findings.len(), n_told));
    let doors = || lists[0].lines.iter().filter(|it| it.sheet == "入户名单");
    assert!(doors().all(|it| it.is_main), "P05 has a sheet of its own");
    let has_names = |it: &Line| !it.name.is_empty() && !it.person.is_empty();
    assert!(doors().all(has_names) && doors().any(|it| it.village_name.ends_with("村")));
}

#[test]
fn what_else_is_asked_at_a_door_stands_with_it_and_is_not_the_rows_own() {
    let mut world = World::new(60, 3);
    let main = world.findings.iter().position(|it| it.rule.code == "E01").unwrap();
    let mut more = world.findings[main].clone();
    more.rule = world.findings.iter().find(|it| it.rule.code == "E02").unwrap().rule;
    world.findings.push(more);
    let (_out, _, lists) = lists(&world);
    let further: Vec<&Line> = lists[0].lines.iter().filter(|it| !it.is_main).collect();
    let [further] = &further[..] else { panic!("{further:?}") };
    let of_row: Vec<&Line> = lists[0]
        .lines
        .iter()
        .filter(|it| it.sheet == further.sheet && it.nth == further.nth)
        .collect();
    assert_eq!(of_row.len(), 2);
    assert!(of_row[0].is_main && of_row[0].person == further.person);
    assert_ne!(of_row[0].finding, further.finding);
}

#[test]
fn a_list_without_findings_is_known_too() {
    let (out, folder, lists) = lists(&World::new(60, 3));
    let finance = lists.iter().find(|it| it.batch.recipient == "finance").unwrap();
    assert_eq!((finance.kind, finance.lines.len()), (RecipientKind::Department, 0));
    let home = out.path().join("lengshi");
    assert_eq!(delivery::list(&home, &finance.batch).unwrap().as_ref(), Some(finance));
    let unknown = BatchNumber::parse("2023-12-19-tax").unwrap();
    assert_eq!(delivery::list(&home, &unknown).unwrap(), None);
    std::fs::create_dir(home.join("delivery")).unwrap();
    std::fs::rename(folder.join("batches.parquet"), home.join("delivery/2023-12-20.parquet"))
        .unwrap();
    assert_eq!(delivery::lists(&home, finance.batch.run).unwrap(), lists, "the copy of a run");
}

#[test]
fn every_sheet_that_comes_back_says_below_its_title_which_list_it_is_and_whose() {
    let (_out, folder, _) = lists(&World::new(60, 3));
    for (workbook, names, said) in [
        (
            "townships/430923109-冷市镇.xlsx",
            &["入户名单", "其他核实"][..],
            "批次 2023-12-20-430923109　接收单位 冷市镇",
        ),
        ("departments/tax.xlsx", &["汇总", "P04", "S01"], "批次 2023-12-20-tax　接收单位 税务局"),
    ] {
        for name in names {
            let rows = sheet(&folder.join(workbook), name);
            assert!(rows[1][0].to_string().starts_with(said), "{name}: {:?}", rows[1][0]);
        }
    }
}

/// Whom a home's lists are sent to through an outbox.
fn sent_to(home: &Path, named: &[&str]) -> Vec<String> {
    let outbox = tempfile::tempdir().unwrap();
    let recipient =
        |code: &&str| Recipient { code: code.to_string(), span: 0..0, way: None, deliver: true };
    let way = Way::Outbox(outbox.path().to_path_buf());
    let delivery = Delivery {
        days_to_answer: 7,
        weekdays: Vec::new(),
        way: Some(way),
        timeout: std::time::Duration::from_secs(1),
        recipients: named.iter().map(recipient).collect(),
    };
    let now = || "2023-12-20T02:00:00+08:00".to_string();
    let on = crate::publish::fixture::day("2023-12-20");
    let mut sent = Vec::new();
    let order = Order { home, delivery: &delivery, on, now: &now };
    delivery::deliver(&order, &mut |event| match event {
        Event::Sent(it) => sent.push(it.recipient.clone()),
        other => panic!("{other:?}"),
    })
    .unwrap();
    sent
}

#[test]
fn the_list_of_those_whose_township_nobody_knows_goes_only_where_a_pipeline_says() {
    let mut world = World::new(12, 3);
    let person = world.findings.iter().find(|it| it.rule.code == "E01").unwrap().person.unwrap();
    world.identities.people[person.0 as usize].place = None;
    let (out, _, lists) = lists(&world);
    assert!(lists.iter().any(|it| it.batch.recipient == delivery::NOBODYS));
    let home = out.path().join("lengshi");
    let all = sent_to(&home, &[]);
    assert!(all.contains(&"430923109".to_string()) && all.len() + 1 == lists.len(), "{all:?}");
    assert_eq!(sent_to(&home, &[delivery::NOBODYS, delivery::COUNTY]), ["000000000", "county"]);
    assert_eq!(sent_to(&home, &[delivery::NOBODYS, delivery::COUNTY]), [""; 0], "once");
}

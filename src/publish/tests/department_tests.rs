//! What departments are given: the settlement, the tax bureau's list from night to night, and
//! the keepers' lists.

use std::path::{Path, PathBuf};

use super::{column, published, sheet, sheet_names, texts};
use crate::{
    identity::PersonId,
    ledger::Entitlement,
    publish::{
        Row, TableFile,
        fixture::{World, day},
        list_before, publish,
    },
    report::{
        mid_year::{Ground, MidYear},
        settlement::FeedLine,
    },
    tables::{RegistrationStatus, Tables, TextId},
};

/// Of sixty people those with a one at the end are on the list of 低保: 1 and 31 have not paid,
/// 21 and 51 are not enrolled, 11 and 41 have paid.
const PEOPLE: u32 = 60;

fn publish_to(out: &Path, world: &World) -> PathBuf {
    let cx = world.context();
    publish(&world.night(&cx), out).unwrap().folder
}

fn voucher(tables: &mut Tables, person: u32) -> TextId {
    tables.texts.intern(&format!("V{person:08}"))
}

/// 11 is subsidised rightly, 14, who is on no list, is too; 17's subsidy is refunded.
fn subsidised(tables: &mut Tables) {
    let label = tables.texts.intern("低保对象");
    for person in [11, 14, 17] {
        let voucher = voucher(tables, person);
        let row = tables.payments.iter_mut().find(|it| it.voucher == voucher).unwrap();
        (row.subsidised_fen, row.category_label) = (19_000, label);
    }
    let (refund, paid) = (voucher(tables, 20), voucher(tables, 17));
    let undone = tables.payments.iter().find(|it| it.voucher == paid).unwrap().subject;
    let row = tables.payments.iter_mut().find(|it| it.voucher == refund).unwrap();
    row.kind = crate::tables::PaymentKind::Refund;
    (row.subsidised_fen, row.refers_to, row.paid_fen) = (19_000, paid, 100);
    (row.subject.id, row.subject.name, row.subject.place) = (undone.id, undone.name, undone.place);
}

#[test]
fn the_settlement_adds_up_to_the_feed_in_the_workbook_too() {
    let world = World::with(PEOPLE, 3, subsidised);
    let (_out, folder) = published(&world);
    let workbook = folder.join("departments/finance.xlsx");
    assert_eq!(sheet_names(&workbook), ["资助清算表", "分乡镇清算"]);
    let rows = sheet(&workbook, "资助清算表");
    let find = |name: &str| rows.iter().find(|it| it[0] == *name).unwrap();
    let money = |row: &[calamine::Data]| {
        let cells = [3, 5, 7, 10].map(|at| row[at].to_string().parse::<f64>().unwrap());
        cells.map(|it| (it * 100.0).round() as i64)
    };
    // 11 and 41 are entitled; 41 got nothing, and 14 got what he should not.
    assert_eq!(money(find("低保对象")), [38_000, 38_000, 19_000, 19_000]);
    assert_eq!(money(find("合计")), [38_000, 38_000, 19_000, 19_000]);
    let net = find("税务明细净额（缴费减退费、作废）");
    let gross = find("税务明细合计");
    let fen = |cell: &calamine::Data| (cell.to_string().parse::<f64>().unwrap() * 100.0) as i64;
    assert_eq!((fen(&gross[5]), fen(&gross[6]), fen(&net[5])), (57_000, 19_000, 38_000));
    let of_rows: i64 = world.ingested.tables.payments.iter().map(|it| it.subsidised_fen).sum();
    assert_eq!(fen(&gross[5]) + fen(&gross[6]), of_rows);
    assert!(rows.iter().flatten().any(|it| it.to_string().contains("二(四)3")), "no clause");
}

#[test]
fn a_settlement_that_does_not_reach_the_feed_breaches_a_control_of_ours() {
    let mut world = World::with(PEOPLE, 3, subsidised);
    let ours = |world: &World| -> Vec<&'static str> {
        let breached = world.check().into_iter().filter(|it| !it.passed && it.is_ours());
        breached.map(|it| it.name.code()).collect()
    };
    assert!(ours(&world).is_empty());
    world.reports.settlement.feed[FeedLine::Undone as usize].fen += 1;
    assert_eq!(ours(&world), ["feed-bridged"]);
    world.reports.settlement.feed[FeedLine::Undone as usize].fen -= 1;
    world.reports.settlement.by_category[0].1.subsidised.fen += 1;
    assert_eq!(ours(&world), ["settlement-adds-up", "settlement-balances", "feed-bridged"]);
}

/// One row of the list ends before the night.
fn without(nth: usize) -> impl FnOnce(&mut Tables) {
    move |tables: &mut Tables| tables.categories[nth].to = Some(day("2023-12-01"))
}

/// Change and category of everybody on a published list.
fn changes(run: &Path) -> Vec<String> {
    let batches = TableFile::open(run, "subsidy_list").unwrap().batches().unwrap();
    let show = |row: Row<'_>| format!("{} {}", row.text("change"), row.text("category"));
    let mut shown: Vec<String> = batches.iter().flat_map(Row::all).map(show).collect();
    shown.sort();
    shown
}

#[test]
fn the_list_is_compared_with_the_one_that_was_published_last() {
    let out = tempfile::tempdir().unwrap();
    let (home, next) = (out.path().join("lengshi"), day("2023-12-21"));
    assert_eq!(list_before(&home, next, 2024), None, "there is no run");
    let run = publish_to(out.path(), &World::with(PEOPLE, 3, without(5)));
    assert_eq!(list_before(&home, day("2023-12-20"), 2024), None, "a night again is none before");
    assert_eq!(changes(&run), vec!["first dibao"; 5]);
    let tax = run.join("departments/tax.xlsx");
    assert_eq!(sheet_names(&tax)[..2], ["汇总", "资助标识名单"]);

    let before = list_before(&home, next, 2024).unwrap();
    assert_eq!((before.as_of.to_string().as_str(), before.rows.len()), ("2023-12-20", 5));
    assert!(before.rows.iter().all(|it| !it.name.is_empty() && it.id_number.len() == 18));
    assert_eq!(
        list_before(&home, next, 2025),
        None,
        "the list of another year is no list of before"
    );

    let world = World::after(Some(before), PEOPLE, 3, |tables| {
        without(0)(tables);
        tables.categories[1].label = tables.texts.intern("特困人员");
    });
    let run = publish_to(out.path(), &world);
    let expected = ["added dibao", "changed tekun", "kept dibao", "kept dibao", "kept dibao"];
    assert_eq!(changes(&run), [&expected[..], &["removed dibao"]].concat());
    let tax = run.join("departments/tax.xlsx");
    assert_eq!(sheet_names(&tax)[..3], ["变动", "汇总", "资助标识名单"]);
    let rows = sheet(&tax, "变动");
    assert_eq!(texts(&rows, "变动"), ["新增", "变更", "取消"]);
    assert_eq!(texts(&rows, "原资助类别"), ["", "低保对象", "低保对象"]);
    assert_eq!(texts(&rows, "资助类别"), ["低保对象", "特困人员", ""]);
    assert!(texts(&rows, "身份证号").iter().all(|it| it[6..14] == *"********"));
    assert_eq!(texts(&sheet(&tax, "资助标识名单"), "序号").len(), 5 + 1, "five and their sum");

    let before = list_before(&home, next, 2024).unwrap();
    assert_eq!(before.rows.len(), 5, "who was taken off is not on the list of before");
}

#[test]
fn a_list_that_collapses_is_no_mass_removal_and_breaches_a_control() {
    let (out, next) = (tempfile::tempdir().unwrap(), day("2023-12-21"));
    publish_to(out.path(), &World::new(PEOPLE, 3));
    let before = list_before(&out.path().join("lengshi"), next, 2024);
    let world = World::after(before, PEOPLE, 3, |tables| {
        tables.categories.iter_mut().for_each(|it| it.label = TextId::NONE);
    });
    let run = publish_to(out.path(), &world);
    assert_eq!(changes(&run), vec!["withheld dibao"; 6]);
    let breached = world.controls.iter().find(|it| it.name.code() == "subsidy-list-whole").unwrap();
    assert!(!breached.passed && !breached.is_ours());
    assert_eq!((breached.expected, breached.actual), (5, 0));
    let zh = breached.show(crate::diagnostic::Lang::Zh);
    assert!(zh.contains("应不少于 5，实为 0"), "{zh}");
    let tax = run.join("departments/tax.xlsx");
    assert_eq!(texts(&sheet(&tax, "变动"), "变动"), vec!["暂不取消"; 6]);
    let list = sheet(&tax, "资助标识名单");
    assert_eq!(texts(&list, "状态")[..6], vec!["暂不取消（已不在名单内）"; 6]);
    let again = list_before(&out.path().join("lengshi"), next, 2024).unwrap();
    assert_eq!(again.rows.len(), 6, "they still bear their mark");
}

#[test]
fn keepers_of_lists_get_their_uninsured_and_those_in_question() {
    let world = World::with(PEOPLE, 3, |tables| {
        tables.residents[41].status = RegistrationStatus::Dead;
        let label = tables.texts.intern("特困人员");
        tables.categories[3].label = label;
        let voucher = voucher(tables, 11);
        let paid = tables.payments.iter_mut().find(|it| it.voucher == voucher).unwrap();
        (paid.subsidised_fen, paid.category_label) = (19_000, label);
    });
    let (_out, folder) = published(&world);
    let workbook = folder.join("departments/civil-affairs.xlsx");
    assert_eq!(sheet_names(&workbook), ["名单内未参保人员", "身份存疑人员"]);
    let rows = sheet(&workbook, "名单内未参保人员");
    let mut cover = texts(&rows, "参保情况");
    cover.sort();
    assert_eq!(cover, ["已登记未缴费", "已登记未缴费", "应保未保", "应保未保"]);
    let (head, at) = column(&rows, "名单类别");
    let free = rows[head + 1..].iter().find(|it| it[at] == *"特困人员").unwrap();
    assert!(free.iter().any(|it| it.to_string().contains("全额资助")), "{free:?}");
    let rows = sheet(&workbook, "身份存疑人员");
    let mut doubts = texts(&rows, "存疑情形");
    doubts.sort();
    assert_eq!(doubts, ["已按特困人员资助，与应享受的类别不符", "死亡，仍在名单"]);
    assert!(texts(&rows, "证件号码").iter().all(|it| it.contains("********")));
    assert!(!folder.join("departments/disabled-federation.xlsx").exists());
}

#[test]
fn what_came_mid_year_is_listed_for_two_reviewers() {
    let mut world = World::new(PEOPLE, 3);
    let (_out, folder) = published(&world);
    assert!(!folder.join("departments/medical-insurance.xlsx").exists(), "nobody reviews it here");
    let clause = world.policy.windows.late.clause;
    let row = |person, on: &str, amount_fen, ground| MidYear {
        person: PersonId(person),
        on: day(on),
        amount_fen,
        ground,
        clause,
    };
    world.reports.mid_year = vec![
        row(3, "2024-02-01", Some(38_000), Ground::Exception),
        row(3, "2024-01-09", None, Ground::Unpaid),
    ];
    let (_out, folder) = published(&world);
    let rows = sheet(&folder.join("departments/medical-insurance.xlsx"), "中途参保待复核");
    let (head, _) = column(&rows, "情形");
    assert_eq!(texts(&rows, "情形")[1], "特殊情形：冷政发〔2023〕19号 三(一)1");
    assert_eq!(texts(&rows, "金额（元）"), ["", "380"]);
    let heads: Vec<String> = rows[head].iter().map(|it| it.to_string()).collect();
    assert_eq!(heads[7..], ["初审", "复审"]);
}

#[test]
fn who_got_an_identity_after_paying_is_listed_to_be_paid_back() {
    let mut world = World::new(PEOPLE, 3);
    let (category, _) = world.policy.categories.iter().next().unwrap();
    let clause = world.policy.subsidies.choice.clause;
    let record = world.identities.people[2].home;
    world.standings[2].reimbursement =
        Some(Entitlement { category, amount_fen: 19_000, clause, record });
    let (_out, folder) = published(&world);
    let rows = sheet(&folder.join("departments/medical-insurance.xlsx"), "事后资助");
    assert_eq!(texts(&rows, "新增身份"), ["特困人员"]);
    assert_eq!(texts(&rows, "事后资助（元）"), ["190"]);
    assert_eq!(texts(&rows, "依据"), ["冷政发〔2023〕19号 二(四)3"]);
}

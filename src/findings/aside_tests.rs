//! Rows that stand aside change nothing: neither who there is nor how anybody stands, nor what is
//! found.

use super::{find, testkit::*};
use crate::{
    identity::{PersonFile, PersonId},
    ledger::{Verdict, doubt::under_other_number, settle},
};

/// Somebody unpaid, somebody insured, an employee, somebody uninsured, somebody subsidised, a payer
/// whom nobody knows, somebody enrolled under another number.
const WORLD: &str = "
    household A 张三 village=南华村
    enrolment A 张三 year=2024 on=2023-09-10
    household B 李四 village=南华村
    enrolment B 李四 year=2024 on=2023-10-08
    payment   B 李四 year=2024 voucher=1 paid=380 on=2023-10-08
    household C 王五 village=南华村
    enrolment C 王五 year=2024 scheme=310 type=1101
    household D 赵六 village=南华村
    household E 孙七 village=南华村
    category  E 孙七 label=低保对象 from=2020-01-01
    enrolment E 孙七 year=2024 on=2023-10-08
    payment   E 孙七 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
    collection D 赵六 amount=380 on=2023-10-08
    payment   F 周八 year=2024 voucher=3 paid=190 subsidised=190 on=2023-10-08
    household G 尉迟敏之 village=文昌村委会
    enrolment H 尉迟敏之 village=文昌村委会 birth=1986-03-05 sex=male year=2024
    ";

/// Who there is, how they stand, and what is found.
fn said(world: &str) -> Vec<String> {
    on_world(INSIDE, world, |cx, run| {
        let name = |at: usize| run.tables.texts.get(run.people[at].name).to_string();
        let row = |at: &crate::tables::RecordId| run.tables.origins.of(*at).1;
        let mut said: Vec<String> = run
            .standings
            .iter()
            .enumerate()
            .map(|(at, it)| {
                let year = (it.group, it.last_year, it.step, it.verdict, it.doubt);
                let money = (it.due_fen, it.paid_fen, it.subsidised_fen, it.deadline);
                format!("{} {:?} {year:?} {money:?}", name(at), run.people[at].key)
            })
            .collect();
        said.extend(find(cx, run).iter().map(|it| {
            let whose = it.person.map(|it| name(it.0 as usize));
            let evidence: Vec<u32> = it.evidence.iter().map(row).collect();
            let money = (it.expected_fen, it.actual_fen);
            let text = (&it.case, it.owner, &it.detail);
            format!("{} {whose:?} {evidence:?} {money:?} {text:?}", it.rule.code)
        }));
        said.sort();
        said
    })
}

/// Checks that a row changes nothing as it stands, and something with another word in place of
/// `that`: else it would prove nothing.
#[track_caller]
fn check(row: &str, that: &str, others: &[&str]) {
    let with = |row: &str| said(&format!("{WORLD}{row}\n"));
    assert_eq!(with(row), said(WORLD), "{row}");
    let is_telling = others.iter().any(|it| with(&row.replace(that, it)) != said(WORLD));
    assert!(is_telling, "{row} proves nothing");
}

#[test]
fn a_payment_for_another_year_changes_nothing() {
    for row in [
        // Somebody unpaid, an employee and somebody uninsured paid last year.
        "payment A 张三 year=2023 voucher=7 paid=350 on=2022-10-08",
        "payment C 王五 year=2023 voucher=7 paid=350 on=2022-10-08",
        "payment D 赵六 year=2023 voucher=7 paid=350 on=2022-10-08",
        // A voucher of this year's, which repeats or takes back nothing.
        "payment B 李四 year=2023 voucher=1 paid=350 on=2022-10-08",
        "payment B 李四 year=2023 voucher=8 refers=1 kind=refund paid=350 on=2022-10-08",
        "payment A 张三 year=2023 voucher=8 kind=failed paid=350",
        // A subsidy for somebody on no list.
        "payment B 李四 year=2023 voucher=8 paid=175 subsidised=175 on=2022-10-08",
        // Somebody who has moved away, and somebody else's number.
        "payment Z 吴九 year=2023 voucher=7 paid=350 on=2022-10-08",
        "payment A 吴九 year=2023 voucher=7 paid=350 on=2022-10-08",
        // Rows that nobody will mend any more.
        "payment B - year=2023 voucher=7 paid=350 on=2022-10-08",
        "payment B 李四 year=2023 voucher=7 paid=350 on=2022-10-08 birth=1999-01-01",
        "payment B 李四 year=2023 voucher=7 paid=350 on=2022-10-08 village=天书村",
        "payment - 李四 year=2023 voucher=7 paid=350 state=wrong-check as-found=430923198103051010",
        "payment - 李四 year=2023 voucher=7 paid=350 state=exponent as-found=4.3E+17",
    ] {
        check(row, "year=2023", &["year=2024"]);
    }
}

#[test]
fn the_same_row_twice_is_no_fault_of_another_year() {
    let row = "payment B 李四 year=2023 paid=350 on=2022-10-08";
    check(&format!("{row}\n{row}"), "year=2023", &["year=2024"]);
}

#[test]
fn an_enrolment_in_maternity_insurance_changes_nothing() {
    for row in [
        "enrolment A 张三 year=2024 scheme=510",
        "enrolment B 李四 year=2024 scheme=510",
        "enrolment C 王五 year=2024 scheme=510 type=1101",
        "enrolment C 王五 year=2023 scheme=510 type=1101",
        "enrolment D 赵六 year=2024 scheme=510 type=1103",
        "enrolment D 赵六 year=2023 scheme=510 status=paused paused=2023-11-30 type=1101",
        "enrolment F 周八 year=2024 scheme=510",
        "enrolment G 尉迟敏之 year=2024 scheme=510",
        "enrolment Z 吴九 year=2024 scheme=510",
        "enrolment A 吴九 year=2024 scheme=510",
        "enrolment - 李四 year=2024 scheme=510 state=wrong-check as-found=430923198103051010",
    ] {
        check(row, "scheme=510", &["scheme=310", "scheme=390"]);
    }
}

/// The rows of a person stand in the order of files, and last year's may come first.
#[test]
fn a_voucher_of_another_year_repeats_nothing_that_comes_after_it() {
    let last_year = "payment B 李四 year=2023 voucher=1 paid=350 on=2022-10-08 source=earlier";
    let world = WORLD.replace("    payment   B", &format!("    {last_year}\n    payment   B"));
    on_world(INSIDE, &world, |cx, run| {
        assert!(find(cx, run).iter().all(|it| it.rule.code != "D08"));
        let paid = run.standings.iter().map(|it| it.paid_fen).sum::<i64>();
        on_world(INSIDE, WORLD, |_, run| {
            assert_eq!(run.standings.iter().map(|it| it.paid_fen).sum::<i64>(), paid);
        });
    });
}

#[test]
fn maternity_insurance_under_the_own_number_leaves_cover_under_another_a_question() {
    let world = "
        household B 李四
        enrolment A 张三 year=2024
        enrolment B 李四 year=2024 scheme=510
        enrolment B 李四 year=2024
        ";
    on_world(INSIDE, world, |cx, run| {
        let case = run.case(PersonId(0));
        let settled = settle(cx, &case.file);
        let under_other = |n_rows: usize| {
            let enrolments = &run.tables.enrolments[..n_rows];
            let file = PersonFile { enrolments, ..case.file };
            under_other_number(cx, case.person, &file, &settled).len()
        };
        assert_eq!([1, 2, 3].map(under_other), [1, 1, 0]);
    });
}

#[test]
fn maternity_insurance_is_no_cover_wherever_it_is_stated() {
    let world = "
        household A 张三 village=南华村 birth=1980-03-05
        enrolment A 张三 year=2024 scheme=510
        elsewhere A 张三 scheme=510 to=2024-12-31
        payment   A 张三 year=2024 voucher=1 scheme=510 paid=380 on=2023-10-08
        ";
    on_world(INSIDE, world, |_, run| {
        assert_eq!(run.standings[0].verdict, Verdict::Unenrolled);
    });
}

/// What was paid for another year while this year's fee was taken explains why it is missing.
#[test]
fn arrears_paid_since_the_window_opened_are_told_of() {
    let last_year = "payment A 张三 year=2023 voucher=7 paid=350 on=2023-08-31";
    assert_eq!(said(&format!("{WORLD}{last_year}\n")), said(WORLD));
    let late = "payment A 张三 year=2023 voucher=7 paid=350 on=2023-09-01";
    let (with, without) = (said(&format!("{WORLD}{late}\n")), said(WORLD));
    let changed: Vec<&String> = with.iter().filter(|it| !without.contains(it)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].contains("E02") && changed[0].contains("其他年度"), "{changed:?}");
}

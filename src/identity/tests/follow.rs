//! Rows that stand aside: they are somebody's whom others describe, or nobody's.

use proptest::prelude::*;

use super::{check, lines, order, tables};
use crate::identity::{LinkMethod, PersonId, identify, tests::setting};

/// By what the last row came to its person; nothing where it is nobody's.
fn method(world: &str) -> Option<LinkMethod> {
    let lines = lines(world);
    let tables = tables(&lines);
    let last = tables.origins.rows.iter().position(|it| it.row as usize == lines.len());
    let link = identify(&tables, &setting()).links[last.unwrap()];
    (link.person != PersonId::NOBODY).then_some(link.method)
}

#[test]
fn a_row_follows_by_its_number_and_an_agreeing_name() {
    let check = |row: &str, expected| {
        let world = format!(
            "household 19800305/101 张晓明 former=李铁柱
             enrolment 19800305/133:slip 王芳
             birth 19850305/104 赵敏之子
             household 19900305/101 -
             enrolment H12345678 周立
             {row}"
        );
        assert_eq!(method(&world), expected, "{row}");
    };
    for year in ["2023", "2025"] {
        let pay = |id_and_name: &str| format!("payment {id_and_name} year={year}");
        check(&pay("19800305/101 张晓明"), Some(LinkMethod::IdAndName));
        check(&pay("19800305/101 张小明"), Some(LinkMethod::IdAndSimilarName));
        check(&pay("19800305/101 李铁柱"), Some(LinkMethod::IdAndName));
        check(&pay("19800305/101 -"), Some(LinkMethod::IdOnly));
        check(&pay("19800305/101 王建国"), None);
        check(&pay("19800305/101:slip 张晓明"), None);
        check(&pay("19800305/101:tail 张晓明"), None);
        check(&pay("19800305/133:slip 王芳"), Some(LinkMethod::SameDamagedId));
        check(&pay("19800305/133:slip 王建国"), None);
        check(&pay("19850305/104 赵一鸣"), Some(LinkMethod::IdAndSimilarName));
        check(&pay("19900305/101 周立"), Some(LinkMethod::IdOnly));
        check(&pay("H12345678 周立"), Some(LinkMethod::Certificate));
        check(&pay("- 张晓明"), None);
        check(&pay("19700305/101 张晓明"), None);
    }
    check("enrolment 19800305/101 张晓明 scheme=510", Some(LinkMethod::IdAndName));
}

/// Two people bear the number with names that both agree: nobody can say whose it is.
#[test]
fn a_row_that_fits_two_is_nobodys() {
    let two = "household 19800305/101 张伟 birth=1980-03-05
               household 19800305/101 张玮敏 birth=1990-03-05";
    assert_eq!(
        method(&format!("{two}\npayment 19800305/101 张伟 year=2023")),
        Some(LinkMethod::IdAndName)
    );
    assert_eq!(method(&format!("{two}\npayment 19800305/101 - year=2023")), None);
}

#[test]
fn rows_that_stand_aside_are_no_persons_among_themselves() {
    check("payment 19800305/101 张伟 year=2023\npayment 19800305/101 张伟 year=2023", "");
    check("payment 19800305/101 张伟 year=2024\npayment 19800305/101 张伟 year=2023", "1 2");
    check("payment 19800305/101 张伟 year=0\npayment 19800305/101 张伟 year=2023", "1 2");
    // A name that both know does not make two rows with another number one person.
    check(
        "household 19800305/101 张伟 place=1
         payment 19800305/101:slip 张伟 place=1 year=2023
         payment 19800305/101:slip 张伟 place=1 year=2022",
        "1",
    );
}

/// A row that says less: another year's payment, or maternity insurance.
fn aside() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["payment year=2023", "enrolment scheme=510"]);
    (order::row(), kind).prop_map(|(row, kind)| {
        let (kind, own) = kind.split_once(' ').unwrap();
        let said = row.split_once(' ').unwrap().1;
        format!("{kind} {said} {own}")
    })
}

proptest! {
    #[test]
    fn who_is_who_does_not_depend_on_rows_that_stand_aside(
        rows in prop::collection::vec(order::row(), 1..8),
        aside in prop::collection::vec(aside(), 1..5),
    ) {
        let all = [&rows[..], &aside[..]].concat();
        let of_rows = |all: &[String]| order::said_of(all, rows.len());
        prop_assert_eq!(of_rows(&all), of_rows(&rows));
    }
}

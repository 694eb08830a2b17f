//! # Q06 row_repeated
//!
//! ## 说明
//! 同一来源里有内容完全相同的两行。
//!
//! ## What it finds
//! Two rows of one source about one person that say exactly the same.
//!
//! ## Why it matters
//! Counted twice, they distort every total.
//!
//! ## Example
//! The same line of the 低保 list twice.
//!
//! ## What to do
//! The supplier removes one.
//!
//! ## Limits
//! Rows without a certificate are not compared. The lists of two months name the same people.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
    tables::{RecordId, Row, SourceKind},
};

pub static RULE: Rule = Rule {
    code: "Q06",
    name: "row_repeated",
    zh: "同一来源重复行",
    owner: Owner::MedicalInsurance,
    priority: Priority::Low,
    find: Find::Person(row_repeated),
    source: include_str!("row_repeated.rs"),
};

/// Groups of repeated rows, each with its kind.
type Repeated = Vec<(SourceKind, Vec<RecordId>)>;

fn row_repeated(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let file = &case.file;
    let mut repeated = Repeated::new();
    collect(cx, file.residents, &mut repeated);
    collect(cx, file.permits, &mut repeated);
    collect(cx, file.births, &mut repeated);
    collect(cx, file.deaths, &mut repeated);
    collect(cx, file.categories, &mut repeated);
    collect(cx, file.students, &mut repeated);
    let enrolments = file.enrolments.iter().filter(|it| !it.is_aside());
    collect(cx, enrolments, &mut repeated);
    let payments = file.payments.iter().filter(|it| !it.is_aside(cx.policy.year));
    collect(cx, payments, &mut repeated);
    collect(cx, file.collections, &mut repeated);
    collect(cx, file.elsewhere, &mut repeated);
    collect(cx, file.exemptions, &mut repeated);
    for (kind, rows) in repeated {
        let count = rows.len();
        let detail = cx.say(
            || format!("同一来源中{count}行内容完全相同"),
            || format!("{count} rows of one source say exactly the same"),
        );
        let source = cx.origins.of(rows[0]).0.source_name.clone();
        found.push(
            Finding::new(&RULE, case.id, rows, detail).case(source).owner(Owner::of_source(kind)),
        );
    }
}

/// The groups of rows of one source that are the same but for where they stand.
fn collect<'a, R: Row + PartialEq + 'a>(
    cx: &Context<'_>,
    rows: impl IntoIterator<Item = &'a R>,
    repeated: &mut Repeated,
) {
    let rows: Vec<&R> = rows.into_iter().collect();
    let source = |row: &R| {
        let part = cx.origins.of(row.subject().record).0;
        (part.source, part.month)
    };
    let is_same = |a: &R, b: &R| {
        let mut moved = *b;
        moved.subject_mut().record = a.subject().record;
        source(a) == source(b) && *a == moved
    };
    for (at, row) in rows.iter().enumerate() {
        if rows[..at].iter().any(|it| is_same(it, row)) {
            continue;
        }
        let again = rows[at + 1..].iter().filter(|it| is_same(row, it));
        let records: Vec<RecordId> =
            std::iter::once(row).chain(again).map(|it| it.subject().record).collect();
        if records.len() > 1 {
            repeated.push((R::KIND, records));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn only_the_same_words_in_the_same_source_are_repeated() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=低保对象 from=2020-01-01
            category A 张三 label=低保对象 from=2020-01-01
            category B 李四 label=低保对象 from=2020-01-01
            category B 李四 label=低保对象 from=2021-01-01
            category C 王五 label=低保对象 source=民政
            category C 王五 label=低保对象 source=乡村振兴
            household - 赵六
            household - 赵六
            ",
            "张三 1 2 [category]",
        );
    }
}

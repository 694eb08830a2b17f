//! # P04 total_disagrees
//!
//! ## 说明
//! 缴费文件自带的合计行与明细加总不一致，可能漏行、重行或被改动。
//!
//! ## What it finds
//! A total row of a payment file that differs from the sum of its rows.
//!
//! ## Why it matters
//! A file that does not add up has lost or gained rows on its way here.
//!
//! ## Example
//! 合计 1,520,000.00 over rows that sum to 1,519,620.00.
//!
//! ## What to do
//! Ask the tax bureau for the file again.
//!
//! ## Limits
//! Only totals that the file itself states can be compared. Rejected rows may explain a
//! difference; they are published beside. A file of another year alone is left out: the control
//! `stated-total` says what is wrong with it.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule, RunView},
    ingest::{StatedTotal, Unit},
    ledger::Context,
    tables::{Origin, PartId, Payment, SourceKind},
};

pub static RULE: Rule = Rule {
    code: "P04",
    name: "total_disagrees",
    zh: "合计与明细不符",
    owner: Owner::Tax,
    priority: Priority::High,
    find: Find::Run(total_disagrees),
    source: include_str!("total_disagrees.rs"),
};

fn total_disagrees(cx: &Context<'_>, run: &RunView<'_>, found: &mut Vec<Finding>) {
    for account in run.accounts.iter().filter(|it| it.kind == SourceKind::Payment) {
        let part = &run.tables.origins.parts[account.part.0 as usize];
        let wrong: Vec<&StatedTotal> =
            account.totals.iter().filter(|it| it.stated != it.counted).collect();
        if wrong.is_empty() || is_of_other_year(cx, run, account.part) {
            continue;
        }
        for totals in wrong.chunk_by(|a, b| a.row == b.row) {
            let row = totals[0].row;
            let columns: Vec<&str> = totals.iter().map(|it| it.column.as_str()).collect();
            let columns = columns.join("、");
            let detail = cx.say(
                || format!("第{row}行“{columns}”合计与明细不符"),
                || format!("the total of {columns} in row {row} differs from its rows"),
            );
            let case = format!("{}|{}|{row}", part.file, part.sheet);
            let mut finding = Finding::new(&RULE, None, [], detail).case(case);
            finding.other_row = Some(Origin { part: account.part, row });
            let money = totals.iter().filter(|it| it.unit == Unit::Fen);
            if let Some(total) = money.max_by_key(|it| (it.stated - it.counted).abs()) {
                finding = finding.amounts(Some(total.counted), Some(total.stated));
            }
            found.push(finding);
        }
    }
}

/// Whether a file has rows, and all of them are for another year.
fn is_of_other_year(cx: &Context<'_>, run: &RunView<'_>, part: PartId) -> bool {
    let is_there =
        |it: &&Payment| run.tables.origins.rows[it.subject.record.0 as usize].part == part;
    let mut rows = run.tables.payments.iter().filter(is_there).peekable();
    rows.peek().is_some() && rows.all(|it| it.is_aside(cx.policy.year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_total_that_does_not_add_up_is_found_at_its_row() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=380
            total payment stated=380 counted=380
            total payment stated=760 counted=380.01
            total collection stated=1 counted=2
            ",
            "- 3 [payment||3] 380.01/760",
        );
    }

    #[test]
    fn a_file_of_another_year_alone_is_left_out() {
        let total = "total payment stated=760 counted=380";
        let last = "payment A 张三 year=2023 voucher=1 paid=380";
        check(&RULE, INSIDE, &format!("{last}\n{total}"), "");
        let this = "payment A 张三 year=2024 voucher=2 paid=380";
        check(&RULE, INSIDE, &format!("{last}\n{this}\n{total}"), "- 3 [payment||3] 380/760");
    }
}

//! # S03 subsidised_at_wrong_standard
//!
//! ## 说明
//! 享受了资助，但标准不对：有多重身份却按较低标准，或几个身份的资助叠加了。
//!
//! ## What it finds
//! A subsidised payment of an entitled person at another amount than the highest standard of the
//! identities held on that day: a lower one, or several added up.
//!
//! ## Why it matters
//! Of several identities the highest counts, alone.
//!
//! ## Example
//! 特困 and 低保 at once, subsidised 190 where 380 was due.
//!
//! ## What to do
//! Correct the marked identity and settle the difference.
//!
//! ## Limits
//! Part payments of one year are added up before they are compared.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, cover, entitlement::entitlement_on, exempt, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S03",
    name: "subsidised_at_wrong_standard",
    zh: "资助标准不符",
    owner: Owner::MedicalInsurance,
    priority: Priority::Medium,
    find: Find::Person(subsidised_at_wrong_standard),
    source: include_str!("subsidised_at_wrong_standard.rs"),
};

fn subsidised_at_wrong_standard(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on.filter(|_| settled.subsidised_fen > 0) else { return };
    let is_other_rule = exempt::exit_before(cx, &case.file, paid_on).is_some()
        || cover::employee_on(cx, &case.file, paid_on).is_some();
    let Some(entitled) = entitlement_on(cx, &case.file, paid_on) else { return };
    let (expected, actual) = (entitled.amount_fen, settled.subsidised_fen);
    if is_other_rule || expected == actual {
        return;
    }
    let category = &cx.policy.categories.get(entitled.category).name;
    let detail = cx.say(
        || match actual < expected {
            true => format!("应按{category}标准资助，实际按较低标准"),
            false => format!("应只按{category}标准资助，实际多享受或叠加"),
        },
        || format!("the standard of {category} counts, alone"),
    );
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.chain([entitled.record]).collect();
    found.push(Finding::new(&RULE, case.id, rows, detail).amounts(Some(expected), Some(actual)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn the_lower_of_two_and_the_sum_of_two_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=特困人员 from=2020-01-01
            category A 张三 label=低保对象 from=2020-01-01
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01
            category B 李四 label=脱贫不稳定户 from=2020-01-01
            payment  B 李四 year=2024 voucher=2 paid=0 subsidised=380 on=2023-10-08
            ",
            "
            张三 1 3 380/190
            李四 4 6 190/380
            ",
        );
    }

    #[test]
    fn the_highest_standard_alone_is_right() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=特困人员 from=2020-01-01
            category A 张三 label=低保对象 from=2020-01-01
            payment  A 张三 year=2024 voucher=1 paid=0 subsidised=380 on=2023-10-08
            category B 李四 label=特困人员 from=2023-10-09
            category B 李四 label=低保对象 from=2020-01-01
            payment  B 李四 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
            ",
            "",
        );
    }
}

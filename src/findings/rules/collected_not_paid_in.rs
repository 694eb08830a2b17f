//! # P05 collected_not_paid_in
//!
//! ## 说明
//! 村里的代收台账已记收款，超过宽限天数仍没有税务缴费记录。
//!
//! ## What it finds
//! Money in a village collector's register whose payment has not reached the tax feed after the
//! grace days.
//!
//! ## Why it matters
//! The person has paid and is not insured; the money lies somewhere.
//!
//! ## Example
//! Collected on 10 December, nothing in the feed on 20 December with seven days of grace.
//!
//! ## What to do
//! The collector shows the tax receipt or pays in today.
//!
//! ## Limits
//! Nothing is late where `scope.toml` has no `[[collection]]`: nobody has set a time.
//! A payment made under a wrong id counts as missing until linkage finds it. Money noted under
//! an unusable id of nobody known is Q01.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    identity::PersonFile,
    ledger::{Case, Context, Fate, settle},
    tables::{Collection, RecordId},
};
use chrono::Days;

pub static RULE: Rule = Rule {
    code: "P05",
    name: "collected_not_paid_in",
    zh: "代收未入库",
    owner: Owner::Township,
    priority: Priority::High,
    find: Find::Person(collected_not_paid_in),
    source: include_str!("collected_not_paid_in.rs"),
};

fn collected_not_paid_in(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_somebody = case.person.id.is_some() || evidence::is_known(case);
    // Money in the file of somebody who probably is the same has arrived as well.
    let has_arrived = || case.files().any(|it| has_arrived(cx, it));
    if case.file.collections.is_empty() || !is_somebody || has_arrived() {
        return;
    }
    let Some(rule) = &cx.policy.scope.collection else { return };
    let grace = Days::new(u64::from(rule.value.grace_days));
    let is_late = |row: &&Collection| {
        let last_day = row.collected_on.and_then(|day| day.checked_add_days(grace));
        row.amount_fen > 0 && last_day.is_none_or(|day| day < cx.as_of)
    };
    let late: Vec<&Collection> = case.file.collections.iter().filter(is_late).collect();
    if late.is_empty() {
        return;
    }
    let collected: i64 = late.iter().map(|it| it.amount_fen).sum();
    let rows: Vec<RecordId> = late.iter().map(|it| it.subject.record).collect();
    let first = late.iter().filter_map(|it| it.collected_on).min();
    let since = first.map(|it| it.to_string()).unwrap_or_default();
    let detail = cx.say(
        || format!("{since}村级已代收，税务缴费数据中没有"),
        || format!("collected by the village {since}, not in the tax feed"),
    );
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .amounts(Some(collected), Some(0))
            .deadline(case.standing.deadline),
    );
}

/// Whether the money has been in the feed, returned since or not.
fn has_arrived(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    settle(cx, file).fates.iter().any(|it| matches!(it, Fate::Valid | Fate::Undone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn the_day_after_the_grace_days_is_late() {
        check(
            &RULE,
            INSIDE,
            "
            collection A 张三 amount=380 on=2023-12-12
            collection B 李四 amount=380 on=2023-12-13
            collection C 王五 amount=380 on=2023-10-01
            payment    C 王五 year=2024 voucher=1 paid=380 on=2023-10-08
            collection D 赵六 amount=380 on=2023-10-01
            payment    D 赵六 year=2024 voucher=2 kind=failed paid=380 on=2023-10-08
        collection E 孙七 amount=380 on=2023-10-01
        payment    E 孙七 year=2024 voucher=3 paid=380 on=2023-10-08
        payment    E 孙七 year=2024 voucher=4 refers=3 kind=refund paid=380 on=2023-10-09
            ",
            "
            张三 1 380/0
            赵六 5 380/0
            ",
        );
    }
}

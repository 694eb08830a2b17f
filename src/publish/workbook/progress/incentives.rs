//! Rewards, penalties and grades in words.

use crate::{
    clean::money::yuan,
    policy::{Each, Grade, Incentive, InsuredBy, WholeHousehold},
};

/// An incentive as a sentence: whom, when, how many, how much.
pub(super) fn incentive(it: &Incentive) -> String {
    let mut clauses = vec![format!("对象：{}", it.place.zh())];
    let done = it.counted.zh();
    clauses.extend(match (it.from_percent, it.below_percent) {
        (Some(percent), _) => Some(format!("{done}达到任务数的{percent}%")),
        (_, Some(percent)) => Some(format!("{done}不足任务数的{percent}%")),
        (None, None) => None,
    });
    if let (Some(first), Some(by)) = (it.first_places, it.first_by) {
        clauses.push(format!("只取{}的前{first}个", by.zh()));
    }
    clauses.extend(amount(it));
    clauses.extend(it.points.map(|it| format!("百分点的计法：{}", it.zh())));
    clauses.extend(Some(it.remark.clone()).filter(|it| !it.is_empty()));
    format!("{}。", clauses.join("；"))
}

/// What each is worth; nothing where it is no money.
fn amount(it: &Incentive) -> Option<String> {
    let each = match it.each {
        Each::Person => format!("每一{}", it.counted.zh().trim_end_matches("人数")) + "人员",
        Each::MissingPoint | Each::Place => it.each.zh().to_string(),
    };
    let verb = if it.amount_fen < 0 { "扣" } else { "奖" };
    let fen = it.amount_fen.abs();
    match it.amount_to_fen.map(i64::abs).filter(|to| *to != fen) {
        Some(to) => Some(format!("{each}{verb}{}～{}元", yuan(fen), yuan(to))),
        None if fen == 0 => None,
        None => Some(format!("{each}{verb}{}元", yuan(fen))),
    }
}

/// A grade as a sentence.
pub(super) fn grade(it: &Grade) -> String {
    let (place, insurance, done) = (it.place.zh(), it.insurance.zh(), it.counted.zh());
    format!("对象：{place}；{insurance}{done}达到任务数的{}%，为此等次。", it.from_percent)
}

/// When a household is insured as a whole, and what comes of it.
pub(in crate::publish::workbook) fn whole_household(it: &WholeHousehold) -> String {
    let ways: Vec<&str> = it.insured_by.iter().map(|it: &InsuredBy| it.zh()).collect();
    let how = format!(
        "户内应保成员全部已参保（{}均可），且至少一人为居民参保的，为整户参保。",
        ways.join("、")
    );
    match it.reward.is_empty() {
        true => how,
        false => format!("{how}激励：{}。", it.reward.trim_end_matches('。')),
    }
}

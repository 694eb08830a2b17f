//! What the operator sees at the end of a run: the same figures as the report page, short.

use super::count;
use crate::{
    config::Pipeline,
    diagnostic::Lang,
    report::{ranking::Far, summary::Summary},
    run::Outcome,
};

/// The night in some lines.
pub(super) fn lines(
    pipeline: &Pipeline,
    outcome: &Outcome,
    seconds: f64,
    lang: Lang,
) -> Vec<String> {
    let it = &outcome.summary;
    let found: Vec<String> = outcome
        .findings
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(rule, count)| format!("{} {count}", rule.code))
        .collect();
    let mut lines = vec![read(pipeline, outcome, seconds, lang), covered(it, lang), paid(it, lang)];
    lines.extend(places(it, lang));
    lines.push(open(it, lang));
    lines.push(match lang {
        Lang::Zh => format!("问题：{}", found.join("  ")),
        Lang::En => format!("findings: {}", found.join("  ")),
    });
    lines
}

fn read(pipeline: &Pipeline, outcome: &Outcome, seconds: f64, lang: Lang) -> String {
    let (title, year) = (&pipeline.title, pipeline.insurance_year);
    let [rows, persons] = [outcome.n_rows as i64, outcome.n_persons as i64].map(count);
    let (rejected, day) = (outcome.n_rejected, outcome.summary.day);
    match lang {
        Lang::Zh => format!(
            "{title} {year}年度：读入 {rows} 行（退回 {rejected} 行），{persons} 人，最近一天 {day}，用时 {seconds:.1} 秒"
        ),
        Lang::En => format!(
            "{title}, coverage year {year}: {rows} rows read ({rejected} rejected), {persons} people, last day {day}, {seconds:.1} s"
        ),
    }
}

fn covered(it: &Summary, lang: Lang) -> String {
    let all = rate(it.covered, it.liable);
    let priority = rate(it.priority_covered, it.priority_liable);
    let [covered, liable, priority_covered, priority_liable] =
        [it.covered, it.liable, it.priority_covered, it.priority_liable].map(count);
    match lang {
        Lang::Zh => format!(
            "已保 {covered}／应保 {liable}（{all}），其中困难群众 {priority_covered}／{priority_liable}（{priority}）"
        ),
        Lang::En => format!(
            "covered {covered} of {liable} to be insured ({all}), hardship groups {priority_covered} of {priority_liable} ({priority})"
        ),
    }
}

fn paid(it: &Summary, lang: Lang) -> String {
    let [paid, day, week] = [it.paid, it.paid_day, it.paid_week].map(count);
    let target = it.target.map(|target| (rate(it.done, target), count(target)));
    let mut line = match lang {
        Lang::Zh => format!("居民缴费 {paid} 人，最近一天 +{day}，最近七天 +{week}"),
        Lang::En => format!("{paid} residents have paid, last day +{day}, last seven days +{week}"),
    };
    if let Some((rate, target)) = target {
        line.push_str(&match lang {
            Lang::Zh => format!("；任务 {target}，完成 {rate}"),
            Lang::En => format!("; target {target}, completed {rate}"),
        });
    }
    line
}

/// The first and the last of the ranking.
fn places(it: &Summary, lang: Lang) -> Option<String> {
    let named = |places: &[(String, Far)]| {
        let named = places.iter().map(|(name, far)| format!("{name} {}", rate(far.done, far.of)));
        named.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
    };
    if it.last.is_empty() {
        return None;
    }
    let (first, last) = (named(&it.first), named(&it.last));
    Some(match lang {
        Lang::Zh => format!("最快：{first}；最慢：{last}"),
        Lang::En => format!("first: {first}; last: {last}"),
    })
}

/// What is still to be done.
fn open(it: &Summary, lang: Lang) -> String {
    let [unenrolled, unpaid, unregistered, review] =
        [it.unenrolled, it.registered_unpaid, it.paid_unregistered, it.review].map(count);
    match lang {
        Lang::Zh => format!(
            "应保未保 {unenrolled} 人；已登记未缴费 {unpaid}，已缴费未登记 {unregistered}，待核实 {review}"
        ),
        Lang::En => format!(
            "should be insured and are not: {unenrolled}; registered and unpaid {unpaid}, paid and unregistered {unregistered}, to be checked {review}"
        ),
    }
}

fn rate(done: i64, of: i64) -> String {
    Far { done, of }.rate().map_or("—".to_string(), |it| it.to_string())
}

//! The words for tables, keys and values of policy files, as county staff read them.

use super::{
    benefit::{StudentKind, WaitsFrom},
    category::Categories,
    counted::{Counted, Insurance},
    exception::{Event, Proof},
    flexible::Paid,
    incentive::{Each, FirstBy, InsuredBy, Points, Rewarded},
    scope::{ScopeGroup, StudentsInsured},
    start::CountsFrom,
    subsidy::{AddedInside, Choose},
    target::TargetFrom,
    window::Price,
};

/// Files, tables and keys. A word that is not here is shown as it stands in the file.
const WORDS: &[(&str, &str)] = &[
    ("scope", "参保范围"),
    ("fee", "缴费标准"),
    ("window", "缴费期"),
    ("benefit", "待遇期"),
    ("exceptions", "缴费期外参保"),
    ("exception", "特殊情形"),
    ("subsidy", "资助"),
    ("flexible", "灵活就业"),
    ("target", "目标"),
    ("newborn", "新生儿"),
    ("collection", "村级代收"),
    ("individual", "个人缴费"),
    ("fiscal", "财政补助"),
    ("late", "逾期"),
    ("mid_year_review", "中途参保两级复核"),
    ("year", "参保年度"),
    ("student", "学生"),
    ("waiting", "等待期"),
    ("choice", "资助规则"),
    ("contribution", "缴费"),
    ("wage", "社会平均工资"),
    ("supplement", "大额补充保险"),
    ("first", "首次参保"),
    ("arrears", "欠费"),
    ("switch", "转换"),
    ("group", "各类对象"),
    ("groups", "对象"),
    ("students_away", "在外就读的参保地"),
    ("permit_needs_certificate", "居住证须附未参保证明"),
    ("younger_than_months", "小于（月龄）"),
    ("grace_days", "宽限（天）"),
    ("notice_year", "文件年度"),
    ("amount_fen", "金额（元）"),
    ("opens", "开始"),
    ("closes", "截止（含）"),
    ("announced", "公布"),
    ("price", "标准"),
    ("cover", "待遇开始"),
    ("from", "起"),
    ("to", "止（含）"),
    ("until", "止（含）"),
    ("entered_from", "入学不早于"),
    ("cover_from", "待遇起"),
    ("cover_to", "待遇止（含）"),
    ("fixed_months", "固定等待期（月）"),
    ("months_per_lapsed_year", "每多断一年加（月）"),
    ("lapsed_years_offset", "不计变动等待期的断保年数"),
    ("counts_lapses_from", "断保起算年度"),
    ("months_per_repaired_year", "每修复一年减（月）"),
    ("long_lapse_years", "长期断保（年）"),
    ("long_lapse_least_months", "长期断保等待期不少于（月）"),
    ("counts_from", "起算日"),
    ("exempt", "免等待期"),
    ("within_days", "期限（天）"),
    ("within_months", "期限（月）"),
    ("event_day", "事由当日计入"),
    ("event_from", "事由不早于"),
    ("proof", "须证明"),
    ("choose", "多重身份"),
    ("added_inside_window", "缴费后窗口期内新增身份"),
    ("fund", "资金来源"),
    ("share_percent", "资助比例（%）"),
    ("priority", "优先级"),
    ("rate_basis_points", "费率（万分之）"),
    ("base_percent", "基数占平均工资（%）"),
    ("monthly_fen", "月工资（元）"),
    ("compulsory", "必须参加"),
    ("paid", "缴纳方式"),
    ("benefit_after_months", "连续缴费后享受（月）"),
    ("chronic_after_months", "连续缴费后可申办慢性病（月）"),
    ("repay_up_to_months", "可补缴续保（月，含）"),
    ("wait_months", "等待期（月）"),
    ("continuous_years", "连续参保（年，含）"),
    ("gap_months", "中断不超过（月，含）"),
    ("incentive", "奖惩"),
    ("grade", "等次"),
    ("whole_household", "整户参保"),
    ("place", "对象"),
    ("counted", "计算"),
    ("insurance", "险种"),
    ("from_percent", "完成率不低于（%）"),
    ("below_percent", "完成率低于（%）"),
    ("first_places", "仅前几名"),
    ("first_by", "名次按"),
    ("each", "计发单位"),
    ("points", "百分点计法"),
    ("amount_to_fen", "金额上限（元）"),
    ("insured_by", "成员参保方式"),
    ("reward", "奖励"),
    ("remark", "同时"),
    ("measured_by", "任务数依据"),
    ("overall_percent", "总参保率（%）"),
    ("must_be_covered_percent", "困难群众参保率（%）"),
    ("identity_accuracy_percent", "信息准确率（%）"),
    ("on", "固定日"),
    ("after", "自"),
    ("months", "后几个月"),
    ("days", "后几天"),
    ("next_month", "次月1日"),
];

/// The word for a file, table or key.
pub fn key_words(key: &str) -> &str {
    WORDS.iter().find(|(it, _)| *it == key).map_or(key, |(_, zh)| zh)
}

/// Where a key stands among others of its row; what nobody knows stands last.
pub(super) fn key_order(key: &str) -> usize {
    WORDS.iter().position(|(it, _)| *it == key).unwrap_or(WORDS.len())
}

/// A value in words: codes by their names, formulas word by word. The key decides where one code
/// has two names.
pub fn value_words(key: &str, value: &str, categories: &Categories) -> String {
    let words = |part| match key {
        "insured_by" => InsuredBy::from_code(part).map(|it| it.zh().to_string()),
        "insurance" => Insurance::from_code(part).map(|it| it.zh().to_string()),
        _ => None,
    };
    let parts = value.split(", ");
    let parts = parts.map(|part| words(part).unwrap_or_else(|| part_words(part, categories)));
    parts.collect::<Vec<_>>().join("，")
}

fn part_words(part: &str, categories: &Categories) -> String {
    if let Some((key, value)) = part.split_once(' ')
        && key_words(key) != key
    {
        return match (key, value) {
            ("next_month", "true") => "次月1日".to_string(),
            ("months", months) => format!("满{months}个月"),
            ("days", days) => format!("满{days}天"),
            ("after", from) => format!("自{}", part_words(from, categories)),
            ("on", day) => day.to_string(),
            _ => format!("{}{}", key_words(key), part_words(value, categories)),
        };
    }
    let category = || categories.iter().find(|(_, it)| it.code == part).map(|it| it.1.name.clone());
    let known = [
        Price::from_code(part).map(Price::zh),
        Event::from_code(part).map(Event::zh),
        Proof::from_code(part).map(Proof::zh),
        CountsFrom::from_code(part).map(CountsFrom::zh),
        WaitsFrom::from_code(part).map(WaitsFrom::zh),
        StudentKind::from_code(part).map(StudentKind::zh),
        ScopeGroup::from_code(part).map(ScopeGroup::zh),
        StudentsInsured::from_code(part).map(StudentsInsured::zh),
        Choose::from_code(part).map(Choose::zh),
        AddedInside::from_code(part).map(AddedInside::zh),
        Paid::from_code(part).map(Paid::zh),
        Rewarded::from_code(part).map(Rewarded::zh),
        Counted::from_code(part).map(Counted::zh),
        Each::from_code(part).map(Each::zh),
        Points::from_code(part).map(Points::zh),
        FirstBy::from_code(part).map(FirstBy::zh),
        TargetFrom::from_code(part).map(TargetFrom::zh),
        (part == "true").then_some("是"),
        (part == "false").then_some("否"),
    ];
    let known = known.into_iter().flatten().next().map(str::to_string);
    known.or_else(category).unwrap_or_else(|| part.to_string())
}

//! The columns that are added to a list, and what they say of a row.

use chrono::NaiveDate;

use super::{
    Lookup,
    matching::{Matched, Outcome},
    people::Known,
};
use crate::{
    diagnostic::Lang,
    findings::RULES,
    ledger::{Group, Step, Verdict},
    tables::Scheme,
};

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// Any number of the list's own.
    Number(f64),
    Fen(i64),
    Date(NaiveDate),
    Empty,
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }
}

impl From<Option<NaiveDate>> for Value {
    fn from(date: Option<NaiveDate>) -> Value {
        date.map_or(Value::Empty, Value::Date)
    }
}

/// The heads of the added columns, with their widths in characters.
const HEADS: [(&str, &str, u32); 17] = [
    ("匹配", "match", 16),
    ("匹配依据", "matched by", 22),
    ("参保结论", "verdict", 14),
    ("参保险种", "scheme", 22),
    ("参保地", "insured at", 16),
    ("参保登记日期", "enrolled on", 13),
    ("待遇起始日", "cover from", 13),
    ("缴费日期", "paid on", 13),
    ("个人缴费（元）", "paid (yuan)", 12),
    ("资助（元）", "subsidised (yuan)", 12),
    ("人群", "group", 12),
    ("所在乡镇", "township", 14),
    ("所在村（社区）", "village", 14),
    ("未结问题", "open findings", 36),
    ("下一步", "next step", 24),
    ("核对年度", "year looked up", 9),
    ("数据截止", "as of", 13),
];

/// The heads in a language.
pub(super) fn heads(lang: Lang) -> impl Iterator<Item = (&'static str, u32)> {
    HEADS.iter().map(move |(zh, en, width)| (if lang == Lang::Zh { *zh } else { *en }, *width))
}

/// A code's Chinese name, or in English the code itself; one that is not known as it is.
fn word(lang: Lang, code: &str, zh: Option<&'static str>) -> Value {
    match (lang, zh) {
        (Lang::Zh, Some(zh)) => zh.to_string().into(),
        (Lang::Zh, None) => code.to_string().into(),
        (Lang::En, _) => code.replace('-', " ").into(),
    }
}

/// What is said of a row, a value a head.
pub(super) fn values(lookup: &Lookup, matched: &Matched, lang: Lang) -> Vec<Value> {
    let Matched { outcome, person, .. } = *matched;
    let mut values = vec![word(lang, outcome.code(), Some(outcome.zh())), basis(matched, lang)];
    match person {
        Some(person) => {
            let known = &lookup.people.known[person];
            values.extend(cover(known, lang));
            values.push(findings(lookup.people.findings(person), lang));
            values.push(match Step::from_code(&known.step) {
                Some(Step::None) => Value::Empty,
                step => word(lang, &known.step, step.map(Step::zh)),
            });
        }
        None => values.resize(HEADS.len() - 2, Value::Empty),
    }
    values.push(Value::Number(f64::from(lookup.facts.insurance_year)));
    values.push(Value::Date(lookup.facts.as_of));
    values
}

/// By what the row was matched, or what keeps it from being so.
fn basis(matched: &Matched, lang: Lang) -> Value {
    let say = |zh: &str, en: &str| Value::Text(if lang == Lang::Zh { zh } else { en }.to_string());
    match (matched.outcome, matched.basis) {
        (_, Some(basis)) => word(lang, basis.code(), Some(basis.zh())),
        (Outcome::IdIncomplete, _) => {
            word(lang, matched.id_state.code(), Some(matched.id_state.zh()))
        }
        (Outcome::TooLittle, _) => say(
            "只凭姓名不能确定，请补证件号码，或出生日期、村",
            "a name alone is nobody: add the number, or birthday or village",
        ),
        (Outcome::NameDisagrees, _) => {
            say("号码属于另一姓名的人，请核对", "the number is that of another name: check")
        }
        _ => Value::Empty,
    }
}

/// What the run knows of a person's cover.
fn cover(known: &Known, lang: Lang) -> Vec<Value> {
    let verdict = Verdict::from_code(&known.verdict);
    let is_insured = matches!(
        verdict,
        Some(Verdict::Resident | Verdict::Employee | Verdict::Flexible | Verdict::Elsewhere)
    );
    let where_insured = |value: Value| if is_insured { value } else { Value::Empty };
    // For others the day is what a payment today would give.
    let benefit_from = known.benefit_from.filter(|_| verdict == Some(Verdict::Resident));
    let money = |fen: i64| if fen == 0 { Value::Empty } else { Value::Fen(fen) };
    vec![
        word(lang, &known.verdict, verdict.map(Verdict::zh)),
        where_insured(scheme(&known.scheme, lang)),
        where_insured(known.insured_at.clone().into()),
        known.enrolled_on.into(),
        benefit_from.into(),
        known.paid_on.into(),
        money(known.paid_fen),
        money(known.subsidised_fen),
        word(lang, &known.group, Group::from_code(&known.group).map(Group::zh)),
        known.township_name.clone().into(),
        known.village_name.clone().into(),
    ]
}

fn scheme(code: &str, lang: Lang) -> Value {
    match (Scheme::from_code(code), lang) {
        (Some(scheme), Lang::Zh) => scheme.zh().to_string().into(),
        (Some(Scheme::Resident), Lang::En) => "resident".to_string().into(),
        (Some(Scheme::Employee), Lang::En) => "employee".to_string().into(),
        _ => code.to_string().into(),
    }
}

/// Codes with the names of their rules.
fn findings(codes: &[String], lang: Lang) -> Value {
    let named = |code: &String| match (RULES.iter().find(|it| it.code == code), lang) {
        (Some(rule), Lang::Zh) => format!("{code} {}", rule.zh),
        (Some(rule), Lang::En) => format!("{code} {}", rule.name.replace('_', " ")),
        (None, _) => code.clone(),
    };
    let separator = if lang == Lang::Zh { "；" } else { "; " };
    codes.iter().map(named).collect::<Vec<_>>().join(separator).into()
}

//! Published codes in words.

use crate::{
    clean::{id_number::IdState, sex::Sex},
    diagnostic::Lang,
    findings::{Owner, Priority},
    identity::{LinkMethod, compare},
    ledger::Verdict,
    tables::{
        ANSWERS, EnrolmentStatus, ExemptionReason, PaymentKind, RegistrationStatus, SourceKind,
    },
};

crate::labelled! {
    /// What has become of a finding since it was first seen.
    pub enum FindingState {
        New = "new", "新发现";
        Open = "open", "未办结";
        Answered = "answered", "已反馈";
        Closed = "closed", "已办结";
        Reopened = "reopened", "重新打开";
    }
}

/// Chinese or English, whichever is spoken.
pub(super) fn either<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A code in words: its Chinese name, or in English the code itself, which is made of words. A
/// code that this version does not know is shown as it is.
fn word(lang: Lang, code: &str, zh: Option<&'static str>) -> String {
    match (lang, zh) {
        (Lang::Zh, Some(zh)) => zh.to_string(),
        (Lang::Zh, None) => code.to_string(),
        (Lang::En, _) => code.replace('-', " "),
    }
}

/// A function that says the codes of one list in words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident = $list:ident;)+) => {$(
        $(#[$meta])*
        pub(super) fn $name(lang: Lang, code: &str) -> String {
            word(lang, code, $list::from_code(code).map($list::zh))
        }
    )+};
}

words! {
    verdict = Verdict;
    kind = SourceKind;
    id_state = IdState;
    method = LinkMethod;
    owner = Owner;
    priority = Priority;
    finding_state = FindingState;
}

pub(super) fn sex(lang: Lang, code: &str) -> String {
    match (Sex::from_code(code), lang) {
        (Some(sex), Lang::Zh) => sex.zh().to_string(),
        (Some(Sex::Male), Lang::En) => "male".to_string(),
        (Some(Sex::Female), Lang::En) => "female".to_string(),
        (None, _) => String::new(),
    }
}

/// The state of a row, which means something else in each kind of source.
pub(super) fn state(lang: Lang, kind: &str, code: &str) -> String {
    let zh = match SourceKind::from_code(kind) {
        Some(SourceKind::Household) => RegistrationStatus::from_code(code).map(|it| it.zh()),
        Some(SourceKind::Enrolment | SourceKind::Elsewhere) => {
            EnrolmentStatus::from_code(code).map(|it| it.zh())
        }
        Some(SourceKind::Payment) => PaymentKind::from_code(code).map(|it| it.zh()),
        Some(SourceKind::Exempt) => ExemptionReason::from_code(code).map(|it| it.zh()),
        Some(SourceKind::Feedback) => {
            let known = ANSWERS.iter().find(|it| it.code == code);
            return known
                .filter(|_| lang == Lang::Zh)
                .map_or_else(|| code.to_string(), |it| format!("{code} {}", it.zh));
        }
        // A department's own words.
        _ => return code.to_string(),
    };
    word(lang, code, zh)
}

/// What the day of a row is, where its kind and state do not say it.
pub(super) fn day(lang: Lang, kind: &str) -> &'static str {
    let (zh, en) = match SourceKind::from_code(kind) {
        Some(SourceKind::ResidencePermit | SourceKind::Elsewhere) => ("至", "until "),
        Some(SourceKind::Category | SourceKind::Student | SourceKind::Exempt) => ("自", "since "),
        _ => ("", ""),
    };
    either(lang, zh, en)
}

/// A field that was compared, or in which a row differs.
pub(super) fn field(lang: Lang, code: &str) -> String {
    let code = match code {
        "household" => return either(lang, "户号", code).to_string(),
        "id_number" => "id",
        _ => code,
    };
    word(lang, code, compare::Field::from_code(code).map(|it| it.zh()))
}

/// How well a field agrees.
pub(super) fn level(lang: Lang, field: &str, code: &str) -> String {
    use compare::{
        BirthLevel, Field, HouseholdLevel, IdLevel, NameLevel, PlaceLevel, SexLevel, SourceLevel,
    };
    let zh = Field::from_code(field).and_then(|it| match it {
        Field::Id => IdLevel::from_code(code).map(|it| it.zh()),
        Field::Name => NameLevel::from_code(code).map(|it| it.zh()),
        Field::Birth => BirthLevel::from_code(code).map(|it| it.zh()),
        Field::Sex => SexLevel::from_code(code).map(|it| it.zh()),
        Field::Place => PlaceLevel::from_code(code).map(|it| it.zh()),
        Field::Household => HouseholdLevel::from_code(code).map(|it| it.zh()),
        Field::Source => SourceLevel::from_code(code).map(|it| it.zh()),
    });
    word(lang, code, zh)
}

/// A probability in percent. Only what is certain is 100%.
pub(super) fn percent(share: f32) -> String {
    if share >= 1.0 {
        return "100%".to_string();
    }
    format!("{:.1}%", (share * 100.0).clamp(0.0, 99.9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_certain_is_never_shown_as_certain() {
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.99999), "99.9%");
        assert_eq!(percent(0.3), "30.0%");
        assert_eq!(percent(0.0), "0.0%");
    }

    #[test]
    fn codes_are_words_in_either_language() {
        assert_eq!(verdict(Lang::Zh, "unenrolled"), "应保未保");
        assert_eq!(verdict(Lang::En, "registered-unpaid"), "registered unpaid");
        assert_eq!(state(Lang::Zh, "enrolment", "active"), "正常参保");
        assert_eq!(state(Lang::En, "category", "低保"), "低保");
        assert_eq!(level(Lang::Zh, "id", "one-slip"), "一处错误或相邻两位颠倒");
    }

    #[test]
    fn a_code_of_a_later_version_is_shown_as_it_is() {
        assert_eq!(verdict(Lang::Zh, "abroad"), "abroad");
        assert_eq!(level(Lang::Zh, "colour", "red"), "red");
    }
}

//! The chain of answers to one person, each with its clause and reason: what `bulou policy
//! --assess` prints and what worked cases are held against.

use chrono::NaiveDate;

use super::{
    Assessment, Circumstances, ClauseId, Decision, FlexibleLife, Policy, Price, Reason, arrears,
    assess_payment, contribution, first_enrolment, review, supplement, switch,
};
use crate::clean::money::yuan;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What worked cases call it.
    pub key: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// A code, a date, or yuan with two decimals.
    pub value: String,
    /// The value as county staff read it.
    pub shown: String,
    pub clause: ClauseId,
    pub reason: Reason,
}

/// What a worked case says where the fee is not taken.
pub const REFUSED: &str = "refused";

/// The answers to a resident who pays on a day.
pub fn chain(policy: &Policy, who: &Circumstances, paid_on: NaiveDate) -> Vec<Answer> {
    let it = assess_payment(policy, who, paid_on);
    let mut answers = Answers(Vec::new());
    let liable = it.liable;
    answers.say(
        "liable",
        "参保责任",
        "liable",
        liable.map(|it| (it.code().into(), it.zh().into())),
    );
    let terms = it.terms;
    answers.why("terms", "缴费情形", "terms", terms);
    let price = match terms.value.price {
        Price::Refused => terms.map(|_| None),
        _ => Decision { clause: policy.fee.individual.clause, ..terms.map(|it| it.price_fen) },
    };
    answers.money("price", "缴费标准", "price", price);
    answers.day("deadline", "截止日期", "deadline", terms.map(|it| it.deadline));
    if let Some(checked) = review(policy, &terms) {
        answers.why("review", "录入复核", "review", checked);
    }
    answers.subsidy(policy, &it);
    answers.money("pays", "个人应缴", "pays", terms.map(|_| it.pays_fen));
    if let Some(cover) = it.cover {
        answers.day("cover_from", "待遇开始", "cover from", cover.map(|it| Some(it.from)));
        answers.day("cover_to", "待遇结束", "cover to", cover.map(|it| Some(it.to)));
        answers.why("waits", "等待期", "waiting", cover);
    } else if it.pays_fen.is_some() {
        let nothing = Decision { reason: Reason::NothingLeft, ..terms };
        answers.why("waits", "等待期", "waiting", nothing);
    }
    answers.0
}

/// The answers to somebody in flexible employment, as seen on a day.
pub fn flexible_chain(policy: &Policy, life: &FlexibleLife, day: NaiveDate) -> Vec<Answer> {
    let mut answers = Answers(Vec::new());
    if let Some(it) = contribution(policy, day) {
        match it.value {
            Some(_) => answers.money("contribution", "月缴费额", "monthly contribution", it),
            None => answers.say(
                "contribution",
                "月缴费额",
                "monthly contribution",
                it.map(|_| ("unknown".into(), "未知".into())),
            ),
        }
    }
    if let Some(it) = supplement(policy, day) {
        let shown = it.map(|(compulsory, paid)| {
            let (code, zh) =
                if compulsory { ("compulsory", "须参加") } else { ("voluntary", "自愿") };
            (format!("{code} {}", paid.code()), format!("{zh}，{}缴纳", paid.zh()))
        });
        answers.say("supplement", "大额补充保险", "supplement", shown);
    }
    let switched = switch(policy, life);
    let is_first = switched
        .is_some_and(|it| matches!(it.reason, Reason::FirstEnrolment | Reason::SwitchAsFirst));
    if let Some(it) = first_enrolment(policy, life).filter(|_| is_first) {
        let (zh, en) = ("首次参保待遇开始", "first cover from");
        answers.day("first_cover_from", zh, en, it.map(|it| Some(it.benefit_from)));
        let (zh, en) = ("可申办慢性病", "chronic-disease application from");
        answers.day("chronic_from", zh, en, it.map(|it| Some(it.chronic_from)));
    }
    if let Some(it) = switched {
        answers.why("switch", "转换情形", "switch", it);
        let (zh, en) = ("新参保待遇开始", "new cover from");
        answers.day("new_cover_from", zh, en, it.map(|it| Some(it.cover_from)));
        let (zh, en) = ("原参保关系保留至", "old cover until");
        let until = Decision { reason: Reason::OldCoverUntil, ..it.map(|it| it.old_until) };
        answers.day("old_cover_until", zh, en, until);
    }
    if let Some(it) = arrears(policy, life, day) {
        answers.why("arrears", "欠费情形", "arrears", it);
        let months = it.map(|it| (it.months.to_string(), format!("{}个月", it.months)));
        answers.say("unpaid_months", "欠费月数", "unpaid months", months);
        answers.day("suspended_from", "暂停待遇", "suspended from", it.map(|it| it.suspended_from));
        answers.day("cover_again_from", "恢复待遇", "cover again from", it.map(|it| it.cover_from));
    }
    answers.0
}

struct Answers(Vec<Answer>);

impl Answers {
    /// The reason itself as the answer.
    fn why<T>(&mut self, key: &'static str, zh: &'static str, en: &'static str, it: Decision<T>) {
        let (code, words) = (it.reason.code().to_string(), it.reason.zh().to_string());
        self.say(key, zh, en, it.map(|_| (code, words)));
    }

    fn say(
        &mut self,
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        it: Decision<(String, String)>,
    ) {
        let (value, shown) = it.value;
        let (clause, reason) = (it.clause, it.reason);
        self.0.push(Answer { key, zh, en, value, shown, clause, reason });
    }

    fn money(
        &mut self,
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        it: Decision<Option<i64>>,
    ) {
        let shown = it.map(|fen| match fen {
            Some(fen) => (yuan(fen), format!("{}元", yuan(fen))),
            None => (REFUSED.to_string(), "不予办理".to_string()),
        });
        self.say(key, zh, en, shown);
    }

    fn day(
        &mut self,
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        it: Decision<Option<NaiveDate>>,
    ) {
        if let Some(day) = it.value {
            self.say(key, zh, en, it.map(|_| (day.to_string(), day.to_string())));
        }
    }

    fn subsidy(&mut self, policy: &Policy, it: &Assessment) {
        let Some(entitled) = it.subsidy.or(it.reimbursement) else {
            let none = Decision {
                value: Some(0),
                clause: policy.subsidies.choice.clause,
                reason: Reason::NoIdentity,
            };
            return self.money("subsidy", "资助金额", "subsidy", none);
        };
        let category = policy.categories.get(entitled.value.category);
        let named = entitled.map(|_| (category.code.clone(), category.name.clone()));
        self.say("category", "资助身份", "category", named);
        if let Some(it) = it.subsidy {
            self.money("subsidy", "资助金额", "subsidy", it.map(|it| Some(it.amount_fen)));
        }
        if let Some(it) = it.reimbursement {
            let (zh, en) = ("事后资助", "reimbursed later");
            self.money("reimbursed", zh, en, it.map(|it| Some(it.amount_fen)));
        }
        let fund = policy.subsidies.fund_of(entitled.value.category).to_string();
        self.say("fund", "资金来源", "fund", entitled.map(|_| (fund.clone(), fund)));
    }
}

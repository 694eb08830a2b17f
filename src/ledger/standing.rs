//! A person's row of the ledger.

use chrono::NaiveDate;

use super::{
    Context, Doubt, Entitlement, Group,
    circumstances::circumstances,
    cover::{self, Registration},
    doubt, entitlement, group, settle,
};
use crate::{
    identity::{Person, PersonFile},
    policy::{self, ClauseId, ScopeGroup, assess_ahead, assess_payment},
};

crate::labelled! {
    /// What is known of a person's cover: the first that holds.
    pub enum Verdict {
        Exempt = "exempt", "不需参保";
        Employee = "employee", "职工参保";
        Flexible = "flexible", "灵活就业参保";
        Elsewhere = "elsewhere", "异地参保";
        Resident = "resident", "居民参保";
        RegisteredUnpaid = "registered-unpaid", "已登记未缴费";
        PaidUnregistered = "paid-unregistered", "已缴费未登记";
        Review = "review", "待核实";
        Unenrolled = "unenrolled", "应保未保";
    }
}

impl Verdict {
    /// Whether the fee of such a person is due here, or was.
    pub fn owes(self) -> bool {
        matches!(
            self,
            Verdict::Resident
                | Verdict::RegisteredUnpaid
                | Verdict::PaidUnregistered
                | Verdict::Review
                | Verdict::Unenrolled
        )
    }
}

crate::labelled! {
    /// How a person was covered in the year before.
    pub enum LastYear {
        Resident = "resident", "居民参保";
        Employee = "employee", "职工参保";
        None = "none", "未参保";
        Unknown = "unknown", "无上年数据";
    }
}

crate::labelled! {
    /// What has to happen first for this person.
    pub enum Step {
        None = "none", "无";
        Pay = "pay", "动员缴费";
        RegisterFirst = "register-first", "先参保登记再缴费（系统中查无此人，直接缴费会失败）";
        CorrectIdFirst = "correct-id-first", "先更正证件号码";
        CollectEvidence = "collect-evidence", "收取异地参保证明";
        CheckIdentity = "check-identity", "核实身份信息";
        AfterWindow = "after-window", "缴费期已过，核对是否符合补缴情形";
    }
}

/// One row of the ledger.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub verdict: Verdict,
    /// The registration that the verdict stands on.
    pub registration: Option<Registration>,
    /// Why the verdict is `review`, if it is because of somebody's identity.
    pub doubt: Option<Doubt>,
    /// The clause by which the person is to be insured here, or why not.
    pub scope: Option<ScopeGroup>,
    pub scope_clause: ClauseId,
    pub group: Group,
    pub last_year: LastYear,
    /// What the person is entitled to on the day of payment, or if not paid, today.
    pub entitlement: Option<Entitlement>,
    /// What is paid back later for an identity that was given after the payment.
    pub reimbursement: Option<Entitlement>,
    /// What a payment costs before any subsidy, on the day of payment or else today; nothing where
    /// none is taken.
    pub price_fen: Option<i64>,
    /// What the person owes or, once paid, owed; nothing where nobody owes anything here.
    pub due_fen: Option<i64>,
    pub due_clause: ClauseId,
    /// What has been paid for the year by the person and for the person, net of refunds.
    pub paid_fen: i64,
    pub subsidised_fen: i64,
    pub paid_on: Option<NaiveDate>,
    /// Whether a payment counts, or a fee settled by subsidy alone.
    pub has_paid: bool,
    /// From when cover runs, or would run if the fee were paid today.
    pub benefit_from: Option<NaiveDate>,
    pub benefit_clause: ClauseId,
    /// The last day to pay on these terms.
    pub deadline: Option<NaiveDate>,
    pub step: Step,
}

/// Judges one person; `other` is the file of somebody who probably is the same.
pub(super) fn stand(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    other: Option<&PersonFile<'_>>,
) -> Standing {
    let settled = settle(cx, file);
    let who = circumstances(cx, person, file);
    let belonging = policy::belonging(cx.policy, &who, cx.as_of);
    let scope = belonging.map(|it| it.value);
    let is_review = cover::is_doubtful(cx, file) || scope.is_none();
    let verdict = judge(cx, file, &settled, who.exit.is_some(), is_review);
    let doubt =
        doubt::doubt(cx, person, file, other, verdict, &settled).filter(|_| scope.is_some());
    let verdict = doubt.map_or(verdict, |_| Verdict::Review);
    let assessed = match settled.paid_on {
        Some(day) => assess_payment(cx.policy, &who, day),
        None => assess_ahead(cx.policy, &who, cx.as_of),
    };
    let (owes, terms) = (verdict.owes(), &assessed.terms);
    let of_owing = |clause: ClauseId| if owes { clause } else { ClauseId::NONE };
    let cover = assessed.cover.filter(|_| owes);
    let price_fen = terms.value.price_fen;
    Standing {
        verdict,
        registration: cover::registration(cx, file, verdict),
        doubt,
        scope,
        scope_clause: belonging.map_or(ClauseId::NONE, |it| it.clause),
        group: group::group(cx, person, file, scope),
        last_year: cover::last_year(cx, file),
        entitlement: assessed.subsidy.map(|it| entitlement::of(cx, file, &it)),
        reimbursement: assessed.reimbursement.map(|it| entitlement::of(cx, file, &it)),
        price_fen,
        due_fen: assessed.pays_fen.filter(|_| owes),
        due_clause: of_owing(terms.clause),
        paid_fen: settled.paid_fen,
        subsidised_fen: settled.subsidised_fen,
        paid_on: settled.paid_on,
        has_paid: settled.is_valid(),
        benefit_from: cover.map(|it| it.value.from),
        benefit_clause: cover.map_or(ClauseId::NONE, |it| it.clause),
        deadline: terms.value.deadline.filter(|_| owes && verdict != Verdict::Resident),
        step: group::step(cx, person, file, verdict, price_fen.filter(|_| owes)),
    }
}

/// The verdicts in their order: the first that holds.
pub(super) fn judge(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    settled: &settle::Settled,
    is_exempt: bool,
    is_review: bool,
) -> Verdict {
    if is_exempt {
        return Verdict::Exempt;
    }
    if let Some(employee) = cover::employee(cx, file) {
        return employee;
    }
    if cover::elsewhere(cx, file) {
        return Verdict::Elsewhere;
    }
    let is_registered = cover::resident_enrolments(cx, file).next().is_some();
    match (is_registered, settled.is_valid()) {
        (true, true) => Verdict::Resident,
        (true, false) => Verdict::RegisteredUnpaid,
        (false, true) => Verdict::PaidUnregistered,
        (false, false) if is_review => Verdict::Review,
        (false, false) => Verdict::Unenrolled,
    }
}

//! The columns of money and of its days.

use super::{Column, Values, View, standing};

/// What a person owes, is entitled to and has paid, with the clauses.
pub(super) fn money<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "subsidy_fen",
            "应享受的资助（分）",
            "subsidy the person is entitled to",
            Values::Integer(|view: &View<'v>, row| {
                standing(view, row).entitlement.as_ref().map(|it| it.amount_fen)
            }),
        ),
        new(
            "subsidy_fund",
            "资助资金来源",
            "fund that pays the subsidy",
            Values::Text(|view: &View<'v>, row| match &standing(view, row).entitlement {
                Some(it) => view.night.cx.policy.subsidies.fund_of(it.category),
                None => "",
            }),
        ),
        new(
            "subsidy_clause",
            "资助依据",
            "clause of the subsidy",
            Values::Text(|view: &View<'v>, row| match &standing(view, row).entitlement {
                Some(it) => view.clause(it.clause),
                None => "",
            }),
        ),
        new(
            "reimbursement_fen",
            "事后资助（分）：缴费后、集中缴费期内新认定身份的差额",
            "paid back later for an identity given after the payment, inside the window",
            Values::Integer(|view: &View<'v>, row| {
                standing(view, row).reimbursement.as_ref().map(|it| it.amount_fen)
            }),
        ),
        new(
            "due_fen",
            "个人应缴（分）；不办理或不需缴为空",
            "what the person owes; null where nothing is taken or owed",
            Values::Integer(|view: &View<'v>, row| standing(view, row).due_fen),
        ),
        new(
            "due_clause",
            "应缴和截止日的依据",
            "clause of the amount due and of the deadline",
            Values::Text(|view: &View<'v>, row| view.clause(standing(view, row).due_clause)),
        ),
        new(
            "paid_fen",
            "个人已缴净额（分）",
            "paid by the person, net of refunds",
            Values::Integer(|view: &View<'v>, row| Some(standing(view, row).paid_fen)),
        ),
        new(
            "subsidised_fen",
            "已资助净额（分）",
            "paid by subsidy, net",
            Values::Integer(|view: &View<'v>, row| Some(standing(view, row).subsidised_fen)),
        ),
    ]
}

/// When it was paid, from when cover runs, until when it can be paid.
pub(super) fn dates<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "paid_on",
            "缴费日期",
            "day of payment",
            Values::Date(|view: &View<'v>, row| standing(view, row).paid_on),
        ),
        new(
            "benefit_from",
            "待遇起始日；未缴者为今日缴费的起始日",
            "from when cover runs, or would if paid today",
            Values::Date(|view: &View<'v>, row| standing(view, row).benefit_from),
        ),
        new(
            "benefit_clause",
            "待遇起始日依据",
            "clause of the start of cover",
            Values::Text(|view: &View<'v>, row| view.clause(standing(view, row).benefit_clause)),
        ),
        new(
            "deadline",
            "按此标准缴费的最后一天",
            "last day to pay on these terms",
            Values::Date(|view: &View<'v>, row| standing(view, row).deadline),
        ),
    ]
}

//! 中途参保: what was paid or enrolled for the year after its main window had closed. Some
//! localities have every one of these reviewed at two levels.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Everybody, One};
use crate::{
    identity::PersonId,
    ledger::{Context, Fate, cover, settle},
    policy::ClauseId,
    tables::EnrolmentStatus,
};

crate::labelled! {
    /// By what right somebody came after the main window.
    pub enum Ground {
        Window = "window", "后续缴费期";
        Exception = "exception", "特殊情形";
        None = "none", "未见适用情形";
        Unpaid = "unpaid", "已登记，未见有效缴费";
    }
}

/// One payment, or an enrolment without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MidYear {
    pub person: PersonId,
    /// The day of payment or else of enrolment.
    pub on: NaiveDate,
    /// What the person paid, net of refunds; nothing where nothing was paid.
    pub amount_fen: Option<i64>,
    pub ground: Ground,
    /// The clause by which the fee was taken.
    pub clause: ClauseId,
}

/// Everything that came after the main window, by person and day; nothing where the locality
/// does not review it.
pub fn select(cx: &Context<'_>, all: &Everybody<'_>, is_reviewed: bool) -> Vec<MidYear> {
    if !is_reviewed {
        return Vec::new();
    }
    all.ids().into_par_iter().flat_map_iter(|id| of(cx, &all.one(PersonId(id)))).collect()
}

fn of(cx: &Context<'_>, one: &One<'_>) -> Vec<MidYear> {
    let closes = cx.policy.windows.first().value.closes;
    let settled = settle(cx, &one.file);
    let clause = one.standing.due_clause;
    let paid = one.file.payments.iter().zip(&settled.fates).zip(&settled.net_fen);
    let paid = paid.filter(|((_, fate), _)| **fate == Fate::Valid);
    let late = paid.filter_map(|((row, _), net)| {
        let on = row.paid_on.filter(|it| *it > closes)?;
        let ground = ground(cx, one, on);
        Some(MidYear { person: one.id, on, amount_fen: Some(*net), ground, clause })
    });
    let mut rows: Vec<MidYear> = late.collect();
    if !settled.is_valid() {
        let enrolments = cover::resident_enrolments(cx, &one.file);
        let active = enrolments.filter(|it| it.status == EnrolmentStatus::Active);
        let on = active.filter_map(|it| it.enrolled_on).filter(|it| *it > closes).min();
        let ground = Ground::Unpaid;
        rows.extend(on.map(|on| MidYear { person: one.id, on, amount_fen: None, ground, clause }));
    }
    rows.sort_by_key(|it| (it.on, it.amount_fen));
    rows
}

fn ground(cx: &Context<'_>, one: &One<'_>, paid_on: NaiveDate) -> Ground {
    match (cx.policy.windows.on(paid_on), one.standing.due_fen) {
        (Some(_), _) => Ground::Window,
        (None, Some(_)) => Ground::Exception,
        (None, None) => Ground::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::{AFTER, on_world};

    const WORLD: &str = "
        household A 张三
        payment   A 张三 year=2024 voucher=1 paid=380 on=2023-12-31
        household B 李四 registered=2024-01-05
        payment   B 李四 year=2024 voucher=2 paid=1020 on=2024-01-10
        household C 王五
        payment   C 王五 year=2024 voucher=3 paid=380 on=2024-01-01
        payment   C 王五 year=2024 voucher=4 paid=380 on=2024-01-02
        payment   C 王五 year=2024 voucher=5 refers=4 kind=refund paid=380 on=2024-01-03
        household D 赵六
        enrolment D 赵六 year=2024 on=2024-01-01
        household E 孙七
        enrolment E 孙七 year=2024 on=2023-12-31
        ";

    /// Name, day, yuan and ground of each row.
    fn selected(is_reviewed: bool) -> Vec<String> {
        on_world(AFTER, WORLD, |cx, run| {
            let (people, files, standings) = (run.people, run.files, run.standings);
            let mut shown: Vec<String> =
                select(cx, &Everybody { people, files, standings }, is_reviewed)
                    .iter()
                    .map(|it| {
                        let name = cx.text(people[it.person.0 as usize].name);
                        let yuan = it.amount_fen.map_or("-".into(), |it| (it / 100).to_string());
                        format!("{name} {} {yuan} {}", it.on, it.ground.code())
                    })
                    .collect();
            shown.sort();
            shown
        })
    }

    #[test]
    fn what_came_after_the_main_window_is_selected_with_its_ground() {
        let expected = [
            "李四 2024-01-10 1020 exception",
            "王五 2024-01-01 380 none",
            "赵六 2024-01-01 - unpaid",
        ];
        assert_eq!(selected(true), expected);
    }

    #[test]
    fn where_nothing_is_reviewed_nothing_is_selected() {
        assert!(selected(false).is_empty());
    }
}

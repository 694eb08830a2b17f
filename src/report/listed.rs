//! Who is on a list on the day of the run, and what about them is in question.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    Everybody, One,
    share::{self, Heading},
};
use crate::{
    identity::PersonId,
    ledger::{
        Context,
        entitlement::{categories_on, entitlement_on},
        exempt::{self, Exit},
        settle,
    },
    policy::CategoryId,
};

/// Somebody on at least one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub person: PersonId,
    /// The categories, each once, in the order of the policy.
    pub held: Vec<CategoryId>,
    /// The one that gives the subsidy, if one does.
    pub highest: Option<CategoryId>,
    /// Of these, those that carry a subsidy.
    pub paying: Vec<CategoryId>,
    /// Death, cancellation or moving away, and since when.
    pub exit: Option<(Exit, Option<NaiveDate>)>,
    /// The category under which the person was subsidised, where it is another than should be.
    pub subsidised_as: Option<CategoryId>,
}

/// Everybody on a list, by person.
pub fn listed(cx: &Context<'_>, all: &Everybody<'_>) -> Vec<Listed> {
    all.ids().into_par_iter().filter_map(|id| of(cx, &all.one(PersonId(id)))).collect()
}

fn of(cx: &Context<'_>, one: &One<'_>) -> Option<Listed> {
    let mut held: Vec<CategoryId> =
        categories_on(cx, &one.file, cx.as_of).map(|(category, _)| category).collect();
    held.sort_unstable();
    held.dedup();
    if held.is_empty() {
        return None;
    }
    let has_left = |exit: &Exit| matches!(exit, Exit::Dead | Exit::Cancelled | Exit::MovedOut);
    let exit = exempt::exemption(cx, &one.file).filter(|it| has_left(&it.exit));
    let carries = |it: &CategoryId| cx.policy.subsidies.of(*it).is_some();
    Some(Listed {
        person: one.id,
        highest: entitlement_on(cx, &one.file, cx.as_of).map(|it| it.category),
        paying: held.iter().copied().filter(carries).collect(),
        held,
        exit: exit.map(|it| (it.exit, it.since)),
        subsidised_as: subsidised_as(cx, one),
    })
}

/// The category whose subsidy stands for that of another.
fn subsidised_as(cx: &Context<'_>, one: &One<'_>) -> Option<CategoryId> {
    if one.standing.subsidised_fen == 0 {
        return None;
    }
    let settled = settle(cx, &one.file);
    let shares = share::shares(cx, &one.file, one.standing, &settled);
    shares.iter().find_map(|it| match it.heading {
        Heading::Category(category) if it.entitled_fen == 0 && it.moved_fen > 0 => Some(category),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::{INSIDE, on_world};

    /// Name: categories held; the highest; those that pay; exit; subsidised as.
    fn shown(world: &str) -> Vec<String> {
        on_world(INSIDE, world, |cx, run| {
            let (people, files, standings) = (run.people, run.files, run.standings);
            let code = |it: &CategoryId| cx.policy.categories.get(*it).code.clone();
            let codes = |all: &[CategoryId]| all.iter().map(code).collect::<Vec<_>>().join("+");
            let one = |it: &Listed| {
                let name = cx.text(people[it.person.0 as usize].name);
                let highest = it.highest.as_ref().map_or("-".into(), code);
                let exit = it.exit.map_or("-", |it| it.0.code());
                let other = it.subsidised_as.as_ref().map_or("-".into(), code);
                let (held, paying) = (codes(&it.held), codes(&it.paying));
                format!("{name} {held} {highest} [{paying}] {exit} {other}")
            };
            let mut shown: Vec<String> =
                listed(cx, &Everybody { people, files, standings }).iter().map(one).collect();
            shown.sort();
            shown
        })
    }

    #[test]
    fn everybody_on_a_list_today_is_there_once_with_what_is_in_question() {
        let world = "
            category A 张三 label=低保对象
            category A 张三 label=特困人员
            category A 张三 label=低保户
            category A 张三 label=稳定脱贫
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 label=低保 on=2023-10-08
            category B 李四 label=低保对象
            death    B 李四 on=2023-10-01
            category C 王五 label=稳定脱贫
            exempt   C 王五 reason=prison
            category D 赵六 label=低保对象 to=2023-12-20
            category E 孙七 label=天书
            household F 周八 status=moved-out on=2023-10-01
            category F 周八 label=低保对象
            payment  F 周八 year=2024 voucher=2 paid=190 subsidised=190 label=低保 on=2023-10-08
            ";
        let expected = [
            "周八 dibao dibao [dibao] moved-out -",
            "张三 tekun+dibao+stable tekun [tekun+dibao] - dibao",
            "李四 dibao dibao [dibao] dead -",
            "王五 stable - [] - -",
        ];
        assert_eq!(shown(world), expected);
    }
}

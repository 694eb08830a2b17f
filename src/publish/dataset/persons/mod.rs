//! `persons.parquet`: one row a person, with whole ids, for the bureau's own analysts.

use std::fmt::Write;

use rayon::prelude::*;

mod money;
mod registration;

use super::{Column, Staging, Table, Values, View};
use crate::{
    clean::{Cell, id_number, name},
    error::Result,
    identity::{Person, PersonId},
    ledger::Standing,
    tables::SourceKind,
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are person ids, by village, household and person key.
pub(super) fn table<'v>() -> Table<View<'v>> {
    let (cover, registration) = (cover(), registration::registration());
    let (money, dates) = (money::money(), money::dates());
    let parts = [keys(), identity(), place(), sources(), cover, registration, money, dates];
    Table {
        name: "persons",
        zh: "台账：一人一行，参保结论、应缴、资助及依据（含完整证件号码，仅限局内使用）",
        en: "one row a person: verdict, amounts and the clauses behind them (whole ids: for the bureau only)",
        rows,
        columns: parts.into_iter().flatten().collect(),
    }
}

fn person<'r>(view: &'r View<'_>, row: usize) -> &'r Person {
    view.person(PersonId(row as u32))
}

fn standing<'r>(view: &'r View<'_>, row: usize) -> &'r Standing {
    view.standing(PersonId(row as u32))
}

fn keys<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "person",
            "人员键：同一个人每晚不变，不能由证件号码反推",
            "person key: stable from night to night",
            Values::Made(|view: &View<'v>, row, to| {
                let _ = write!(to, "{}", person(view, row).key);
            }),
        )
        .distinct(),
        new(
            "also",
            "曾用或并入的人员键，以空格分隔；无则空",
            "keys of groups of rows joined into this person, parted by blanks",
            Values::Made(|view: &View<'v>, row, to| {
                for it in view.night.identities.aliases_of(PersonId(row as u32)) {
                    let blank = if to.is_empty() { "" } else { " " };
                    let _ = write!(to, "{blank}{}", it.key);
                }
            }),
        ),
        new(
            "facts",
            "此人全部数据的摘要（反馈除外）；数据不变则不变",
            "hash of all that is known of the person, answers left out",
            Values::Integer(|view: &View<'v>, row| Some(view.night.kept.facts[row].cast_signed())),
        )
        .counted_in("")
        .distinct(),
    ]
}

fn identity<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "id_number",
            "完整有效的证件号码；无则空",
            "whole, valid certificate number",
            Values::Made(|view: &View<'v>, row, to| {
                if let Some(id) = person(view, row).id {
                    let _ = write!(to, "{id}");
                }
            }),
        )
        .distinct(),
        new(
            "id_kind",
            "证件种类代码",
            "kind of certificate",
            Values::Text(|view: &View<'v>, row| {
                let person = person(view, row);
                let as_found = || Cell::text(view.night.cx.text(person.id_text));
                let kind =
                    person.id.map_or_else(|| id_number::read(as_found()).kind, |it| it.kind());
                kind.code()
            }),
        ),
        new(
            "id_state",
            "证件号码的状况",
            "how the certificate number was read",
            Values::Text(|view: &View<'v>, row| person(view, row).id_state.code()),
        ),
        new(
            "name",
            "姓名（规范后）",
            "name, normalised",
            Values::Text(|view: &View<'v>, row| view.night.cx.text(person(view, row).name)),
        ),
        new(
            "name_sound",
            "姓名拼音（无声调）",
            "name in toneless pinyin",
            Values::Made(|view: &View<'v>, row, to| {
                to.push_str(&name::sound(view.night.cx.text(person(view, row).name)));
            }),
        ),
        new(
            "sex",
            "性别：1 男，2 女（GB/T 2261.1）",
            "1 male, 2 female (GB/T 2261.1)",
            Values::Text(|view: &View<'v>, row| person(view, row).sex.map_or("", |it| it.code())),
        ),
        new(
            "birth",
            "出生日期",
            "date of birth",
            Values::Date(|view: &View<'v>, row| person(view, row).birth),
        ),
    ]
}

fn place<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "township",
            "乡镇代码（9 位）",
            "township code, 9 digits",
            Values::Text(|view: &View<'v>, row| {
                view.township(person(view, row).place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "township_name",
            "乡镇名称；全市任务在前面加县名",
            "township; in a city's run behind its county's name",
            Values::Text(|view: &View<'v>, row| {
                view.township_name(person(view, row).place).unwrap_or("")
            }),
        ),
        new(
            "region",
            "统计片区：区划表 region 列所写，未写则为县（市、区）；不明为空",
            "reporting region: as the division table has it, or else the county; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                person(view, row).place.map_or("", |it| view.night.cx.divisions.region(it))
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                view.village(person(view, row).place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "village_name",
            "村（社区）名称",
            "village",
            Values::Text(|view: &View<'v>, row| {
                view.village(person(view, row).place).map_or("", |it| &it.shown)
            }),
        ),
        new(
            "household",
            "户号",
            "household number",
            Values::Text(|view: &View<'v>, row| view.night.cx.text(person(view, row).household)),
        ),
    ]
}

fn sources<'v>() -> Vec<Column<View<'v>>> {
    let is_in = |name, zh, en, value: fn(&View<'v>, usize) -> bool| {
        Column::new(name, zh, en, Values::Flag(value))
    };
    vec![
        is_in("in_household", "在户籍人口中", "in the police roster", |view, row| {
            person(view, row).is_in(SourceKind::Household)
        }),
        is_in("in_residence_permit", "在居住证名单中", "has a permit row", |view, row| {
            person(view, row).is_in(SourceKind::ResidencePermit)
        }),
        is_in(
            "in_birth",
            "在出生医学证明中",
            "has a birth certificate row",
            |view, row| person(view, row).is_in(SourceKind::Birth),
        ),
        is_in("in_death", "在死亡名单中", "in a death list", |view, row| {
            person(view, row).is_in(SourceKind::Death)
        }),
        is_in("in_category", "在困难人员名单中", "in a category list", |view, row| {
            person(view, row).is_in(SourceKind::Category)
        }),
        is_in("in_student", "在学籍中", "on a school roll", |view, row| {
            person(view, row).is_in(SourceKind::Student)
        }),
        is_in("in_enrolment", "在参保登记中", "in the register", |view, row| {
            person(view, row).is_in(SourceKind::Enrolment)
        }),
        is_in("in_payment", "在税务缴费中", "in the payment feed", |view, row| {
            person(view, row).is_in(SourceKind::Payment)
        }),
        is_in(
            "in_collection",
            "在村级代收台账中",
            "in a collector's register",
            |view, row| person(view, row).is_in(SourceKind::Collection),
        ),
        is_in(
            "in_elsewhere",
            "在异地参保中",
            "has evidence of cover elsewhere",
            |view, row| person(view, row).is_in(SourceKind::Elsewhere),
        ),
        is_in("in_exempt", "在不需参保名单中", "in an exempting list", |view, row| {
            person(view, row).is_in(SourceKind::Exempt)
        }),
        is_in("in_feedback", "在乡镇反馈中", "in a returned list", |view, row| {
            person(view, row).is_in(SourceKind::Feedback)
        }),
    ]
}

fn cover<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "verdict",
            "参保结论代码：每人恰有一个",
            "coverage verdict; exactly one a person",
            Values::Text(|view: &View<'v>, row| standing(view, row).verdict.code()),
        ),
        new(
            "scope",
            "属于哪类应保人员；不在应保范围为空",
            "by what the person is to be insured here; null where not",
            Values::Text(|view: &View<'v>, row| {
                standing(view, row).scope.map_or("", |it| it.code())
            }),
        ),
        new(
            "scope_clause",
            "应保范围的依据",
            "clause of scope",
            Values::Text(|view: &View<'v>, row| view.clause(standing(view, row).scope_clause)),
        ),
        new(
            "group",
            "人群代码",
            "population group",
            Values::Text(|view: &View<'v>, row| standing(view, row).group.code()),
        ),
        new(
            "last_year",
            "上年参保情况",
            "cover in the year before",
            Values::Text(|view: &View<'v>, row| standing(view, row).last_year.code()),
        ),
        new(
            "category",
            "享受资助的人员类别代码；多重身份只计最高一项",
            "category that gives the subsidy: the highest of several",
            Values::Text(|view: &View<'v>, row| match &standing(view, row).entitlement {
                Some(it) => &view.night.cx.policy.categories.get(it.category).code,
                None => "",
            }),
        ),
        new(
            "step",
            "首先要办的事",
            "what has to happen first",
            Values::Text(|view: &View<'v>, row| standing(view, row).step.code()),
        ),
    ]
}

/// Persons by village, household and key. Households are compared as numbers that rise with
/// their texts, so that sorting a million persons compares integers only.
fn rows(view: &View<'_>) -> Vec<u32> {
    let people = &view.night.identities.people;
    let texts = view.night.cx.texts;
    let mut households: Vec<_> = people.par_iter().map(|it| it.household).collect();
    households.par_sort_unstable();
    households.dedup();
    households.par_sort_unstable_by_key(|it| texts.get(*it));
    let mut rank = vec![0u32; texts.len()];
    for (at, household) in households.iter().enumerate() {
        rank[household.0 as usize] = at as u32;
    }
    let key = |person: &Person| (person.place, rank[person.household.0 as usize], person.key);
    let mut rows: Vec<_> =
        people.par_iter().zip(0u32..people.len() as u32).map(|(it, at)| (key(it), at)).collect();
    rows.par_sort_unstable();
    rows.into_par_iter().map(|(_, at)| at).collect()
}

/// The place of each person among all, by key.
pub(super) fn rank_by_key(people: &[Person]) -> Vec<u32> {
    let mut order: Vec<_> = people.iter().map(|it| it.key).zip(0u32..).collect();
    order.par_sort_unstable();
    let mut rank = vec![0; people.len()];
    for (at, (_, person)) in order.into_iter().enumerate() {
        rank[person as usize] = at as u32;
    }
    rank
}

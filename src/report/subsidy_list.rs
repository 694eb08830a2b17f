//! 资助标识名单: whom the tax bureau has to mark, with the amount, and what has changed since the
//! list that was published last.
//!
//! A list that is suddenly short is a department's broken file until somebody says otherwise:
//! then nobody is taken off it.

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Everybody, One};
use crate::{
    identity::{Alias, Person, PersonId, PersonKey},
    ledger::{Context, Entitlement, Verdict, entitlement::entitlement_on, settle},
    tables::DivisionId,
};

/// A category of fewer people is not judged by itself: one who leaves would be a collapse.
const LEAST_JUDGED: usize = 20;

crate::labelled! {
    /// What has become of somebody's mark since the list of before.
    pub enum Change {
        Added = "added", "新增";
        Changed = "changed", "变更";
        Removed = "removed", "取消";
        Withheld = "withheld", "暂不取消";
        Kept = "kept", "不变";
        First = "first", "首次";
    }
}

impl Change {
    /// Whether the person bears a mark once the list has been worked off.
    pub fn is_marked(self) -> bool {
        self != Change::Removed
    }
}

crate::labelled! {
    /// Whether and how somebody was subsidised; of those who are no longer on the list, why not.
    pub enum State {
        Unpaid = "unpaid", "未缴费";
        Subsidised = "subsidised", "已按标准资助";
        PaidInFull = "paid-in-full", "已缴费，未资助";
        OtherAmount = "other-amount", "已资助，金额不符";
        OtherCategory = "other-category", "已资助，类别不符";
        PaidBefore = "paid-before", "缴费时尚未纳入";
        Exempt = "exempt", "不需参保";
        OtherScheme = "other-scheme", "已参加职工医保";
        Elsewhere = "elsewhere", "已在异地参保";
        OutOfScope = "out-of-scope", "不在本地应保范围";
        NotListed = "not-listed", "已不在名单内";
    }
}

/// Somebody to be marked.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub person: PersonId,
    pub key: PersonKey,
    /// What the person is entitled to on the day of the run.
    pub entitlement: Entitlement,
    /// Since when the list has the person.
    pub listed_from: Option<NaiveDate>,
    /// What the person owes or, once paid, owed.
    pub due_fen: Option<i64>,
    pub subsidised_fen: i64,
    pub paid_on: Option<NaiveDate>,
    pub state: State,
}

/// Somebody on the list that was published last, as it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub key: PersonKey,
    pub id_number: String,
    pub name: String,
    pub township: String,
    pub township_name: String,
    pub village: String,
    pub village_name: String,
    /// The category's code and name.
    pub category: String,
    pub category_name: String,
    pub fund: String,
    pub subsidy_fen: i64,
    pub due_fen: Option<i64>,
    pub listed_from: Option<NaiveDate>,
}

/// The list that was published last: those who bear a mark by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The day from which it looked at the world.
    pub as_of: NaiveDate,
    pub rows: Vec<Marked>,
}

/// One row of the list: today's mark, that of before, or both.
#[derive(Clone, Debug)]
pub struct Row {
    pub change: Change,
    pub mark: Option<Mark>,
    pub before: Option<Marked>,
    /// What is to be said of the person today.
    pub state: State,
}

/// How far the list, or one category's part of it, has shrunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrinking {
    /// The category's name; empty for the whole list.
    pub category: String,
    /// How many it must have so that somebody may be taken off.
    pub least: i64,
    pub actual: i64,
}

impl Shrinking {
    /// Whether it has not shrunk beyond what is tolerated.
    pub fn is_tolerated(&self) -> bool {
        self.actual >= self.least
    }
}

/// The list of a night.
#[derive(Debug, Default)]
pub struct SubsidyList {
    /// By village, then person.
    pub rows: Vec<Row>,
    /// The day of the list of before, if there is one.
    pub previous: Option<NaiveDate>,
    /// The list as a whole, then its larger categories; none where there is no list of before.
    pub shrinking: Vec<Shrinking>,
}

/// Everybody who is to be marked: entitled today, to be insured here, and not insured otherwise.
pub fn marks(cx: &Context<'_>, all: &Everybody<'_>) -> Vec<Mark> {
    all.ids().into_par_iter().filter_map(|id| mark(cx, &all.one(PersonId(id)))).collect()
}

fn mark(cx: &Context<'_>, one: &One<'_>) -> Option<Mark> {
    if absent(one).is_some() {
        return None;
    }
    let entitlement = entitlement_on(cx, &one.file, cx.as_of)?;
    let is_it = |row: &&crate::tables::CategoryRow| row.subject.record == entitlement.record;
    let standing = one.standing;
    Some(Mark {
        person: one.id,
        key: one.person.key,
        listed_from: one.file.categories.iter().find(is_it).and_then(|it| it.from),
        due_fen: standing.due_fen,
        subsidised_fen: standing.subsidised_fen,
        paid_on: standing.paid_on,
        state: state(cx, one, &entitlement),
        entitlement,
    })
}

/// Why somebody is not to be marked whatever the lists say.
fn absent(one: &One<'_>) -> Option<State> {
    match one.standing.verdict {
        Verdict::Exempt => Some(State::Exempt),
        Verdict::Employee | Verdict::Flexible => Some(State::OtherScheme),
        Verdict::Elsewhere => Some(State::Elsewhere),
        _ if one.standing.scope.is_none() => Some(State::OutOfScope),
        _ => None,
    }
}

/// Whether and how somebody was subsidised, measured by the entitlement of the day of payment.
fn state(cx: &Context<'_>, one: &One<'_>, today: &Entitlement) -> State {
    let settled = settle(cx, &one.file);
    if !settled.is_valid() {
        return State::Unpaid;
    }
    let then = one.standing.entitlement;
    if settled.subsidised_fen == 0 {
        return if then.is_some() { State::PaidInFull } else { State::PaidBefore };
    }
    let then = then.as_ref().unwrap_or(today);
    let shares = super::share::shares(cx, &one.file, one.standing, &settled);
    if settled.subsidised_fen != then.amount_fen {
        State::OtherAmount
    } else if shares.iter().any(|it| it.undue_fen() > 0) {
        State::OtherCategory
    } else {
        State::Subsidised
    }
}

/// Compares today's marks with those of before.
pub fn compare(
    cx: &Context<'_>,
    all: &Everybody<'_>,
    aliases: &[Alias],
    (marks, before): (Vec<Mark>, Option<Before>),
    tolerated_percent: u32,
) -> SubsidyList {
    let Some(before) = before else {
        let first = |mark: Mark| Row {
            change: Change::First,
            state: mark.state,
            mark: Some(mark),
            before: None,
        };
        let rows = in_order(cx, all, marks.into_iter().map(first).collect());
        return SubsidyList { rows, ..SubsidyList::default() };
    };
    let owners = Owners::new(all.people, aliases);
    let n_marks = marks.len();
    let is_marked: FxHashSet<PersonKey> = marks.iter().map(|it| it.key).collect();
    let mut known: FxHashMap<PersonKey, Marked> = FxHashMap::default();
    let mut gone = Vec::new();
    let mut n_of: Vec<(String, usize, usize)> = Vec::new();
    let n_before = before.rows.len();
    for row in before.rows {
        let today = owners.of(row.key).map(|it| all.people[it.0 as usize].key);
        let stays = today.is_some_and(|it| is_marked.contains(&it));
        count(&mut n_of, &row.category_name, stays);
        match today.filter(|_| stays) {
            // Of two who are one now, the one who still goes by his key has the last word.
            Some(key) if key == row.key => _ = known.insert(key, row),
            Some(key) => _ = known.entry(key).or_insert(row),
            None => gone.push(row),
        }
    }
    let shrinking = shrinking(n_before, n_marks, n_of, tolerated_percent);
    let is_held = |row: &Marked| {
        let mut broken = shrinking.iter().filter(|it| !it.is_tolerated());
        broken.any(|it| it.category.is_empty() || it.category == row.category_name)
    };
    let still = |mark: Mark| {
        let before = known.remove(&mark.key);
        let is_same = |it: &Marked| {
            let category = cx.policy.categories.get(mark.entitlement.category);
            it.category == category.code && it.subsidy_fen == mark.entitlement.amount_fen
        };
        let change = match &before {
            None => Change::Added,
            Some(it) if is_same(it) => Change::Kept,
            Some(_) => Change::Changed,
        };
        Row { change, state: mark.state, mark: Some(mark), before }
    };
    let mut rows: Vec<Row> = marks.into_iter().map(still).collect();
    rows.extend(gone.into_iter().map(|row| Row {
        change: if is_held(&row) { Change::Withheld } else { Change::Removed },
        state: owners.of(row.key).and_then(|it| absent(&all.one(it))).unwrap_or(State::NotListed),
        mark: None,
        before: Some(row),
    }));
    SubsidyList { rows: in_order(cx, all, rows), previous: Some(before.as_of), shrinking }
}

/// Whose a key is now: a person's own, or that of rows joined into a person.
struct Owners(FxHashMap<PersonKey, PersonId>);

impl Owners {
    fn new(people: &[Person], aliases: &[Alias]) -> Owners {
        let people = people.iter().zip(0..).map(|(it, at)| (it.key, PersonId(at)));
        // No alias is the key of a person.
        let aliases = aliases.iter().map(|it| (it.key, it.person));
        Owners(aliases.chain(people).collect())
    }

    fn of(&self, key: PersonKey) -> Option<PersonId> {
        self.0.get(&key).copied()
    }
}

/// Counts those of a category who were on the list, and those who stay.
fn count(n_of: &mut Vec<(String, usize, usize)>, category: &str, stays: bool) {
    let at = n_of.iter().position(|it| it.0 == category).unwrap_or_else(|| {
        n_of.push((category.to_string(), 0, 0));
        n_of.len() - 1
    });
    n_of[at].1 += 1;
    n_of[at].2 += usize::from(stays);
}

/// The whole list by how many are on it, each large category by how many of its people stay.
fn shrinking(
    n_before: usize,
    n_marks: usize,
    mut n_of: Vec<(String, usize, usize)>,
    tolerated_percent: u32,
) -> Vec<Shrinking> {
    let kept_percent = 100usize.saturating_sub(tolerated_percent as usize);
    let least = |n: usize| (n * kept_percent).div_ceil(100) as i64;
    n_of.retain(|it| it.1 >= LEAST_JUDGED);
    n_of.sort();
    let category = |(category, n, stay): (String, usize, usize)| Shrinking {
        category,
        least: least(n),
        actual: stay as i64,
    };
    let actual = n_marks as i64;
    let whole = Shrinking { category: String::new(), least: least(n_before), actual };
    std::iter::once(whole).chain(n_of.into_iter().map(category)).collect()
}

/// By code of village or township, the unknown last, then by person.
fn in_order(cx: &Context<'_>, all: &Everybody<'_>, mut rows: Vec<Row>) -> Vec<Row> {
    let code = |place: Option<DivisionId>| place.map_or("", |it| &cx.divisions.get(it).code);
    rows.sort_by_cached_key(|row| match (&row.mark, &row.before) {
        (Some(mark), _) => {
            let code = code(all.people[mark.person.0 as usize].place).to_string();
            (code.is_empty(), code, mark.key)
        }
        (None, Some(it)) => {
            let code = if it.village.is_empty() { &it.township } else { &it.village };
            (code.is_empty(), code.clone(), it.key)
        }
        (None, None) => unreachable!("a row is of today or of before"),
    });
    rows
}

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

/// How far a list may shrink before nobody is taken off it.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    pub percent: u32,
    /// A category's part of the list is judged by itself from so many people on.
    pub smallest: usize,
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
    tolerance: Tolerance,
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
    let shrinking = shrinking(n_before, n_marks, n_of, tolerance);
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
    tolerance: Tolerance,
) -> Vec<Shrinking> {
    let kept_percent = 100_usize.saturating_sub(tolerance.percent as usize);
    let least = |n: usize| (n * kept_percent).div_ceil(100) as i64;
    n_of.retain(|it| it.1 >= tolerance.smallest);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::{INSIDE, on_world};

    /// The list as it would be read back.
    fn before(cx: &Context<'_>, all: &Everybody<'_>, rows: &[Row]) -> Before {
        let one = |row: &Row| match (&row.mark, &row.before) {
            (Some(mark), _) => {
                let category = cx.policy.categories.get(mark.entitlement.category);
                Marked {
                    key: mark.key,
                    id_number: String::new(),
                    name: cx.text(all.people[mark.person.0 as usize].name).to_string(),
                    township: String::new(),
                    township_name: String::new(),
                    village: String::new(),
                    village_name: String::new(),
                    category: category.code.clone(),
                    category_name: category.name.clone(),
                    fund: String::new(),
                    subsidy_fen: mark.entitlement.amount_fen,
                    due_fen: mark.due_fen,
                    listed_from: mark.listed_from,
                }
            }
            (None, before) => before.clone().unwrap(),
        };
        let rows = rows.iter().filter(|it| it.change.is_marked()).map(one).collect();
        Before { as_of: "2023-12-19".parse().unwrap(), rows }
    }

    /// What a night makes of the list of before, and the list for the night after.
    fn night(world: &str, list: Option<Before>, tolerated: u32) -> (SubsidyList, Before, String) {
        on_world(INSIDE, world, |cx, run| {
            let (people, files, standings) = (run.people, run.files, run.standings);
            let all = Everybody { people, files, standings };
            let tolerance = Tolerance { percent: tolerated, smallest: 20 };
            let list = compare(cx, &all, &[], (marks(cx, &all), list), tolerance);
            let mut shown: Vec<String> = list
                .rows
                .iter()
                .map(|row| {
                    let name = match (&row.mark, &row.before) {
                        (Some(it), _) => cx.text(people[it.person.0 as usize].name).to_string(),
                        (None, before) => before.clone().unwrap().name,
                    };
                    format!("{name} {} {}", row.change.code(), row.state.code())
                })
                .collect();
            shown.sort();
            let next = before(cx, &all, &list.rows);
            (list, next, shown.join("\n"))
        })
    }

    fn check(yesterday: &str, today: &str, expected: &str) {
        let (_, list, _) = night(yesterday, None, 20);
        // A handful of people is no list that could collapse.
        let (_, _, shown) = night(today, Some(list), 100);
        let mut expected: Vec<&str> =
            expected.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        expected.sort();
        assert_eq!(shown, expected.join("\n"));
    }

    #[test]
    fn who_is_entitled_and_to_be_insured_here_is_marked_whether_paid_or_not() {
        let world = "
            household A 张三
            category  A 张三 label=低保对象 from=2020-01-01
            household B 李四
            category  B 李四 label=低保对象 from=2020-01-01
            payment   B 李四 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            household C 王五
            category  C 王五 label=低保对象 from=2020-01-01
            payment   C 王五 year=2024 voucher=2 paid=380 on=2023-10-08
            household D 赵六
            category  D 赵六 label=低保对象 from=2023-10-09
            payment   D 赵六 year=2024 voucher=3 paid=380 on=2023-10-08
            household E 孙七
            category  E 孙七 label=特困人员 from=2020-01-01
            category  E 孙七 label=低保对象 from=2020-01-01
            payment   E 孙七 year=2024 voucher=4 paid=190 subsidised=190 label=低保 on=2023-10-08
            household F 周八
            category  F 周八 label=低保对象 from=2020-01-01
            payment   F 周八 year=2024 voucher=5 paid=190 subsidised=190 label=监测户 on=2023-10-08
            household G 吴九
            category  G 吴九 label=低保对象 from=2020-01-01
            death     G 吴九 on=2023-12-01
            household H 郑十
            category  H 郑十 label=低保对象 from=2020-01-01
            enrolment H 郑十 scheme=310 year=2024
            household I 冯一
            category  I 冯一 label=低保对象 from=2020-01-01
            elsewhere I 冯一 at=长沙市
            category  J 陈二 label=低保对象 from=2020-01-01
            household K 褚三
            category  K 褚三 label=低保对象 to=2023-12-20
            household L 卫四
            category  L 卫四 label=稳定脱贫 from=2020-01-01
            ";
        let (list, _, shown) = night(world, None, 20);
        let expected = "
            孙七 first other-amount
            周八 first other-category
            张三 first unpaid
            李四 first subsidised
            王五 first paid-in-full
            赵六 first paid-before";
        let mut expected: Vec<&str> = expected.lines().skip(1).map(str::trim).collect();
        expected.sort();
        assert_eq!(shown, expected.join("\n"));
        assert!(list.shrinking.is_empty() && list.previous.is_none());
    }

    #[test]
    fn the_list_of_before_says_who_is_new_changed_or_gone() {
        check(
            "
            household A 张三
            category  A 张三 label=低保对象
            household B 李四
            category  B 李四 label=低保对象
            household C 王五
            category  C 王五 label=低保对象
            household D 赵六
            category  D 赵六 label=低保对象
            household E 孙七
            category  E 孙七 label=低保对象
            ",
            "
            household A 张三
            category  A 张三 label=低保对象
            household B 李四
            category  B 李四 label=特困人员
            household C 王五
            category  C 王五 label=低保对象
            death     C 王五 on=2023-12-01
            household D 赵六
            household F 周八
            category  F 周八 label=低保对象
            ",
            "
            张三 kept unpaid
            李四 changed unpaid
            王五 removed exempt
            赵六 removed not-listed
            孙七 removed not-listed
            周八 added unpaid
            ",
        );
    }

    #[test]
    fn another_category_of_the_same_worth_is_a_change() {
        check(
            "household A 张三\ncategory A 张三 label=低保对象",
            "household A 张三\ncategory A 张三 label=监测户",
            "张三 changed unpaid",
        );
    }

    /// So many of the alphabet, each on a list.
    fn people(from: u8, to: u8, label: &str) -> String {
        let one = |it: u8| {
            let letter = char::from(b'A' + it);
            format!("household {letter} 人{letter}\ncategory {letter} 人{letter} label={label}\n")
        };
        (from..to).map(one).collect()
    }

    fn count(shown: &str, change: &str) -> usize {
        shown.lines().filter(|it| it.contains(&format!(" {change} "))).count()
    }

    #[test]
    fn a_list_that_collapses_takes_nobody_off_and_whoever_returns_was_never_off() {
        let (_, list, _) = night(&people(0, 10, "低保对象"), None, 20);
        let (eight, _, shown) = night(&people(0, 8, "低保对象"), Some(list.clone()), 20);
        assert_eq!((count(&shown, "removed"), count(&shown, "withheld")), (2, 0));
        assert!(eight.shrinking.iter().all(Shrinking::is_tolerated), "a fifth less is tolerated");

        let (seven, next, shown) = night(&people(0, 7, "低保对象"), Some(list), 20);
        assert_eq!((count(&shown, "removed"), count(&shown, "withheld")), (0, 3));
        let [whole] = &seven.shrinking[..] else { panic!("{:?}", seven.shrinking) };
        assert_eq!((whole.least, whole.actual, whole.is_tolerated()), (8, 7, false));

        let (_, _, shown) = night(&people(0, 7, "低保对象"), Some(next.clone()), 20);
        assert_eq!(count(&shown, "withheld"), 3, "a second broken night takes nobody off either");
        let (_, _, shown) = night(&people(0, 10, "低保对象"), Some(next.clone()), 20);
        assert_eq!(count(&shown, "kept"), 10);
        let (_, _, shown) = night(&people(0, 7, "低保对象"), Some(next), 100);
        assert_eq!(count(&shown, "removed"), 3, "an operator may tolerate it");
    }

    #[test]
    fn a_category_that_collapses_is_held_by_itself() {
        let world = |n_dibao: u8, n_tekun: u8| {
            people(0, n_dibao, "低保对象") + &people(20, 20 + n_tekun, "特困人员")
        };
        let (_, list, _) = night(&world(20, 6), None, 20);
        let (_, _, shown) = night(&world(16, 5), Some(list.clone()), 20);
        assert_eq!((count(&shown, "removed"), count(&shown, "withheld")), (5, 0));
        let (held, _, shown) = night(&world(15, 6), Some(list.clone()), 20);
        assert_eq!((count(&shown, "removed"), count(&shown, "withheld")), (0, 5));
        let broken: Vec<&Shrinking> =
            held.shrinking.iter().filter(|it| !it.is_tolerated()).collect();
        assert_eq!(broken.len(), 1);
        assert_eq!(broken[0].category, "低保对象");
        let (_, _, shown) = night(&world(20, 2), Some(list), 20);
        assert_eq!(count(&shown, "removed"), 4, "of six people four may leave");
    }

    #[test]
    fn whoever_goes_by_another_key_now_keeps_the_mark() {
        let world = people(0, 1, "低保对象");
        let (_, mut list, _) = night(&world, None, 20);
        list.rows[0].key = PersonKey(7);
        let (changes, alias) = on_world(INSIDE, &world, |cx, run| {
            let (people, files, standings) = (run.people, run.files, run.standings);
            let all = Everybody { people, files, standings };
            let alias = Alias { person: PersonId(0), key: PersonKey(7) };
            let of = |aliases: &[Alias]| {
                let list = (marks(cx, &all), Some(list.clone()));
                let all_may_go = Tolerance { percent: 100, smallest: 20 };
                let list = compare(cx, &all, aliases, list, all_may_go);
                list.rows.iter().map(|it| it.change.code()).collect::<Vec<_>>()
            };
            (of(&[]), of(&[alias]))
        });
        assert_eq!(alias, ["kept"]);
        assert_eq!(changes.len(), 2, "without the alias one is gone and one is new: {changes:?}");
    }
}

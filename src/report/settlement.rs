//! 资助参保清算: what should have been subsidised against what was, by category and township, and
//! the bridge from there to the tax bureau's own sum.
//!
//! In every row and every sum: subsidised = entitled − missing + undue, to the fen.

use std::{collections::BTreeMap, ops::AddAssign};

use rayon::prelude::*;

use super::{
    Everybody, One,
    share::{self, Heading},
};
use crate::{
    identity::PersonId,
    ledger::{self, Context, Fate, Verdict, entitlement::entitlement_on},
    policy::ClauseId,
    tables::{DivisionId, Payment, PaymentKind},
};

crate::labelled! {
    /// How somebody on a list is covered on the day of the run.
    pub enum Cover {
        Resident = "resident", "居民参保";
        Employee = "employee", "职工参保";
        Elsewhere = "elsewhere", "异地参保";
        Exempt = "exempt", "不需参保";
        NotEnrolled = "not-enrolled", "未参保";
        Review = "review", "待核实";
    }
}

crate::labelled! {
    /// What became of the subsidy that a row of the feed states. The last three are refunds and
    /// cancellations, which a feed writes with a minus.
    pub enum FeedLine {
        Valid = "valid", "有效缴费（即本表已资助合计）";
        Undone = "undone", "已退费或作废的缴费";
        Repeated = "repeated", "重复送达的缴费（同一凭证只计一次）";
        Other = "other", "其他年度或其他险种的缴费";
        Missed = "missed", "缴费失败的记录";
        Undoing = "undoing", "退费、作废记录（已找到所退缴费）";
        Orphan = "orphan", "退费、作废记录（未找到所退缴费）";
        RefundElse = "refund-else", "退费、作废记录（重复送达、其他年度或险种）";
    }
}

impl FeedLine {
    /// Whether its rows take back what others state.
    pub fn is_refund(self) -> bool {
        self >= FeedLine::Undoing
    }

    fn of(row: &Payment, fate: Fate) -> FeedLine {
        let is_refund = matches!(row.kind, PaymentKind::Refund | PaymentKind::Cancellation);
        match fate {
            Fate::Valid => FeedLine::Valid,
            // Of a refund: a payment that is marked as undone in its own row.
            Fate::Undone => FeedLine::Undone,
            Fate::Undoing => FeedLine::Undoing,
            Fate::Orphan => FeedLine::Orphan,
            Fate::Repeated | Fate::Other | Fate::Missed if is_refund => FeedLine::RefundElse,
            Fate::Repeated => FeedLine::Repeated,
            Fate::Other => FeedLine::Other,
            Fate::Missed => FeedLine::Missed,
        }
    }
}

/// A count, of persons or of rows, and their money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub count: i64,
    pub fen: i64,
}

impl Sum {
    /// One person, if there is any money.
    fn one(fen: i64) -> Sum {
        Sum { count: i64::from(fen != 0), fen }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, more: Sum) {
        self.count += more.count;
        self.fen += more.fen;
    }
}

/// One row of the settlement. Who has shares under two headings is counted under both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Persons who are on a list today, at their highest category, by [`Cover`].
    pub listed: [i64; Cover::ALL.len()],
    /// Persons whose payment counts, and what they were entitled to on the day of payment.
    pub entitled: Sum,
    /// What the payments that count took from subsidies.
    pub subsidised: Sum,
    /// What was rightly taken.
    pub matched: Sum,
    pub missing: Sum,
    /// Of what is missing: taken under another category.
    pub missing_moved_fen: i64,
    pub undue: Sum,
    /// Of what is undue: missing under another category.
    pub undue_moved_fen: i64,
}

impl Figures {
    /// Everybody on the list.
    pub fn n_listed(&self) -> i64 {
        self.listed.iter().sum()
    }

    fn add(&mut self, share: &share::Share) {
        let (missing, undue) = (share.missing_fen(), share.undue_fen());
        self.entitled += Sum::one(share.entitled_fen);
        self.subsidised += Sum::one(share.subsidised_fen);
        self.matched += Sum::one(share.matched_fen());
        self.missing += Sum::one(missing);
        self.undue += Sum::one(undue);
        // A share is missing or undue, never both.
        self.missing_moved_fen += if missing > 0 { share.moved_fen } else { 0 };
        self.undue_moved_fen += if undue > 0 { share.moved_fen } else { 0 };
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, more: Figures) {
        for (count, more) in self.listed.iter_mut().zip(more.listed) {
            *count += more;
        }
        self.entitled += more.entitled;
        self.subsidised += more.subsidised;
        self.matched += more.matched;
        self.missing += more.missing;
        self.missing_moved_fen += more.missing_moved_fen;
        self.undue += more.undue;
        self.undue_moved_fen += more.undue_moved_fen;
    }
}

/// The settlement of a night.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Every category that carries a subsidy or has money; those of one fund together.
    pub by_category: Vec<(Heading, Figures)>,
    /// The same by township, the unknown last; townships and categories with nothing are left out.
    pub by_township: Vec<(Option<DivisionId>, Heading, Figures)>,
    /// Rows of the feed and the subsidies they state, in the order of [`FeedLine`].
    pub feed: [Sum; FeedLine::ALL.len()],
}

impl Settlement {
    /// All categories together.
    pub fn total(&self) -> Figures {
        let mut total = Figures::default();
        self.by_category.iter().for_each(|it| total += it.1);
        total
    }

    /// One line of the bridge.
    pub fn feed(&self, line: FeedLine) -> Sum {
        self.feed[line as usize]
    }

    /// Everything that the feed's rows state, refunds added like payments.
    pub fn feed_gross(&self) -> Sum {
        let mut gross = Sum::default();
        self.feed.iter().for_each(|it| gross += *it);
        gross
    }

    /// What the feed comes to with refunds taken off, as its own column adds up.
    pub fn feed_net_fen(&self) -> i64 {
        let signed = |line: &FeedLine| match line.is_refund() {
            true => -self.feed(*line).fen,
            false => self.feed(*line).fen,
        };
        FeedLine::ALL.iter().map(signed).sum()
    }

    /// Whether there is anything to settle.
    pub fn is_empty(&self) -> bool {
        let is_nothing = self.by_category.iter().all(|it| it.1 == Figures::default());
        is_nothing && self.feed_gross().fen == 0
    }
}

/// The fund that pays under a heading; empty where it is not known.
pub fn fund<'a>(cx: &Context<'a>, heading: Heading) -> &'a str {
    match heading {
        Heading::Category(category) => cx.policy.subsidies.fund_of(category),
        Heading::Unstated => "",
    }
}

/// What a heading is worth to a person, and the clause that says so.
pub fn standard(cx: &Context<'_>, heading: Heading) -> Option<(i64, ClauseId)> {
    let Heading::Category(category) = heading else { return None };
    cx.policy.subsidies.of(category).map(|it| (it.value.amount_fen, it.clause))
}

/// Sums in the making.
#[derive(Default)]
struct Sums {
    by_township: BTreeMap<(Option<DivisionId>, Heading), Figures>,
    feed: [Sum; FeedLine::ALL.len()],
}

/// Settles everybody's subsidies.
pub fn settle(cx: &Context<'_>, all: &Everybody<'_>) -> Settlement {
    let mut sums = all
        .ids()
        .into_par_iter()
        .fold(Sums::default, |mut sums, id| {
            sums.take(cx, &all.one(PersonId(id)));
            sums
        })
        .reduce(Sums::default, Sums::merge);
    // What stands aside and follows nobody counts nowhere, and is in the feed.
    for row in all.files.payments_of_nobody() {
        sums.feed_line(row, Fate::Other);
    }
    let mut by_category: BTreeMap<Heading, Figures> = BTreeMap::new();
    for (category, _) in cx.policy.categories.iter() {
        if cx.policy.subsidies.of(category).is_some() {
            by_category.insert(Heading::Category(category), Figures::default());
        }
    }
    for ((_, heading), figures) in &sums.by_township {
        *by_category.entry(*heading).or_default() += *figures;
    }
    let order = by_fund(cx, by_category.keys().copied().collect());
    let place = |heading: Heading| order.iter().position(|it| *it == heading);
    let mut by_category: Vec<(Heading, Figures)> = by_category.into_iter().collect();
    by_category.sort_by_key(|it| place(it.0));
    let rows = sums.by_township.into_iter().map(|((place, heading), it)| (place, heading, it));
    let mut by_township: Vec<(Option<DivisionId>, Heading, Figures)> = rows.collect();
    by_township.sort_by_key(|it| (it.0.is_none(), it.0, place(it.1)));
    Settlement { by_category, by_township, feed: sums.feed }
}

/// Headings in order, those of one fund together where its first stands, the unknown fund last.
fn by_fund(cx: &Context<'_>, mut headings: Vec<Heading>) -> Vec<Heading> {
    let all = headings.clone();
    let first = |it: &Heading| all.iter().position(|other| fund(cx, *other) == fund(cx, *it));
    headings.sort_by_key(|it| (fund(cx, *it).is_empty(), first(it), *it));
    headings
}

impl Sums {
    fn take(&mut self, cx: &Context<'_>, one: &One<'_>) {
        let township = one.person.place.and_then(|it| cx.divisions.township(it));
        if let Some(entitled) = entitlement_on(cx, &one.file, cx.as_of) {
            let key = (township, Heading::Category(entitled.category));
            let figures = self.by_township.entry(key).or_default();
            figures.listed[cover_of(one.standing.verdict) as usize] += 1;
        }
        if one.file.payments.is_empty() {
            return;
        }
        let settled = ledger::settle(cx, &one.file);
        for (row, fate) in one.file.payments.iter().zip(&settled.fates) {
            self.feed_line(row, *fate);
        }
        for share in share::shares(cx, &one.file, one.standing, &settled) {
            self.by_township.entry((township, share.heading)).or_default().add(&share);
        }
    }

    fn feed_line(&mut self, row: &Payment, fate: Fate) {
        let line = &mut self.feed[FeedLine::of(row, fate) as usize];
        *line += Sum { count: 1, fen: row.subsidised_fen };
    }

    fn merge(mut self, other: Sums) -> Sums {
        for (key, figures) in other.by_township {
            *self.by_township.entry(key).or_default() += figures;
        }
        for (sum, more) in self.feed.iter_mut().zip(other.feed) {
            *sum += more;
        }
        self
    }
}

fn cover_of(verdict: Verdict) -> Cover {
    match verdict {
        Verdict::Resident => Cover::Resident,
        Verdict::Employee | Verdict::Flexible => Cover::Employee,
        Verdict::Elsewhere => Cover::Elsewhere,
        Verdict::Exempt => Cover::Exempt,
        Verdict::RegisteredUnpaid | Verdict::PaidUnregistered | Verdict::Unenrolled => {
            Cover::NotEnrolled
        }
        Verdict::Review => Cover::Review,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::findings::testkit::{INSIDE, on_world};

    /// The settlement of a world, its ledger's sum and its rows' sum.
    fn settled<T>(world: &str, look: impl FnOnce(&Context<'_>, &Settlement, i64, i64) -> T) -> T {
        on_world(INSIDE, world, |cx, run| {
            let (people, files, standings) = (run.people, run.files, run.standings);
            let settlement = settle(cx, &Everybody { people, files, standings });
            let of_ledger = standings.iter().map(|it| it.subsidised_fen).sum();
            let of_rows = run.tables.payments.iter().map(|it| it.subsidised_fen).sum();
            look(cx, &settlement, of_ledger, of_rows)
        })
    }

    /// Rows with money, a line each, in yuan:
    /// `category entitled subsidised missing(moved) undue(moved)`.
    fn check(world: &str, expected: &str) {
        let shown = settled(world, |cx, it, of_ledger, of_rows| {
            assert_sound(it, of_ledger, of_rows);
            let rows = it.by_category.iter().filter(|it| it.1 != Figures::default());
            let show = |(heading, it): &(Heading, Figures)| {
                let name = match heading {
                    Heading::Category(category) => &cx.policy.categories.get(*category).code,
                    Heading::Unstated => "-",
                };
                let sum = |it: Sum| format!("{}×{}", it.count, it.fen / 100);
                format!(
                    "{name} {} {} {}({}) {}({})",
                    sum(it.entitled),
                    sum(it.subsidised),
                    sum(it.missing),
                    it.missing_moved_fen / 100,
                    sum(it.undue),
                    it.undue_moved_fen / 100
                )
            };
            rows.map(show).collect::<Vec<_>>()
        });
        let lines = expected.lines().map(str::trim).filter(|it| !it.is_empty());
        assert_eq!(shown, lines.collect::<Vec<_>>(), "{world}");
    }

    /// What must hold whatever the data.
    fn assert_sound(it: &Settlement, of_ledger: i64, of_rows: i64) {
        let townships = it.by_township.iter().map(|(_, _, figures)| figures);
        for row in it.by_category.iter().map(|(_, figures)| figures).chain(townships) {
            let balance = row.entitled.fen - row.missing.fen + row.undue.fen;
            assert_eq!(row.subsidised.fen, balance, "{row:?}");
            assert_eq!(row.matched.fen, row.entitled.fen - row.missing.fen, "{row:?}");
            assert!((0..=row.missing.fen).contains(&row.missing_moved_fen), "{row:?}");
            assert!((0..=row.undue.fen).contains(&row.undue_moved_fen), "{row:?}");
        }
        let mut of_townships = Figures::default();
        it.by_township.iter().for_each(|it| of_townships += it.2);
        let total = it.total();
        assert_eq!(of_townships, total);
        assert_eq!(total.missing_moved_fen, total.undue_moved_fen);
        assert_eq!(total.subsidised.fen, of_ledger);
        assert_eq!(it.feed(FeedLine::Valid).fen, total.subsidised.fen);
        assert_eq!(it.feed_gross().fen, of_rows);
    }

    #[test]
    fn the_entitled_are_matched_missing_or_undue() {
        check(
            "
            category A 张三 label=低保对象 from=2020-01-01
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 label=低保 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01
            payment  B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            category C 王五 label=低保对象 from=2020-01-01
            payment  C 王五 year=2024 voucher=3 paid=0 subsidised=380 on=2023-10-08
            category D 赵六 label=低保对象 from=2020-01-01
            payment  E 孙七 year=2024 voucher=5 paid=190 subsidised=190 label=监测户 on=2023-10-08
            payment  F 周八 year=2024 voucher=6 paid=190 subsidised=190 label=天书 on=2023-10-08
            category G 吴九 label=稳定脱贫 from=2020-01-01
            payment  G 吴九 year=2024 voucher=7 paid=360 subsidised=20 label=脱贫户 on=2023-10-08
            ",
            "
            dibao 3×570 2×570 1×190(0) 1×190(0)
            monitored 0×0 1×190 0×0(0) 1×190(0)
            stable 0×0 1×20 0×0(0) 1×20(0)
            - 0×0 1×190 0×0(0) 1×190(0)
            ",
        );
    }

    #[test]
    fn a_subsidy_under_another_category_is_missing_here_and_undue_there() {
        check(
            "
            category A 张三 label=特困人员 from=2020-01-01
            category A 张三 label=低保对象 from=2020-01-01
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 label=低保 on=2023-10-08
            ",
            "
            tekun 1×380 0×0 1×380(190) 0×0(0)
            dibao 0×0 1×190 0×0(0) 1×190(190)
            ",
        );
    }

    #[test]
    fn of_two_categories_worth_the_same_the_payment_names_the_one() {
        check(
            "
            category A 张三 label=低保对象 from=2020-01-01
            category A 张三 label=监测户 from=2020-01-01
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 label=监测户 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01
            category B 李四 label=监测户 from=2023-10-09
            payment  B 李四 year=2024 voucher=2 paid=190 subsidised=190 label=监测户 on=2023-10-08
            ",
            "
            dibao 1×190 0×0 1×190(190) 0×0(0)
            monitored 1×190 2×380 0×0(0) 1×190(190)
            ",
        );
    }

    #[test]
    fn the_dead_the_departed_and_employees_are_entitled_to_nothing() {
        check(
            "
            category A 张三 label=低保对象 from=2020-01-01
            death    A 张三 on=2023-10-07
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01
            household B 李四 status=moved-out on=2023-10-07
            payment  B 李四 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
            category C 王五 label=低保对象 from=2020-01-01
            enrolment C 王五 scheme=310 on=2023-10-08
            payment  C 王五 year=2024 voucher=3 paid=190 subsidised=190 on=2023-10-08
            category D 赵六 label=低保对象 from=2020-01-01
            death    D 赵六 on=2023-10-08
            payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
            ",
            "dibao 1×190 4×760 0×0(0) 3×570(0)",
        );
    }

    #[test]
    fn listed_persons_are_counted_once_at_their_highest_category() {
        let world = "
            household A 张三
            category  A 张三 label=低保对象 from=2020-01-01
            category  A 张三 label=特困人员 from=2020-01-01
            enrolment A 张三 year=2024
            payment   A 张三 year=2024 voucher=1 paid=0 subsidised=380 on=2023-10-08
            household B 李四
            category  B 李四 label=低保对象 from=2020-01-01
            household C 王五
            category  C 王五 label=低保对象 from=2020-01-01 to=2023-12-20
            category  D 赵六 label=低保对象 from=2020-01-01
            death     D 赵六 on=2023-12-01
            household E 孙七
            category  E 孙七 label=稳定脱贫 from=2020-01-01
            ";
        settled(world, |cx, it, _, _| {
            let of = |code: &str| {
                let name = |heading| match heading {
                    Heading::Category(it) => cx.policy.categories.get(it).code == code,
                    Heading::Unstated => false,
                };
                it.by_category.iter().find(|it| name(it.0)).map(|it| it.1.listed)
            };
            assert_eq!(of("tekun"), Some([1, 0, 0, 0, 0, 0]));
            assert_eq!(of("dibao"), Some([0, 0, 0, 1, 1, 0]));
            assert_eq!(of("orphan"), Some([0; 6]), "a category of nobody has its row");
            assert_eq!(of("stable"), None, "what carries no subsidy has none");
            assert_eq!(it.total().n_listed(), 3);
        });
    }

    #[test]
    fn every_row_of_the_feed_has_its_line() {
        let world = "
            payment A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            payment A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            payment A 张三 year=2023 voucher=2 paid=190 subsidised=100 on=2023-10-08
            payment A 张三 year=2024 voucher=3 paid=190 subsidised=7 kind=failed
            payment B 李四 year=2024 voucher=4 paid=190 subsidised=180 on=2023-10-08
            payment B 李四 year=2024 voucher=5 refers=4 kind=refund paid=190 subsidised=180 on=2023-10-09
            payment C 王五 year=2024 voucher=6 kind=refund paid=190 subsidised=50 on=2023-10-09
            payment C 王五 year=2023 voucher=7 kind=refund paid=190 subsidised=3 on=2023-10-09
            payment D 赵六 year=2024 voucher=8 refers=8 kind=cancellation paid=190 subsidised=20
            payment - 吴九 year=2023 voucher=9 paid=190 subsidised=40 state=exponent
            ";
        settled(world, |_, it, _, of_rows| {
            let yuan: Vec<(i64, i64)> = it.feed.iter().map(|it| (it.count, it.fen / 100)).collect();
            let expected =
                [(1, 190), (2, 200), (1, 190), (2, 140), (1, 7), (1, 180), (1, 50), (1, 3)];
            assert_eq!(yuan, expected);
            assert_eq!(it.feed_gross(), Sum { count: 10, fen: of_rows });
            assert_eq!(it.feed_net_fen(), (190 + 200 + 190 + 140 + 7 - 180 - 50 - 3) * 100);
        });
    }

    /// A line of a world that lists, pays, buries or employs one of six people.
    fn line() -> impl Strategy<Value = String> {
        let labels = ["特困人员", "低保对象", "监测户", "稳定脱贫", "天书"];
        let label = prop::sample::select(labels.to_vec());
        let person = 0u8..6;
        let day = (1u32..12, 1u32..28).prop_map(|(month, day)| format!("2023-{month:02}-{day:02}"));
        let money = || prop::sample::select(vec![0, 1, 190, 380]);
        let kind = prop::sample::select(vec!["paid", "paid", "paid", "refund", "cancellation"]);
        let place = prop::sample::select(vec!["", "village=南华村"]);
        (0u8..10, person, label, day, (money(), money()), (kind, 0u32..9, 0u32..9), place).prop_map(
            |(what, person, label, day, (paid, subsidised), (kind, voucher, refers), place)| {
                let who = format!("{} 人{person}", char::from(b'A' + person));
                match what {
                    0..3 => format!("category {who} {place} label={label} from={day}"),
                    3 => format!("death {who} on={day}"),
                    4 => format!("enrolment {who} scheme=310 on={day}"),
                    it => format!(
                        "payment {who} {place} year={} voucher={voucher} refers={refers} \
                         kind={kind} paid={paid} subsidised={subsidised} {} on={day}",
                        if it == 9 { 2023 } else { 2024 },
                        if it % 2 == 0 { format!("label={label}") } else { String::new() },
                    ),
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn it_balances_and_adds_up_to_the_feed_whatever_is_paid(
            lines in prop::collection::vec(line(), 1..40)
        ) {
            settled(&lines.join("\n"), |_, it, of_ledger, of_rows| {
                assert_sound(it, of_ledger, of_rows);
            });
        }
    }
}

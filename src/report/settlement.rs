//! 资助参保清算: what should have been subsidised against what was, by category and township, and
//! the bridge from there to the tax bureau's own sum.
//!
//! In every row and every sum: subsidised = entitled − missing + undue, to the fen.

use std::{collections::BTreeMap, ops::AddAssign};

use rayon::prelude::*;

use super::{Everybody, One, share};
use crate::{
    identity::PersonId,
    ledger::{self, Context, Fate, Verdict, entitlement::entitlement_on},
    policy::{CategoryId, ClauseId},
    tables::{DivisionId, Payment, PaymentKind},
};

/// What a row is for. Money under no category at all comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    Category(CategoryId),
    /// The payment names no category that is known, and the person has none.
    Unstated,
}

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
        Heading::Category(_) => &cx.policy.subsidies.fund,
        Heading::Unstated => "",
    }
}

/// What a heading is worth to a person, and the clause that says so.
pub fn standard(cx: &Context<'_>, heading: Heading) -> Option<(i64, ClauseId)> {
    let Heading::Category(category) = heading else { return None };
    cx.policy.subsidies.of(category).map(|it| (it.value, it.clause))
}

/// Sums in the making.
#[derive(Default)]
struct Sums {
    by_township: BTreeMap<(Option<DivisionId>, Heading), Figures>,
    feed: [Sum; FeedLine::ALL.len()],
}

/// Settles everybody's subsidies.
pub fn settle(cx: &Context<'_>, all: &Everybody<'_>) -> Settlement {
    let sums = all
        .ids()
        .into_par_iter()
        .fold(Sums::default, |mut sums, id| {
            sums.take(cx, &all.one(PersonId(id)));
            sums
        })
        .reduce(Sums::default, Sums::merge);
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
            self.feed[FeedLine::of(row, *fate) as usize] +=
                Sum { count: 1, fen: row.subsidised_fen };
        }
        for share in share::shares(cx, &one.file, one.standing, &settled) {
            self.by_township.entry((township, share.heading)).or_default().add(&share);
        }
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

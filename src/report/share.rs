//! What one person's payments took from subsidies, and what they should have: by category.

use crate::{
    identity::PersonFile,
    ledger::{
        Context, Entitlement, Fate, Settled, Standing, cover, entitlement::categories_on, exempt,
    },
    policy::CategoryId,
    tables::Payment,
};

/// What a row is for. Money under no category at all comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    Category(CategoryId),
    /// The payment names no category that is known, and the person has none.
    Unstated,
}

/// One category's part in a person's settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub heading: Heading,
    pub entitled_fen: i64,
    pub subsidised_fen: i64,
    /// Of what is missing or undue here: how much was taken under another category, or is missing
    /// there. Over all shares of a person the one adds up to the other.
    pub moved_fen: i64,
}

impl Share {
    /// What was rightly subsidised.
    pub fn matched_fen(&self) -> i64 {
        self.entitled_fen.min(self.subsidised_fen)
    }

    /// What should have been subsidised and was not.
    pub fn missing_fen(&self) -> i64 {
        self.entitled_fen - self.matched_fen()
    }

    /// What was subsidised beyond what was to be.
    pub fn undue_fen(&self) -> i64 {
        self.subsidised_fen - self.matched_fen()
    }
}

/// The shares of a person whose payment counts, by heading; none where nothing counts.
///
/// A payment belongs to the category that it names itself, else to the one that the person is
/// entitled by, else to none. The entitlement belongs to the category that gives it; of two that
/// give the same, to the one the payment names. So somebody subsidised under another category
/// is missing under his own and undue under the other, and `moved_fen` says how much of both is
/// the same money.
pub fn shares(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    standing: &Standing,
    settled: &Settled,
) -> Vec<Share> {
    if !settled.is_valid() {
        return Vec::new();
    }
    let by_list = standing.entitlement.as_ref().map(|it| named(cx, file, settled, it));
    let otherwise = by_list.map_or(Heading::Unstated, |(category, _)| Heading::Category(category));
    let mut shares: Vec<Share> = Vec::new();
    if let Some((category, fen)) = by_list.filter(|_| may_be_subsidised(cx, file, settled)) {
        at(&mut shares, Heading::Category(category)).entitled_fen += fen;
    }
    for row in subsidised(file, settled) {
        let heading = cx.labels.get(row.category_label).map_or(otherwise, Heading::Category);
        at(&mut shares, heading).subsidised_fen += row.subsidised_fen;
    }
    shares.sort_by_key(|it| it.heading);
    move_between(&mut shares);
    shares
}

/// The payments that count and were subsidised.
fn subsidised<'a>(
    file: &PersonFile<'a>,
    settled: &'a Settled,
) -> impl Iterator<Item = &'a Payment> {
    settled.rows(file.payments, Fate::Valid).filter(|it| it.subsidised_fen != 0)
}

/// The category that gives the subsidy, and how much: of those worth the same the one that a
/// payment names.
fn named(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    settled: &Settled,
    entitled: &Entitlement,
) -> (CategoryId, i64) {
    let day = settled.paid_on.unwrap_or(cx.as_of);
    let is_worth_as_much = |category: &CategoryId| {
        let worth = cx.policy.subsidies.of(*category).map(|it| it.value.amount_fen);
        worth == Some(entitled.amount_fen)
            && categories_on(cx, file, day).any(|(held, _)| held == *category)
    };
    let mut named = subsidised(file, settled).filter_map(|it| cx.labels.get(it.category_label));
    (named.find(is_worth_as_much).unwrap_or(entitled.category), entitled.amount_fen)
}

/// Whether a subsidy was due at all on the day of payment: not to the dead, to those who had left
/// or to employees.
fn may_be_subsidised(cx: &Context<'_>, file: &PersonFile<'_>, settled: &Settled) -> bool {
    let day = settled.paid_on.unwrap_or(cx.as_of);
    exempt::exit_before(cx, file, day).is_none() && cover::employee_on(cx, file, day).is_none()
}

/// The share under a heading.
fn at(shares: &mut Vec<Share>, heading: Heading) -> &mut Share {
    let known = shares.iter().position(|it| it.heading == heading);
    let at = known.unwrap_or_else(|| {
        shares.push(Share { heading, entitled_fen: 0, subsidised_fen: 0, moved_fen: 0 });
        shares.len() - 1
    });
    &mut shares[at]
}

/// Says how much of what is missing under one heading was taken under others.
fn move_between(shares: &mut [Share]) {
    let missing: i64 = shares.iter().map(Share::missing_fen).sum();
    let undue: i64 = shares.iter().map(Share::undue_fen).sum();
    let (mut to_give, mut to_take) = (missing.min(undue), missing.min(undue));
    for share in shares {
        let (missing, undue) = (share.missing_fen().min(to_give), share.undue_fen().min(to_take));
        (to_give, to_take) = (to_give - missing, to_take - undue);
        share.moved_fen = missing + undue;
    }
}

//! What a person's payment rows come to: what counts, what was undone, what was said twice.

use chrono::NaiveDate;

use super::{Context, entitlement::entitlement_on};
use crate::identity::PersonFile;
use crate::tables::{Payment, PaymentKind, Scheme, TextId};

/// What became of one payment row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts, with what is left of it after refunds.
    Valid,
    /// Refunded or cancelled in full.
    Undone,
    /// The same voucher as an earlier row: delivered twice, counted once.
    Repeated,
    /// For another year or another scheme.
    Other,
    /// It failed, or was of nothing.
    Missed,
    /// A refund or cancellation that found its payment.
    Undoing,
    /// A refund or cancellation without its payment.
    Orphan,
}

/// A person's payments for the year, settled.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// The fate of each payment row, in the order of the file.
    pub fates: Vec<Fate>,
    /// What is left of each row's amount paid by the person.
    pub net_fen: Vec<i64>,
    /// Sums over the rows that count.
    pub paid_fen: i64,
    pub subsidised_fen: i64,
    /// The day of the first row that counts.
    pub paid_on: Option<NaiveDate>,
}

impl Settled {
    /// Whether anything counts: a payment, or a fee settled by subsidy alone.
    pub fn is_valid(&self) -> bool {
        self.fates.contains(&Fate::Valid)
    }

    /// The rows of `payments` that met this fate.
    pub fn rows<'a>(
        &'a self,
        payments: &'a [Payment],
        fate: Fate,
    ) -> impl Iterator<Item = &'a Payment> {
        payments.iter().zip(&self.fates).filter(move |(_, it)| **it == fate).map(|(row, _)| row)
    }
}

/// Settles a person's payments.
pub fn settle(cx: &Context<'_>, file: &PersonFile<'_>) -> Settled {
    let payments = file.payments;
    if payments.is_empty() {
        return Settled::default();
    }
    let mut fates: Vec<Fate> = payments.iter().map(|row| first_fate(cx, file, row)).collect();
    let mut net_fen: Vec<i64> = payments.iter().map(|row| row.paid_fen).collect();
    mark_repeated(payments, &mut fates);
    for at in 0..payments.len() {
        if fates[at] == Fate::Orphan {
            undo(payments, at, &mut fates, &mut net_fen);
        }
    }
    let mut settled = Settled { fates, net_fen, ..Settled::default() };
    for (at, row) in payments.iter().enumerate() {
        if settled.fates[at] == Fate::Valid {
            settled.paid_fen += settled.net_fen[at];
            settled.subsidised_fen += row.subsidised_fen;
            settled.paid_on = match (settled.paid_on, row.paid_on) {
                (Some(known), Some(day)) => Some(known.min(day)),
                (known, day) => known.or(day),
            };
        }
    }
    settled
}

/// The fate of a row by itself.
fn first_fate(cx: &Context<'_>, file: &PersonFile<'_>, row: &Payment) -> Fate {
    if row.is_aside(cx.policy.year) || !matches!(row.scheme, Scheme::Resident | Scheme::Unknown) {
        return Fate::Other;
    }
    match row.kind {
        PaymentKind::Refund | PaymentKind::Cancellation => Fate::Orphan,
        PaymentKind::Failed => Fate::Missed,
        PaymentKind::Paid if row.paid_fen <= 0 && row.subsidised_fen <= 0 => {
            if owes_nothing(cx, file, row) { Fate::Valid } else { Fate::Missed }
        }
        PaymentKind::Paid => Fate::Valid,
    }
}

/// A row of nothing settles the fee of somebody for whom the whole of it is paid: some feeds
/// have no column for the subsidy.
fn owes_nothing(cx: &Context<'_>, file: &PersonFile<'_>, row: &Payment) -> bool {
    let fee_fen = cx.policy.fee.individual.value.amount_fen;
    entitlement_on(cx, file, row.paid_on.unwrap_or(cx.as_of))
        .is_some_and(|it| it.amount_fen >= fee_fen)
}

fn mark_repeated(payments: &[Payment], fates: &mut [Fate]) {
    for at in 1..payments.len() {
        let voucher = payments[at].voucher;
        let is_again = voucher.is_some()
            && (0..at).any(|it| {
                fates[it] != Fate::Other
                    && payments[it].voucher == voucher
                    && payments[it].kind == payments[at].kind
            });
        if is_again && matches!(fates[at], Fate::Valid | Fate::Orphan) {
            fates[at] = Fate::Repeated;
        }
    }
}

/// Finds the payment that a refund or cancellation undoes, and undoes it.
fn undo(payments: &[Payment], refund: usize, fates: &mut [Fate], net_fen: &mut [i64]) {
    let row = &payments[refund];
    let Some(at) = find_undone(payments, row, fates) else {
        // A row that marks its own voucher as undone is a payment and its cancellation in one.
        if row.refers_to.is_some() && row.refers_to == row.voucher {
            fates[refund] = Fate::Undone;
        }
        return;
    };
    fates[refund] = Fate::Undoing;
    let is_whole =
        row.kind == PaymentKind::Cancellation || row.paid_fen == 0 || row.paid_fen >= net_fen[at];
    if is_whole {
        fates[at] = Fate::Undone;
        net_fen[at] = 0;
    } else {
        net_fen[at] -= row.paid_fen;
    }
}

/// By voucher, if the row names one that is there; else the person's last payment of that amount.
fn find_undone(payments: &[Payment], row: &Payment, fates: &[Fate]) -> Option<usize> {
    let valid = || (0..payments.len()).filter(|at| fates[*at] == Fate::Valid);
    let by_voucher =
        |voucher: TextId| valid().find(|at| voucher.is_some() && payments[*at].voucher == voucher);
    by_voucher(row.refers_to).or_else(|| by_voucher(row.voucher)).or_else(|| {
        let names_another = row.refers_to.is_some();
        valid().rfind(|at| {
            let paid = &payments[*at];
            !names_another
                && paid.paid_fen == row.paid_fen
                && (paid.paid_on.is_none() || row.paid_on.is_none() || paid.paid_on <= row.paid_on)
        })
    })
}

//! The tax bureau's payment feed.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, codes, enrolment, place};
use crate::{
    clean::category,
    ingest::{account::RejectReason, complaints, field::Field},
    tables::{Payment, PaymentKind, Tables},
};

impl Read for Payment {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let stated = stated_kind(desk);
        let subsidised = desk.money(Field::Subsidised).unwrap_or(0);
        let amount = paid(desk, subsidised);
        let paid = match (amount, stated) {
            (Some(amount), _) => amount,
            // A payment that failed need not say how much did not arrive.
            (None, Some(PaymentKind::Failed)) => 0,
            (None, _) => {
                let field = if desk.has(Field::Paid) { Field::Paid } else { Field::Total };
                return Err(Blame { reason: RejectReason::NoAmount, field: Some(field) });
            }
        };
        let is_negative = paid < 0 || subsidised < 0;
        let kind = match stated {
            Some(PaymentKind::Paid) | None if is_negative => PaymentKind::Refund,
            Some(kind) => kind,
            None => PaymentKind::Paid,
        };
        let voucher = desk.text(Field::Voucher);
        let mut refers_to = desk.text(Field::RefersTo);
        // A positive row that is marked as undone is a payment and its cancellation in one.
        let is_undone = matches!(kind, PaymentKind::Refund | PaymentKind::Cancellation);
        if is_undone && !is_negative && !refers_to.is_some() {
            refers_to = voucher;
        }
        let label = category::key(&desk.words(Field::Category));
        rows.push(Payment {
            subject,
            voucher,
            refers_to,
            kind,
            scheme: enrolment::scheme(desk),
            year: desk.year(),
            due_fen: desk.money(Field::Due).map(i64::saturating_abs),
            paid_fen: paid.saturating_abs(),
            subsidised_fen: subsidised.saturating_abs(),
            category_label: desk.texts.intern(&label),
            paid_on: desk.date(Field::PaidOn),
            channel: desk.text(Field::Channel),
            paid_at: place::county_code(desk, Field::PaidAt),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.payments
    }

    fn event(&self) -> Option<NaiveDate> {
        self.paid_on
    }

    fn fen(&self) -> i64 {
        match self.kind {
            PaymentKind::Paid => self.paid_fen,
            PaymentKind::Refund | PaymentKind::Cancellation => -self.paid_fen,
            PaymentKind::Failed => 0,
        }
    }
}

/// What the person paid: the row's own figure, or the total less what others paid.
fn paid(desk: &mut Desk<'_>, subsidised: i64) -> Option<i64> {
    match desk.money(Field::Paid) {
        Some(paid) => Some(paid),
        None => desk.money(Field::Total).map(|total| total.saturating_sub(subsidised)),
    }
}

fn stated_kind(desk: &mut Desk<'_>) -> Option<PaymentKind> {
    if codes::is_reversed(&desk.words(Field::Reversed)) {
        return Some(PaymentKind::Cancellation);
    }
    let words = desk.words(Field::PaymentKind);
    if words.is_empty() {
        return None;
    }
    let header = desk.columns.header(Field::PaymentKind);
    if header.contains("是否") || header.contains("标志") {
        let undone = match codes::yes(&words) {
            Some(true) if header.contains('退') => Some(PaymentKind::Refund),
            Some(true) if header.contains("作废") => Some(PaymentKind::Cancellation),
            Some(false) if header.contains('退') || header.contains("作废") => {
                Some(PaymentKind::Paid)
            }
            _ => None,
        };
        if undone.is_some() {
            return undone;
        }
    }
    let kind = codes::payment_kind(&words);
    if kind.is_none() {
        desk.complain(&complaints::UNKNOWN_PAYMENT_KIND, Field::PaymentKind, &words);
    }
    kind
}

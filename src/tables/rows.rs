//! One accepted row of each source kind.
//!
//! Money is integer fen. `TextId::NONE` and `None` mean that the source does not say.

use chrono::NaiveDate;

use super::{SourceKind, Subject, TextId};
use crate::clean::id_number::IdNumber;

/// What every row type has in common: a subject, a kind, and texts that are renumbered when the
/// interners of parallel readers are merged.
pub trait Row: Copy + Send + Sync {
    const KIND: SourceKind;
    fn subject(&self) -> &Subject;
    fn subject_mut(&mut self) -> &mut Subject;
    /// Every text handle of the kind's own columns.
    fn own_texts(&mut self) -> Vec<&mut TextId>;
}

macro_rules! rows {
    ($( $name:ident: $kind:ident [ $($text:ident),* ]; )+) => { $(
        impl Row for $name {
            const KIND: SourceKind = SourceKind::$kind;
            fn subject(&self) -> &Subject { &self.subject }
            fn subject_mut(&mut self) -> &mut Subject { &mut self.subject }
            fn own_texts(&mut self) -> Vec<&mut TextId> { vec![ $( &mut self.$text ),* ] }
        }
    )+ };
}

rows! {
    Resident: Household [household, former_name, address];
    Permit: ResidencePermit [permit_number, origin_place];
    Birth: Birth [certificate, mother_name, mother_id_text];
    Death: Death [];
    CategoryRow: Category [label, household];
    Student: Student [school, school_number];
    Enrolment: Enrolment [person_number, unit, status_text];
    Payment: Payment [voucher, refers_to, category_label, channel];
    Collection: Collection [receipt];
    Elsewhere: Elsewhere [insured_at];
    Exemption: Exempt [detail];
    Answer: Feedback [finding, batch, answer, evidence, remark];
}

crate::labelled! {
    /// What the roster says of a person's registration.
    pub enum RegistrationStatus {
        Registered = "registered", "正常";
        MovedOut = "moved-out", "迁出";
        Cancelled = "cancelled", "注销";
        Dead = "dead", "死亡";
        Unknown = "unknown", "未知";
    }
}

crate::labelled! {
    /// Relation to the head of the household, as far as anything depends on it.
    pub enum Relation {
        Head = "head", "户主";
        Spouse = "spouse", "配偶";
        Child = "child", "子女";
        Parent = "parent", "父母";
        Grandchild = "grandchild", "孙子女";
        Grandparent = "grandparent", "祖父母";
        Sibling = "sibling", "兄弟姐妹";
        ChildInLaw = "child-in-law", "儿媳女婿";
        Other = "other", "其他";
        Unknown = "unknown", "未知";
    }
}

/// A row of the police roster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resident {
    pub subject: Subject,
    pub household: TextId,
    pub relation: Relation,
    pub former_name: TextId,
    pub address: TextId,
    pub status: RegistrationStatus,
    pub status_on: Option<NaiveDate>,
    /// When the person was first registered here (moved in, born), where the roster says it.
    pub registered_on: Option<NaiveDate>,
}

/// A residence permit of somebody registered elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permit {
    pub subject: Subject,
    pub permit_number: TextId,
    pub origin_place: TextId,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// A birth certificate; the newborn is the subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Birth {
    pub subject: Subject,
    pub certificate: TextId,
    pub mother_id: Option<IdNumber>,
    pub mother_id_text: TextId,
    pub mother_name: TextId,
}

/// A death or cremation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Death {
    pub subject: Subject,
    pub died_on: Option<NaiveDate>,
}

/// One person's membership of one category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CategoryRow {
    pub subject: Subject,
    /// The category as the list calls it, normalised; policy says what it means.
    pub label: TextId,
    pub household: TextId,
    pub from: Option<NaiveDate>,
    /// The first day on which the membership no longer holds.
    pub to: Option<NaiveDate>,
}

/// A pupil or student on a school's roll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Student {
    pub subject: Subject,
    pub school: TextId,
    pub school_number: TextId,
    pub enrolled_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

crate::labelled! {
    /// The insurance schemes that make a person insured, and the rest.
    pub enum Scheme {
        Resident = "390", "城乡居民基本医疗保险";
        Employee = "310", "职工基本医疗保险";
        /// Rides on the employee scheme and insures nobody: counted, never cover.
        Maternity = "510", "生育保险";
        Other = "other", "其他险种";
        Unknown = "unknown", "未注明";
    }
}

crate::labelled! {
    /// The state of an enrolment; only `Active` counts as cover.
    pub enum EnrolmentStatus {
        Active = "active", "正常参保";
        Paused = "paused", "暂停参保";
        Terminated = "terminated", "终止参保";
        NotEnrolled = "not-enrolled", "未参保";
        Unknown = "unknown", "未知";
    }
}

/// A row of the medical-insurance register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enrolment {
    pub subject: Subject,
    pub person_number: TextId,
    pub scheme: Scheme,
    pub status: EnrolmentStatus,
    /// The status as found, where no known code or word.
    pub status_text: TextId,
    /// The national person type (1103 flexible …), or 0.
    pub person_type: u16,
    /// The insurance year the row is for; 0 where neither row nor source says it.
    pub year: u16,
    pub enrolled_on: Option<NaiveDate>,
    pub paused_on: Option<NaiveDate>,
    /// Six-digit division of the place of insurance, or 0.
    pub insured_at: u32,
    /// Employer, or for residents the village unit.
    pub unit: TextId,
}

crate::labelled! {
    /// What a row of the payment feed is.
    pub enum PaymentKind {
        Paid = "paid", "缴费";
        Refund = "refund", "退费";
        Cancellation = "cancellation", "作废";
        Failed = "failed", "缴费失败";
    }
}

/// A row of the tax bureau's payment feed. Amounts are not negative: `kind` carries the sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment {
    pub subject: Subject,
    pub voucher: TextId,
    /// The voucher that a refund or cancellation undoes, where the row names it.
    pub refers_to: TextId,
    pub kind: PaymentKind,
    pub scheme: Scheme,
    /// The insurance year paid for; 0 where neither row nor source says it.
    pub year: u16,
    pub due_fen: Option<i64>,
    pub paid_fen: i64,
    pub subsidised_fen: i64,
    pub category_label: TextId,
    pub paid_on: Option<NaiveDate>,
    pub channel: TextId,
    /// Six-digit division of the county paid in, or 0.
    pub paid_at: u32,
}

/// A line of a village collector's own register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Collection {
    pub subject: Subject,
    pub amount_fen: i64,
    pub collected_on: Option<NaiveDate>,
    pub receipt: TextId,
}

/// Evidence of cover in another place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elsewhere {
    pub subject: Subject,
    pub scheme: Scheme,
    pub status: EnrolmentStatus,
    pub insured_at: TextId,
    pub from: Option<NaiveDate>,
    /// The last day the evidence holds.
    pub to: Option<NaiveDate>,
}

crate::labelled! {
    /// Why the law covers or excuses a person otherwise.
    pub enum ExemptionReason {
        Army = "army", "现役军人";
        Prison = "prison", "服刑人员";
        SettledAbroad = "settled-abroad", "出国（境）定居";
        Other = "other", "其他";
    }
}

/// A row of an exempting list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exemption {
    pub subject: Subject,
    pub reason: ExemptionReason,
    pub detail: TextId,
    pub from: Option<NaiveDate>,
    /// The first day on which the exemption no longer holds.
    pub to: Option<NaiveDate>,
}

/// A township's answer about one finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    pub subject: Subject,
    pub finding: TextId,
    /// The number of the list that the row came back on, as found; a list of before numbers has none.
    pub batch: TextId,
    /// The answer's code (E1, D1, R1 …) or words.
    pub answer: TextId,
    pub evidence: TextId,
    pub remark: TextId,
    pub answered_on: Option<NaiveDate>,
}

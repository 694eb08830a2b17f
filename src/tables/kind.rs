//! The kinds of source that departments deliver.

crate::labelled! {
    /// What a source is, whoever supplies it. The order is that of record ids.
    pub enum SourceKind {
        Household = "household", "户籍人口";
        ResidencePermit = "residence-permit", "居住证";
        Birth = "birth", "出生医学证明";
        Death = "death", "死亡";
        Category = "category", "困难人员名单";
        Student = "student", "学籍";
        Enrolment = "enrolment", "参保登记";
        Payment = "payment", "税务缴费";
        Collection = "collection", "村级代收台账";
        Elsewhere = "elsewhere", "异地参保";
        Exempt = "exempt", "不需参保";
        Feedback = "feedback", "乡镇反馈";
    }
}

impl SourceKind {
    /// Lists of persons, the surest first: what makes somebody known, unlike money and the
    /// register.
    pub const LISTS: [SourceKind; 4] = [
        SourceKind::Household,
        SourceKind::ResidencePermit,
        SourceKind::Birth,
        SourceKind::Student,
    ];

    /// The kind's bit in a set of kinds.
    pub fn bit(self) -> u16 {
        1 << self as u16
    }
}

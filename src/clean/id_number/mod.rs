//! Certificate numbers: the citizen id and everything that stands in its column.
//!
//! A damaged number is repaired only where exactly one reading passes the check, and never by
//! guessing a digit: a number with a wrong check digit stays one.

mod certificate;
mod damage;
mod number;
mod read;
#[cfg(test)]
mod tests;

pub use damage::lost_tail_prefix;
pub use number::IdNumber;
pub use read::{IdRead, read};

crate::labelled! {
    /// What kind of certificate a number is.
    pub enum IdKind {
        Citizen = "citizen", "居民身份证";
        ResidencePermit = "hmt-residence-permit", "港澳台居民居住证";
        TravelPermit = "hmt-travel-permit", "港澳台居民来往内地（大陆）通行证";
        Foreigner = "foreigner-permit", "外国人永久居留身份证";
        Passport = "passport", "护照";
        BirthCertificate = "birth-certificate", "出生医学证明";
        Other = "other", "其他证件";
        None = "none", "无证件";
    }
}

crate::labelled! {
    /// How the number was read, or why it was not.
    pub enum IdState {
        Valid = "valid", "有效";
        Repaired = "repaired", "已修正";
        Upgraded = "upgraded", "15位升18位";
        FromCard = "from-card", "取自残疾证或学籍号";
        OtherCertificate = "other-certificate", "其他证件";
        LostTail = "lost-tail", "尾数被电子表格改写";
        Exponent = "exponent", "科学计数法，号码已丢失";
        WrongCheck = "wrong-check", "校验码不符";
        WrongDate = "wrong-date", "出生日期无效";
        WrongRegion = "wrong-region", "没有这个地区码";
        WrongLength = "wrong-length", "位数不对";
        Masked = "masked", "已脱敏";
        Placeholder = "placeholder", "占位号码";
        Several = "several", "一格多号";
        NotANumber = "not-a-number", "不是证件号码";
        Missing = "missing", "缺失";
    }
}

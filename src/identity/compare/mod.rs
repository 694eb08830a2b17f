//! What two rows are compared in, and how well they can agree: levels that explain themselves.
//!
//! A field is an ordered list of levels, the first of which is "nothing to compare". Models hold
//! a weight for each level; `links.parquet` and `bulou explain` show them by these names.

crate::labelled! {
    /// The fields that are compared.
    pub enum Field {
        Id = "id", "证件号码";
        Name = "name", "姓名";
        Birth = "birth", "出生日期";
        Sex = "sex", "性别";
        Place = "place", "村";
        Household = "household", "户";
        Source = "source", "来源";
    }
}

crate::labelled! {
    /// Two numbers, at most one of them whole, or both whole and different.
    pub enum IdLevel {
        Missing = "missing", "无可比";
        OneSlip = "one-slip", "一处错误或相邻两位颠倒";
        LostTail = "lost-tail", "尾数被电子表格改写，其余一致";
        DateOrRegion = "date-or-region", "仅出生日期或地区码不符";
        Masked = "masked", "脱敏，露出的部分一致";
        ValidOneSlip = "valid-one-slip", "两个有效号码相差一处";
        Different = "different", "不同";
    }
}

crate::labelled! {
    /// Two names.
    pub enum NameLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Variant = "variant", "异体或繁简";
        Former = "former", "与曾用名一致";
        Shortened = "shortened", "少数民族姓名简写";
        Wildcard = "wildcard", "生僻字缺失";
        SameSound = "same-sound", "同音";
        OneCharacter = "one-character", "一字之差";
        Permuted = "permuted", "字序颠倒";
        Unrelated = "unrelated", "不一致";
    }
}

crate::labelled! {
    /// Two days of birth.
    pub enum BirthLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Swapped = "swapped", "月日或相邻两位颠倒";
        OneDigit = "one-digit", "一位不同";
        SameYear = "same-year", "同年";
        Different = "different", "不同";
    }
}

crate::labelled! {
    /// Two sexes.
    pub enum SexLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Different = "different", "不同";
    }
}

crate::labelled! {
    /// Two places of living.
    pub enum PlaceLevel {
        Missing = "missing", "无可比";
        Village = "village", "同村";
        Township = "township", "同乡镇";
        Different = "different", "不同";
    }
}

crate::labelled! {
    /// A row and the household of the person it may be about.
    pub enum HouseholdLevel {
        Missing = "missing", "无可比";
        Same = "same", "同户号";
        Kin = "kin", "该行号码属于同户另一人";
        Different = "different", "户号不同";
    }
}

crate::labelled! {
    /// Whether the person has a row in that source anyway: most people have one.
    pub enum SourceLevel {
        Missing = "missing", "无可比";
        Vacant = "vacant", "此人在该来源没有别的记录";
        Taken = "taken", "此人在该来源已有记录";
    }
}

impl Field {
    /// The code and the Chinese name of a level.
    pub fn level(self, level: u8) -> (&'static str, &'static str) {
        macro_rules! name {
            ($levels:ident) => {
                $levels::ALL.get(usize::from(level)).map(|it| (it.code(), it.zh()))
            };
        }
        let name = match self {
            Field::Id => name!(IdLevel),
            Field::Name => name!(NameLevel),
            Field::Birth => name!(BirthLevel),
            Field::Sex => name!(SexLevel),
            Field::Place => name!(PlaceLevel),
            Field::Household => name!(HouseholdLevel),
            Field::Source => name!(SourceLevel),
        };
        name.expect("bug: a level that the field does not have")
    }
}

/// How many fields there are.
pub const N_FIELDS: usize = 7;

/// How far one field speaks for two rows being one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Position among the field's levels; 0 where there was nothing to compare.
    pub level: u8,
    /// Binary logarithm of how much likelier this level is for one person than for two.
    pub bits: f32,
}

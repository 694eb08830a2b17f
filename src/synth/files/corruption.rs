//! What can be wrong with a row as written, and what that should make a reader say.

crate::labelled! {
    /// The dirt of a row.
    pub enum Corruption {
        WideDigits = "wide-digits", "全角数字";
        SmallX = "small-x", "小写或异体X";
        StarX = "star-x", "X写成其他";
        Quote = "quote", "前缀引号";
        Blanks = "blanks", "夹空格";
        OcrLetters = "ocr-letters", "字母代数字";
        Exponent = "exponent", "科学计数";
        LostTail = "lost-tail", "尾数为零";
        LostTailChecks = "lost-tail-that-checks", "尾数为零而校验相符";
        Neighbour = "neighbour-double", "浮点近似";
        OneDigit = "one-digit-wrong", "错一位";
        Swapped = "digits-swapped", "两位颠倒";
        Short17 = "digit-missing", "少一位";
        Long19 = "digit-extra", "多一位";
        WrongCheck = "wrong-check", "校验码错";
        BadDate = "impossible-date", "日期不存在";
        BadRegion = "unknown-region", "地区码不存在";
        Old15 = "old-15-digits", "15位旧号";
        NoId = "id-missing", "无证件号";
        Masked = "id-masked", "已脱敏";
        Placeholder = "id-placeholder", "占位号";
        TwoIds = "two-ids", "一格两号";
        ParentId = "parents-id", "写成监护人号码";
        NameInId = "name-in-id", "号码栏写姓名";
        IdInName = "id-in-name", "姓名栏写号码";
        PaddedName = "name-padded", "姓名夹空格";
        Interpunct = "interpunct", "间隔号异体";
        NameNote = "name-note", "姓名带注";
        PrivateGlyph = "private-glyph", "造字区字形";
        Traditional = "traditional", "繁体异体";
        Radical = "radical-glyph", "部首字形";
        UnknownGlyph = "unknown-glyph", "缺字";
        Homophone = "homophone", "同音形近";
        ShortName = "name-shortened", "姓名缩写";
        NoName = "name-missing", "无姓名";
        GarbledName = "name-garbled", "姓名乱码";
        WrongSex = "sex-contradicts", "性别不符";
        WrongBirth = "birth-contradicts", "出生日期不符";
        UnknownVillage = "village-unknown", "村名不明";
        VillageSpelling = "village-spelling", "村名写法";
        DateSpelling = "date-spelling", "日期写法";
        MoneySpelling = "money-spelling", "金额写法";
        OtherNumber = "other-number", "他人或旧号码";
        OtherNumberContradicts = "other-number-contradicts", "他人号码与性别出生不符";
        SlippedNumber = "number-slipped", "登记时错一位";
        Repeated = "repeated-row", "重复行";
    }
}

impl Corruption {
    /// The findings that a row so spoiled deserves.
    pub fn findings(self) -> &'static [&'static str] {
        use Corruption as C;
        match self {
            C::OneDigit | C::Swapped | C::Short17 | C::Long19 | C::WrongCheck | C::BadDate => {
                &["Q01"]
            }
            C::BadRegion
            | C::Masked
            | C::Placeholder
            | C::TwoIds
            | C::NameInId
            | C::SlippedNumber => &["Q01"],
            C::Exponent | C::LostTail | C::LostTailChecks | C::Neighbour => &["Q03"],
            C::ParentId => &["D02", "Q02"],
            C::WrongSex | C::WrongBirth | C::OtherNumberContradicts => &["Q02"],
            C::IdInName | C::NoName | C::GarbledName => &["Q04"],
            C::UnknownVillage => &["Q05"],
            C::Repeated => &["Q06"],
            _ => &[],
        }
    }

    /// Whether the id can no longer be read for certain from the cell.
    pub fn hides_id(self) -> bool {
        use Corruption as C;
        matches!(
            self,
            C::Exponent
                | C::LostTail
                | C::LostTailChecks
                | C::Neighbour
                | C::OneDigit
                | C::Swapped
                | C::Short17
                | C::Long19
                | C::WrongCheck
                | C::BadDate
                | C::BadRegion
                | C::NoId
                | C::Masked
                | C::Placeholder
                | C::TwoIds
                | C::ParentId
                | C::NameInId
                | C::Old15
                | C::OtherNumber
                | C::OtherNumberContradicts
                | C::SlippedNumber
        )
    }

    /// Whether a finding of the row's takes more than a look at the row: a tail of zeros that
    /// happens to check, or one id on two people, is only known by other rows.
    pub fn needs_linkage(self, code: &str) -> bool {
        self == Corruption::LostTailChecks || code == "D02"
    }

    /// Whether a story wrote it, not a slip at writing this row.
    pub fn is_of_story(self) -> bool {
        use Corruption as C;
        matches!(self, C::OtherNumber | C::OtherNumberContradicts | C::SlippedNumber)
    }

    /// Whether what is true of the row stays true with a second fault: a row without id and
    /// without name is nobody's, and what contradicts an id needs one that can be read.
    pub fn bears(self, second: Corruption) -> bool {
        use Corruption as C;
        let no_name = |it| matches!(it, C::IdInName | C::NoName | C::GarbledName);
        let contradicts = |it| matches!(it, C::WrongSex | C::WrongBirth);
        let breaks = |one: C, other: C| one.hides_id() && (no_name(other) || contradicts(other));
        !breaks(self, second) && !breaks(second, self)
    }

    /// Whether the id is only spelled in another way.
    pub fn respells_id(self) -> bool {
        use Corruption as C;
        matches!(self, C::WideDigits | C::SmallX | C::StarX | C::Quote | C::Blanks | C::Old15)
    }

    /// Whether the name no longer agrees with the person's.
    pub fn hides_name(self) -> bool {
        use Corruption as C;
        matches!(
            self,
            C::IdInName
                | C::NoName
                | C::GarbledName
                | C::UnknownGlyph
                | C::Homophone
                | C::ShortName
        )
    }
}

//! The answers a township may give: what each says of the person, what it needs as proof, and what
//! it does to the case. A new answer is a line of [`ANSWERS`].

use chrono::NaiveDate;

use crate::clean::text::fold;

crate::labelled! {
    /// Until when an answer holds by itself.
    pub enum Holds {
        /// Until the evidence behind the case changes.
        Always = "always", "长期";
        /// Until the coverage year ends, or the day that the answer names.
        Year = "year", "当年度";
    }
}

crate::labelled! {
    /// What an answer says of a person's cover.
    pub enum Says {
        /// Nothing that the data would not say.
        Nothing = "nothing", "不涉及";
        /// Insured in another place or scheme.
        Elsewhere = "elsewhere", "已在别处参保";
        /// Not to be insured here: dead, away, in the army or in prison.
        Exempt = "exempt", "不需在本地参保";
    }
}

/// One answer of the drop-down list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerCode {
    pub code: &'static str,
    pub zh: &'static str,
    pub says: Says,
    /// Words that say the same where somebody wrote a sentence; such a sentence closes nothing.
    pub words: &'static [&'static str],
    /// What has to be handed in with it.
    pub evidence: &'static str,
    /// Whether the case closes once the evidence is there.
    pub closes: bool,
    pub holds: Holds,
    /// What happens next.
    pub then: &'static str,
}

const fn answer(
    (code, zh): (&'static str, &'static str),
    says: Says,
    evidence: &'static str,
    (closes, holds): (bool, Holds),
    then: &'static str,
) -> AnswerCode {
    AnswerCode { code, zh, says, words: &[], evidence, closes, holds, then }
}

impl AnswerCode {
    const fn or(self, words: &'static [&'static str]) -> AnswerCode {
        AnswerCode { words, ..self }
    }
}

const CLOSES: (bool, Holds) = (true, Holds::Always);
const CLOSES_FOR_THE_YEAR: (bool, Holds) = (true, Holds::Year);
const STAYS: (bool, Holds) = (false, Holds::Always);

/// Every answer, in the order of the list.
pub const ANSWERS: &[AnswerCode] = &[
    answer(
        ("E1", "异地居民参保"),
        Says::Elsewhere,
        "参保地、参保年度，参保凭证或查询截图",
        CLOSES_FOR_THE_YEAR,
        "有凭证销号；无凭证列入待核实",
    )
    .or(&["异地参", "外地参"]),
    answer(
        ("E2", "职工或机关参保"),
        Says::Elsewhere,
        "单位名称，医保电子凭证截图",
        CLOSES_FOR_THE_YEAR,
        "有凭证销号",
    ),
    answer(
        ("E3", "异地职工参保"),
        Says::Elsewhere,
        "参保地、单位名称，参保凭证或查询截图",
        CLOSES_FOR_THE_YEAR,
        "有凭证销号",
    ),
    answer(
        ("E4", "大学在读参保"),
        Says::Elsewhere,
        "学校、参保年度，参保凭证或学校证明",
        CLOSES_FOR_THE_YEAR,
        "有凭证销号",
    ),
    answer(("D1", "死亡"), Says::Exempt, "死亡日期，死亡证明或火化证明", CLOSES, "县里核对后销号")
        .or(&["死亡"]),
    answer(
        ("D2", "死亡未销户"),
        Says::Exempt,
        "死亡日期，村级证明",
        CLOSES,
        "销号，并请家属办理户口注销",
    ),
    answer(
        ("M1", "现役军人"),
        Says::Exempt,
        "入伍通知书或部队证明",
        CLOSES_FOR_THE_YEAR,
        "有证明销号，退役后再列入",
    )
    .or(&["现役"]),
    answer(
        ("J1", "服刑"),
        Says::Exempt,
        "判决书或公安、司法所证明",
        CLOSES_FOR_THE_YEAR,
        "有证明销号，刑满后再列入",
    )
    .or(&["服刑"]),
    answer(
        ("H1", "户口迁出或注销"),
        Says::Exempt,
        "迁出地或注销日期，户籍证明",
        CLOSES,
        "与公安核对后销号",
    )
    .or(&["迁出"]),
    answer(
        ("H2", "空挂户或人户分离"),
        Says::Nothing,
        "现居住地、联系电话",
        STAYS,
        "继续联系，查清实际参保地",
    ),
    answer(
        ("H3", "出国（境）定居"),
        Says::Exempt,
        "定居地，护照或家属书面说明",
        CLOSES,
        "有证明销号",
    )
    .or(&["定居"]),
    answer(("L1", "失联"), Says::Nothing, "走访日期和证明人", STAYS, "保留，下一轮继续联系"),
    answer(("L2", "失踪"), Says::Nothing, "公安报案回执或村级证明", STAYS, "保留，待公安结论"),
    answer(
        ("R1", "拒绝参保"),
        Says::Nothing,
        "本人或监护人签字的告知书",
        STAYS,
        "保留，缴费期内继续动员",
    ),
    answer(
        ("P1", "经济困难"),
        Says::Nothing,
        "家庭情况说明",
        STAYS,
        "转民政、乡村振兴部门核实能否资助",
    ),
    answer(
        ("N1", "新生儿未落户"),
        Says::Nothing,
        "出生医学证明",
        STAYS,
        "先落户或凭出生证登记，再缴费",
    ),
    answer(
        ("X1", "信息错误或重号"),
        Says::Nothing,
        "身份证或户口簿照片",
        STAYS,
        "更正后再比对，自动销号",
    ),
    answer(
        ("X2", "已缴费未到账"),
        Says::Nothing,
        "缴费凭证或截图（日期、金额）",
        STAYS,
        "税务查账，到账后自动销号",
    ),
    answer(
        ("K1", "核实无误，非问题"),
        Says::Nothing,
        "经办人和核实依据",
        CLOSES,
        "销号，依据变化后再列入",
    ),
    answer(("Z9", "其他"), Says::Nothing, "在备注栏写明情况", STAYS, "由县医保局研究"),
];

impl AnswerCode {
    /// As the list shows it: `E1 异地居民参保`.
    pub fn shown(&self) -> String {
        format!("{} {}", self.code, self.zh)
    }

    /// The answer that a cell means: its code, alone or before its name, or the name.
    pub fn read(text: &str) -> Option<&'static AnswerCode> {
        let text = text.trim();
        let code: String =
            text.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let by_code = ANSWERS.iter().find(|it| it.code == code);
        // Brackets and commas of either width.
        let is_name = |it: &&AnswerCode| fold(it.zh) == fold(text);
        by_code.or_else(|| ANSWERS.iter().filter(|_| !text.is_empty()).find(is_name))
    }

    /// What a cell says of the person's cover, in a code, a name or a sentence.
    pub fn said(text: &str) -> Says {
        let is_told = |it: &&AnswerCode| it.words.iter().any(|word| text.contains(word));
        let known = AnswerCode::read(text).or_else(|| ANSWERS.iter().find(is_told));
        known.map_or(Says::Nothing, |it| it.says)
    }
}

/// The day that a text gives as an end: 至2024-06-30, 有效期到2024年6月30日.
pub fn end_named_in(text: &str) -> Option<NaiveDate> {
    let ends = text.match_indices(['至', '到']).map(|(at, it)| &text[at + it.len()..]);
    ends.filter_map(|rest| {
        let mut numbers = rest.split(|it: char| !it.is_ascii_digit()).map(|it| it.parse().ok());
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    })
    .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_a_proof_names_is_its_end() {
        let end = |text| end_named_in(text).map(|it| it.to_string()).unwrap_or_default();
        assert_eq!(end("深圳居民参保至2024-06-30"), "2024-06-30");
        assert_eq!(end("有效期2024年1月1日到2024年6月30日"), "2024-06-30");
        assert_eq!(end("2024-06-30截图"), "");
        assert_eq!(end("寄到2024-13-40"), "");
    }

    #[test]
    fn codes_are_distinct() {
        let mut codes: Vec<&str> = ANSWERS.iter().map(|it| it.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), ANSWERS.len());
    }

    #[test]
    fn answers_that_close_a_case_ask_for_proof() {
        for answer in ANSWERS.iter().filter(|it| it.closes) {
            assert!(!answer.evidence.is_empty(), "{}", answer.code);
        }
    }

    #[test]
    fn what_speaks_of_cover_closes_once_proven() {
        let speaks = |it: &&AnswerCode| it.says != Says::Nothing;
        assert!(ANSWERS.iter().filter(speaks).all(|it| it.closes));
        let others: Vec<&str> =
            ANSWERS.iter().filter(|it| it.closes && !speaks(it)).map(|it| it.code).collect();
        assert_eq!(others, ["K1"], "a case that is none needs no cover");
    }

    #[test]
    fn a_sentence_says_what_its_words_say_and_a_code_goes_before_them() {
        let said = |text| AnswerCode::said(text).code();
        assert_eq!(said("e4"), "elsewhere");
        assert_eq!(said("本人在外地参保"), "elsewhere");
        assert_eq!(said("户口已迁出"), "exempt");
        assert_eq!(said("D2死亡未销户"), "exempt");
        assert_eq!(said("R1 家人服刑，拒绝参保"), "nothing");
        assert_eq!(said("ETC已办"), "nothing");
        assert_eq!(said(""), "nothing");
    }

    #[test]
    fn an_answer_is_read_by_its_code_or_its_name() {
        let read = |text| AnswerCode::read(text).map(|it| it.code);
        assert_eq!(read("E1 异地居民参保"), Some("E1"));
        assert_eq!(read(" d1 "), Some("D1"));
        assert_eq!(read("E1异地居民参保"), Some("E1"));
        assert_eq!(read("死亡"), Some("D1"));
        assert_eq!(read("出国(境)定居"), Some("H3"));
        assert_eq!(read("核实无误,非问题"), Some("K1"));
        assert_eq!(read("E12"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("本人在深圳"), None);
    }
}

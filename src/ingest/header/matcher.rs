//! One header → the field it means, and how sure that is.

use rustc_hash::FxHashMap;

use super::{
    synonyms::{ANYWHERE, DAY, MONEY, of_kind},
    words::{ALONE_ONLY, BARE_ONLY, MOTHER, NEUTRAL, SOMEBODY_ELSE, SPOILERS},
};
use crate::{clean::text, config::Source, ingest::field::Field, tables::SourceKind};

/// How a header was understood, the surer the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A column of another year than the one wanted.
    OtherYear,
    /// A noun somewhere in it.
    Contained,
    /// A noun at its end, behind words nobody knows.
    Ending,
    /// A general word such as 日期, which the kind of source explains.
    General,
    /// A noun among neutral words.
    Composed,
    /// The noun itself.
    Exact,
    /// `[source.columns]` says so.
    Configured,
}

/// What one header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub field: Field,
    pub strength: Strength,
    /// The noun's place among its field's synonyms: the first are the most usual.
    pub rank: u16,
}

/// Understands the headers of one source.
pub struct Matcher {
    pub kind: SourceKind,
    nouns: FxHashMap<String, (Field, u16)>,
    /// Header key → field, or nothing for a column to leave alone.
    configured: FxHashMap<String, Option<Field>>,
    year: Option<u16>,
}

/// Whose column it is.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Own,
    Mother,
    Else,
}

impl Matcher {
    /// The matcher of a source; `year` decides between columns of several years.
    pub fn new(source: &Source, year: u16) -> Matcher {
        let mut nouns = FxHashMap::default();
        // A kind's own nouns come last, so that they win.
        for (field, words) in ANYWHERE.iter().chain(of_kind(source.kind)) {
            for (rank, word) in words.split_whitespace().flat_map(expand).enumerate() {
                nouns.insert(plain(&word), (*field, rank as u16));
            }
        }
        let configured = source
            .columns
            .iter()
            .map(|(header, field)| (text::header_key(header), Field::from_code(field)))
            .collect();
        Matcher { kind: source.kind, nouns, configured, year: source.year.or(Some(year)) }
    }

    /// Whether `[source.columns]` speaks of this header.
    pub fn is_configured(&self, header: &str) -> bool {
        self.configured.contains_key(&text::header_key(header))
    }

    /// What a header means, `group` being what stands above it.
    pub fn read(&self, group: &str, header: &str) -> Option<Meaning> {
        let whole = format!("{group}{header}");
        for spelled in [header, whole.as_str()] {
            if let Some(field) = self.configured.get(&text::header_key(spelled)) {
                let strength = Strength::Configured;
                return field.map(|field| Meaning { field, strength, rank: 0 });
            }
        }
        let header = Parts::of(header);
        let group = Parts::of(group);
        let meaning = self.noun(&group, &header)?;
        let whose = whose(&format!("{}{}{}", group.outside, header.outside, header.inside));
        let field = match (whose, meaning.field) {
            (Whose::Own, field) => field,
            (Whose::Mother, Field::Name) if self.kind == SourceKind::Birth => Field::MotherName,
            (Whose::Mother, Field::IdNumber) if self.kind == SourceKind::Birth => Field::MotherId,
            (_, field) if !field.is_personal() => field,
            _ => return None,
        };
        Some(Meaning { field, ..meaning })
    }

    fn noun(&self, group: &Parts, header: &Parts) -> Option<Meaning> {
        let (bare, year) = split_year(&header.outside);
        let joined = format!("{}{}", header.outside, header.inside);
        let grouped = format!("{}{bare}", group.outside);
        let found = self
            .exact(bare)
            .filter(|it| it.strength == Strength::Exact)
            .or_else(|| self.exact(&joined))
            .or_else(|| self.exact(&grouped))
            .or_else(|| self.exact(bare))
            .or_else(|| self.composed(bare, 3))
            .or_else(|| self.composed(&grouped, 3))
            .or_else(|| self.contained(bare))
            .or_else(|| self.contained(&grouped))?;
        let other_year =
            matches!((year, self.year), (Some(found), Some(wanted)) if found != wanted);
        let strength = if other_year { Strength::OtherYear } else { found.strength };
        Some(Meaning { strength, ..found })
    }

    fn exact(&self, key: &str) -> Option<Meaning> {
        let (field, rank) = *self.nouns.get(key)?;
        let general = ALONE_ONLY.contains(&key);
        let strength = if general { Strength::General } else { Strength::Exact };
        Some(Meaning { field, strength, rank })
    }

    /// The noun that is left when neutral words are taken off either end.
    fn composed(&self, key: &str, depth: u8) -> Option<Meaning> {
        if depth == 0 {
            return None;
        }
        let shorter = NEUTRAL
            .iter()
            .filter_map(|it| key.strip_prefix(it).or_else(|| key.strip_suffix(it)))
            .filter(|it| !it.is_empty());
        let mut candidates: Vec<&str> = shorter.collect();
        candidates.sort_by_key(|it| it.len());
        candidates
            .iter()
            .filter(|it| !BARE_ONLY.contains(it))
            .find_map(|it| self.exact(it))
            .or_else(|| candidates.iter().find_map(|it| self.composed(it, depth - 1)))
            .map(|it| Meaning { strength: it.strength.min(Strength::Composed), ..it })
    }

    /// The longest noun at the end of the key, or else in it.
    fn contained(&self, key: &str) -> Option<Meaning> {
        let length = key.chars().count();
        if SPOILERS.iter().any(|it| key.contains(it)) || length > 20 {
            return None;
        }
        // 收款人, 经办员: a person who does it, not what is done.
        if key.ends_with(['人', '员', '者', '章', '签', '数', '率']) || key.ends_with("签字")
        {
            return None;
        }
        let long = |it: &(&String, &(Field, u16))| {
            !it.0.is_ascii() && it.0.chars().count() >= 2 && !ALONE_ONLY.contains(&it.0.as_str())
        };
        let mut inside: Vec<(&String, &(Field, u16))> =
            self.nouns.iter().filter(|it| key.contains(it.0.as_str())).filter(long).collect();
        inside.sort_by_key(|it| (std::cmp::Reverse(it.0.chars().count()), it.0.as_str()));
        let meaning = |it: &(&String, &(Field, u16)), strength| {
            let (field, rank) = *it.1;
            Meaning { field, strength, rank }
        };
        if let Some(last) = inside.iter().find(|it| key.ends_with(it.0.as_str())) {
            return Some(meaning(last, Strength::Ending));
        }
        let longest = inside.first()?;
        let rest = length - longest.0.chars().count();
        (longest.0.chars().count() >= 3 && rest <= 6).then(|| meaning(longest, Strength::Contained))
    }
}

/// A header's text outside and inside its brackets.
struct Parts {
    outside: String,
    inside: String,
}

impl Parts {
    fn of(header: &str) -> Parts {
        let folded = text::fold(header);
        let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0u32);
        for it in folded.chars() {
            match it {
                '(' | '[' | '【' | '〔' | '<' | '《' => depth += 1,
                ')' | ']' | '】' | '〕' | '>' | '》' => depth = depth.saturating_sub(1),
                _ if depth > 0 => inside.push(it),
                _ => outside.push(it),
            }
        }
        if plain(&outside).is_empty() {
            return Parts { outside: plain(&inside), inside: String::new() };
        }
        Parts { outside: plain(&outside), inside: plain(&inside) }
    }
}

/// A text without blanks and marks, in lower case, to be compared.
fn plain(text: &str) -> String {
    let kept = |it: &char| it.is_alphanumeric() || *it == '_';
    text.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// The words that a synonym with `@` or `$` stands for.
fn expand(word: &str) -> Vec<String> {
    let endings = if word.contains('@') {
        DAY
    } else if word.contains('$') {
        MONEY
    } else {
        return vec![word.to_string()];
    };
    let stem = word.trim_end_matches(['@', '$']);
    endings.iter().map(|it| format!("{stem}{it}")).collect()
}

fn whose(text: &str) -> Whose {
    let says = |words: &[&str]| words.iter().any(|it| text.contains(it));
    // Relations to the head are the person's own; the word 户主 in them is not whose they are.
    if says(MOTHER) || text.starts_with('母') {
        return Whose::Mother;
    }
    match says(SOMEBODY_ELSE) || text.starts_with('父') {
        true => Whose::Else,
        false => Whose::Own,
    }
}

/// Takes `2024年` or `2024年度` off a header's front.
fn split_year(header: &str) -> (&str, Option<u16>) {
    let digits = header.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &header[digits..];
    match header[..digits].parse() {
        Ok(year) if digits == 4 && (1990..2100).contains(&year) => {
            let rest =
                rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(rest);
            (rest, Some(year))
        }
        _ => (header, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(kind: SourceKind) -> Source {
        let text = format!("name='a'\nkind='{}'\nsupplier='s'\npath='p'\n", kind.code());
        toml::from_str(&format!("{text}[columns]\n'参保人（本人）'='name'\n'核验'='-'")).unwrap()
    }

    fn check(kind: SourceKind, headers: &[(&str, &str)]) {
        let matcher = Matcher::new(&source(kind), 2024);
        for (header, expected) in headers {
            let (group, own) = header.split_once('/').unwrap_or(("", header));
            let found = matcher.read(group, own).map_or("-", |it| it.field.code());
            assert_eq!(found, *expected, "{header} in {}", kind.code());
        }
    }

    #[test]
    fn a_person_is_found_under_any_of_the_usual_headers() {
        let headers = [
            ("姓 名", "name"),
            ("参保人员姓名", "name"),
            ("缴费人姓名*", "name"),
            ("公民身份号码", "id_number"),
            ("身份证号码（必填）", "id_number"),
            ("居民身份证号码", "id_number"),
            ("参保人有效身份证件号码", "id_number"),
            ("sfzh", "id_number"),
            ("certno", "id_number"),
            ("psn_name", "name"),
            ("Name", "name"),
            ("镇（街）", "township"),
            ("镇街", "township"),
            ("乡镇街道", "township"),
            ("所属乡镇", "township"),
            ("村（居）", "village"),
            ("村/社区", "village"),
            ("户籍所在村社区", "village"),
            ("所在行政村", "village"),
            ("出生年月日", "birth"),
            ("备 注", "remark"),
        ];
        check(SourceKind::Category, &headers);
        check(SourceKind::Death, &headers);
    }

    #[test]
    fn somebody_elses_columns_are_never_the_persons() {
        check(
            SourceKind::Category,
            &[
                ("户主姓名", "-"),
                ("户主身份证号", "-"),
                ("监护人证件号码", "-"),
                ("姓名（监护人）", "-"),
                ("监护人信息/姓名", "-"),
                ("母亲姓名", "-"),
                ("联系人姓名", "-"),
                ("帮扶干部姓名", "-"),
                ("与户主关系", "relation"),
                ("户主编号", "household"),
                ("联系电话", "-"),
                ("银行卡号", "-"),
                ("低保证号", "-"),
                ("是否有身份证号", "-"),
                ("收款人", "-"),
                ("监测对象基本信息/证件号码", "id_number"),
            ],
        );
        check(
            SourceKind::Birth,
            &[
                ("母亲姓名", "mother_name"),
                ("母亲身份证号", "mother_id"),
                ("产妇/证件号码", "mother_id"),
                ("父亲身份证号", "-"),
                ("新生儿姓名", "name"),
                ("出生医学证明编号", "certificate"),
                ("分娩时间", "birth"),
            ],
        );
    }

    #[test]
    fn a_word_means_what_the_kind_makes_of_it() {
        check(
            SourceKind::Payment,
            &[
                ("缴费日期", "paid_on"),
                ("日期", "paid_on"),
                ("个人缴费金额（元）", "paid"),
                ("实缴金额", "paid"),
                ("应缴费额", "due"),
                ("财政资助金额", "subsidised"),
                ("代缴金额", "subsidised"),
                ("缴费总额", "total"),
                ("费款所属期起", "year"),
                ("2024年缴费金额", "paid"),
                ("电子税票号码", "voucher"),
                ("缴费状态", "payment_kind"),
            ],
        );
        check(
            SourceKind::Death,
            &[("日期", "died_on"), ("火化日期", "died_on"), ("死亡时间", "died_on")],
        );
        check(
            SourceKind::Category,
            &[
                ("纳入资助时间", "category_from"),
                ("识别监测时间", "category_from"),
                ("消除监测时间", "category_to"),
                ("风险是否已消除", "risk_removed"),
                ("医疗救助身份", "category"),
                ("监测对象类别", "category"),
                ("残疾等级", "disability_grade"),
                ("残疾人证号", "disability_card"),
            ],
        );
        check(
            SourceKind::Enrolment,
            &[
                ("psn_insu_stas", "status"),
                ("人员参保状态", "status"),
                ("首次参保日期", "enrolled_on"),
                ("insuplc_admdvs", "insured_at"),
                ("单位名称(村)", "unit"),
                ("险种", "scheme"),
                ("begn_ym", "year"),
            ],
        );
        check(
            SourceKind::ResidencePermit,
            &[("户籍地址", "origin_place"), ("有效期至", "valid_to")],
        );
        check(SourceKind::Feedback, &[("未参保原因", "answer"), ("核实日期", "answered_on")]);
    }

    #[test]
    fn what_the_pipeline_says_goes_before_all() {
        check(SourceKind::Payment, &[("参保人（本人）", "name"), ("核验", "-")]);
    }
}

//! One header → the field it means, and how sure that is.

use rustc_hash::FxHashMap;

use super::{
    synonyms::{ANYWHERE, DAY, MONEY, of_kind},
    words::{ALONE_ONLY, BARE_ONLY, HEADS, MOTHER, NEUTRAL, SOMEBODY_ELSE, SPOILERS, TAILS},
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
    /// Whether a header may be one of which a single column is understood.
    pub is_lenient: bool,
}

/// Synonyms → field and rank. A kind's own nouns come last, so that they win.
fn nouns(own: &[(Field, &str)]) -> FxHashMap<String, (Field, u16)> {
    let mut nouns = FxHashMap::default();
    for (field, words) in ANYWHERE.iter().chain(own) {
        for (rank, word) in words.split_whitespace().flat_map(expand).enumerate() {
            nouns.insert(plain(&word), (*field, rank as u16));
        }
    }
    nouns
}

/// Whose column it is.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Own,
    Mother,
    Else,
}

impl Matcher {
    /// The matcher of any list of people, whatever it is for: only what is meant everywhere.
    pub fn of_people() -> Matcher {
        let (kind, nouns) = (SourceKind::Household, nouns(&[]));
        Matcher { kind, nouns, configured: FxHashMap::default(), year: None, is_lenient: true }
    }

    /// The matcher of a source; `year` decides between columns of several years.
    pub fn new(source: &Source, year: u16) -> Matcher {
        let nouns = nouns(of_kind(source.kind));
        let configured = source
            .columns
            .iter()
            .map(|(header, field)| (text::header_key(header), Field::from_code(field)))
            .collect();
        let year = source.year.or(Some(year));
        Matcher { kind: source.kind, nouns, configured, year, is_lenient: false }
    }

    /// Whether `[source.columns]` speaks of this header.
    pub fn is_configured(&self, header: &str) -> bool {
        self.configured.contains_key(&text::header_key(header))
    }

    /// The field of which a text is a synonym in its own right.
    pub fn synonym(&self, text: &str) -> Option<Field> {
        (text.len() <= 60).then(|| self.nouns.get(&plain(text)).map(|it| it.0)).flatten()
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
        // Who pays, or applies, need not be who is insured: a column that names that one wins.
        let acting =
            ["缴费人", "缴款人", "交费人", "申请人"].iter().any(|it| header.outside.contains(it));
        let strength = match acting && field.is_personal() {
            true => meaning.strength.min(Strength::Ending),
            false => meaning.strength,
        };
        Some(Meaning { field, strength, ..meaning })
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
            .or_else(|| self.composed(&joined, 3))
            .or_else(|| self.composed(&grouped, 3))
            .or_else(|| self.undone(bare))
            .or_else(|| self.contained(bare))
            .or_else(|| self.contained(&joined))
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
        let headless = NEUTRAL.iter().filter_map(|it| key.strip_prefix(it));
        let tailless = TAILS.iter().filter_map(|it| key.strip_suffix(it));
        let mut candidates: Vec<&str> =
            headless.chain(tailless).filter(|it| !it.is_empty()).collect();
        candidates.sort_by_key(|it| it.len());
        candidates
            .iter()
            .filter(|it| !BARE_ONLY.contains(it))
            .find_map(|it| self.exact(it))
            .or_else(|| candidates.iter().find_map(|it| self.composed(it, depth - 1)))
            .map(|it| Meaning { strength: it.strength.min(Strength::Composed), ..it })
    }

    /// 原税票号, 冲销税票号: the voucher that the row undoes, whatever vouchers are called.
    fn undone(&self, key: &str) -> Option<Meaning> {
        let marks = ["被冲销", "被冲正", "冲销", "冲正", "原", "对应", "关联", "退费", "红冲"];
        let voucher = marks.iter().find_map(|it| {
            self.exact(key.strip_prefix(it)?).filter(|it| it.field == Field::Voucher)
        })?;
        Some(Meaning { field: Field::RefersTo, strength: Strength::Composed, ..voucher })
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
        // 认定身份时间 is a day, 缴费方式 a way: the last noun is what the column holds.
        if HEADS.iter().any(|it| key.ends_with(it)) {
            return None;
        }
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
mod tests;

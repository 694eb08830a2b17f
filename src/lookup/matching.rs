//! Whom a row of a list means: one person for sure, or nobody of whom anything is told.

use super::{
    people::{Known, People, number_of},
    village::Named,
};
use crate::{
    clean::{
        id_number::{IdState, lost_tail_prefix},
        name::{NameAgreement, agreement},
    },
    ingest::Stated,
};

crate::labelled! {
    /// What became of a row.
    pub enum Outcome {
        One = "one", "唯一";
        NameDisagrees = "name-disagrees", "号码相符姓名不符";
        Several = "several", "多人";
        Nobody = "nobody", "查无此人";
        IdIncomplete = "id-incomplete", "证件号码不完整";
        TooLittle = "too-little", "信息不足";
    }
}

crate::labelled! {
    /// By what a row was matched.
    pub enum Basis {
        Id = "id-and-name", "证件号码和姓名";
        IdAlone = "id-alone", "证件号码（无姓名可核对）";
        Record = "id-of-a-record", "来源记录中的证件号码和姓名";
        PartOfId = "part-of-id-and-name", "姓名、部分证件号码，及出生日期或村";
        NameAndBirth = "name-and-birth", "姓名和出生日期";
        NameAndVillage = "name-and-village", "姓名和村（社区）";
    }
}

/// A row's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Matched {
    pub outcome: Outcome,
    pub basis: Option<Basis>,
    /// Of [`People::known`]; only where exactly one is meant.
    pub person: Option<usize>,
    /// How the row's number was read.
    pub id_state: IdState,
}

/// What a number of which a part is legible shows at least.
const LEGIBLE: usize = 8;
/// The length of a citizen's number.
const WHOLE: usize = 18;

/// Whether a row has no whole number, so that the name is what it is sought by.
pub(super) fn is_sought_by_name(stated: &Stated) -> bool {
    let states = [IdState::Missing, IdState::Placeholder, IdState::Masked, IdState::LostTail];
    stated.id.number.is_none() && states.contains(&stated.id.state) && !stated.name.is_empty()
}

/// Whom a row means.
pub(super) fn find(stated: &Stated, people: &People) -> Matched {
    let id_state = stated.id.state;
    let found = match number_of(stated) {
        Some(number) => match by_number(&number, &stated.name, people) {
            // Digits that are no citizen's number are rather a part of one than a passport's.
            Err(Outcome::Nobody) if is_digits(&number) => Err(Outcome::IdIncomplete),
            found => found,
        },
        None => match id_state {
            IdState::Missing | IdState::Placeholder => by_name(stated, None, people),
            IdState::Masked | IdState::LostTail => by_part(stated, people),
            _ => Err(Outcome::IdIncomplete),
        },
    };
    match found {
        Ok((person, basis)) => {
            let (outcome, basis) = (Outcome::One, Some(basis));
            Matched { outcome, basis, person: Some(person), id_state }
        }
        Err(outcome) => Matched { outcome, basis: None, person: None, id_state },
    }
}

fn is_digits(number: &str) -> bool {
    number.len() < WHOLE && number.bytes().all(|it| it.is_ascii_digit())
}

type Found = Result<(usize, Basis), Outcome>;

/// Whether two names under one whole number are one person's; what differs more is another's.
fn agrees(a: &str, b: &str) -> bool {
    matches!(
        agreement(a, b),
        NameAgreement::Same
            | NameAgreement::Variant
            | NameAgreement::Shortened
            | NameAgreement::Wildcard
            | NameAgreement::SameSound
    )
}

fn by_number(number: &str, name: &str, people: &People) -> Found {
    let (owners, bearers) = (people.owners(number), people.bearers(number));
    if owners.is_empty() && bearers.is_empty() {
        return Err(Outcome::Nobody);
    }
    let called = |it: &usize| people.known[*it].name.as_str();
    if name.is_empty() || owners.iter().any(|it| called(it).is_empty()) {
        return match owners {
            [one] => Ok((*one, Basis::IdAlone)),
            // A record may have another's number: without a name nobody knows whose it is.
            [] => Err(Outcome::TooLittle),
            _ => Err(Outcome::Several),
        };
    }
    let own: Vec<usize> = owners.iter().copied().filter(|it| agrees(called(it), name)).collect();
    if let [one] = own.as_slice() {
        return Ok((*one, Basis::Id));
    }
    let borne = bearers.iter().filter(|it| agrees(&it.name, name)).map(|it| it.person);
    let mut borne: Vec<usize> = own.iter().copied().chain(borne).collect();
    borne.sort_unstable();
    borne.dedup();
    match borne.as_slice() {
        [] => Err(Outcome::NameDisagrees),
        [one] => Ok((*one, Basis::Record)),
        _ => Err(Outcome::Several),
    }
}

/// Those of the row's very name whom nothing in it contradicts; nor does what is legible of its
/// number. Whose number is not whole cannot be compared, and stays.
fn namesakes<'a>(
    stated: &'a Stated,
    pattern: Option<&'a str>,
    people: &'a People,
) -> impl Iterator<Item = (usize, &'a Known)> {
    let named = people.named(&stated.name).iter().map(|it| (*it, &people.known[*it]));
    named.filter(move |(_, it)| {
        let is_other_sex = stated.sex.is_some_and(|sex| !it.sex.is_empty() && it.sex != sex.code());
        let is_number = pattern
            .is_none_or(|pattern| it.id_number.is_empty() || is_like(pattern, &it.id_number));
        // A name with a character that nobody could write may be anybody's.
        agreement(&stated.name, &it.name) == NameAgreement::Same && !is_other_sex && is_number
    })
}

/// A row without a whole number: by name and birthday, or by name and village; never by name
/// alone.
fn by_name(stated: &Stated, pattern: Option<&str>, people: &People) -> Found {
    if stated.name.is_empty() {
        return Err(Outcome::TooLittle);
    }
    let village = people.villages.named(stated);
    let is_there = |it: &Known| village == Named::One(it.village.as_str());
    let all = |is_one: &dyn Fn(&Known) -> bool| -> Vec<usize> {
        namesakes(stated, pattern, people).filter(|it| is_one(it.1)).map(|it| it.0).collect()
    };
    let (found, basis) = match (stated.birth, village) {
        (Some(_), _) => {
            let born = |it: &Known| it.birth == stated.birth;
            let there = all(&|it| born(it) && is_there(it));
            let born = all(&born);
            // The village tells two of one name and birthday apart.
            let found = if born.len() > 1 && there.len() == 1 { there } else { born };
            (found, Basis::NameAndBirth)
        }
        (None, Named::Unsaid) => return Err(Outcome::TooLittle),
        (None, _) => (all(&is_there), Basis::NameAndVillage),
    };
    match found.as_slice() {
        [] => Err(Outcome::Nobody),
        [one] => Ok((*one, basis)),
        _ => Err(Outcome::Several),
    }
}

/// A row with a part of a number, which can only speak against somebody: the run itself joins
/// nobody by it.
fn by_part(stated: &Stated, people: &People) -> Found {
    let pattern = stated.id.as_found.as_deref().and_then(|it| pattern(it, stated.id.state));
    let pattern = pattern.ok_or(Outcome::IdIncomplete)?;
    match by_name(stated, Some(&pattern), people) {
        Ok((one, _)) if !people.known[one].id_number.is_empty() => Ok((one, Basis::PartOfId)),
        // The person may stand there under another spelling of the name.
        Err(Outcome::Nobody | Outcome::TooLittle) => Err(Outcome::IdIncomplete),
        found => found,
    }
}

/// The number with `*` for what is hidden or lost; nothing where too little is left.
fn pattern(as_found: &str, state: IdState) -> Option<String> {
    let mut pattern: String = match state {
        IdState::LostTail => lost_tail_prefix(as_found)?.to_string(),
        _ => {
            let last = as_found.chars().count().checked_sub(1)?;
            let is_shown = |(at, it): (usize, char)| {
                it.is_ascii_digit() || at == last && it.eq_ignore_ascii_case(&'x')
            };
            let shown = |it: (usize, char)| if is_shown(it) { it.1 } else { '*' };
            as_found.chars().enumerate().map(shown).collect()
        }
    };
    if state == IdState::LostTail {
        pattern.extend(std::iter::repeat_n('*', WHOLE - pattern.len()));
    }
    let n_legible = pattern.bytes().filter(|it| *it != b'*').count();
    (pattern.len() == WHOLE && n_legible >= LEGIBLE).then(|| pattern.to_ascii_uppercase())
}

fn is_like(pattern: &str, number: &str) -> bool {
    let is_same = |(a, b): (u8, u8)| a == b'*' || a == b;
    pattern.len() == number.len() && pattern.bytes().zip(number.bytes()).all(is_same)
}

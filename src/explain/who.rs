//! Whom a number, a name or a key means.

use rustc_hash::FxHashSet;

use super::{
    dossier::{Candidate, RunFacts},
    read::{Run, keys},
};
use crate::{
    clean::{Cell, id_number, name, text},
    diagnostic::Message,
    error::Result,
    publish::TableFile,
};

/// By what somebody is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A certificate number in any spelling, or as a list shows it, with its middle hidden.
    Id(String),
    Name(String),
    /// A person key.
    Person(String),
}

/// A row of `persons.parquet`, and whether only a source row of that person says what was asked.
type Meant = (usize, bool);

/// Whoever is meant, in the order of `persons.parquet`. A number and a name are looked for in
/// every source row as well: a clerk holds a paper with what the department wrote.
pub(super) fn find(run: &Run, sought: &Sought) -> Result<Vec<Meant>> {
    match sought {
        Sought::Person(key) => {
            let rows = run.persons.find_exactly("person", &plain_key(key))?;
            Ok(rows.into_iter().map(|it| (it, false)).collect())
        }
        Sought::Name(raw) => {
            let wanted = name::read(raw).text.into_owned();
            if wanted.is_empty() {
                return Ok(Vec::new());
            }
            by(run, |table| table.find_exactly("name", &wanted))
        }
        Sought::Id(raw) => {
            let wanted = spellings(raw);
            by(run, |table| match wanted.as_slice() {
                [one] if !one.contains(HIDDEN) => table.find_exactly("id_number", one),
                _ => table.find("id_number", |it| wanted.iter().any(|wanted| is_like(wanted, it))),
            })
        }
    }
}

/// Persons of whom it is said, and those of whom one of their rows says it.
fn by(run: &Run, find: impl Fn(&TableFile) -> Result<Vec<usize>>) -> Result<Vec<Meant>> {
    let own = find(&run.persons)?;
    let mut people: Vec<Meant> = own.iter().map(|it| (*it, false)).collect();
    let mut bearers: FxHashSet<String> =
        keys(&run.links, &find(&run.links)?)?.into_iter().collect();
    // A row may be nobody's.
    bearers.remove("");
    if !bearers.is_empty() {
        let by_row = run.persons.find("person", |key| bearers.contains(key))?;
        people.extend(by_row.into_iter().map(|it| (it, true)));
    }
    // Of a person found both ways the own line comes first, and stays.
    people.sort_unstable();
    people.dedup_by_key(|it| it.0);
    Ok(people)
}

/// Those who are meant, to choose from.
pub(super) fn candidates(run: &Run, meant: &[Meant]) -> Result<Vec<Candidate>> {
    let rows: Vec<usize> = meant.iter().map(|it| it.0).collect();
    let people = run.people(&rows)?.into_iter().zip(meant);
    Ok(people.map(|(who, (_, is_by_row))| Candidate { who, is_by_row: *is_by_row }).collect())
}

/// A key as it is published, from one as it is typed.
fn plain_key(key: &str) -> String {
    let key = key.trim().to_ascii_lowercase();
    format!("P{}", key.strip_prefix('p').unwrap_or(&key))
}

/// What stands for a hidden character.
const HIDDEN: char = '*';

/// The ways in which a run may have published this number: whole, or as somebody wrote it.
fn spellings(raw: &str) -> Vec<String> {
    let read = id_number::read(Cell::text(raw));
    let folded = text::fold(raw).trim().to_string();
    let whole = read.number.map(|it| it.to_string());
    let as_found = read.as_found.filter(|_| whole.is_none());
    let written = whole.is_none().then_some(folded);
    let mut all: Vec<String> = [whole, as_found, written].into_iter().flatten().collect();
    all.retain(|it| it.chars().any(|it| it != HIDDEN));
    all.dedup();
    all
}

/// Whether a number is the one wanted, of which some characters may be hidden.
fn is_like(wanted: &str, number: &str) -> bool {
    let mut number = number.chars();
    let is_same = |it: char| number.next().is_some_and(|other| it == HIDDEN || it == other);
    wanted.chars().all(is_same) && number.next().is_none()
}

impl Sought {
    /// That nobody was found, and what was tried.
    pub(super) fn nobody(&self, run: &RunFacts) -> Message {
        let (zh, en) = match self {
            Sought::Id(raw) => {
                let read = id_number::read(Cell::text(raw));
                let (state, tried) = (read.state, spellings(raw).join(" / "));
                (
                    format!(
                        "没有证件号码为“{tried}”的人（读作：{}）；已查人员台账和全部来源记录",
                        state.zh()
                    ),
                    format!(
                        "nobody has the certificate number \"{tried}\" (read as: {}); persons and \
                         every source row were searched",
                        state.code().replace('-', " ")
                    ),
                )
            }
            Sought::Name(raw) => {
                let read = name::read(raw).text;
                match read.as_ref() {
                    "" => (
                        format!("“{raw}”不是可用的姓名，无从查起；请改用 --id 或 --person"),
                        format!("\"{raw}\" is no usable name; ask by --id or --person"),
                    ),
                    read => (
                        format!(
                            "没有姓名为“{read}”的人；已查人员台账和全部来源记录，同音、别字不算"
                        ),
                        format!(
                            "nobody is called \"{read}\"; persons and every source row were \
                             searched, for this spelling only"
                        ),
                    ),
                }
            }
            Sought::Person(key) => (
                format!("没有人员键为 {} 的人", plain_key(key)),
                format!("there is no person key {}", plain_key(key)),
            ),
        };
        let RunFacts { title, as_of, .. } = run;
        Message::new(
            format!("{zh}（{title}，数据截止{as_of}）"),
            format!("{en} ({title}, as of {as_of})"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard's own sample.
    const WHOLE: &str = "11010519491231002X";

    #[test]
    fn a_number_is_sought_whole_however_it_is_typed() {
        for raw in [
            WHOLE,
            " 110105 19491231 002x ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "'11010519491231002X",
        ] {
            assert_eq!(spellings(raw), [WHOLE], "{raw}");
        }
    }

    #[test]
    fn a_number_that_cannot_be_read_is_sought_as_it_is_written() {
        assert_eq!(spellings("110105194912310021"), ["110105194912310021"]);
        assert!(spellings("E12345678").contains(&"E12345678".to_string()));
        assert!(spellings("").is_empty());
    }

    #[test]
    fn a_number_from_a_list_is_sought_by_what_it_shows() {
        let wanted = spellings("110105********002X");
        assert!(wanted.iter().any(|it| is_like(it, WHOLE)), "{wanted:?}");
        assert!(!wanted.iter().any(|it| is_like(it, "110105194912310030")));
        assert!(!is_like("110105********002X", "110105********002"));
        assert!(spellings("******").is_empty());
    }

    #[test]
    fn a_key_may_be_typed_without_care() {
        for key in ["P00af", "p00AF", " 00af "] {
            assert_eq!(plain_key(key), "P00af");
        }
    }
}

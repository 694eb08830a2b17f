//! Rows given to somebody else, and hard rows not given to the person they belong to.

use rustc_hash::FxHashMap;

use super::list::{Wrong, shown};
use super::run::{Link, RunOutput};
use super::truth::{Truth, TruthRow};

/// The code under which `--list` shows links.
pub const LINKS: &str = "LINKS";

/// Rows of a person that are shown beside the one in question.
const COMPANY: usize = 8;

/// Links by person, either the run's or the truth's.
type Sharing<'a> = FxHashMap<u32, Vec<(&'a Link, &'a TruthRow)>>;

/// The first `most` rows falsely linked, and as many hard rows not linked to their person.
///
/// A person of the run is whoever most of its rows are; a person of the truth is where most of
/// their rows went.
pub fn strays(run: &RunOutput, truth: &Truth, most: usize) -> Vec<Wrong> {
    let known = run.links.iter().filter_map(|it| truth.at(&it.place).map(|row| (it, row)));
    let rows: Vec<(&Link, &TruthRow)> = known.collect();
    let (mut given, mut owned) = (Sharing::default(), Sharing::default());
    for it in &rows {
        given.entry(it.0.person).or_default().push(*it);
        owned.entry(it.1.person).or_default().push(*it);
    }
    let owner = |link: &Link| most_common(given[&link.person].iter().map(|it| it.1.person));
    let home = |row: &TruthRow| most_common(owned[&row.person].iter().map(|it| it.0.person));
    let false_ones = rows.iter().filter(|it| owner(it.0) != it.1.person).take(most);
    let mut list: Vec<Wrong> = false_ones
        .map(|(link, row)| Wrong {
            code: LINKS.to_string(),
            missed: false,
            person: truth.texts.text(row.person).to_string(),
            note: format!(
                "given to {}, who is {}",
                run.persons.text(link.person),
                truth.texts.text(owner(link))
            ),
            rows: with_company(row, &given[&link.person], truth),
        })
        .collect();
    let lost = rows.iter().filter(|it| it.1.is_hard && home(it.1) != it.0.person).take(most);
    list.extend(lost.map(|(link, row)| Wrong {
        code: LINKS.to_string(),
        missed: true,
        person: truth.texts.text(row.person).to_string(),
        note: format!(
            "given to {}, is {}",
            run.persons.text(link.person),
            run.persons.text(home(row))
        ),
        rows: with_company(row, &owned[&row.person], truth),
    }));
    list
}

/// The row, and some of those it stands or should stand with.
fn with_company(row: &TruthRow, others: &[(&Link, &TruthRow)], truth: &Truth) -> Vec<String> {
    let others = others.iter().map(|it| it.1).filter(|it| *it != row).take(COMPANY);
    std::iter::once(row).chain(others).map(|it| shown(it, truth)).collect()
}

/// The number that stands most often; of several, the one that comes first.
fn most_common(of: impl Iterator<Item = u32>) -> u32 {
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for it in of {
        match counts.iter_mut().find(|known| known.0 == it) {
            Some(known) => known.1 += 1,
            None => counts.push((it, 1)),
        }
    }
    counts.iter().rev().max_by_key(|it| it.1).map_or(0, |it| it.0)
}

//! What rows say, as hashes that are the same every night wherever the rows stand.

use chrono::NaiveDate;
use rayon::prelude::*;
use twox_hash::XxHash64;

use crate::{
    findings::RunView,
    identity::PersonId,
    ledger::Context,
    tables::{RecordId, SourceKind},
};

/// Everything that is known of each person, by person id: but for answers, and what says nothing
/// of the year.
pub fn of_everybody(cx: &Context<'_>, run: &RunView<'_>) -> Vec<u64> {
    let aside = run.tables.aside(cx.policy.year);
    let people = 0..run.people.len() as u32;
    people.into_par_iter().map(|it| of_person(cx, run, PersonId(it), &aside)).collect()
}

fn of_person(cx: &Context<'_>, run: &RunView<'_>, person: PersonId, aside: &[bool]) -> u64 {
    let rows = run.files.of(person).subjects().into_iter().map(|it| it.record);
    let is_fact =
        |it: &RecordId| !aside[it.0 as usize] && run.tables.kind_of(*it) != SourceKind::Feedback;
    let place = |it| run.tables.subject(it).place.map_or("", |it| &cx.divisions.get(it).code);
    let mut text = Vec::with_capacity(128);
    together(rows.filter(is_fact).map(|it| says(run, it, place(it), &mut text)), &[])
}

/// The rows that prove a finding, and its amounts. Where people live proves nothing.
pub fn of_evidence(run: &RunView<'_>, rows: &[RecordId], amounts: &[Option<i64>]) -> u64 {
    let mut text = Vec::with_capacity(128);
    together(rows.iter().map(|it| says(run, *it, "", &mut text)), amounts)
}

/// Hashes of rows in any order, and amounts.
fn together(rows: impl Iterator<Item = u64>, amounts: &[Option<i64>]) -> u64 {
    let mut rows: Vec<u64> = rows.collect();
    rows.sort_unstable();
    let rows = rows.iter().flat_map(|it| it.to_le_bytes());
    let amounts = amounts.iter().flat_map(|it| it.unwrap_or(i64::MIN).to_le_bytes());
    XxHash64::oneshot(0, &rows.chain(amounts).collect::<Vec<u8>>())
}

/// A hash of what a row says. `text` is room to write in.
fn says(run: &RunView<'_>, record: RecordId, place: &str, text: &mut Vec<u8>) -> u64 {
    let tables = run.tables;
    let (kind, facts, subject) =
        (tables.at(record).0, tables.facts(record), tables.subject(record));
    let day = |it: Option<NaiveDate>| it.map_or(i32::MIN, |it| it.to_epoch_days()).to_le_bytes();
    text.clear();
    text.extend(subject.id.map_or(0, |it| it.packed()).to_le_bytes());
    text.extend(day(subject.birth));
    text.extend(day(facts.on));
    text.extend(day(facts.until));
    text.extend(facts.year.to_le_bytes());
    text.extend(facts.amount_fen.unwrap_or(i64::MIN).to_le_bytes());
    let [id_text, name, household] =
        [subject.id_text, subject.name, facts.household].map(|it| tables.texts.get(it));
    for part in [kind.code(), id_text, name, facts.state, household, place] {
        text.extend(part.as_bytes());
        text.push(0x1f);
    }
    XxHash64::oneshot(0, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::{INSIDE, on_world};

    fn facts(world: &str) -> Vec<u64> {
        on_world(INSIDE, world, of_everybody)
    }

    #[test]
    fn what_is_known_of_a_person_does_not_depend_on_where_it_stands_or_what_was_answered() {
        let one = facts("household A 张三\npayment A 张三 paid=380 on=2023-11-01");
        let other = "household B 李四\npayment A 张三 paid=380 on=2023-11-01\nhousehold A 张三\n\
                     feedback A 张三 answer=R1";
        assert!(facts(other).contains(&one[0]));
        for changed in [
            "household A 张三\npayment A 张三 paid=380 on=2023-11-02",
            "household A 张三\npayment A 张三 paid=400 on=2023-11-01",
            "household A 张三",
            "household A 张三 status=moved-out\npayment A 张三 paid=380 on=2023-11-01",
        ] {
            assert_ne!(facts(changed)[0], one[0], "{changed}");
        }
    }
}

//! What outputs look at: the night, and what several of them need to know of it.

use rayon::prelude::*;

use super::{Night, Previous, mask};
use crate::{
    cases::{ByKey, Case, CaseChange, State, between},
    config::{Division, Level},
    findings::{Finding, finding_id},
    history::{self, BatchNumber, RunName},
    identity::{Person, PersonId},
    ledger::Standing,
    report::share::Heading,
    tables::{DivisionId, Part, RecordId, Tables},
};

/// A night, with the things that more than one output asks for worked out once.
pub struct View<'a> {
    pub night: Night<'a>,
    /// What the run will be called.
    pub run: RunName,
    people_by_key: ByKey<'a>,
    /// The id of each finding.
    pub finding_ids: Vec<String>,
    /// What the run before published, if there was one.
    pub previous: Option<Previous>,
    /// The figures of the nights before, of earlier days of this coverage year; oldest first.
    pub nights: Vec<history::Night>,
    /// The names of townships as this run prints them, by division.
    township_names: Vec<String>,
}

impl<'a> View<'a> {
    pub(super) fn new(night: &Night<'a>, previous: Option<Previous>, run: RunName) -> View<'a> {
        let people = &night.identities.people;
        assert_eq!(people.len(), night.standings.len(), "bug: a person without a standing");
        let id = |it: &Finding| {
            let key = it.person.map(|it| people[it.0 as usize].key);
            finding_id(it.rule.code, key, &it.case)
        };
        let finding_ids = night.findings.par_iter().map(id).collect();
        let (divisions, area) = (night.cx.divisions, night.cx.area);
        let name = |(id, it): (DivisionId, &Division)| match it.level {
            Level::Township => divisions.shown_in(id, area),
            _ => String::new(),
        };
        let township_names = divisions.iter().map(name).collect();
        let people_by_key = ByKey::new(people);
        let nights = Vec::new();
        View { night: *night, run, people_by_key, finding_ids, previous, nights, township_names }
    }

    /// The first run of its day, and none was published before.
    #[cfg(test)]
    pub(super) fn first(night: &Night<'a>) -> View<'a> {
        View::new(night, None, RunName::next(night.cx.as_of, []))
    }

    /// The number of the list for a recipient.
    pub(super) fn batch(&self, recipient: &str) -> BatchNumber {
        BatchNumber { run: self.run, recipient: recipient.to_string() }
    }

    pub(super) fn tables(&self) -> &'a Tables {
        &self.night.ingested.tables
    }

    pub(super) fn person(&self, id: PersonId) -> &'a Person {
        &self.night.identities.people[id.0 as usize]
    }

    pub(super) fn standing(&self, id: PersonId) -> &'a Standing {
        &self.night.standings[id.0 as usize]
    }

    /// Whom a finding is about; nobody where it is about a file.
    pub(super) fn person_of(&self, finding: usize) -> Option<&'a Person> {
        self.night.findings[finding].person.map(|it| self.person(it))
    }

    /// Where that person lives.
    pub(super) fn place_of(&self, finding: usize) -> Option<DivisionId> {
        self.person_of(finding)?.place
    }

    /// That person's name; empty where there is nobody.
    pub(super) fn name_of(&self, finding: usize) -> &'a str {
        self.person_of(finding).map_or("", |it| self.night.cx.texts.get(it.name))
    }

    /// That person's certificate as it may leave the bureau.
    pub(super) fn id_of(&self, finding: usize) -> String {
        self.person_of(finding).map(|it| self.shown_id(it)).unwrap_or_default()
    }

    /// How far a finding is.
    pub(super) fn state(&self, finding: usize) -> &'static str {
        self.case_of(finding).map_or(State::New, |it| it.state).code()
    }

    /// The rows that prove a finding, in order: part and row.
    pub(super) fn evidence(&self, finding: &'a Finding) -> impl Iterator<Item = (&'a Part, u32)> {
        let origins = &self.tables().origins;
        let records = finding.evidence.iter().map(|it| origins.of(*it));
        let other = finding.other_row.map(|it| (&origins.parts[it.part.0 as usize], it.row));
        records.chain(other)
    }

    /// The case of a finding, if the book has it.
    pub(super) fn case_of(&self, finding: usize) -> Option<&'a Case> {
        self.case(&self.finding_ids[finding])
    }

    /// The case of a finding by its id, also of one that is not found any more.
    pub(super) fn case(&self, id: &str) -> Option<&'a Case> {
        let cases = &self.night.kept.cases;
        let at = cases.binary_search_by(|it| it.found.finding.as_str().cmp(id)).ok()?;
        Some(&cases[at])
    }

    /// Everybody, by key.
    pub(super) fn people_by_key(&self) -> &ByKey<'a> {
        &self.people_by_key
    }

    /// What has become of cases since an earlier night; nothing on the first.
    pub(super) fn case_changes(&self) -> Vec<CaseChange<'_>> {
        let (earlier, kept) = (&self.night.past.earlier, self.night.kept);
        if earlier.run.is_none() {
            return Vec::new();
        }
        between(&earlier.book.cases, &kept.cases)
    }

    /// A person's certificate as it may leave the bureau.
    pub(super) fn shown_id(&self, person: &Person) -> String {
        mask::shown(person, self.night.cx.texts, self.night.pipeline.privacy.mask_ids)
    }

    /// The township a place lies in, if it is known.
    pub(super) fn township(&self, place: Option<DivisionId>) -> Option<&'a Division> {
        let divisions = self.night.cx.divisions;
        Some(divisions.get(divisions.township(place?)?))
    }

    /// The name of that township, in a city behind its county's.
    pub(super) fn township_name(&self, place: Option<DivisionId>) -> Option<&str> {
        let township = self.night.cx.divisions.township(place?)?;
        Some(&self.township_names[usize::from(township.0)])
    }

    /// The place itself, if it is a village.
    pub(super) fn village(&self, place: Option<DivisionId>) -> Option<&'a Division> {
        let division = self.night.cx.divisions.get(place?);
        (division.level == Level::Village).then_some(division)
    }

    /// The text of a clause; empty where no decision was made.
    pub(super) fn clause(&self, id: crate::policy::ClauseId) -> &'a str {
        &self.night.cx.policy.clauses.get(id).reference
    }

    /// What a row of the settlement is for.
    pub(super) fn heading(&self, heading: Heading) -> &'a str {
        match heading {
            Heading::Category(category) => &self.night.cx.policy.categories.get(category).name,
            Heading::Unstated => "未注明",
        }
    }

    /// Where a record stands.
    pub(super) fn origin(&self, record: RecordId) -> (&'a Part, u32) {
        self.tables().origins.of(record)
    }
}

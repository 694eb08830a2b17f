//! What a question about one person is asked of: the person's file, and the run around it.

use chrono::NaiveDate;

use super::Standing;
use crate::{
    config::Divisions,
    diagnostic::Lang,
    identity::{Person, PersonFile, PersonId},
    policy::{LabelIndex, Policy},
    tables::{DivisionId, Origins, RecordId, TextId, Texts},
};

/// What is the same for every person of a run.
pub struct Context<'a> {
    pub policy: &'a Policy,
    pub divisions: &'a Divisions,
    pub texts: &'a Texts,
    pub origins: &'a Origins,
    /// What the lists' labels mean.
    pub labels: &'a LabelIndex,
    /// The city, county, township or village that the run answers for.
    pub area: DivisionId,
    /// The day the run looks at the world from.
    pub as_of: NaiveDate,
    /// Whether any source is the register of the year before.
    pub has_last_year: bool,
    /// Which parts (sheets) name anybody at all.
    pub named_parts: Vec<bool>,
    pub lang: Lang,
}

impl Context<'_> {
    /// A text of the run.
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id)
    }

    /// Whether a six-digit division is here, as `Divisions::is_here` has it for the run's area.
    pub fn is_here(&self, division: u32) -> bool {
        self.divisions.is_here(division, self.area)
    }

    /// Whether the sheet a record stands in has names, so that a missing one is a fault.
    pub fn names_people(&self, record: RecordId) -> bool {
        self.named_parts[self.origins.rows[record.0 as usize].part.0 as usize]
    }

    /// One of two sentences, by the language of the run.
    pub fn say(&self, zh: impl FnOnce() -> String, en: impl FnOnce() -> String) -> String {
        match self.lang {
            Lang::Zh => zh(),
            Lang::En => en(),
        }
    }
}

/// One person, with everything that findings may look at.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub id: PersonId,
    pub person: &'a Person,
    pub file: PersonFile<'a>,
    /// The file of somebody who probably is the same person.
    pub other: Option<PersonFile<'a>>,
    pub standing: &'a Standing,
}

impl<'a> Case<'a> {
    /// The person's own file, then that of somebody who probably is the same person.
    pub fn files(&self) -> impl Iterator<Item = &PersonFile<'a>> {
        std::iter::once(&self.file).chain(&self.other)
    }
}

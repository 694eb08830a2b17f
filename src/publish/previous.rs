//! What the night before published, as far as the next one has to be connected with it.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{TableFile, manifest::said, texts};
use crate::{history::runs_before, identity::PersonKey};

/// The newest run of an earlier day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The day from which it looked at the world.
    pub as_of: NaiveDate,
    /// Keys of persons, in order.
    pub persons: Vec<PersonKey>,
    /// Keys of rows joined into a person, with that person's; in order.
    pub aliases: Vec<(PersonKey, PersonKey)>,
}

impl Previous {
    /// Reads the newest run of a day before in `home`, where a pipeline's runs are. Nothing where
    /// there is none that can be compared with: yesterday's files must not keep today's from coming
    /// out.
    pub(super) fn before(home: &Path, as_of: NaiveDate) -> Option<Previous> {
        let runs = runs_before(home, as_of);
        runs.iter().find_map(|run| Previous::read(&home.join(run.to_string())))
    }

    fn read(run: &Path) -> Option<Previous> {
        let as_of = said(run)?.as_of;
        let batches = TableFile::open(run, "persons").ok()?.columns(&["person", "also"]).ok()?;
        let (mut persons, mut aliases) = (Vec::new(), Vec::new());
        for batch in batches {
            let (keys, others) =
                (texts(batch.column_by_name("person")?).ok()?, batch.column_by_name("also")?);
            for (key, others) in keys.iter().zip(&texts(others).ok()?) {
                let key = PersonKey::read(key?)?;
                persons.push(key);
                for other in others.unwrap_or_default().split_whitespace() {
                    aliases.push((PersonKey::read(other)?, key));
                }
            }
        }
        persons.par_sort_unstable();
        aliases.par_sort_unstable();
        Some(Previous { as_of, persons, aliases })
    }

    /// Whether a key was a person's own.
    pub(super) fn is_person(&self, key: PersonKey) -> bool {
        self.persons.binary_search(&key).is_ok()
    }

    /// Those of whom the rows with this key were a part.
    pub(super) fn owners_of(&self, key: PersonKey) -> impl Iterator<Item = PersonKey> + '_ {
        let from = self.aliases.partition_point(|it| it.0 < key);
        self.aliases[from..].iter().take_while(move |it| it.0 == key).map(|it| it.1)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use arrow::array::{ArrayRef, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;

    use super::*;

    /// Publishes, as some version did, what is in these columns.
    fn publish(home: &Path, name: &str, columns: &[(&str, &[Option<&str>])]) {
        let run = home.join(name);
        fs::create_dir_all(&run).unwrap();
        let manifest = format!(r#"{{"as_of": "{}", "insurance_year": 2024}}"#, &name[..10]);
        fs::write(run.join("manifest.json"), manifest).unwrap();
        let columns = columns.iter().map(|(name, values)| {
            (*name, Arc::new(StringArray::from(values.to_vec())) as ArrayRef, true)
        });
        let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
        let file = fs::File::create(run.join("persons.parquet")).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }

    const PERSONS: [Option<&str>; 2] = [Some("P0000000000000009"), Some("P0000000000000001")];

    fn read(home: &Path) -> Option<Previous> {
        Previous::before(home, "2023-12-20".parse().unwrap())
    }

    #[test]
    fn the_newest_run_of_an_earlier_day_is_taken_that_can_be_read() {
        let home = tempfile::tempdir().unwrap();
        let of = |name: &str, person: &str| {
            let persons = [Some(person)];
            publish(home.path(), name, &[("person", &persons), ("also", &[None])]);
        };
        for (name, person) in [
            ("2023-12-18", "P0000000000000001"),
            ("2023-12-19", "P0000000000000002"),
            ("2023-12-19.2", "P0000000000000003"),
            ("2023-12-20", "P0000000000000004"),
            ("2023-12-21", "P0000000000000005"),
        ] {
            of(name, person);
        }
        assert_eq!(read(home.path()).unwrap().persons, [PersonKey(3)], "never this day's own");
        of("2023-12-19.2", "老键");
        assert_eq!(read(home.path()).unwrap().persons, [PersonKey(2)]);
    }

    #[test]
    fn persons_and_those_joined_to_them_are_known() {
        let home = tempfile::tempdir().unwrap();
        let also = [Some("P0000000000000005 P000000000000000a"), None];
        publish(home.path(), "2023-12-19", &[("person", &PERSONS), ("also", &also)]);
        let previous = read(home.path()).unwrap();
        assert_eq!(previous.as_of.to_string(), "2023-12-19");
        assert_eq!(previous.persons, [1, 9].map(PersonKey));
        let owners = |key| previous.owners_of(PersonKey(key)).collect::<Vec<_>>();
        assert_eq!(
            (owners(5), owners(10), owners(9)),
            (vec![PersonKey(9)], vec![PersonKey(9)], vec![])
        );
        assert!(previous.is_person(PersonKey(9)) && !previous.is_person(PersonKey(5)));
    }

    #[test]
    fn a_run_of_another_version_or_a_broken_one_is_none() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(home.path()), None, "there is no run");
        publish(home.path(), "2023-12-19", &[("person", &PERSONS)]);
        assert_eq!(read(home.path()), None, "it does not say who was joined");
        publish(
            home.path(),
            "2023-12-19",
            &[("person", &PERSONS), ("also", &[Some("老键"), None])],
        );
        assert_eq!(read(home.path()), None, "its keys are others");
        fs::write(home.path().join("2023-12-19/persons.parquet"), "PAR1").unwrap();
        assert_eq!(read(home.path()), None, "its table is broken");
    }
}

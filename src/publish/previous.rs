//! What the last publication said, as far as the next one has to be connected with it.

use std::{fs, path::Path};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{TableFile, texts};
use crate::identity::PersonKey;

/// The run that `latest` points to while the next one is being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The day from which it looked at the world.
    pub as_of: NaiveDate,
    /// Keys of persons, in order.
    pub persons: Vec<PersonKey>,
    /// Keys of rows joined into a person, with that person's; in order.
    pub aliases: Vec<(PersonKey, PersonKey)>,
}

/// What of the manifest is needed.
#[derive(serde::Deserialize)]
struct Manifest {
    as_of: NaiveDate,
}

impl Previous {
    /// Reads the last run of the pipeline whose runs are in `home`. Nothing where there is none,
    /// or none that can be compared with: yesterday's files must not keep today's from coming
    /// out.
    pub(super) fn read(home: &Path) -> Option<Previous> {
        let run = home.join("latest");
        let manifest = fs::read(run.join("manifest.json")).ok()?;
        let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
        let batches = TableFile::open(&run, "persons").ok()?.columns(&["person", "also"]).ok()?;
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
        Some(Previous { as_of: manifest.as_of, persons, aliases })
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
    use std::sync::Arc;

    use arrow::array::{ArrayRef, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;

    use super::*;

    /// Publishes, as some version did, what is in these columns.
    fn publish(home: &Path, columns: &[(&str, &[Option<&str>])]) {
        let run = home.join("latest");
        fs::create_dir_all(&run).unwrap();
        fs::write(run.join("manifest.json"), r#"{"pipeline": "p", "as_of": "2023-12-19"}"#)
            .unwrap();
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

    #[test]
    fn persons_and_those_joined_to_them_are_known() {
        let home = tempfile::tempdir().unwrap();
        let also = [Some("P0000000000000005 P000000000000000a"), None];
        publish(home.path(), &[("person", &PERSONS), ("also", &also)]);
        let previous = Previous::read(home.path()).unwrap();
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
        assert_eq!(Previous::read(home.path()), None, "there is no run");
        publish(home.path(), &[("person", &PERSONS)]);
        assert_eq!(Previous::read(home.path()), None, "it does not say who was joined");
        publish(home.path(), &[("person", &PERSONS), ("also", &[Some("老键"), None])]);
        assert_eq!(Previous::read(home.path()), None, "its keys are others");
        fs::write(home.path().join("latest/persons.parquet"), "PAR1").unwrap();
        assert_eq!(Previous::read(home.path()), None, "its table is broken");
    }
}

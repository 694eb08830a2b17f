//! The model as a file: a table a field, a line a level, as `bulou train` writes it.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;

use super::{Asking, MOST_LEVELS, Model, Table};
use crate::{
    diagnostic::Message,
    identity::compare::{Field, N_FIELDS},
};

/// The form of the file; a reader refuses any other.
const VERSION: u32 = 1;

/// How often a level occurs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    m: f64,
    u: f64,
}

/// A model file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    version: u32,
    trained_on: String,
    known: BTreeMap<String, f64>,
    fields: BTreeMap<String, BTreeMap<String, Share>>,
}

impl ModelFile {
    /// Reads a model.
    pub fn parse(text: &str) -> Result<Model, Message> {
        let file: ModelFile = toml::from_str(text).map_err(|error| {
            let error = error.message().to_string();
            Message::new(format!("不是模型文件：{error}"), format!("not a model file: {error}"))
        })?;
        file.check()
    }

    fn check(&self) -> Result<Model, Message> {
        if self.version != VERSION {
            let found = self.version;
            return Err(Message::new(
                format!("模型文件版本是{found}，本程序要{VERSION}：请用 bulou train 重新生成"),
                format!(
                    "model file of version {found}, not {VERSION}: make it anew with bulou train"
                ),
            ));
        }
        let mut model = Model {
            trained_on: self.trained_on.clone(),
            m: [[0.0; MOST_LEVELS]; N_FIELDS],
            u: [[0.0; MOST_LEVELS]; N_FIELDS],
            known: [0.0; 3],
        };
        for who in Asking::ALL {
            let share = self.known.get(who.code()).copied();
            model.known[*who as usize] = self.share(share, "known", who.code())?;
        }
        for field in Field::ALL {
            let levels = self.fields.get(field.code());
            for (at, (level, _)) in field.levels().into_iter().enumerate().skip(1) {
                let share = levels.and_then(|it| it.get(level));
                model.m[*field as usize][at] =
                    self.share(share.map(|it| it.m), field.code(), level)?;
                model.u[*field as usize][at] =
                    self.share(share.map(|it| it.u), field.code(), level)?;
            }
        }
        Ok(model)
    }

    /// A share that the file must have, above 0 and below 1.
    fn share(&self, found: Option<f64>, table: &str, line: &str) -> Result<f64, Message> {
        found.filter(|it| *it > 0.0 && *it < 1.0).ok_or_else(|| {
            Message::new(
                format!("模型文件 [{table}] 的 {line} 缺失，或不在0与1之间"),
                format!(
                    "{line} of [{table}] is missing from the model file, or not between 0 and 1"
                ),
            )
        })
    }
}

/// Writes a model as [`ModelFile::parse`] reads it.
pub(super) fn write(model: &Model) -> String {
    let mut out = String::new();
    out.push_str("# How often rows of one person (m) and of strangers (u) agree at each level.\n");
    out.push_str(
        "# Made by: bulou train. Names and sources are weighed by their own frequency.\n\n",
    );
    let _ = writeln!(out, "version = {VERSION}\ntrained_on = {:?}", model.trained_on);
    out.push_str("\n# The share of those who ask that are known under another row.\n[known]\n");
    for who in Asking::ALL {
        let _ = writeln!(out, "{} = {:.6} # {}", who.code(), model.known[*who as usize], who.zh());
    }
    let row = |table: &Table, field: Field, level: usize| table[field as usize][level];
    for field in Field::ALL.iter().copied() {
        let _ = writeln!(out, "\n# {}\n[fields.{}]", field.zh(), field.code());
        for (at, (code, zh)) in field.levels().into_iter().enumerate().skip(1) {
            let (m, u) = (row(&model.m, field, at), row(&model.u, field, at));
            let _ = writeln!(
                out,
                "{code} = {{ m = {m:.4e}, u = {u:.4e} }} # {zh} {:+.1}",
                (m / u).log2()
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let model = Model::built_in();
        assert_eq!(ModelFile::parse(&write(&model)).unwrap(), model);
    }

    #[test]
    fn a_model_that_lacks_a_level_or_is_of_another_version_is_refused() {
        let text = write(&Model::built_in());
        let without: String = text
            .lines()
            .filter(|it| !it.starts_with("one-slip"))
            .flat_map(|it| [it, "\n"])
            .collect();
        let said = |text: &str| ModelFile::parse(text).unwrap_err().en;
        assert!(said(&without).contains("one-slip of [id]"), "{}", said(&without));
        assert!(said(&text.replace("version = 1", "version = 9")).contains("version 9"));
        assert!(said("nonsense").contains("not a model file"));
    }
}

//! What the page was made from: the night, its inputs, its configuration.

use serde::Serialize;

use super::words::{short_hash, without_ids};
use crate::{
    diagnostic::Lang,
    error::Result,
    ingest::Account,
    publish::{View, manifest},
};

/// The section, and what the page's head says.
#[derive(Serialize)]
pub(super) struct Provenance {
    pipeline: String,
    title: String,
    area: String,
    area_code: String,
    as_of: String,
    insurance_year: u16,
    bulou_version: &'static str,
    persons: i64,
    rows_read: i64,
    inputs: Vec<Input>,
    configuration: Vec<Configured>,
}

/// A sheet of a file that was read.
#[derive(Serialize)]
struct Input {
    supplier: String,
    kind: &'static str,
    file: String,
    sheet: String,
    rows_read: i64,
    accepted: i64,
    encoding: String,
    sha256: String,
}

/// A file that decides what a run does.
#[derive(Serialize)]
struct Configured {
    path: String,
    bytes: i64,
    sha256: String,
}

pub(super) fn provenance(view: &View<'_>) -> Result<Provenance> {
    let night = &view.night;
    let area = night.cx.divisions.get(night.cx.area);
    let accounts = &night.ingested.accounts;
    let configuration = manifest::configuration(view.night.pipeline)?.into_iter().map(|it| {
        Configured { path: it.path, bytes: it.bytes as i64, sha256: short_hash(&it.sha256) }
    });
    Ok(Provenance {
        pipeline: night.pipeline.name.clone(),
        title: night.pipeline.title.clone(),
        area: area.name.clone(),
        area_code: area.code.clone(),
        as_of: night.cx.as_of.to_string(),
        insurance_year: night.pipeline.insurance_year,
        bulou_version: env!("CARGO_PKG_VERSION"),
        persons: night.identities.people.len() as i64,
        rows_read: accounts.iter().map(|it| it.rows_read as i64).sum(),
        inputs: accounts.iter().map(|it| input(view, it)).collect(),
        configuration: configuration.collect(),
    })
}

fn input(view: &View<'_>, account: &Account) -> Input {
    let part = &view.tables().origins.parts[usize::from(account.part.0)];
    let is_zh = view.night.cx.lang == Lang::Zh;
    Input {
        supplier: account.supplier.clone(),
        kind: if is_zh { account.kind.zh() } else { account.kind.code() },
        file: without_ids(part.file.trim_start_matches("../")),
        sheet: without_ids(&part.sheet),
        rows_read: account.rows_read as i64,
        accepted: account.accepted as i64,
        encoding: account.encoding.clone(),
        sha256: short_hash(&account.sha256),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn every_input_and_every_file_of_the_configuration_is_named() {
        let world = World::new(30, 4);
        let cx = world.context();
        let shown = provenance(&View::first(&world.night(&cx))).unwrap();
        assert_eq!(shown.inputs.len(), 5);
        assert_eq!(shown.as_of, "2023-12-20");
        let paths: Vec<&str> = shown.configuration.iter().map(|it| it.path.as_str()).collect();
        assert!(
            paths.contains(&"policy/fee.toml") && paths.contains(&"divisions.csv"),
            "{paths:?}"
        );
        assert!(!paths.iter().any(|it| it.contains("person.key")), "the key stays where it is");
        assert!(shown.configuration.iter().all(|it| it.sha256.len() == 12));
    }
}

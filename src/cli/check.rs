//! `bulou check`: configuration and inputs, nothing written.

use std::path::PathBuf;

use super::monitor::{LogFormat, Screen};
use crate::{
    config::Pipeline,
    diagnostic::{Lang, Severity},
    error::Result,
    ingest::{self, Account},
    policy::Policy,
    report::layout::Layouts,
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder with pipeline.toml
    pipeline: PathBuf,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let pipeline = Pipeline::open(&args.pipeline)?;
    super::deliver::check_recipients(&pipeline)?;
    let policy = Policy::load(&pipeline)?;
    Layouts::load(&pipeline.rules, &policy)?;
    let screen = Screen::new(lang, LogFormat::Text, true);
    let ingested = ingest::read(&pipeline, &screen);
    screen.finish();
    let ingested = ingested?;
    for account in &ingested.accounts {
        let part = &ingested.tables.origins.parts[account.part.0 as usize];
        let sheet = if part.sheet.is_empty() { String::new() } else { format!("[{}]", part.sheet) };
        println!("{}{sheet}", part.file);
        println!("{}", describe(account, lang));
    }
    for diagnostic in &ingested.diagnostics {
        println!("{}", diagnostic.show(lang));
    }
    let is_sound = ingested.diagnostics.iter().all(|it| it.severity < Severity::Error);
    Ok(if is_sound { 0 } else { 1 })
}

/// What was recognised in one sheet.
fn describe(account: &Account, lang: Lang) -> String {
    let Account { encoding, supplier, rows_read, accepted, rejected, no_data, .. } = account;
    let columns: Vec<String> = account
        .columns
        .iter()
        .map(|(header, field)| {
            let field = match (field, lang) {
                (Some(field), Lang::Zh) => field.zh(),
                (Some(field), Lang::En) => field.code(),
                (None, _) => "-",
            };
            format!("{header} → {field}")
        })
        .collect();
    let columns = columns.join("; ");
    match lang {
        Lang::Zh => format!(
            "    {supplier}，{encoding}，{rows_read}行 = 采用{accepted} + 退回{rejected} + 非数据{no_data}\n    {columns}"
        ),
        Lang::En => format!(
            "    {supplier}, {encoding}, {rows_read} rows = {accepted} accepted + {rejected} rejected + \
             {no_data} no data\n    {columns}"
        ),
    }
}

//! `bulou explain`: one person's file out of a published run.

use std::path::PathBuf;

use serde_json::json;

use super::audit::Act;
use crate::{
    diagnostic::Lang,
    error::Result,
    explain::{Sought, explain},
};

#[derive(clap::Args)]
pub struct Args {
    /// The published run: its folder, or the link `latest`
    run: PathBuf,
    #[command(flatten)]
    who: Who,
    /// As JSON; an array where several people answer to it
    #[arg(long)]
    json: bool,
    /// Certificate numbers in full instead of 6 + 4 characters
    #[arg(long)]
    whole_ids: bool,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Who {
    /// A certificate number in any spelling, or as a list shows it: 430923********2525
    #[arg(long, value_name = "NUMBER")]
    id: Option<String>,
    /// A name, as the person or any row about the person has it
    #[arg(long)]
    name: Option<String>,
    /// A person key
    #[arg(long, value_name = "KEY")]
    person: Option<String>,
}

impl Who {
    /// What was asked by, for the audit log.
    fn by(&self) -> &'static str {
        match (&self.id, &self.name) {
            (Some(_), _) => "id",
            (_, Some(_)) => "name",
            _ => "person",
        }
    }

    fn sought(&self) -> Option<Sought> {
        let id = self.id.clone().map(Sought::Id);
        let name = self.name.clone().map(Sought::Name);
        id.or(name).or(self.person.clone().map(Sought::Person))
    }
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let sought = args.who.sought().expect("bug: asked for nobody");
    let what = json!({ "by": args.who.by(), "whole_ids": args.whole_ids, "asked": 1 });
    let act = Act::reading(&args.run, "explain", what)?;
    let found = explain(&args.run, &sought, args.whole_ids);
    match &found {
        Ok(found) => act.end(0, json!({ "found": found.count() }))?,
        Err(error) => act.end(error.exit_code(), json!({ "found": 0 }))?,
    }
    let found = found?;
    print!("{}", if args.json { found.json() } else { found.text(lang) });
    Ok(0)
}

//! `bulou schema`: the data dictionary of everything a run publishes.

use crate::{
    diagnostic::{Lang, Message},
    error::{Error, Result},
    publish,
};

#[derive(clap::Args)]
pub struct Args {
    /// One table, such as persons; all of them if not given
    table: Option<String>,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let Some(text) = publish::dictionary::text(args.table.as_deref(), lang) else {
        let table = args.table.as_deref().unwrap_or_default();
        return Err(Error::Usage(Message::new(
            format!("没有数据表 {table}；用 bulou schema 查看全部"),
            format!("there is no table {table}; `bulou schema` lists them all"),
        )));
    };
    print!("{text}");
    Ok(0)
}

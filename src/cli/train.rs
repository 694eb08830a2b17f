//! `bulou train`: learns the linkage model from a county's own rows.

use std::path::PathBuf;

use super::monitor::{LogFormat, Screen};
use crate::{
    config::Pipeline,
    diagnostic::Lang,
    error::{Error, Result},
    identity, ingest,
    run::{Monitor, Stage, setting},
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder with pipeline.toml
    pipeline: PathBuf,
    /// The model file to write; name it in pipeline.toml under [identity] to use it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let pipeline = Pipeline::open(&args.pipeline)?;
    let setting = setting(&pipeline)?;
    let screen = Screen::new(lang, LogFormat::Text, true);
    screen.stage(Stage::Ingest);
    let ingested = ingest::read(&pipeline, &screen)?;
    screen.stage(Stage::Identify);
    let rows = ingested.tables.len();
    let trained_on = format!("{} {}, {rows} rows", pipeline.title, pipeline.insurance_year);
    let trained = identity::learn(&ingested.tables, &setting, &trained_on);
    screen.finish();
    let out = &args.out;
    std::fs::write(out, trained.file()).map_err(Error::io("writing", out))?;
    let (n_asking, n_pairs, n_same) = (trained.n_asking, trained.n_pairs, trained.n_same);
    let shown = out.display();
    println!(
        "{}",
        match lang {
            Lang::Zh => format!(
                "{n_asking}组记录待认，比对{n_pairs}对，其中约{n_same:.0}对是同一人\n\
                 模型写入 {shown}；在 pipeline.toml 的 [identity] 里写 model = \"文件名\" 即采用"
            ),
            Lang::En => format!(
                "{n_asking} groups of rows asked who they are; of {n_pairs} pairs compared about \
                 {n_same:.0} are one person\n\
                 model written to {shown}; name it under [identity] in pipeline.toml to use it"
            ),
        }
    );
    Ok(0)
}

//! `bulou score`: precision and recall of a run against a ground truth.

use crate::{error::Result, score};

pub type Args = score::ScoreArgs;

pub(super) fn execute(args: &Args) -> Result<u8> {
    print!("{}", score::run(args)?);
    Ok(0)
}

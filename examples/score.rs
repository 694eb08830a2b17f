//! `cargo run --example score -- RUN TRUTH`: the scorer without the rest of the command line.
#![allow(clippy::print_stdout)]

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    args: bulou::score::ScoreArgs,
}

fn main() -> Result<(), bulou::error::Error> {
    print!("{}", bulou::score::run(&Cli::parse().args)?);
    Ok(())
}

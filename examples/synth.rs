//! `cargo run --example synth -- --county 430923109 …`: the generator with Lengshi's example
//! rules, without the rest of the command line.
#![allow(clippy::print_stderr)]

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    args: bulou::synth::SynthArgs,
}

fn main() -> Result<(), bulou::error::Error> {
    let made = bulou::synth::run(&Cli::parse().args, bulou::synth::Rules::example())?;
    eprintln!("{} people, {} files, {} rows", made.people, made.files, made.rows);
    Ok(())
}

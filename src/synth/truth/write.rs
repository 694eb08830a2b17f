//! Writes the truth: people, rows, findings, and what must not be found.

use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use super::rows::Rows;
use super::verdict::verdict;
use super::{findings, traps};
use crate::error::{Error, Result};
use crate::synth::files::table::WrittenPage;
use crate::synth::person::Wrote;
use crate::synth::sources::id_text;
use crate::synth::world::World;

/// The key of a person in the truth.
pub fn key(at: u32) -> String {
    format!("T{at:08}")
}

/// Writes the four tables below `folder`.
pub fn write(world: &World, pages: &[WrittenPage], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(Error::io("creating", folder))?;
    let rows = Rows::of(world, pages);
    people(world, &rows, &folder.join("people.csv"))?;
    all_rows(pages, &folder.join("rows.csv"))?;
    all_findings(world, pages, &rows, &folder.join("findings.csv"))?;
    must_not(world, &rows, &folder.join("must_not.csv"))
}

/// Writes lines made in parallel below a header.
fn lines(path: &Path, header: &str, chunks: Vec<String>) -> Result<()> {
    let text = format!("{header}\n{}", chunks.concat());
    std::fs::write(path, text).map_err(Error::io("writing", path))
}

/// A remark without the commas that part the columns.
fn note(why: &str) -> String {
    why.replace(',', ";")
}

fn people(world: &World, rows: &Rows, path: &Path) -> Result<()> {
    let chunks: Vec<String> = world
        .people
        .par_chunks(20_000)
        .enumerate()
        .map(|(chunk, people)| {
            let mut text = String::new();
            for (offset, it) in people.iter().enumerate() {
                let at = (chunk * 20_000 + offset) as u32;
                let village = world.scene.places.villages[usize::from(it.home.village)].code;
                let stories: Vec<&str> = it.stories.iter().map(|it| story(*it)).collect();
                let _ = writeln!(
                    text,
                    "{},{},{},{},{},{village},{},{},{}",
                    key(at),
                    id_text(world, at, Wrote::Own),
                    it.name,
                    it.sex.code(),
                    it.birth,
                    verdict(it, &world.scene),
                    stories.join(" "),
                    rows.decidable[at as usize].code(),
                );
            }
            text
        })
        .collect();
    lines(path, "person,id_number,name,sex,birth,village,verdict,stories,decidable", chunks)
}

fn story(at: u8) -> &'static str {
    crate::synth::stories::STORIES.get(usize::from(at)).map_or("namesake", |it| it.name)
}

fn all_rows(pages: &[WrittenPage], path: &Path) -> Result<()> {
    let chunks: Vec<String> = pages
        .par_iter()
        .map(|page| {
            let mut text = String::new();
            for it in &page.rows {
                let dirt = it.corruption.map_or("", |it| it.code());
                let _ = writeln!(
                    text,
                    "{},{},{},{},{dirt}",
                    page.file,
                    page.sheet,
                    it.row,
                    key(it.person)
                );
            }
            text
        })
        .collect();
    lines(path, "file,sheet,row,person,corruption", chunks)
}

fn all_findings(world: &World, pages: &[WrittenPage], rows: &Rows, path: &Path) -> Result<()> {
    let chunks: Vec<String> = (0..world.people.len())
        .into_par_iter()
        .with_min_len(10_000)
        .map(|at| {
            let mut text = String::new();
            for (code, why) in findings(world, at) {
                // A wrong identity, or one person under two, takes linkage by its nature.
                let linkage = matches!(code, "E05" | "D01" | "D02");
                let level = if linkage {
                    rows.decidable[at].max(super::rows::Decidable::Linkage)
                } else {
                    rows.decidable[at]
                };
                let _ = writeln!(text, "{code},{},{},{}", key(at as u32), level.code(), note(why));
            }
            text
        })
        .collect();
    let mut of_rows = String::new();
    for (code, person, dirt) in &rows.findings {
        let level = if dirt.needs_linkage() { "linkage" } else { "exact" };
        let _ = writeln!(of_rows, "{code},{},{level},{}", key(*person), dirt.code());
    }
    for page in pages.iter().filter(|it| it.wrong_total && it.kind == "payment") {
        let _ = writeln!(of_rows, "P04,,exact,{}", page.file);
    }
    let whole = chunks.into_iter().chain([of_rows]).collect();
    lines(path, "code,person,decidable,note", whole)
}

fn must_not(world: &World, rows: &Rows, path: &Path) -> Result<()> {
    let chunks: Vec<String> = (0..world.people.len())
        .into_par_iter()
        .with_min_len(10_000)
        .map(|at| {
            let due = |code: &str| {
                findings(world, at).iter().any(|it| it.0 == code)
                    || rows
                        .findings
                        .binary_search_by(|it| (it.0, it.1).cmp(&(code, at as u32)))
                        .is_ok()
            };
            let mut text = String::new();
            for (code, why) in traps::traps(world, rows, at).into_iter().filter(|it| !due(it.0)) {
                let _ = writeln!(text, "{code},{},{}", key(at as u32), note(why));
            }
            text
        })
        .collect();
    lines(path, "code,person,why", chunks)
}

//! Writes the truth: people, rows, findings, and what must not be found.

use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use super::rows::Rows;
use super::verdict::verdict;
use super::{allowed, findings, traps};
use crate::error::{Error, Result};
use crate::synth::files::table::WrittenPage;
use crate::synth::person::Wrote;
use crate::synth::sources::id_text;
use crate::synth::stories;
use crate::synth::world::World;

/// The key of a person in the truth.
pub fn key(at: u32) -> String {
    format!("T{at:08}")
}

/// Writes the five tables below `folder`.
pub fn write(world: &World, pages: &[WrittenPage], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(Error::io("creating", folder))?;
    let rows = Rows::of(world, pages);
    people(world, &rows, &folder.join("people.csv"))?;
    all_rows(pages, &folder.join("rows.csv"))?;
    all_findings(world, pages, &rows, &folder.join("findings.csv"))?;
    let undue =
        |world: &World, rows: &Rows, at| not_due(world, rows, at, traps::traps(world, rows, at));
    about_people(world, &rows, undue, &folder.join("must_not.csv"))?;
    let fair = |world: &World, rows: &Rows, at| {
        let forbidden = traps::traps(world, rows, at);
        let mut fair = not_due(world, rows, at, allowed::allowed(world, rows, at));
        fair.retain(|it| forbidden.iter().all(|trap| trap.0 != it.0));
        fair
    };
    about_people(world, &rows, fair, &folder.join("allowed.csv"))
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
                let stories: Vec<&str> =
                    it.stories.iter().map(|it| stories::name_of(*it)).collect();
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

fn all_rows(pages: &[WrittenPage], path: &Path) -> Result<()> {
    let chunks: Vec<String> = pages
        .par_iter()
        .map(|page| {
            let mut text = String::new();
            for it in &page.rows {
                let dirt: Vec<&str> = it.dirt().map(|it| it.code()).collect();
                let _ = writeln!(
                    text,
                    "{},{},{},{},{}",
                    page.file,
                    page.sheet,
                    it.row,
                    key(it.person),
                    dirt.join("+")
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
        // Where the person's own facts call for it, it stands above already.
        if findings(world, *person as usize).iter().any(|it| it.0 == *code) {
            continue;
        }
        let level = if dirt.needs_linkage(code) { "linkage" } else { "exact" };
        let _ = writeln!(of_rows, "{code},{},{level},{}", key(*person), dirt.code());
    }
    for page in pages.iter().filter(|it| it.wrong_total && it.kind == "payment") {
        let _ = writeln!(of_rows, "P04,,exact,{}", page.file);
    }
    let whole = chunks.into_iter().chain([of_rows]).collect();
    lines(path, "code,person,decidable,note", whole)
}

/// A code and the reason for it.
type Remark = (&'static str, &'static str);

/// The remarks whose code is not due for the person anyway.
fn not_due(world: &World, rows: &Rows, at: usize, mut remarks: Vec<Remark>) -> Vec<Remark> {
    let found = findings(world, at);
    let by_row = |code: &str| {
        let key = (code, at as u32);
        rows.findings.binary_search_by(|it| (it.0, it.1).cmp(&key)).is_ok()
    };
    remarks.retain(|it| found.iter().all(|due| due.0 != it.0) && !by_row(it.0));
    remarks
}

/// Writes what is remarked of each person.
fn about_people(
    world: &World,
    rows: &Rows,
    remarks: impl Fn(&World, &Rows, usize) -> Vec<Remark> + Sync,
    path: &Path,
) -> Result<()> {
    let chunks: Vec<String> = (0..world.people.len())
        .into_par_iter()
        .with_min_len(10_000)
        .map(|at| {
            let mut text = String::new();
            for (code, why) in remarks(world, rows, at) {
                let _ = writeln!(text, "{code},{},{}", key(at as u32), note(why));
            }
            text
        })
        .collect();
    lines(path, "code,person,why", chunks)
}

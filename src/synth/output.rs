//! Writes a county: its files, its pipeline, its truth.

use std::path::PathBuf;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::files::layout::Layout;
use super::files::sheet::Sheet;
use super::files::table::{Care, Part, Table, WrittenPage};
use super::files::{csv_file, xlsx_file};
use super::places::Places;
use super::rates::Rates;
use super::rules::Rules;
use super::sources::monthly::is_monthly;
use super::truth;
use super::world::{Scene, World};
use super::{pipeline, sources, targets};
use crate::error::{Error, Result};

/// What to make.
#[derive(Clone, Debug)]
pub struct Options {
    pub areas: Vec<u64>,
    pub people: usize,
    pub seed: u64,
    pub out: PathBuf,
    pub rules_folder: PathBuf,
    pub rules: Rules,
    pub rates: Rates,
    pub as_of: NaiveDate,
    pub dirt: f64,
    pub layout: u64,
    pub monthly_lists: bool,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub people: usize,
    pub files: usize,
    pub rows: usize,
}

/// Makes the county and writes it below `options.out`.
pub fn generate(options: &Options) -> Result<Summary> {
    let places = Places::read(&options.rules_folder, &options.areas)?;
    let (rules, mut rates) = (options.rules.clone(), options.rates.clone());
    rates.dirt.broken_list *= options.dirt;
    let mut scene = Scene::new(options.seed, rules, rates, places, options.as_of);
    scene.monthly_lists = options.monthly_lists;
    let world = World::build(scene, options.people);
    let tables = sources::all(&world);
    let mut pages = Vec::new();
    for table in &tables {
        pages.extend(write(&world, table, options)?);
    }
    pipeline::write(&world, &tables, options)?;
    targets::write(&world, options)?;
    let mut files: Vec<&str> = pages.iter().map(|it| it.file.as_str()).collect();
    files.dedup();
    let (files, rows) = (files.len(), pages.iter().map(|it| it.rows.len()).sum());
    pages.retain(|it| !sources::is_aside(it.source));
    truth::write::write(&world, &pages, &options.out.join("truth"))?;
    Ok(Summary { people: world.people.len(), files, rows })
}

/// Writes all parts of a table; small files at the same time, large ones one after another.
fn write(world: &World, table: &Table, options: &Options) -> Result<Vec<WrittenPage>> {
    let (out, whole) = (&options.out, Layout::of(table, options.layout));
    let parts: Vec<Part> = table.parts.iter().flat_map(|it| fit(it, whole.xlsx)).collect();
    for part in &parts {
        let path = out.join("data").join(&part.stem);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io("creating", folder))?;
        }
    }
    let made: Vec<Result<Vec<WrittenPage>>> = parts
        .par_iter()
        .map(|part| {
            let layout = &Layout::of_part(table, options.layout, &part.stem);
            let sheet =
                Sheet { world, table, layout, dirt: options.dirt, dirt_of: dirt_of(table, part) };
            let file = format!("data/{}.{}", part.stem, layout.ending());
            match layout.xlsx {
                true => xlsx_file::write(sheet, part, out, &file),
                false => csv_file::write(sheet, part, out, &file).map(|it| vec![it]),
            }
        })
        .collect();
    Ok(made.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// What tells the dirt of a file from that of the same rows in another: a list that is typed again
/// every month has new slips every month.
fn dirt_of<'a>(table: &Table, part: &'a Part) -> &'a str {
    let is_typed_again = is_monthly(table) && table.care == Care::Hand;
    if is_typed_again { &part.stem } else { "" }
}

/// Rows of a sheet that an office machine still opens.
const SHEET_ROWS: usize = 200_000;

/// A part as files that fit a workbook.
fn fit(part: &Part, xlsx: bool) -> Vec<Part> {
    let whole = |items: &[super::files::table::Item], stem: String| Part {
        total_off_by_fen: part.total_off_by_fen,
        ..Part::single(stem, part.title.clone(), items.to_vec())
    };
    if part.pages.iter().all(|it| it.items.is_empty()) {
        return Vec::new();
    }
    if !xlsx || part.pages.len() > 1 || part.pages[0].items.len() <= SHEET_ROWS {
        let pages = part
            .pages
            .iter()
            .map(|it| super::files::table::Page { name: it.name.clone(), items: it.items.clone() });
        let pages = pages.collect();
        return vec![Part { stem: part.stem.clone(), title: part.title.clone(), pages, ..*part }];
    }
    let chunks = part.pages[0].items.chunks(SHEET_ROWS).enumerate();
    chunks.map(|(at, items)| whole(items, format!("{}_{}", part.stem, at + 1))).collect()
}

/// The glob that finds all files of a table.
pub fn glob(table: &Table, layout: &Layout) -> String {
    let stems: Vec<&str> = table.parts.iter().map(|it| it.stem.as_str()).collect();
    let first = stems.first().copied().unwrap_or_default();
    let same = first.char_indices().map(|it| it.0).chain([first.len()]).rev();
    let common =
        same.map(|end| &first[..end]).find(|it| stems.iter().all(|stem| stem.starts_with(it)));
    // Next month's file is to be found too.
    let common = common.unwrap_or_default();
    let common = if is_monthly(table) {
        common.trim_end_matches(|it: char| it.is_ascii_digit() || "年-.".contains(it))
    } else if stems.len() > 1 || table.kind == "payment" {
        common.trim_end_matches(|it: char| it.is_ascii_digit())
    } else {
        common
    };
    format!("data/{common}*.{}", layout.ending())
}

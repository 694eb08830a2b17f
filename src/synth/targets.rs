//! Writes `targets.csv`: the targets of the rules' folder, smaller by as much as the county is.

use std::collections::BTreeMap;

use super::output::Options;
use super::world::World;
use crate::config::Divisions;
use crate::error::{Error, Result};

/// Columns of the table, where they stand.
struct Columns {
    code: Option<usize>,
    region: Option<usize>,
    insurance: Option<usize>,
    residents: Option<usize>,
    target: usize,
    reference: Option<usize>,
}

/// Writes the table beside `pipeline.toml`, if the rules have one. A place's target is the same
/// share of its people as in the rules' table; places without people are left out.
pub fn write(world: &World, options: &Options) -> Result<()> {
    let path = options.rules_folder.join("targets.csv");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(()) };
    let divisions = Divisions::open(&options.rules_folder.join("divisions.csv"))?;
    let broken =
        |reason: csv::Error| Error::Write { path: path.clone(), reason: reason.to_string() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(broken)?.clone();
    let Some(columns) = Columns::of(&headers) else { return Ok(()) };
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|it| it.map_err(broken)).collect::<Result<_>>()?;
    let bases = bases(&rows, &columns);
    let people = people(world, &divisions);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).map_err(broken)?;
    for row in &rows {
        let place = columns.place(row);
        let (Some(n), Some(base)) = (people.get(&place), bases.get(&place)) else { continue };
        let scaled = |value: f64| (value * *n as f64 / base).round().to_string();
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| match cell.parse::<f64>() {
                Ok(value) if at == columns.target || Some(at) == columns.residents => scaled(value),
                _ if Some(at) == columns.reference => format!("{cell}（按模拟人口折算）"),
                _ => cell.to_string(),
            })
            .collect();
        writer.write_record(&cells).map_err(broken)?;
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let out = options.out.join("targets.csv");
    std::fs::write(&out, bytes).map_err(Error::io("writing", out))
}

impl Columns {
    fn of(headers: &csv::StringRecord) -> Option<Columns> {
        let at = |name: &str| headers.iter().position(|it| it == name);
        Some(Columns {
            code: at("code"),
            region: at("region"),
            insurance: at("insurance"),
            residents: at("residents"),
            target: at("target")?,
            reference: at("reference"),
        })
    }

    /// Whom a row is for: a code or a region's name.
    fn place(&self, row: &csv::StringRecord) -> String {
        let cell = |at: Option<usize>| at.and_then(|it| row.get(it)).unwrap_or_default();
        let code = cell(self.code);
        if code.is_empty() { cell(self.region).to_string() } else { code.to_string() }
    }
}

/// How many people each place of the table has: as it counts residents or, where it does not, as
/// many as are to be insured in all.
fn bases(rows: &[csv::StringRecord], columns: &Columns) -> BTreeMap<String, f64> {
    let mut bases = BTreeMap::new();
    for row in rows {
        let number = |at: usize| row.get(at).and_then(|it| it.parse::<f64>().ok());
        let is_all = columns.insurance.is_some_and(|at| row.get(at) == Some("all"));
        let base = columns
            .residents
            .and_then(number)
            .or_else(|| number(columns.target).filter(|_| is_all || columns.insurance.is_none()));
        if let Some(base) = base.filter(|it| *it > 0.0) {
            bases.entry(columns.place(row)).or_insert(base);
        }
    }
    bases
}

/// How many people live in every division and region.
fn people(world: &World, divisions: &Divisions) -> BTreeMap<String, usize> {
    let mut people: BTreeMap<String, usize> = BTreeMap::new();
    for person in &world.people {
        let village = &world.scene.places.villages[usize::from(person.home.village)];
        let code = village.code.to_string();
        for above in [4, 6, 9, 12].iter().filter_map(|length| code.get(..*length)) {
            *people.entry(above.to_string()).or_default() += 1;
        }
        if let Some(id) = divisions.by_code(&code) {
            *people.entry(divisions.region(id).to_string()).or_default() += 1;
        }
    }
    people
}

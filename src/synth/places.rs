//! The county's townships and villages, read from `divisions.csv`.

use std::path::Path;

use crate::clean::place::after_prefecture;
use crate::diagnostic::Message;
use crate::error::{Error, Result};

/// A village or community.
#[derive(Clone, Debug)]
pub struct Village {
    pub code: u64,
    /// As people say it: without 村委会 and the like.
    pub name: String,
    /// As the division table has it.
    pub full_name: String,
    pub township: u16,
    /// How many people of a thousand villages' worth it gets.
    pub weight: f64,
}

/// A township, town or subdistrict.
#[derive(Clone, Debug)]
pub struct Township {
    pub code: u64,
    pub name: String,
}

/// The area that a synthetic county covers.
#[derive(Clone, Debug)]
pub struct Places {
    pub county: u32,
    /// The county without its prefecture: 安化县.
    pub county_name: String,
    /// The area's own name, for titles.
    pub area_name: String,
    pub townships: Vec<Township>,
    pub villages: Vec<Village>,
}

struct Line {
    code: u64,
    level: String,
    name: String,
    parent: u64,
}

/// 新丰村委会 and 新丰村民委员会 are 新丰村; 清塘社区居委会 is 清塘社区.
pub fn short_name(full: &str) -> String {
    for (ending, instead) in [
        ("村村民委员会", "村"),
        ("村民委员会", "村"),
        ("社区居民委员会", "社区"),
        ("居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("村村委会", "村"),
        ("村委会", "村"),
        ("居委会", "社区"),
    ] {
        if let Some(stem) = full.strip_suffix(ending) {
            return format!("{stem}{instead}");
        }
    }
    full.to_string()
}

impl Places {
    /// The area with this code and all below it.
    pub fn read(folder: &Path, area: u64) -> Result<Places> {
        let lines = divisions(&folder.join("divisions.csv"))?;
        let sizes = targets(&folder.join("targets.csv"));
        let unknown = || {
            Error::Usage(Message::new(
                format!("divisions.csv 中没有代码为 {area} 的县、乡镇或村"),
                format!("divisions.csv has no county, township or village with the code {area}"),
            ))
        };
        let chosen = lines.iter().find(|it| it.code == area).ok_or_else(unknown)?;
        let county_code = first_six(area);
        let county = lines.iter().find(|it| it.level == "county" && it.code == county_code);
        let county_name = county.map_or("本县", |it| after_prefecture(&it.name)).to_string();
        let mut places = Places {
            county: county_code as u32,
            area_name: match chosen.level.as_str() {
                "county" => county_name.clone(),
                _ => format!("{county_name}{}", short_name(&chosen.name)),
            },
            county_name,
            townships: Vec::new(),
            villages: Vec::new(),
        };
        for town in lines.iter().filter(|it| it.level == "township") {
            let under = |it: &&Line| {
                it.level == "village"
                    && it.parent == town.code
                    && (it.code == area || town.code == area || town.parent == area)
            };
            let mut villages = lines.iter().filter(under).peekable();
            if villages.peek().is_none() {
                continue;
            }
            let township = places.townships.len() as u16;
            places.townships.push(Township { code: town.code, name: town.name.clone() });
            places.villages.extend(villages.map(|it| village(it, township, &sizes)));
        }
        if places.villages.is_empty() { Err(unknown()) } else { Ok(places) }
    }

    pub fn town_of(&self, village: u16) -> &Township {
        &self.townships[usize::from(self.villages[usize::from(village)].township)]
    }
}

fn village(line: &Line, township: u16, sizes: &[(String, f64)]) -> Village {
    let name = short_name(&line.name);
    let known =
        sizes.iter().find(|it| it.0 == name || it.0 == line.name || it.0 == line.code.to_string());
    let spread = super::dice::spread(line.code) % 1000;
    let weight = known.map_or(600.0 + 2.4 * spread as f64, |it| it.1);
    Village { code: line.code, name, full_name: line.name.clone(), township, weight }
}

fn first_six(code: u64) -> u64 {
    let mut code = code;
    while code >= 1_000_000 {
        code /= 10;
    }
    code
}

fn divisions(path: &Path) -> Result<Vec<Line>> {
    let failed = |reason: String| Error::Read { path: path.to_path_buf(), reason };
    let mut reader = csv::Reader::from_path(path).map_err(|it| failed(it.to_string()))?;
    let mut lines = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|it| failed(it.to_string()))?;
        let number = |at: usize| row.get(at).and_then(|it| it.trim().parse().ok()).unwrap_or(0);
        lines.push(Line {
            code: number(0),
            level: row.get(1).unwrap_or_default().to_string(),
            name: row.get(2).unwrap_or_default().trim().to_string(),
            parent: number(3),
        });
    }
    Ok(lines)
}

/// The villages' sizes by name or code: the columns residents, actual, people, or else target.
fn targets(path: &Path) -> Vec<(String, f64)> {
    let Ok(mut reader) = csv::Reader::from_path(path) else { return Vec::new() };
    let Ok(headers) = reader.headers().cloned() else { return Vec::new() };
    let column = |names: &[&str]| {
        names.iter().find_map(|name| headers.iter().position(|it| it.trim() == *name))
    };
    let key = column(&["code", "division", "village", "name", "area"]).unwrap_or(0);
    let sizes = ["residents", "actual", "actual_people", "people", "population", "target", "task"];
    let Some(size) = column(&sizes) else { return Vec::new() };
    let rows = reader.records().flatten();
    rows.filter_map(|it| {
        let weight = it.get(size)?.trim().parse::<f64>().ok()?;
        Some((it.get(key)?.trim().to_string(), weight))
    })
    .filter(|it| it.1 > 0.0)
    .collect()
}

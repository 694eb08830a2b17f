//! The counties, townships and villages, read from `divisions.csv`.

use std::path::Path;

use super::people::address::FAR;
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
    pub county: u16,
}

/// A county, district or county-level city.
#[derive(Clone, Debug)]
pub struct County {
    pub code: u32,
    /// Without its prefecture: 安化县.
    pub name: String,
}

/// The area that a synthetic county covers, or a synthetic city of several.
#[derive(Clone, Debug)]
pub struct Places {
    /// The smallest division that has all of it.
    pub area: u64,
    /// The area's own name, for titles.
    pub area_name: String,
    pub counties: Vec<County>,
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
    /// The areas with these codes and all below them.
    pub fn read(folder: &Path, areas: &[u64]) -> Result<Places> {
        let lines = divisions(&folder.join("divisions.csv"))?;
        let sizes = targets(&folder.join("targets.csv"));
        let mut names = Vec::new();
        for area in areas {
            let chosen = lines.iter().find(|it| it.code == *area).ok_or_else(|| unknown(*area))?;
            names.push(area_name(&lines, chosen));
        }
        let mut places = Places {
            area: common(&lines, areas)?,
            area_name: names.join("、"),
            counties: Vec::new(),
            townships: Vec::new(),
            villages: Vec::new(),
        };
        let above = |code: u64| lines.iter().find(|it| it.code == code).map_or(0, |it| it.parent);
        for town in lines.iter().filter(|it| it.level == "township") {
            let around = [town.code, town.parent, above(town.parent)];
            let is_whole = areas.iter().any(|it| around.contains(it));
            let under = |it: &&Line| {
                it.level == "village"
                    && it.parent == town.code
                    && (is_whole || areas.contains(&it.code))
            };
            let mut villages = lines.iter().filter(under).peekable();
            if villages.peek().is_none() {
                continue;
            }
            let (county, township) = (places.county(&lines, town), places.townships.len() as u16);
            places.townships.push(Township { code: town.code, name: town.name.clone(), county });
            places.villages.extend(villages.map(|it| village(it, town, township, &sizes)));
        }
        if places.villages.is_empty() { Err(unknown(places.area)) } else { Ok(places) }
    }

    /// The position of a township's county, which is entered with its first township.
    fn county(&mut self, lines: &[Line], town: &Line) -> u16 {
        let code = first_six(town.code);
        let known = self.counties.iter().position(|it| u64::from(it.code) == code);
        let at = known.unwrap_or(self.counties.len());
        if known.is_none() {
            self.counties.push(County { code: code as u32, name: county_name(lines, code) });
        }
        at as u16
    }

    pub fn town_of(&self, village: u16) -> &Township {
        &self.townships[usize::from(self.villages[usize::from(village)].township)]
    }

    pub fn county_of(&self, village: u16) -> &County {
        &self.counties[usize::from(self.town_of(village).county)]
    }

    /// Whether there are several counties, which a city's departments then name.
    pub fn is_city(&self) -> bool {
        self.counties.len() > 1
    }

    /// A township as a city's departments call it: 海丰县城东镇, in a single county 城东镇.
    pub fn call(&self, town: &Township) -> String {
        match self.is_city() {
            true => format!("{}{}", self.counties[usize::from(town.county)].name, town.name),
            false => town.name.clone(),
        }
    }

    /// A place far away by its position in the list of such; never one of the own city, which a
    /// city's run would take for here.
    pub fn far(&self, at: usize) -> &'static (&'static str, u32) {
        let is_ours = |it: &u32| self.is_city() && it / 100 == self.counties[0].code / 100;
        let mut from_there = FAR.iter().cycle().skip(at % FAR.len()).take(FAR.len());
        from_there.find(|it| !is_ours(&it.1)).unwrap_or(&FAR[0])
    }
}

fn unknown(area: u64) -> Error {
    Error::Usage(Message::new(
        format!("divisions.csv 中没有代码为 {area} 的市、县、乡镇或村"),
        format!("divisions.csv has no city, county, township or village with the code {area}"),
    ))
}

fn area_name(lines: &[Line], chosen: &Line) -> String {
    let county = || county_name(lines, first_six(chosen.code));
    match chosen.level.as_str() {
        "city" => chosen.name.clone(),
        "county" => county(),
        _ => format!("{}{}", county(), short_name(&chosen.name)),
    }
}

fn county_name(lines: &[Line], code: u64) -> String {
    let county = lines.iter().find(|it| it.level == "county" && it.code == code);
    county.map_or("本县", |it| after_prefecture(&it.name)).to_string()
}

/// The smallest division that all areas are, or lie in.
fn common(lines: &[Line], areas: &[u64]) -> Result<u64> {
    let chain = |area: u64| {
        let line = |code: u64| lines.iter().find(move |it| it.code == code);
        std::iter::successors(line(area), move |it| line(it.parent)).map(|it| it.code)
    };
    let first = areas.first().copied().unwrap_or(0);
    let has_all = |it: &u64| areas.iter().all(|area| chain(*area).any(|above| above == *it));
    chain(first).find(has_all).ok_or_else(|| {
        let codes: Vec<String> = areas.iter().map(u64::to_string).collect();
        let codes = codes.join(",");
        Error::Usage(Message::new(
            format!("divisions.csv 中没有同时包含 {codes} 的区划；跨县时需有市一级的行"),
            format!("divisions.csv has no division that contains {codes}; of several counties it needs the city's row"),
        ))
    })
}

fn village(line: &Line, town: &Line, township: u16, sizes: &[(String, f64)]) -> Village {
    let name = short_name(after_town(&line.name, &town.name));
    let known =
        sizes.iter().find(|it| it.0 == name || it.0 == line.name || it.0 == line.code.to_string());
    let spread = super::dice::spread(line.code) % 1000;
    let weight = known.map_or(600.0 + 2.4 * spread as f64, |it| it.1);
    Village { code: line.code, name, full_name: line.name.clone(), township, weight }
}

/// 汕尾市华侨管理区侨兴街道第一社区 of 华侨管理区 is 第一社区 to those who live there.
fn after_town<'n>(name: &'n str, town: &str) -> &'n str {
    let street = name.split_once(town).and_then(|it| it.1.split_once("街道"));
    street.map_or(name, |it| it.1)
}

/// The county's part of a longer code.
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

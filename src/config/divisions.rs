//! The division table: counties, townships and villages, found by code or by any of their names.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{
    clean::place,
    diagnostic::Message,
    error::{Error, Result},
    tables::DivisionId,
};

crate::labelled! {
    /// The level of a division.
    pub enum Level {
        County = "county", "县";
        Township = "township", "乡镇";
        Village = "village", "村";
    }
}

/// One row of `divisions.csv`.
#[derive(Clone, Debug)]
pub struct Division {
    /// 6, 9 or 12 digits.
    pub code: String,
    pub level: Level,
    /// The official name, as the table has it.
    pub name: String,
    /// The name as people say and print it: the first alias, or the official name.
    pub shown: String,
    pub parent: Option<DivisionId>,
}

/// What a name in a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Exactly one division.
    One(DivisionId),
    /// Several bear that name.
    Several,
    /// None does.
    None,
}

/// Every division of the counties concerned, sorted by code.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    rows: Vec<Division>,
    by_code: FxHashMap<String, DivisionId>,
    /// Names under their parent: (parent, key) → division.
    by_name: FxHashMap<(Option<DivisionId>, String), Resolved>,
    /// Names wherever they are: key → division, for each level.
    anywhere: FxHashMap<(Level, String), Resolved>,
}

#[derive(Deserialize)]
struct CsvRow {
    code: String,
    level: Level,
    name: String,
    #[serde(default)]
    parent: String,
    /// Other names, separated by `|`; the first is the one shown.
    #[serde(default)]
    aliases: String,
}

impl Divisions {
    /// Reads `divisions.csv` (code, level, name, parent, and optionally aliases).
    pub fn open(path: &Path) -> Result<Divisions> {
        let text = std::fs::read_to_string(path).map_err(Error::io("read the divisions", path))?;
        Self::parse(&text).map_err(|what| Error::Config {
            file: path.into(),
            what,
            shown: String::new(),
            help: Message::new(
                "表头应为 code,level,name,parent[,aliases]；level 取 county、township、village",
                "the header is code,level,name,parent[,aliases]; level is county, township or village",
            ),
        })
    }

    /// The table in a text of CSV.
    pub fn parse(text: &str) -> std::result::Result<Divisions, Message> {
        let mut rows: Vec<CsvRow> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .collect::<std::result::Result<_, _>>()
            .map_err(|error| Message::new(format!("区划表有误：{error}"), error.to_string()))?;
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].code == pair[1].code) {
            let code = &pair[0].code;
            return Err(Message::new(
                format!("区划代码 {code} 出现两次"),
                format!("the code {code} is there twice"),
            ));
        }
        let by_code: FxHashMap<String, DivisionId> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (row.code.clone(), DivisionId(at as u16)))
            .collect();
        let mut table = Divisions { by_code, ..Divisions::default() };
        for (at, row) in rows.into_iter().enumerate() {
            let parent = table.by_code.get(&row.parent).copied();
            // Parents have shorter codes than their children, so there is no circle.
            if parent.is_some() && row.parent.len() >= row.code.len() {
                return Err(Message::new(
                    format!("区划 {} 的上级 {} 不是上一级", row.code, row.parent),
                    format!("{} cannot lie in {}", row.code, row.parent),
                ));
            }
            table.name(DivisionId(at as u16), parent, &row);
            let shown = match row.aliases.split('|').next() {
                Some(alias) if !alias.is_empty() => alias.to_string(),
                _ => shown(&row.name),
            };
            let CsvRow { code, level, name, .. } = row;
            table.rows.push(Division { code, level, name, shown, parent });
        }
        Ok(table)
    }

    fn name(&mut self, id: DivisionId, parent: Option<DivisionId>, row: &CsvRow) {
        let spoken = row.aliases.split('|').filter(|it| !it.is_empty());
        let mut keys: Vec<String> = std::iter::once(row.name.as_str())
            .chain(spoken)
            .flat_map(|name| [place::key(name), name.to_string(), shown(name)])
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let enter = |found: &mut Resolved| {
                if *found != Resolved::One(id) {
                    *found = Resolved::Several;
                }
            };
            let one = Resolved::One(id);
            self.by_name.entry((parent, key.clone())).and_modify(enter).or_insert(one);
            self.anywhere.entry((row.level, key)).and_modify(enter).or_insert(one);
        }
    }

    /// The division with this id.
    pub fn get(&self, id: DivisionId) -> &Division {
        &self.rows[id.0 as usize]
    }

    /// All divisions in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = (DivisionId, &Division)> {
        self.rows.iter().enumerate().map(|(at, row)| (DivisionId(at as u16), row))
    }

    /// The division with this code; a village's code may come with fewer or more zeros behind.
    pub fn by_code(&self, code: &str) -> Option<DivisionId> {
        if let Some(found) = self.by_code.get(code) {
            return Some(*found);
        }
        let is_number = !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit());
        if !is_number || code.len() < 6 {
            return None;
        }
        [12, 9, 6].into_iter().filter(|length| code.len() > *length).find_map(|length| {
            let (head, tail) = code.split_at(length);
            tail.bytes().all(|it| it == b'0').then(|| self.by_code.get(head).copied()).flatten()
        })
    }

    /// The division of that level with this name, inside `within` if that is known.
    ///
    /// The name as written decides before its key does, so that 大桥村 and 大桥社区 stay two.
    pub fn by_name(&self, level: Level, name: &str, within: Option<DivisionId>) -> Resolved {
        for key in [name.to_string(), place::key(name)] {
            let found = match within {
                Some(_) => self.by_name.get(&(within, key)),
                None => self.anywhere.get(&(level, key)),
            };
            match found {
                Some(Resolved::One(id)) if self.get(*id).level == level => {
                    return Resolved::One(*id);
                }
                Some(Resolved::Several) => return Resolved::Several,
                _ => {}
            }
        }
        Resolved::None
    }

    /// The township that a village belongs to, or the township itself.
    pub fn township(&self, id: DivisionId) -> Option<DivisionId> {
        match self.get(id).level {
            Level::Village => self.get(id).parent,
            Level::Township => Some(id),
            Level::County => None,
        }
    }

    /// Whether `id` is `area` or lies in it.
    pub fn is_within(&self, id: DivisionId, area: DivisionId) -> bool {
        let mut at = Some(id);
        while let Some(here) = at {
            if here == area {
                return true;
            }
            at = self.get(here).parent;
        }
        false
    }
}

/// A name as people say it: 南华村委会 as 南华村.
fn shown(name: &str) -> String {
    let endings = [
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("社区居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("居民委员会", "社区"),
        ("居委会", "社区"),
    ];
    let plain = |(long, short): &(&str, &str)| Some(format!("{}{short}", name.strip_suffix(long)?));
    endings.iter().find_map(plain).unwrap_or_else(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "code,level,name,parent,aliases\n\
        430923,county,益阳市安化县,4309,安化县\n\
        430923109,township,冷市镇,430923,\n\
        430923110,township,龙塘镇,430923,\n\
        430923109204,village,南华村委会,430923109,\n\
        430923109253,village,琶栗村委会,430923109,琵琶村\n\
        430923109003,village,大桥社区,430923109,\n\
        430923109004,village,大桥村委会,430923109,\n\
        430923110204,village,南华村委会,430923110,\n";

    fn check(level: Level, name: &str, within: &str, expected: &str) {
        let table = Divisions::parse(TABLE).unwrap();
        let found = match table.by_name(level, name, table.by_code(within)) {
            Resolved::One(id) => table.get(id).code.clone(),
            Resolved::Several => "several".into(),
            Resolved::None => "none".into(),
        };
        assert_eq!(found, expected, "{name} within {within}");
    }

    #[test]
    fn a_village_is_found_by_its_names_and_their_variants() {
        check(Level::Village, "南华村", "430923109", "430923109204");
        check(Level::Village, "南华", "430923109", "430923109204");
        check(Level::Village, "南华村委会", "430923110", "430923110204");
        check(Level::Village, "琵琶村", "430923109", "430923109253");
        check(Level::Village, "琶栗村", "", "430923109253");
    }

    #[test]
    fn a_name_that_several_bear_is_never_guessed() {
        check(Level::Village, "南华村", "", "several");
        check(Level::Village, "大桥", "430923109", "several");
        check(Level::Village, "大桥社区", "430923109", "430923109003");
        check(Level::Village, "大桥村委会", "430923109", "430923109004");
        check(Level::Village, "没有村", "430923109", "none");
    }

    #[test]
    fn the_level_of_a_name_is_respected() {
        check(Level::Township, "冷市镇", "430923", "430923109");
        check(Level::Township, "冷市", "", "430923109");
        check(Level::Village, "冷市镇", "", "none");
    }

    #[test]
    fn codes_may_be_padded_with_zeros() {
        let table = Divisions::parse(TABLE).unwrap();
        let code = |code| table.by_code(code).map(|id| table.get(id).code.as_str());
        assert_eq!(code("430923109204"), Some("430923109204"));
        assert_eq!(code("430923109000"), Some("430923109"));
        assert_eq!(code("430923000000"), Some("430923"));
        assert_eq!(code("430923109999"), None);
        assert_eq!(code("abc"), None);
    }
}

//! Who should be insured and is not: by age and group, and by place.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    config::Level,
    diagnostic::Lang,
    ledger::{Context, Group, Verdict},
    publish::View,
    report::progress::{Breakdown, Rate, Unit, UnitLevel},
};

/// The first ages of bands where no `layouts.toml` has any.
const BANDS: [u16; 8] = [0, 7, 18, 30, 45, 60, 70, 80];

/// The section. Everything counts persons.
#[derive(Serialize)]
pub(super) struct Missing {
    total: i64,
    /// The groups and ages that occur.
    groups: Vec<&'static str>,
    ages: Vec<String>,
    /// By group, then age.
    cells: Vec<Vec<i64>>,
    of_group: Vec<i64>,
    of_age: Vec<i64>,
    /// Villages in the order of codes, places that are not known last; those with nobody missing
    /// are left out.
    places: Vec<Place>,
    liable: i64,
    rate: Option<String>,
    /// Whether there is more than one township.
    has_townships: bool,
    tree: Vec<Node>,
}

/// A village, or those of a township whose village is not known.
#[derive(Serialize)]
struct Place {
    township: String,
    village: String,
    total: i64,
    /// Who is to be insured there, and what share of them is missing.
    liable: i64,
    rate: Option<String>,
    /// In the order of the section's groups.
    of_group: Vec<i64>,
}

/// A place with what lies in it, as the tree map draws it.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
struct Node {
    name: String,
    value: i64,
    /// Hundredths of a per cent of those to be insured there; 0 for what has places in it.
    share: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Node>,
}

pub(super) fn missing(view: &View<'_>) -> Missing {
    let (night, progress) = (&view.night, &view.night.reports.progress);
    let bands = bands(&night.layouts.age_bands);
    let mut cells: BTreeMap<(Group, usize), i64> = BTreeMap::new();
    for ((group, age), n) in &progress.missing {
        *cells.entry((*group, band_of(&bands, *age))).or_default() += n;
    }
    let of = |group: Group, band: usize| cells.get(&(group, band)).copied().unwrap_or(0);
    let of_group = |group: &Group| (0..=bands.len()).map(|band| of(*group, band)).sum::<i64>();
    let of_age = |band: &usize| Group::ALL.iter().map(|group| of(*group, *band)).sum::<i64>();
    let ages: Vec<usize> = (0..=bands.len()).filter(|it| of_age(it) > 0).collect();
    let groups: Vec<Group> = Group::ALL.iter().copied().filter(|it| of_group(it) > 0).collect();
    let places: Vec<(&Unit, Place)> = progress
        .of_level(UnitLevel::Village)
        .map(|unit| (unit, place(view, unit, &groups)))
        .filter(|it| it.1.total > 0)
        .collect();
    let total: i64 = groups.iter().map(of_group).sum();
    let liable = progress.total().liable;
    Missing {
        total,
        cells: groups.iter().map(|it| ages.iter().map(|age| of(*it, *age)).collect()).collect(),
        of_group: groups.iter().map(of_group).collect(),
        of_age: ages.iter().map(of_age).collect(),
        liable,
        rate: rate(total, liable),
        has_townships: matches!(
            night.cx.divisions.get(night.cx.area).level,
            Level::City | Level::County
        ),
        tree: tree(night.cx, places.iter().map(|(unit, it)| (*unit, it))),
        groups: groups
            .iter()
            .map(|it| if night.cx.lang == Lang::Zh { it.zh() } else { it.code() })
            .collect(),
        ages: ages.iter().map(|it| label(night.cx, &bands, *it)).collect(),
        places: places.into_iter().map(|it| it.1).collect(),
    }
}

fn rate(part: i64, whole: i64) -> Option<String> {
    Rate::of(part, whole).map(|it| it.to_string())
}

/// The first ages of bands, from birth on.
fn bands(stated: &[u16]) -> Vec<i32> {
    let stated = if stated.is_empty() { &BANDS } else { stated };
    let mut bands: Vec<i32> = stated.iter().map(|it| i32::from(*it)).chain([0]).collect();
    bands.sort_unstable();
    bands.dedup();
    bands
}

/// The band of an age; behind the last for one that is not known.
fn band_of(bands: &[i32], age: Option<i32>) -> usize {
    match age.filter(|it| *it >= 0) {
        None => bands.len(),
        Some(age) => bands.partition_point(|it| *it <= age) - 1,
    }
}

/// A band as its column is headed: `18–29`, `80+`.
fn label(cx: &Context<'_>, bands: &[i32], band: usize) -> String {
    let Some(first) = bands.get(band) else {
        return cx.say(|| "不明".into(), || "unknown".into());
    };
    match bands.get(band + 1).map(|it| it - 1) {
        None => format!("{first}+"),
        Some(last) if last == *first => first.to_string(),
        Some(last) => format!("{first}–{last}"),
    }
}

fn place(view: &View<'_>, unit: &Unit, groups: &[Group]) -> Place {
    let progress = &view.night.reports.progress;
    let tally = progress.tally(unit, Breakdown::All);
    let total = tally.of_verdict(Verdict::Unenrolled);
    let of_group = |group: &Group| {
        progress.tally(unit, Breakdown::Group(*group)).of_verdict(Verdict::Unenrolled)
    };
    let township = match unit {
        Unit::Village { township, .. } => view.township_name(*township).unwrap_or_default(),
        _ => "",
    };
    Place {
        township: township.to_string(),
        village: unit.name(view.night.cx),
        total,
        liable: tally.liable,
        rate: rate(total, tally.liable),
        of_group: groups.iter().map(of_group).collect(),
    }
}

/// The places below the area with what lies in them: counties of a city, townships, villages.
fn tree<'u>(cx: &Context<'_>, places: impl Iterator<Item = (&'u Unit, &'u Place)>) -> Vec<Node> {
    let mut root = Node::default();
    for (unit, place) in places {
        let mut at = &mut root;
        for name in path(cx, unit) {
            let known = at.children.iter().position(|it| it.name == name);
            let next = known.unwrap_or_else(|| {
                at.children.push(Node { name, ..Node::default() });
                at.children.len() - 1
            });
            at = &mut at.children[next];
            at.value += place.total;
        }
        at.share = Rate::of(place.total, place.liable).map_or(0, |it| it.0);
    }
    root.children
}

/// The names on the way from below the area down to a village.
fn path(cx: &Context<'_>, unit: &Unit) -> Vec<String> {
    let mut names = vec![unit.name(cx)];
    let Unit::Village { township, .. } = unit else { return names };
    let mut at = *township;
    while let Some(here) = at.filter(|it| *it != cx.area) {
        names.push(cx.divisions.get(here).short().to_string());
        at = cx.divisions.get(here).parent;
    }
    names.reverse();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn a_band_begins_with_its_first_age_and_ends_before_the_next() {
        let bands = bands(&[1, 7, 18, 80]);
        let of = |age| band_of(&bands, Some(age));
        assert_eq!([0, 1, 6, 7, 17, 18, 79, 80, 105].map(of), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!((band_of(&bands, None), band_of(&bands, Some(-1))), (5, 5));
        let world = World::new(1, 4);
        let cx = world.context();
        let labels: Vec<String> = (0..6).map(|it| label(&cx, &bands, it)).collect();
        assert_eq!(labels, ["0", "1–6", "7–17", "18–79", "80+", "不明"]);
    }

    #[test]
    fn everybody_missing_is_counted_once_in_each_table() {
        let world = World::new(300, 4);
        let cx = world.context();
        let missing = missing(&View::first(&world.night(&cx)));
        let of = |it: Verdict| world.standings.iter().filter(|row| row.verdict == it).count();
        assert!(missing.total > 20);
        assert_eq!(missing.total, of(Verdict::Unenrolled) as i64);
        assert_eq!(missing.cells.iter().flatten().sum::<i64>(), missing.total);
        assert_eq!(missing.of_age.iter().sum::<i64>(), missing.total);
        assert_eq!(missing.of_group.iter().sum::<i64>(), missing.total);
        assert_eq!(missing.places.iter().map(|it| it.total).sum::<i64>(), missing.total);
        let of_groups: i64 = missing.places.iter().flat_map(|it| &it.of_group).sum();
        assert_eq!(of_groups, missing.total);
        assert_eq!(missing.tree.iter().map(|it| it.value).sum::<i64>(), missing.total);
        assert!(missing.tree.iter().all(|it| it.children.is_empty()), "a township has villages");
        assert!(!missing.has_townships);
    }

    #[test]
    fn a_countys_tree_has_townships_and_in_them_villages() {
        let world = World::of_county(300, 4);
        let cx = world.context();
        let missing = missing(&View::first(&world.night(&cx)));
        assert_eq!(missing.tree.len(), 1, "everybody lives in one township");
        let township = &missing.tree[0];
        assert_eq!((township.name.as_str(), township.value), ("冷市镇", missing.total));
        assert!(township.children.len() > 3);
        assert_eq!(township.children.iter().map(|it| it.value).sum::<i64>(), missing.total);
        let village = &township.children[0];
        let row = missing.places.iter().find(|it| it.village == village.name).unwrap();
        assert_eq!((row.township.as_str(), row.total), ("冷市镇", village.value));
        assert_eq!(village.share, Rate::of(row.total, row.liable).unwrap().0);
        assert!(missing.has_townships && village.share > 0);
    }
}

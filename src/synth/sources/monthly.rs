//! Lists that come whole every month: a file a month, of those who are in the category that month.

use chrono::{Months, NaiveDate};

use super::category::identity;
use crate::synth::dice::{Dice, spread};
use crate::synth::files::table::{Item, Part, Table};
use crate::synth::life::month_start;
use crate::synth::world::World;

const KEY: &str = "full_list";

/// How suppliers write a month in the names of their files.
const NOTATIONS: [&str; 4] = ["%Y年%-m月", "%Y%m", "%Y-%m", "%Y.%m"];

/// The months before the window of which there is a list: who was on it before is known then.
const MONTHS_BEFORE: u32 = 2;

/// What `pipeline.toml` says of such a list.
pub fn keys() -> Vec<(&'static str, String)> {
    vec![(KEY, "\"monthly\"".to_string())]
}

/// Whether a table is such a list.
pub fn is_monthly(table: &Table) -> bool {
    table.keys.iter().any(|it| it.0 == KEY)
}

/// The list of everybody, ever, as a file a month. One month's file may be cut off in the middle;
/// the next is whole again.
pub fn parts(world: &World, supplier: &str, everybody: Part) -> Vec<Part> {
    let months = months(world);
    let mut dice = Dice::new(world.scene.seed, "monthly lists", spread(name_number(supplier)));
    let notation = NOTATIONS[dice.below(NOTATIONS.len() as u64) as usize];
    let is_broken = dice.chance(world.scene.rates.dirt.broken_list) && months.len() > 2;
    let broken = 1 + dice.below(months.len().saturating_sub(2) as u64) as usize;
    let items = &everybody.pages[0].items;
    let part = |(at, month): (usize, &NaiveDate)| {
        let mut listed: Vec<Item> =
            items.iter().filter(|it| is_listed(world, **it, *month)).copied().collect();
        if is_broken && at == broken {
            listed.truncate(listed.len() / 2);
        }
        let stem = format!("{}{}", everybody.stem, month.format(notation));
        Part::single(stem, everybody.title.clone(), listed)
    };
    months.iter().enumerate().map(part).collect()
}

/// Some number of the supplier's own.
fn name_number(supplier: &str) -> u64 {
    supplier.bytes().fold(0, |sum, it| sum.wrapping_mul(31).wrapping_add(u64::from(it)))
}

/// The first days of the months, to that of the run.
fn months(world: &World) -> Vec<NaiveDate> {
    let last = month_start(world.scene.as_of);
    let opens = month_start(world.scene.rules.window_opens);
    let first = (opens - Months::new(MONTHS_BEFORE)).min(last);
    let next = |it: &NaiveDate| it.checked_add_months(Months::new(1));
    std::iter::successors(Some(first), next).take_while(|it| *it <= last).collect()
}

fn is_listed(world: &World, item: Item, month: NaiveDate) -> bool {
    let it = identity(world, item);
    it.from <= month && it.to.is_none_or(|to| month < to)
}

//! The tax bureau's feed of the year before, in one file: who was insured as a resident then paid
//! then. It decides nothing about this year, so the truth is silent on it.

use chrono::{Days, Months, NaiveDate};

use super::payment::{FIELDS, cells, voucher};
use super::{people, person, shuffle};
use crate::synth::dice::Dice;
use crate::synth::files::table::{Care, Item, Part, Table, Usual};
use crate::synth::life::{BY_FISCAL, CHANNELS, pay_day};
use crate::synth::person::{LastYear, Pay, PayKind, Wrote};
use crate::synth::world::World;

pub const NAME: &str = "payments-last-year";

/// How many of a hundred payments were given back.
const REFUNDED: f64 = 0.4;
/// By how much the fee has risen since.
const RISE_FEN: i64 = 3_000;
/// The second row of a person takes the first one back.
const REFUND: u8 = 1;

pub fn table(world: &World) -> Table {
    let year = world.scene.rules.coverage_year - 1;
    let paid = people(world, |it| it.last_year == LastYear::Resident);
    let refunds = paid.iter().filter(|it| dice(world, **it, "refund").chance(REFUNDED / 100.0));
    let refunds = refunds.map(|it| Item { sub: REFUND, ..*it });
    let mut items = shuffle(paid.iter().copied().chain(refunds).collect(), 16);
    items.sort_by_key(|it| (pay(world, *it).on, it.sub));
    // This year's files are called otherwise, so that their glob does not find this one.
    let (stem, title) = (format!("税务局/{year}年度居民医保缴费明细"), "城乡居民医保缴费明细");
    Table {
        name: NAME,
        kind: "payment",
        supplier: "税务局",
        keys: vec![("year", year.to_string())],
        required: false,
        usual: Usual::Gbk,
        care: Care::System,
        fields: FIELDS,
        total: true,
        parts: vec![Part::single(stem, format!("{year}年度{title}"), items)],
        fill: |world, item| {
            let pay = pay(world, item);
            let number = |of: u8| voucher(world, item.person, of, 2);
            cells(world, item, pay, fee_fen(world), (number(pay.voucher), pay.refers.map(number)))
        },
    }
}

/// Chance of its own, so that nothing else of the county depends on it.
fn dice(world: &World, item: Item, topic: &str) -> Dice {
    Dice::new(world.scene.seed, &format!("last year's {topic}"), u64::from(item.person))
}

fn fee_fen(world: &World) -> i64 {
    world.scene.rules.fee_fen - RISE_FEN
}

/// The last day before this year's window.
fn last_day(world: &World) -> NaiveDate {
    world.scene.rules.window_opens - Days::new(1)
}

/// A household pays on one day, mostly, as it does this year.
fn paid_on(world: &World, item: Item) -> NaiveDate {
    let (scene, it) = (&world.scene, person(world, item));
    let home = Item { person: it.home.household, sub: 0 };
    let mut own = dice(world, item, "payment");
    let mut house = dice(world, home, "house");
    let on = pay_day(scene, if own.chance(0.65) { &mut house } else { &mut own });
    let a_year_before = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
    // Who was born later was insured from birth on.
    a_year_before(on).max(it.birth + Days::new(5)).min(last_day(world))
}

fn pay(world: &World, item: Item) -> Pay {
    let (rules, it) = (&world.scene.rules, person(world, item));
    let on = paid_on(world, item);
    let (subsidy_fen, category) = it.entitlement(rules, on);
    // The same share of the fee as this year, in whole yuan.
    let subsidy_fen = subsidy_fen.min(rules.fee_fen) * fee_fen(world) / rules.fee_fen / 100 * 100;
    let paid_fen = fee_fen(world) - subsidy_fen;
    let channel = dice(world, item, "channel").weighted(&CHANNELS.map(|it| it.1)) as u8;
    let is_refund = item.sub == REFUND;
    let later = Days::new(3 + dice(world, item, "refund").below(12));
    Pay {
        kind: if is_refund { PayKind::Refund } else { PayKind::Paid },
        voucher: item.sub,
        refers: is_refund.then_some(0),
        year: rules.coverage_year - 1,
        pension: false,
        paid_fen,
        subsidy_fen,
        category: category.filter(|_| subsidy_fen > 0),
        on: if is_refund { (on + later).min(last_day(world)) } else { on },
        channel: if paid_fen == 0 { BY_FISCAL } else { channel },
        away: false,
        village: it.home.village,
        wrote: Wrote::Own,
        copy: false,
    }
}

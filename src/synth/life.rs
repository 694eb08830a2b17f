//! The ordinary life of a person: school, categories, last year's cover and this year's.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::person::{
    Away, Collected, Cover, Identity, Kind, LastYear, Pay, PayKind, Person, Scheme, School, Status,
    Wrote,
};
use super::rules::Level;
use super::world::Scene;

/// The channels by which fees are paid, with their shares in a hundred.
pub const CHANNELS: [(&str, f64); 7] = [
    ("村级代收", 45.0),
    ("微信", 26.0),
    ("支付宝", 9.0),
    ("手机银行", 7.0),
    ("办税服务厅", 6.0),
    ("POS机", 7.0),
    ("财政代缴", 0.0),
];
pub const BY_VILLAGE: u8 = 0;
pub const BY_FISCAL: u8 = 6;

/// How the year goes for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    Resident,
    Employee,
    Elsewhere,
    None,
}

/// What a household shares.
struct House {
    /// Household categories, at most one.
    category: Option<Identity>,
    poor: bool,
    pay_on: NaiveDate,
    channel: u8,
    idle: bool,
}

/// Gives a person an ordinary life.
pub fn live(person: &mut Person, at: usize, scene: &Scene, dice: &mut Dice) {
    let household = u64::from(person.home.household);
    let house = house(scene, &mut Dice::new(scene.seed, "house", household));
    let age = person.age(scene.as_of);
    school(person, age, scene, dice);
    if person.kind == Kind::Registered {
        categories(person, age, &house, scene, dice);
    }
    let plan = plan(person, age, &house, dice);
    last_year(person, plan, scene, dice);
    this_year(person, at, plan, &house, scene, dice);
}

fn house(scene: &Scene, dice: &mut Dice) -> House {
    let draw = [0.035, 0.02, 0.045, 0.06, 0.84];
    let codes = ["dibao", "dibao-edge", "monitored", "stable"];
    let chosen = codes.get(dice.weighted(&draw)).and_then(|it| scene.rules.category(it));
    let from = dice.day(day(2016, 1), scene.rules.window_opens);
    // A list that starts or ends within the year is the exception that catches everybody.
    let from = month_start(if dice.chance(0.05) {
        dice.day(scene.rules.window_opens, scene.last_day)
    } else {
        from
    });
    let ends = dice.chance(0.04);
    let to = ends
        .then(|| month_start(dice.day(scene.rules.window_opens, scene.as_of)))
        .filter(|it| *it > from);
    House {
        category: chosen.map(|category| Identity { category, from, to }),
        poor: chosen.is_some(),
        pay_on: pay_day(scene, dice),
        channel: dice.weighted(&CHANNELS.map(|it| it.1)) as u8,
        idle: dice.chance(0.025),
    }
}

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

/// The first day of the month: lists change on it.
pub fn month_start(on: NaiveDate) -> NaiveDate {
    on.with_day(1).unwrap_or(on)
}

/// A payment day anywhere in the window, later months more often; may lie after the run.
pub fn pay_day(scene: &Scene, dice: &mut Dice) -> NaiveDate {
    let (opens, closes) = (scene.rules.window_opens, scene.rules.window_closes);
    let days = (closes - opens).num_days().max(1) as f64;
    let share = dice.fraction().max(dice.fraction() * 0.9).powf(0.8);
    opens + Days::new((share * days) as u64)
}

fn school(person: &mut Person, age: i32, scene: &Scene, dice: &mut Dice) {
    let town = scene.places.villages[usize::from(person.home.village)].township;
    let pupil = (6..=18).contains(&age) && dice.chance(0.96);
    if pupil || person.kind == Kind::Student {
        let id = town * 4 + dice.below(3) as u16;
        person.school = Some(School { id, since: scene.as_of.year() - dice.range(0, 3) as i32 });
    }
}

fn categories(person: &mut Person, age: i32, house: &House, scene: &Scene, dice: &mut Dice) {
    let rules = &scene.rules;
    let long_ago = month_start(dice.day(day(2015, 1), rules.window_opens));
    let mut join = |code: &str, chance: f64, dice: &mut Dice| {
        if let Some(category) = rules.category(code).filter(|_| dice.chance(chance)) {
            person.identities.push(Identity { category, from: long_ago, to: None });
        }
    };
    join("tekun", if age >= 60 { 0.02 } else { 0.001 }, dice);
    join("orphan", if age < 18 { 0.002 } else { 0.0 }, dice);
    join("unattended-child", if age < 18 { 0.005 } else { 0.0 }, dice);
    join("severe-disability", if house.poor { 0.06 } else { 0.014 }, dice);
    join("veteran", if age >= 55 { 0.012 } else { 0.0 }, dice);
    // The household's category covers its members; a dibao list leaves a grown child out.
    if let Some(category) = house.category {
        let level = rules.categories[usize::from(category.category)].level;
        if level == Level::Household || dice.chance(0.6) {
            person.identities.push(category);
        }
    }
    // Counties with categories of other names have people in them too.
    for (at, rule) in rules.categories.iter().enumerate() {
        let known = super::sources::category::SUPPLIERS
            .iter()
            .any(|it| it.codes.contains(&rule.code.as_str()));
        if !known && dice.chance(0.008) {
            person.identities.push(Identity { category: at as u8, from: long_ago, to: None });
        }
    }
    person.identities.retain(|it| it.from <= scene.as_of);
}

fn plan(person: &Person, age: i32, house: &House, dice: &mut Dice) -> Plan {
    let poor = !person.identities.is_empty();
    let shares = match (person.kind, age) {
        (Kind::Permit, _) => [0.45, 0.2, 0.2, 0.15],
        (Kind::Newborn, _) => [0.6, 0.0, 0.0, 0.4],
        (Kind::Student, _) => [0.5, 0.0, 0.4, 0.1],
        (Kind::Outsider, _) => [0.0, 0.0, 0.0, 1.0],
        (_, ..=5) => [0.93, 0.0, 0.01, 0.06],
        (_, 6..=17) => [0.96, 0.0, 0.01, 0.03],
        (_, 18..=22) => [0.75, 0.03, 0.15, 0.07],
        (_, 23..=59) => [0.76, 0.12, 0.06, 0.06],
        _ => [0.91, 0.04, 0.01, 0.04],
    };
    let chosen =
        [Plan::Resident, Plan::Employee, Plan::Elsewhere, Plan::None][dice.weighted(&shares)];
    let full = poor && person.kind == Kind::Registered;
    if person.twin && chosen == Plan::Resident && dice.chance(0.3) {
        return Plan::None;
    }
    match chosen {
        Plan::Resident if house.idle && !full && dice.chance(0.8) => Plan::None,
        // Poor people rarely work for an employer, and somebody sees to it that they are covered.
        Plan::Employee if full && dice.chance(0.6) => Plan::Resident,
        Plan::None if full && dice.chance(0.7) => Plan::Resident,
        other => other,
    }
}

fn last_year(person: &mut Person, plan: Plan, scene: &Scene, dice: &mut Dice) {
    let newer = person.birth >= scene.rules.window_opens;
    person.last_year = match plan {
        _ if newer || person.kind == Kind::Outsider || person.kind == Kind::Newborn => {
            LastYear::None
        }
        Plan::Employee => *dice.pick(&[LastYear::Employee, LastYear::Employee, LastYear::Resident]),
        Plan::Resident if dice.chance(0.96) => LastYear::Resident,
        Plan::None if dice.chance(0.55) => LastYear::Resident,
        Plan::Elsewhere if dice.chance(0.3) => LastYear::Resident,
        _ => LastYear::None,
    };
}

fn this_year(p: &mut Person, at: usize, plan: Plan, house: &House, scene: &Scene, dice: &mut Dice) {
    match plan {
        Plan::Resident => {
            let on = if dice.chance(0.65) { house.pay_on } else { pay_day(scene, dice) };
            let on = on.max(p.birth + Days::new(5));
            let channel = if dice.chance(0.85) {
                house.channel
            } else {
                dice.weighted(&CHANNELS.map(|it| it.1)) as u8
            };
            if on <= scene.as_of {
                insure(p, at, on, channel, scene, dice);
            }
        }
        Plan::Employee => {
            let person_type = match p.age(scene.as_of) {
                60.. => 1201,
                _ if dice.chance(0.16) => 1103,
                _ => 1101,
            };
            let from = dice.day(day(scene.rules.coverage_year - 9, 1), scene.rules.window_opens);
            p.covers.push(Cover { person_type, from, ..cover(p, Scheme::Employee, from) });
        }
        Plan::Elsewhere => p.away = Some(away(p, scene, dice)),
        Plan::None => pay_later(p, at, scene, dice),
    }
}

/// Of those who missed the window some pay where the fee is still taken afterwards.
fn pay_later(p: &mut Person, at: usize, scene: &Scene, dice: &mut Dice) {
    let begun = scene.rules.later.iter().filter(|it| it.0 <= scene.as_of);
    for (from, to) in begun.copied() {
        if p.covers.is_empty() && p.kind != Kind::Outsider && dice.chance(0.2) {
            let on = dice.day(from, to.min(scene.as_of)).max(p.birth + Days::new(5));
            let channel = dice.weighted(&CHANNELS.map(|it| it.1)) as u8;
            if on <= to.min(scene.as_of) {
                insure(p, at, on, channel, scene, dice);
            }
        }
    }
}

/// Evidence of cover elsewhere that holds for the year.
pub fn away(person: &Person, scene: &Scene, dice: &mut Dice) -> Away {
    let grown = (23..60).contains(&person.age(scene.as_of));
    let scheme = if grown && dice.chance(0.7) { Scheme::Employee } else { Scheme::Resident };
    let from = dice.day(day(scene.rules.coverage_year - 3, 1), scene.rules.window_opens);
    let year_end = day(scene.rules.coverage_year + 1, 1) - Days::new(1);
    let place = dice.below(super::people::address::FAR.len() as u64) as u8;
    Away { place, scheme, from, to: dice.chance(0.7).then_some(year_end) }
}

/// An active row of the register.
pub fn cover(person: &Person, scheme: Scheme, from: NaiveDate) -> Cover {
    Cover {
        scheme,
        status: Status::Active,
        person_type: 1501,
        from,
        paused_on: None,
        village: person.home.village,
        wrote: first_wrote(person),
    }
}

/// A newborn without a number goes by the birth certificate's.
fn first_wrote(person: &Person) -> Wrote {
    if person.kind == Kind::Newborn { Wrote::Certificate } else { Wrote::Own }
}

/// The national person type of a resident.
fn resident_type(person: &Person, scene: &Scene) -> u16 {
    match person.age(scene.as_of) {
        ..=0 => 1401,
        1..=5 => 1402,
        6..=17 if person.school.is_some() => 1403,
        6..=17 => 1405,
        60.. => 1600,
        _ => 1501,
    }
}

/// Registers and pays for a person as the rules have it.
pub fn insure(
    p: &mut Person,
    at: usize,
    on: NaiveDate,
    channel: u8,
    scene: &Scene,
    dice: &mut Dice,
) {
    let person_type = resident_type(p, scene);
    let from = on.max(scene.rules.window_opens);
    p.covers.push(Cover { person_type, ..cover(p, Scheme::Resident, from) });
    let pay = payment(p, on, channel, scene);
    p.pays.push(pay);
    if pay.channel == BY_VILLAGE {
        let days = Days::new(dice.below(6));
        let on = (on - days).max(scene.rules.window_opens.min(on));
        p.collected.push(Collected { amount_fen: pay.paid_fen, on, village: pay.village });
    }
    debug_assert!(at < usize::MAX);
}

/// The payment that is right for a person on a day.
pub fn payment(person: &Person, on: NaiveDate, channel: u8, scene: &Scene) -> Pay {
    let (subsidy_fen, category) = person.entitlement(&scene.rules, on);
    let fee = scene.rules.fee_fen;
    let subsidy_fen = subsidy_fen.min(fee);
    Pay {
        kind: PayKind::Paid,
        voucher: person.pays.len() as u8,
        refers: None,
        year: scene.rules.coverage_year,
        pension: false,
        paid_fen: fee - subsidy_fen,
        subsidy_fen,
        category: category.filter(|_| subsidy_fen > 0),
        on,
        channel: if subsidy_fen == fee { BY_FISCAL } else { channel },
        away: false,
        village: person.home.village,
        wrote: first_wrote(person),
        copy: false,
    }
}

/// A pension payment beside the medical one: the same feed has both.
pub fn pension_too(person: &mut Person, scene: &Scene, dice: &mut Dice) {
    let adult = (16..60).contains(&person.age(scene.as_of)) && person.kind == Kind::Registered;
    let Some(medical) = person.pays.first().copied().filter(|_| adult) else { return };
    if dice.chance(scene.rates.pension_too) {
        let paid_fen = [10_000, 20_000, 38_000][dice.below(3) as usize];
        let pension =
            Pay { pension: true, paid_fen, subsidy_fen: 0, category: None, voucher: 9, ..medical };
        person.pays.push(Pay {
            kind: PayKind::Paid,
            refers: None,
            copy: false,
            away: false,
            ..pension
        });
    }
}

//! The tax bureau's payment feed, a file a month.

use chrono::Datelike;

use super::{county, id, name, person, township_in_city};
use crate::synth::dice::{Dice, spread};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::life::CHANNELS;
use crate::synth::people::address::FAR;
use crate::synth::person::{Pay, PayKind};
use crate::synth::world::World;

pub const FIELDS: &[Field] = &[
    must(Shape::Text, &["电子税票号", "电子税票号码", "税票号码", "缴费凭证号"]),
    must(Shape::Name, &["姓名", "缴费人姓名", "缴费人名称"]),
    must(Shape::Id, &["证件号码", "身份证件号码", "缴费人证件号码", "身份证号码"]),
    must(Shape::Text, &["征收品目", "险种", "征收项目"]),
    must(Shape::Year, &["费款所属期", "所属年度", "缴费年度"]),
    must(Shape::Money, &["应缴金额", "应缴费额", "应缴"]),
    must(Shape::Money, &["实缴金额", "实缴费额", "个人缴费金额", "实缴"]),
    must(Shape::Money, &["资助金额", "财政资助金额", "代缴金额", "资助"]),
    may(Shape::Text, &["资助类别", "人员资助身份"]),
    must(Shape::Date, &["缴费日期", "入库日期", "缴款日期"]),
    must(Shape::Text, &["缴费渠道", "渠道"]),
    must(Shape::Text, &["征收乡镇", "乡镇"]),
    must(Shape::Village, &["征收村", "村居", "代收村（社区）"]),
    must(Shape::Word, &["状态", "缴费状态", "票证状态"]),
    must(Shape::Text, &["原税票号", "原电子税票号", "冲销税票号"]),
    must(Shape::Text, &["征收区划", "征收地区划", "税务机关区划"]),
];

pub fn table(world: &World) -> Table {
    let mut months: std::collections::BTreeMap<(i32, u32), Vec<Item>> = Default::default();
    for (at, person) in world.people.iter().enumerate() {
        for (sub, pay) in person.pays.iter().enumerate() {
            // A voucher delivered again comes with the next month's file, where there is one.
            let again = pay.copy && world.scene.as_of >= pay.on + chrono::Months::new(1);
            let on = if again { pay.on + chrono::Months::new(1) } else { pay.on };
            let item = Item { person: at as u32, sub: sub as u8 };
            months.entry((on.year(), on.month())).or_default().push(item);
        }
    }
    let parts = months.into_iter().map(|((year, month), mut items)| {
        let pay = |it: &Item| person(world, *it).pays[usize::from(it.sub)];
        items.sort_by_key(|it| (pay(it).on, spread(u64::from(it.person)), it.sub));
        let stem = format!("税务局/居民医保缴费明细_{year}{month:02}");
        let mut part = Part::single(stem, format!("{year}年{month}月城乡居民医保缴费明细"), items);
        let mut dice = Dice::new(world.scene.seed, "total", u64::from(year as u32 * 100 + month));
        if dice.chance(world.scene.rates.wrong_total) {
            part.total_off_by_fen = [38_000, -38_000, 100, 760_000][dice.below(4) as usize];
        }
        part
    });
    Table {
        name: "payments",
        kind: "payment",
        supplier: "税务局",
        keys: Vec::new(),
        required: true,
        usual: Usual::Gbk,
        care: Care::System,
        fields: FIELDS,
        total: true,
        parts: parts.collect(),
        fill,
    }
}

/// A voucher's number: 17 digits that look random and never meet; the first is the book's.
pub fn voucher(world: &World, at: u32, voucher: u8, book: u8) -> String {
    let plain = (u64::from(at) * 16 + u64::from(voucher)) % 10_000_000_000;
    let mixed = plain * 7_919_777 % 10_000_000_000;
    format!("{book}{}{mixed:010}", county(world, world.people[at as usize].home.village))
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let pay: Pay = person(world, item).pays[usize::from(item.sub)];
    let number = |of: u8| voucher(world, item.person, of, 3);
    let vouchers = (number(pay.voucher), pay.refers.map(number));
    cells(world, item, pay, world.scene.rules.fee_fen, vouchers)
}

/// A payment's row, under its voucher and perhaps the one that it takes back.
pub fn cells(
    world: &World,
    item: Item,
    pay: Pay,
    fee_fen: i64,
    (voucher, refers): (String, Option<String>),
) -> Vec<Value> {
    let sign = if matches!(pay.kind, PayKind::Refund | PayKind::Cancelled) { -1 } else { 1 };
    let arrived = if pay.kind == PayKind::Failed { 0 } else { sign };
    let due = if pay.pension { pay.paid_fen } else { fee_fen - pay.subsidy_fen };
    let status = match pay.kind {
        PayKind::Paid => "正常",
        PayKind::Refund => "退费",
        PayKind::Cancelled => "作废",
        PayKind::Failed => "缴费失败",
    };
    let subject = if pay.pension {
        "城乡居民基本养老保险费"
    } else {
        "城乡居民基本医疗保险费"
    };
    let label = pay
        .category
        .map(|it| world.scene.rules.categories[usize::from(it)].labels.first().cloned());
    let paid_at = match pay.away {
        true => {
            let (_, code) = world.scene.places.far(1 + item.person as usize % (FAR.len() - 1));
            code.to_string()
        }
        false => county(world, pay.village),
    };
    vec![
        Value::Text(voucher),
        name(world, item, 2),
        id(world, item, pay.wrote),
        Value::text(subject),
        Value::text(pay.year.to_string()),
        Value::Money(due * sign),
        Value::Money(pay.paid_fen * arrived),
        Value::Money(pay.subsidy_fen * arrived),
        label.flatten().map_or(Value::Empty, Value::Text),
        Value::Date(pay.on),
        Value::text(CHANNELS[usize::from(pay.channel)].0),
        township_in_city(world, pay.village),
        Value::Village(pay.village),
        Value::text(status),
        refers.map_or(Value::Empty, Value::Text),
        Value::text(paid_at),
    ]
}

//! The collectors' registers: a workbook a township, a sheet a village.

use super::{id, name, person};
use crate::synth::files::table::{
    Care, Field, Item, Page, Part, Shape, Table, Usual, Value, may, must,
};
use crate::synth::person::{Collected, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Village, &["村（居）", "村名", "村社区"]),
    may(Shape::Text, &["组", "村民小组"]),
    must(Shape::Name, &["姓名", "缴费人", "参保人姓名"]),
    must(Shape::Id, &["身份证号码", "身份证号", "身份证"]),
    must(Shape::Money, &["收款金额", "缴费金额", "金额", "代收金额"]),
    must(Shape::Date, &["收款日期", "收费日期", "缴费日期"]),
    must(Shape::Text, &["收据号", "收据编号", "票据号"]),
    may(Shape::Text, &["经手人", "代收人"]),
];

pub fn table(world: &World) -> Table {
    let places = &world.scene.places;
    let mut villages: Vec<Vec<Item>> = vec![Vec::new(); places.villages.len()];
    for (at, person) in world.people.iter().enumerate() {
        for (sub, it) in person.collected.iter().enumerate() {
            villages[usize::from(it.village)].push(Item { person: at as u32, sub: sub as u8 });
        }
    }
    let mut parts: Vec<Part> = places
        .townships
        .iter()
        .map(|it| Part {
            stem: format!("乡镇/代收登记_{}", places.call(it)),
            title: format!("{}城乡居民医保代收登记表", places.call(it)),
            pages: Vec::new(),
            total_off_by_fen: 0,
        })
        .collect();
    for (at, mut items) in villages.into_iter().enumerate() {
        items.sort_by_key(|it| (noted(world, *it).on, it.person));
        let village = &places.villages[at];
        let pages = &mut parts[usize::from(village.township)].pages;
        let mut name: String = village.name.chars().take(24).collect();
        if pages.iter().any(|it| it.name == name) {
            name = format!("{name}{}", village.code % 1000);
        }
        if !items.is_empty() {
            pages.push(Page { name, items });
        }
    }
    parts.retain(|it| !it.pages.is_empty());
    Table {
        name: "collections",
        kind: "collection",
        supplier: "乡镇",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts,
        fill,
    }
}

fn noted(world: &World, item: Item) -> Collected {
    person(world, item).collected[usize::from(item.sub)]
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let noted = noted(world, item);
    vec![
        Value::Village(noted.village),
        Value::text(format!("{}组", it.home.group)),
        name(world, item, 9),
        id(world, item, Wrote::Own),
        Value::Money(noted.amount_fen),
        Value::Date(noted.on),
        Value::text(format!("{:07}", (item.person * 3 + u32::from(item.sub)) % 10_000_000)),
        Value::text(["王会计", "李主任", "刘支书"][item.person as usize % 3]),
    ]
}

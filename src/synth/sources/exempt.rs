//! The lists that exempt: soldiers, prisoners, people settled abroad.

use chrono::NaiveDate;

use super::{by_county, id, name, people, person, township};
use crate::synth::files::table::{Care, Field, Item, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Exit, Person, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Name, &["姓名"]),
    must(Shape::Id, &["身份证号码", "身份证号", "公民身份号码"]),
    must(Shape::Text, &["乡镇", "户籍乡镇"]),
    must(Shape::Village, &["村（居）", "户籍村"]),
    must(Shape::Date, &["起始日期", "入伍（收监、出境）日期", "开始日期"]),
    must(Shape::Date, &["终止日期", "结束日期", "截止日期"]),
    may(Shape::Text, &["备注", "说明"]),
];

pub fn tables(world: &World) -> Vec<Table> {
    let list = |name, reason: &str, department, title: &str, fits: fn(&Person) -> bool| Table {
        name,
        kind: "exempt",
        supplier: department,
        keys: vec![("reason", format!("\"{reason}\""))],
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts: by_county(world, &format!("{department}/{title}"), title, people(world, fits)),
        fill,
    };
    vec![
        list("army", "army", "人武部", "现役军人名单", |it| {
            matches!(it.exit, Some(Exit::Army { .. }))
        }),
        list("prison", "prison", "司法局", "服刑人员名单", |it| {
            matches!(it.exit, Some(Exit::Prison { .. }))
        }),
        list("abroad", "settled-abroad", "出入境管理", "出国境定居人员名单", |it| {
            matches!(it.exit, Some(Exit::Abroad { .. }))
        }),
    ]
}

/// Since when, and the first day on which the exemption no longer holds.
fn days(exit: Option<Exit>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match exit {
        Some(Exit::Army { from, .. } | Exit::Abroad { from }) => (Some(from), None),
        Some(Exit::Prison { from, to }) => (Some(from), Some(to)),
        _ => (None, None),
    }
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let (from, to) = days(it.exit);
    vec![
        name(world, item, 11),
        id(world, item, Wrote::Own),
        township(world, it.home.village),
        Value::Village(it.home.village),
        Value::date(from),
        Value::date(to),
        Value::Empty,
    ]
}

//! Last time's lists as townships sent them back, filled in.

use super::{by_township, id, name, people, person, township};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::Wrote;
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["乡镇", "镇（街）"]),
    must(Shape::Village, &["村（居）", "村社区"]),
    must(Shape::Name, &["姓名"]),
    must(Shape::Id, &["身份证号码", "身份证号"]),
    must(Shape::Text, &["问题编码", "问题代码", "核查问题"]),
    must(Shape::Text, &["核实结果", "未参保原因", "反馈代码"]),
    must(Shape::Text, &["证据", "佐证材料"]),
    must(Shape::Date, &["核实日期", "反馈日期"]),
    may(Shape::Text, &["备注"]),
];

pub fn table(world: &World) -> Table {
    let items = people(world, |it| it.reply.is_some());
    let parts = by_township(world, items).into_iter().filter(|it| !it.1.is_empty());
    let parts = parts.map(|(town, items)| {
        Part::single(
            format!("反馈/未参保核实反馈_{town}"),
            format!("{town}未参保人员核实反馈表"),
            items,
        )
    });
    Table {
        name: "feedback",
        kind: "feedback",
        supplier: "乡镇",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts: parts.collect(),
        fill,
    }
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let Some(reply) = it.reply else { return vec![Value::Empty; FIELDS.len()] };
    let remark = match reply.code {
        "E1" | "E2" | "E3" => "本人称已在外地参保",
        "R1" => "本人拒绝参保",
        "L1" => "电话打不通",
        _ => "",
    };
    vec![
        township(world, it.home.village),
        Value::Village(it.home.village),
        name(world, item, 12),
        id(world, item, Wrote::Own),
        Value::text(reply.about),
        Value::text(reply.code),
        if reply.evidence { Value::text("截图") } else { Value::Empty },
        Value::Date(world.scene.as_of - chrono::Days::new(1 + u64::from(item.person % 14))),
        Value::text(remark),
    ]
}

//! School rolls.

use super::{by_township, id, id_text, name, people, person, sex, township};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::Wrote;
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["学籍号", "全国学籍号", "学籍号码"]),
    must(Shape::Name, &["姓名", "学生姓名"]),
    may(Shape::Sex, &["性别"]),
    may(Shape::Birth, &["出生日期", "出生年月日"]),
    must(Shape::Id, &["身份证件号", "身份证号", "学生身份证号", "身份证件号码"]),
    must(Shape::Text, &["学校名称", "学校", "就读学校"]),
    may(Shape::Text, &["年级", "班级"]),
    must(Shape::Date, &["入学日期", "入学时间", "入学年月"]),
    must(Shape::Text, &["乡镇", "所属乡镇"]),
    must(Shape::Village, &["家庭住址村居", "户籍村（居）", "村（居）"]),
];

pub fn table(world: &World) -> Table {
    let items = people(world, |it| it.school.is_some() && it.exit.is_none());
    let parts = by_township(world, items).into_iter().map(|(town, items)| {
        Part::single(format!("教育局/学籍_{town}"), format!("{town}在校学生学籍信息"), items)
    });
    Table {
        name: "students",
        kind: "student",
        supplier: "教育局",
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
    let own = id_text(world, item.person, Wrote::Own);
    let (school, since) = it.school.map_or((0, 0), |it| (it.id, it.since));
    let town = &world.scene.places.townships[usize::from(school / 4)].name;
    let stage = ["中心小学", "初级中学", "完全小学", "中心学校"][usize::from(school % 4)];
    let grade = (it.age(world.scene.as_of) - 5).clamp(1, 12);
    vec![
        Value::text(format!("{}{own}", if own.len() == 18 { "G" } else { "L" })),
        name(world, item, 8),
        sex(it),
        Value::Date(it.birth),
        id(world, item, Wrote::Own),
        Value::text(format!("{}{stage}", town.trim_end_matches(['镇', '乡']))),
        Value::text(format!("{grade}年级")),
        Value::date(
            chrono::NaiveDate::from_ymd_opt(since, 9, 1).map(|it| it.min(world.scene.as_of)),
        ),
        township(world, it.home.village),
        Value::Village(it.home.village),
    ]
}

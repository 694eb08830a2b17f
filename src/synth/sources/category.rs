//! The lists of categories: each supplier has its own columns for much the same thing.

use std::ops::Range;

use super::{by_county, county, id, monthly, name, person, sex, township, township_in_city};
use crate::synth::dice::spread;
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Identity, Wrote};
use crate::synth::world::World;

/// One list: who sends it and the categories on it.
pub struct Supplier {
    pub name: &'static str,
    pub department: &'static str,
    pub title: &'static str,
    pub codes: &'static [&'static str],
    usual: Usual,
    columns: Columns,
    /// Those of a list that comes whole every month and so has no days.
    monthly: Columns,
}

/// The columns of a list, and how a row is filled.
#[derive(Clone, Copy)]
struct Columns {
    fields: &'static [Field],
    fill: fn(&World, Item) -> Vec<Value>,
}

const CIVIL: Columns = Columns { fields: CIVIL_FIELDS, fill: civil };
const CIVIL_MONTHLY: Columns = Columns {
    fields: &[
        CIVIL_FIELDS[0],
        CIVIL_FIELDS[1],
        CIVIL_FIELDS[2],
        CIVIL_FIELDS[3],
        CIVIL_FIELDS[4],
        CIVIL_FIELDS[5],
        CIVIL_FIELDS[8],
    ],
    fill: |world, item| without(civil(world, item), 6..8),
};

const MONITORED: Columns = Columns { fields: MONITORED_FIELDS, fill: monitored };
const MONITORED_MONTHLY: Columns = Columns {
    fields: &[
        MONITORED_FIELDS[0],
        MONITORED_FIELDS[1],
        MONITORED_FIELDS[2],
        MONITORED_FIELDS[3],
        MONITORED_FIELDS[4],
        MONITORED_FIELDS[5],
        MONITORED_FIELDS[9],
        MONITORED_FIELDS[10],
        MONITORED_FIELDS[11],
    ],
    fill: |world, item| without(monitored(world, item), 6..9),
};

const DISABLED: Columns = Columns { fields: DISABLED_FIELDS, fill: disabled };
const DISABLED_MONTHLY: Columns = Columns {
    fields: &[
        DISABLED_FIELDS[0],
        DISABLED_FIELDS[1],
        DISABLED_FIELDS[2],
        DISABLED_FIELDS[3],
        DISABLED_FIELDS[4],
        DISABLED_FIELDS[5],
        DISABLED_FIELDS[6],
        DISABLED_FIELDS[7],
    ],
    fill: |world, item| without(disabled(world, item), 8..10),
};

/// The cells of a row but for some columns.
fn without(mut values: Vec<Value>, columns: Range<usize>) -> Vec<Value> {
    values.drain(columns);
    values
}

const CIVIL_FIELDS: &[Field] = &[
    must(Shape::Text, &["乡镇", "镇（街）", "镇街"]),
    must(Shape::Village, &["村（居）", "村居", "村社区"]),
    must(Shape::Name, &["姓名", "保障对象姓名", "救助对象姓名"]).under("保障对象"),
    may(Shape::Sex, &["性别"]).under("保障对象"),
    must(Shape::Id, &["身份证号码", "身份证号", "身份证", "公民身份号码"]).under("保障对象"),
    must(Shape::Text, &["救助类别", "对象类别", "保障类别", "人员类别"]).under("保障情况"),
    must(Shape::Date, &["批准时间", "享受起始日期", "纳入时间", "认定时间"]).under("保障情况"),
    must(Shape::Date, &["停发时间", "终止日期", "取消时间", "退出时间"]).under("保障情况"),
    may(Shape::Text, &["家庭编号", "户编号", "保障户号"]),
];

const MONITORED_FIELDS: &[Field] = &[
    must(Shape::Text, &["户编号", "家庭编号"]),
    must(Shape::Text, &["乡镇", "镇"]),
    must(Shape::Village, &["行政村", "村"]),
    must(Shape::Name, &["姓名", "人员姓名"]),
    must(Shape::Id, &["证件号码", "人员证件号码"]),
    must(Shape::Text, &["监测对象类别", "户类型", "人员类别"]),
    must(Shape::Month, &["识别监测时间", "纳入监测时间", "识别时间"]),
    must(Shape::Text, &["风险是否已消除"]),
    must(Shape::Month, &["消除监测时间", "风险消除时间"]),
    may(Shape::Text, &["与户主关系"]),
    may(Shape::Text, &["健康状况"]),
    may(Shape::Text, &["是否参加城乡居民基本医疗保险"]),
];

const DISABLED_FIELDS: &[Field] = &[
    must(Shape::Text, &["乡镇", "镇（街）"]),
    must(Shape::Village, &["村（社区）", "村居"]),
    must(Shape::Name, &["姓名", "残疾人姓名"]),
    may(Shape::Sex, &["性别"]),
    must(Shape::Id, &["残疾证号", "残疾人证号", "残疾人证号码"]),
    may(Shape::Text, &["残疾类别", "残疾类型"]),
    must(Shape::Text, &["残疾等级", "等级"]),
    must(Shape::Text, &["人员类别", "对象类别"]),
    must(Shape::Date, &["发证日期", "批准日期", "认定日期"]),
    must(Shape::Date, &["注销日期", "终止日期", "失效日期"]),
];

/// The lists and their categories; categories that stand in none go to a list of their own.
pub const SUPPLIERS: &[Supplier] = &[
    Supplier {
        name: "tekun",
        department: "民政局",
        title: "特困人员花名册",
        codes: &["tekun"],
        usual: Usual::Xlsx,
        columns: CIVIL,
        monthly: CIVIL_MONTHLY,
    },
    Supplier {
        name: "children",
        department: "民政局",
        title: "孤儿和事实无人抚养儿童花名册",
        codes: &["orphan", "unattended-child"],
        usual: Usual::Xlsx,
        columns: CIVIL,
        monthly: CIVIL_MONTHLY,
    },
    Supplier {
        name: "dibao",
        department: "民政局",
        title: "城乡低保对象花名册",
        codes: &["dibao"],
        usual: Usual::Xlsx,
        columns: CIVIL,
        monthly: CIVIL_MONTHLY,
    },
    Supplier {
        name: "dibao-edge",
        department: "民政局",
        title: "低保边缘家庭成员名单",
        codes: &["dibao-edge"],
        usual: Usual::Xlsx,
        columns: CIVIL,
        monthly: CIVIL_MONTHLY,
    },
    Supplier {
        name: "revitalisation",
        department: "乡村振兴局",
        title: "监测对象和脱贫人口",
        codes: &[
            "monitored",
            "stable",
            "back-to-poverty",
            "unstable",
            "edge-poverty",
            "sudden-hardship",
        ],
        usual: Usual::Utf8,
        columns: MONITORED,
        monthly: MONITORED_MONTHLY,
    },
    Supplier {
        name: "disabled",
        department: "残联",
        title: "重度残疾人名册",
        codes: &["severe-disability"],
        usual: Usual::Xlsx,
        columns: DISABLED,
        monthly: DISABLED_MONTHLY,
    },
    Supplier {
        name: "veterans",
        department: "退役军人局",
        title: "优抚对象名册",
        codes: &["veteran"],
        usual: Usual::Xlsx,
        columns: CIVIL,
        monthly: CIVIL_MONTHLY,
    },
];

const REST: Supplier = Supplier {
    name: "other-categories",
    department: "民政局",
    title: "其他救助对象名单",
    codes: &[],
    usual: Usual::Xlsx,
    columns: CIVIL,
    monthly: CIVIL_MONTHLY,
};

pub fn tables(world: &World) -> Vec<Table> {
    let known: Vec<&str> = SUPPLIERS.iter().flat_map(|it| it.codes.iter().copied()).collect();
    let code = |it: &Identity| world.scene.rules.categories[usize::from(it.category)].code.as_str();
    let mut tables: Vec<Table> = SUPPLIERS
        .iter()
        .map(|supplier| table(world, supplier, |it| supplier.codes.contains(&code(it))))
        .collect();
    tables.push(table(world, &REST, |it| !known.contains(&code(it))));
    tables
}

fn table(world: &World, supplier: &Supplier, listed: impl Fn(&Identity) -> bool) -> Table {
    let mut items = Vec::new();
    for (at, person) in world.people.iter().enumerate() {
        for (sub, identity) in person.identities.iter().enumerate() {
            if listed(identity) {
                items.push(Item { person: at as u32, sub: sub as u8 });
            }
        }
    }
    items.sort_by_key(|it| {
        let home = person(world, *it).home;
        (home.village, home.household, it.person, it.sub)
    });
    let stem = format!("{}/{}", supplier.department, supplier.title);
    let is_of_hand = supplier.usual == Usual::Xlsx;
    // What a system exports comes as one for the whole city.
    let parts = match is_of_hand {
        true => by_county(world, &stem, supplier.title, items),
        false => vec![Part::single(stem, supplier.title, items)],
    };
    let is_monthly = world.scene.monthly_lists;
    let columns = if is_monthly { supplier.monthly } else { supplier.columns };
    let parts = match is_monthly {
        true => parts.into_iter().flat_map(|it| monthly::parts(world, supplier.name, it)).collect(),
        false => parts,
    };
    Table {
        name: supplier.name,
        kind: "category",
        supplier: supplier.department,
        keys: if is_monthly { monthly::keys() } else { Vec::new() },
        required: false,
        usual: supplier.usual,
        care: if is_of_hand { Care::Hand } else { Care::System },
        fields: columns.fields,
        total: false,
        parts,
        fill: columns.fill,
    }
}

/// The membership that a row of a list is about.
pub(super) fn identity(world: &World, item: Item) -> Identity {
    person(world, item).identities[usize::from(item.sub)]
}

/// What the list calls the category: one of its labels, the same for a household.
fn label(world: &World, item: Item) -> String {
    let labels = &world.scene.rules.categories[usize::from(identity(world, item).category)].labels;
    let household = u64::from(person(world, item).home.household);
    let several = labels.len() as u64 > 1 && spread(household) % 10 < 4;
    let at = if several { spread(household ^ 1) as usize % labels.len() } else { 0 };
    labels.get(at).cloned().unwrap_or_default()
}

fn civil(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    vec![
        township(world, it.home.village),
        Value::Village(it.home.village),
        name(world, item, 5),
        sex(it),
        id(world, item, Wrote::Own),
        Value::Text(label(world, item)),
        Value::Date(identity(world, item).from),
        Value::date(identity(world, item).to),
        Value::text(format!("{}{:08}", county(world, it.home.village), it.home.household)),
    ]
}

fn monitored(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let identity = identity(world, item);
    // Disabled people are in this system by their card, whose first 18 characters are the id.
    let disabled = world.scene.rules.category("severe-disability");
    let card = it.identities.iter().any(|it| Some(it.category) == disabled);
    let number = if card { card_number(world, item) } else { id(world, item, Wrote::Own) };
    let removed = if identity.to.is_some() { "是" } else { "否" };
    vec![
        Value::text(format!("{}{:010}", county(world, it.home.village), it.home.household)),
        township_in_city(world, it.home.village),
        Value::Village(it.home.village),
        name(world, item, 6),
        number,
        Value::Text(label(world, item)),
        Value::Date(identity.from),
        Value::text(removed),
        Value::date(identity.to),
        Value::text(it.home.relation.zh()),
        Value::text(if card { "残疾" } else { "健康" }),
        Value::text(if it.covers.is_empty() { "否" } else { "是" }),
    ]
}

/// The disability card: the id, a kind and a grade; reissued cards have a serial behind.
fn card_number(world: &World, item: Item) -> Value {
    let Some(number) = person(world, item).number else { return Value::Empty };
    let draw = spread(u64::from(item.person) ^ 0x0ca4d);
    let reissue = if draw.is_multiple_of(25) { "B1" } else { "" };
    Value::text(format!("{}{}{}{reissue}", number.text(), 1 + draw % 7, 1 + (draw >> 8) % 2))
}

fn disabled(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let draw = spread(u64::from(item.person) ^ 0x0ca4d);
    let kinds = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"];
    vec![
        township(world, it.home.village),
        Value::Village(it.home.village),
        name(world, item, 7),
        sex(it),
        card_number(world, item),
        Value::text(kinds[(draw % 7) as usize]),
        Value::text(if (draw >> 8).is_multiple_of(2) { "一级" } else { "二级" }),
        Value::Text(label(world, item)),
        Value::Date(identity(world, item).from),
        Value::date(identity(world, item).to),
    ]
}

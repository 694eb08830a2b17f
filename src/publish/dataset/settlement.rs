//! `settlement.parquet`: subsidies settled against payments, by category and township, and the
//! bridge to the tax bureau's own sum.

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    config::Division,
    error::Result,
    policy::ClauseId,
    report::{
        settlement::{Cover, FeedLine, Figures, Sum, fund, standard},
        share::Heading,
    },
    tables::DivisionId,
};

/// What a row adds up; the order is that of the file.
#[derive(Clone, Copy, Debug)]
enum Line {
    Total(Figures),
    Category(Heading, Figures),
    Township(Option<DivisionId>, Heading, Figures),
    Feed(FeedLine, Sum),
}

/// A run and the rows of its settlement.
pub(super) struct Settled<'v> {
    view: &'v View<'v>,
    lines: Vec<Line>,
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let settled = Settled { view, lines: lines(view) };
    staging.write("settlement.parquet", &encode::encode(&table(), &settled)?)
}

/// The total, the categories by fund, the same by township, the lines of the feed.
fn lines(view: &View<'_>) -> Vec<Line> {
    let it = &view.night.reports.settlement;
    let categories = it.by_category.iter().map(|it| Line::Category(it.0, it.1));
    let townships = it.by_township.iter().map(|it| Line::Township(it.0, it.1, it.2));
    let feed = FeedLine::ALL.iter().map(|line| Line::Feed(*line, it.feed(*line)));
    [Line::Total(it.total())].into_iter().chain(categories).chain(townships).chain(feed).collect()
}

impl Line {
    fn level(self) -> &'static str {
        match self {
            Line::Total(_) => "total",
            Line::Category(..) => "category",
            Line::Township(..) => "township",
            Line::Feed(..) => "feed",
        }
    }

    fn heading(self) -> Option<Heading> {
        match self {
            Line::Category(heading, _) | Line::Township(_, heading, _) => Some(heading),
            Line::Total(_) | Line::Feed(..) => None,
        }
    }

    fn figures(self) -> Option<Figures> {
        match self {
            Line::Total(it) | Line::Category(_, it) | Line::Township(_, _, it) => Some(it),
            Line::Feed(..) => None,
        }
    }

    fn feed(self) -> Option<(FeedLine, Sum)> {
        if let Line::Feed(line, sum) = self { Some((line, sum)) } else { None }
    }
}

/// Rows are positions in the list of lines.
pub(super) fn table<'v>() -> Table<Settled<'v>> {
    Table {
        name: "settlement",
        zh: "资助参保清算：各类别、各乡镇应资助与已资助，以及与税务明细资助金额的勾稽；每行 已资助＝应资助－少资助＋多资助",
        en: "subsidies settled against payments, by category and township, and the bridge to the feed; in every row subsidised = entitled - missing + undue",
        rows: |settled| (0..settled.lines.len() as u32).collect(),
        columns: [heading(), listed(), money(), feed()].into_iter().flatten().collect(),
    }
}

fn line(settled: &Settled<'_>, row: usize) -> Line {
    settled.lines[row]
}

fn township<'v>(settled: &Settled<'v>, row: usize) -> Option<&'v Division> {
    match line(settled, row) {
        Line::Township(place, ..) => settled.view.township(place),
        _ => None,
    }
}

fn worth(settled: &Settled<'_>, row: usize) -> Option<(i64, ClauseId)> {
    standard(settled.view.night.cx, line(settled, row).heading()?)
}

fn heading<'v>() -> Vec<Column<Settled<'v>>> {
    let new = Column::new;
    vec![
        new(
            "level",
            "层级：total 合计，category 类别，township 乡镇和类别，feed 税务明细勾稽",
            "total, category, township (and category), or feed: a line of the bridge to the feed",
            Values::Text(|it: &Settled<'v>, row| line(it, row).level()),
        ),
        new(
            "township",
            "乡镇代码（9 位）；乡镇不明为空",
            "township code, 9 digits; null where unknown",
            Values::Text(|it: &Settled<'v>, row| township(it, row).map_or("", |it| &it.code)),
        ),
        new(
            "township_name",
            "乡镇名称",
            "township",
            Values::Text(|it: &Settled<'v>, row| township(it, row).map_or("", |it| &it.shown)),
        ),
        new(
            "fund",
            "资助资金来源；不明为空",
            "fund that pays; null where unknown",
            Values::Text(|it: &Settled<'v>, row| {
                line(it, row).heading().map_or("", |heading| fund(it.view.night.cx, heading))
            }),
        ),
        new(
            "category",
            "人员类别代码：资助按缴费所注类别，未注明的按应享受的类别；都没有为空",
            "category: the one a payment names, else the one the person is entitled by; null where neither",
            Values::Text(|it: &Settled<'v>, row| match line(it, row).heading() {
                Some(Heading::Category(category)) => {
                    &it.view.night.cx.policy.categories.get(category).code
                }
                _ => "",
            }),
        ),
        new(
            "category_name",
            "人员类别名称",
            "category, in Chinese",
            Values::Text(|it: &Settled<'v>, row| {
                line(it, row).heading().map_or("", |heading| it.view.heading(heading))
            }),
        ),
        new(
            "standard_fen",
            "每人资助标准（分）；不享受资助的类别为空",
            "subsidy of one person; null where the category carries none",
            Values::Integer(|it: &Settled<'v>, row| worth(it, row).map(|it| it.0)),
        ),
        new(
            "clause",
            "资助依据",
            "clause of the subsidy",
            Values::Text(|it: &Settled<'v>, row| {
                worth(it, row).map_or("", |worth| it.view.clause(worth.1))
            }),
        ),
    ]
}

/// A count of persons on a list today.
fn people<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: fn(&Settled<'v>, usize) -> Option<i64>,
) -> Column<Settled<'v>> {
    Column::new(name, zh, en, Values::Integer(value)).counted_in("person")
}

fn covered(settled: &Settled<'_>, row: usize, cover: Cover) -> Option<i64> {
    line(settled, row).figures().map(|it| it.listed[cover as usize])
}

fn listed<'v>() -> Vec<Column<Settled<'v>>> {
    vec![
        people(
            "listed",
            "数据日期当天在名单内的人数（多重身份只计最高一项）",
            "persons on the list on the day of the run, at their highest category only",
            |it, row| line(it, row).figures().map(|it| it.n_listed()),
        ),
        people(
            "listed_resident",
            "其中居民参保",
            "of them insured as residents",
            |it, row| covered(it, row, Cover::Resident),
        ),
        people(
            "listed_employee",
            "其中职工参保（含灵活就业）",
            "of them insured as employees or in flexible employment",
            |it, row| covered(it, row, Cover::Employee),
        ),
        people("listed_elsewhere", "其中异地参保", "of them insured elsewhere", |it, row| {
            covered(it, row, Cover::Elsewhere)
        }),
        people(
            "listed_exempt",
            "其中不需参保（死亡、迁出等）",
            "of them not to be insured: dead, moved away …",
            |it, row| covered(it, row, Cover::Exempt),
        ),
        people(
            "listed_not_enrolled",
            "其中未参保（含只登记未缴费、只缴费未登记）",
            "of them not insured, also those registered or paid only",
            |it, row| covered(it, row, Cover::NotEnrolled),
        ),
        people("listed_review", "其中待核实", "of them to be verified", |it, row| {
            covered(it, row, Cover::Review)
        }),
    ]
}

/// A count of persons and their money.
fn pair<'v>(
    (name, zh, en): (&'static str, &'static str, &'static str),
    count: fn(&Settled<'v>, usize) -> Option<i64>,
    (name_fen, zh_fen, en_fen): (&'static str, &'static str, &'static str),
    fen: fn(&Settled<'v>, usize) -> Option<i64>,
) -> [Column<Settled<'v>>; 2] {
    [people(name, zh, en, count), Column::new(name_fen, zh_fen, en_fen, Values::Integer(fen))]
}

fn money<'v>() -> Vec<Column<Settled<'v>>> {
    fn of(it: &Settled<'_>, row: usize) -> Option<Figures> {
        line(it, row).figures()
    }
    let pairs = [
        pair(
            (
                "entitled",
                "已缴费且缴费当日应享受资助的人数",
                "payers entitled on the day of payment",
            ),
            |it, row| of(it, row).map(|it| it.entitled.count),
            ("entitled_fen", "应资助（分）", "what they are entitled to"),
            |it, row| of(it, row).map(|it| it.entitled.fen),
        ),
        pair(
            ("subsidised", "已资助人数", "persons subsidised"),
            |it, row| of(it, row).map(|it| it.subsidised.count),
            (
                "subsidised_fen",
                "已资助（分）：有效缴费的资助金额",
                "subsidies of payments that count",
            ),
            |it, row| of(it, row).map(|it| it.subsidised.fen),
        ),
        pair(
            ("matched", "资助相符人数", "persons rightly subsidised, in part or whole"),
            |it, row| of(it, row).map(|it| it.matched.count),
            ("matched_fen", "相符金额（分）", "what was rightly subsidised"),
            |it, row| of(it, row).map(|it| it.matched.fen),
        ),
        pair(
            ("missing", "少资助人数", "persons not subsidised, or less than entitled"),
            |it, row| of(it, row).map(|it| it.missing.count),
            ("missing_fen", "少资助（分）", "what is missing"),
            |it, row| of(it, row).map(|it| it.missing.fen),
        ),
        pair(
            ("undue", "多资助人数", "persons subsidised beyond what they are entitled to"),
            |it, row| of(it, row).map(|it| it.undue.count),
            (
                "undue_fen",
                "多资助（分），含死亡、迁出、职工参保",
                "what is undue, also of the dead, moved and employees",
            ),
            |it, row| of(it, row).map(|it| it.undue.fen),
        ),
    ];
    let moved = [
        Column::new(
            "missing_moved_fen",
            "少资助中已按其他类别资助的部分（分）",
            "of what is missing: taken under another category",
            Values::Integer(|it: &Settled<'v>, row| of(it, row).map(|it| it.missing_moved_fen)),
        ),
        Column::new(
            "undue_moved_fen",
            "多资助中应记入其他类别的部分（分）",
            "of what is undue: missing under another category",
            Values::Integer(|it: &Settled<'v>, row| of(it, row).map(|it| it.undue_moved_fen)),
        ),
    ];
    pairs.into_iter().flatten().chain(moved).collect()
}

fn feed<'v>() -> Vec<Column<Settled<'v>>> {
    let new = Column::new;
    vec![
        new(
            "feed_line",
            "税务明细资助金额的去向代码；前五项为缴费，后三项为退费和作废记录本身",
            "what became of what the feed states: the first five of payments, the last three of refunds and cancellations themselves",
            Values::Text(|it: &Settled<'v>, row| {
                line(it, row).feed().map_or("", |(line, _)| line.code())
            }),
        ),
        new(
            "feed_line_zh",
            "税务明细资助金额的去向",
            "the same, in Chinese",
            Values::Text(|it: &Settled<'v>, row| {
                line(it, row).feed().map_or("", |(line, _)| line.zh())
            }),
        ),
        new(
            "feed_rows",
            "税务明细行数",
            "rows of the feed",
            Values::Integer(|it: &Settled<'v>, row| line(it, row).feed().map(|it| it.1.count)),
        )
        .counted_in("row"),
        new(
            "feed_fen",
            "税务明细资助金额（分），退费和作废记录也按正数；各行之和＝全部采用行的资助金额之和",
            "subsidies these rows state, refunds without their minus; together: all accepted rows",
            Values::Integer(|it: &Settled<'v>, row| line(it, row).feed().map(|it| it.1.fen)),
        ),
    ]
}

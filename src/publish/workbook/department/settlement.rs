//! `资助清算表` and `分乡镇清算`: subsidies settled against payments, as accountants read it.

use rust_xlsxwriter::Worksheet;

use super::{Job, footer};
use crate::{
    publish::workbook::{
        View,
        paper::{Column, Look, Made, Paper, Value, column, wide},
        style::Kind,
    },
    report::{
        settlement::{Cover, FeedLine, Figures, Settlement, fund, standard},
        share::Heading,
    },
};

const NAME: &str = "资助清算表";
const BY_TOWNSHIP: &str = "分乡镇清算";
const COLUMNS: &[Column] = &[
    column("资助类别", 116, Kind::Text),
    column("资助标准\n（元）", 62, Kind::Money),
    column("应资助人数", 52, Kind::Number),
    column("应资助金额（元）", 94, Kind::Amount),
    column("已资助人数", 52, Kind::Number),
    column("已资助金额（元）", 94, Kind::Amount),
    column("少资助人数", 52, Kind::Number),
    column("少资助金额（元）", 90, Kind::Amount),
    column("其中已按其他\n类别资助", 84, Kind::Amount),
    column("多资助人数", 52, Kind::Number),
    column("多资助金额（元）", 90, Kind::Amount),
    column("其中应属\n其他类别", 84, Kind::Amount),
    column("依据", 120, Kind::Text),
];
const TOWNSHIP_COLUMNS: &[Column] = &[
    column("乡镇", 90, Kind::Text),
    column("资助类别", 116, Kind::Text),
    column("名单人数", 50, Kind::Number),
    column("其中居民\n参保", 50, Kind::Tally),
    column("职工参保", 50, Kind::Tally),
    column("异地参保", 50, Kind::Tally),
    column("不需参保", 50, Kind::Tally),
    column("未参保", 50, Kind::Tally),
    column("待核实", 50, Kind::Tally),
    column("应资助人数", 52, Kind::Number),
    column("应资助金额（元）", 94, Kind::Amount),
    column("已资助人数", 52, Kind::Number),
    column("已资助金额（元）", 94, Kind::Amount),
    column("少资助金额（元）", 90, Kind::Amount),
    column("多资助金额（元）", 90, Kind::Amount),
];

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    match view.night.reports.settlement.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(vec![main(view, job)?, by_township(view, job)?]),
    }
}

fn main(view: &View<'_>, job: &Job) -> Made<Worksheet> {
    let settlement = &view.night.reports.settlement;
    let mut paper = Paper::new(NAME, &job.style, COLUMNS)?;
    paper.compact();
    let (title, year) = (&view.night.pipeline.title, view.night.pipeline.insurance_year);
    paper.title(&format!("{title}{year}年度居民医保资助参保清算表"))?;
    paper.note(&format!(
        "数据截止：{}　　应资助：有有效缴费的人在缴费当日按最高一项身份应享受的资助；已资助：有效缴费上的资助金额，按缴费所注类别；已资助＝应资助－少资助＋多资助。多资助含缴费时已死亡、迁出或参加职工医保的。按其他类别资助的，在应享受的类别计少资助、在所注类别计多资助，并在“其中”列出。",
        view.night.cx.as_of
    ))?;
    if settlement.feed_gross().fen == 0 {
        paper.note("★ 税务明细没有资助金额，本表的少资助只说明明细缺这一列。")?;
    }
    paper.head(1)?;
    money(view, &mut paper, settlement)?;
    paper.gap()?;
    bridge(&mut paper, settlement)?;
    paper.note("制表：　　　　　　　　复核：　　　　　　　　负责人：　　　　　　　　日期：")?;
    paper.break_page();
    listed(view, &mut paper, settlement)?;
    paper.running(&format!("{} {NAME}", job.owner.zh()), &footer(view));
    paper.finish()
}

/// The table itself: each fund's categories, with its sum where there are several funds.
fn money(view: &View<'_>, paper: &mut Paper<'_>, settlement: &Settlement) -> Made {
    let fund_of = |it: &(Heading, Figures)| fund(view.night.cx, it.0);
    let funds: Vec<_> = settlement.by_category.chunk_by(|a, b| fund_of(a) == fund_of(b)).collect();
    let n_named = funds.iter().filter(|it| !fund_of(&it[0]).is_empty()).count();
    for rows in &funds {
        let fund = match fund_of(&rows[0]) {
            "" => "未注明",
            name => name,
        };
        paper.spread(Look::Head, &[wide(13, Kind::Text, format!("资金来源：{fund}"))])?;
        let mut sum = Figures::default();
        for (heading, figures) in *rows {
            paper.row(&money_row(view, *heading, figures), false)?;
            sum += *figures;
        }
        if n_named > 1 {
            paper.total(&sum_row(&format!("{fund}小计"), &sum))?;
        }
    }
    paper.total(&sum_row("合计", &settlement.total()))
}

fn money_row(view: &View<'_>, heading: Heading, it: &Figures) -> Vec<Value> {
    let standard = standard(view.night.cx, heading);
    let mut row = sum_row(view.heading(heading), it);
    row[1] = Value::Fen(standard.map(|it| it.0));
    row[12] = standard.map_or("不享受资助", |it| view.clause(it.1)).into();
    row
}

fn sum_row(name: &str, it: &Figures) -> Vec<Value> {
    vec![
        name.into(),
        Value::Empty,
        Value::Count(it.entitled.count),
        Value::Fen(Some(it.entitled.fen)),
        Value::Count(it.subsidised.count),
        Value::Fen(Some(it.subsidised.fen)),
        Value::Count(it.missing.count),
        Value::Fen(Some(it.missing.fen)),
        Value::Fen(Some(it.missing_moved_fen)),
        Value::Count(it.undue.count),
        Value::Fen(Some(it.undue.fen)),
        Value::Fen(Some(it.undue_moved_fen)),
        Value::Empty,
    ]
}

/// From the table to the tax bureau's own sum: payments in one column, refunds in another.
fn bridge(paper: &mut Paper<'_>, settlement: &Settlement) -> Made {
    paper.spread(
        Look::Head,
        &[
            wide(4, Kind::Text, "与税务明细勾稽：资助金额的去向"),
            wide(1, Kind::Number, "明细行数"),
            wide(1, Kind::Amount, "缴费记录（元）"),
            wide(2, Kind::Amount, "退费、作废记录（元）"),
            wide(5, Kind::Text, "说明"),
        ],
    )?;
    let mut line = |look, name: &str, rows, [paid, refunded]: [Option<i64>; 2], said: &str| {
        paper.spread(
            look,
            &[
                wide(4, Kind::Text, name),
                wide(1, Kind::Number, Value::Count(rows)),
                wide(1, Kind::Amount, Value::Fen(paid)),
                wide(2, Kind::Amount, Value::Fen(refunded)),
                wide(5, Kind::Text, said),
            ],
        )
    };
    let mut sums = [0, 0];
    for it in FeedLine::ALL {
        let sum = settlement.feed(*it);
        sums[usize::from(it.is_refund())] += sum.fen;
        let fen = match it.is_refund() {
            true => [None, Some(sum.fen)],
            false => [Some(sum.fen), None],
        };
        line(Look::Plain, it.zh(), sum.count, fen, said(*it))?;
    }
    let rows = settlement.feed_gross().count;
    line(Look::Total, "税务明细合计", rows, sums.map(Some), "全部采用的明细行")?;
    let net = [Some(settlement.feed_net_fen()), None];
    line(
        Look::Total,
        "税务明细净额（缴费减退费、作废）",
        rows,
        net,
        "与税务明细资助金额列的合计核对",
    )
}

/// What is to be known of a line of the bridge.
fn said(line: FeedLine) -> &'static str {
    match line {
        FeedLine::Valid => "等于上表已资助合计",
        FeedLine::Undone => "钱已退回，不计入清算",
        FeedLine::Repeated => "同一凭证交来两次，只计一次",
        FeedLine::Other => "不属于本年度居民医保",
        FeedLine::Missed => "没有缴成",
        FeedLine::Undoing => "与上面已退费或作废的缴费对应",
        FeedLine::Orphan => "请税务核对原缴费记录",
        FeedLine::RefundElse => "不属于本年度，或同一凭证交来两次",
    }
}

/// How those who are on the lists today are covered.
fn listed(view: &View<'_>, paper: &mut Paper<'_>, settlement: &Settlement) -> Made {
    let widths = [2, 2, 2, 2, 2, 1];
    let heads = Cover::ALL.iter().zip(widths);
    let title = format!("名单人员参保情况（截至{}）", view.night.cx.as_of);
    let mut head = vec![wide(1, Kind::Text, title), wide(1, Kind::Number, "名单人数")];
    head.extend(heads.map(|(it, columns)| wide(columns, Kind::Number, it.zh())));
    paper.spread(Look::Head, &head)?;
    let mut line = |look, name: &str, it: &Figures| {
        let counts = it.listed.iter().zip(widths);
        let mut cells =
            vec![wide(1, Kind::Text, name), wide(1, Kind::Number, Value::Count(it.n_listed()))];
        cells.extend(counts.map(|(n, columns)| wide(columns, Kind::Number, Value::Count(*n))));
        paper.spread(look, &cells)
    };
    for (heading, figures) in settlement.by_category.iter().filter(|it| it.1.n_listed() > 0) {
        line(Look::Plain, view.heading(*heading), figures)?;
    }
    line(Look::Total, "合计", &settlement.total())
}

fn by_township(view: &View<'_>, job: &Job) -> Made<Worksheet> {
    let settlement = &view.night.reports.settlement;
    let mut paper = Paper::new(BY_TOWNSHIP, &job.style, TOWNSHIP_COLUMNS)?;
    paper.compact();
    paper
        .title(&format!("{}年度居民医保资助参保分乡镇清算", view.night.pipeline.insurance_year))?;
    paper.note(&format!(
        "数据截止：{}　　名单人数为当天在名单内的人，多重身份只计最高一项；金额口径同“{NAME}”。",
        view.night.cx.as_of
    ))?;
    paper.head(2)?;
    for rows in settlement.by_township.chunk_by(|a, b| a.0 == b.0) {
        let name = view.township(rows[0].0).map_or("（乡镇不明）", |it| &it.shown);
        let mut sum = Figures::default();
        for (_, heading, figures) in rows {
            paper.row(&township_row(name, view.heading(*heading), figures), false)?;
            sum += *figures;
        }
        paper.total(&township_row(name, "小计", &sum))?;
    }
    paper.total(&township_row("合计", "", &settlement.total()))?;
    paper.running(&format!("{} {BY_TOWNSHIP}", job.owner.zh()), &footer(view));
    paper.finish()
}

fn township_row(township: &str, category: &str, it: &Figures) -> Vec<Value> {
    let mut row = vec![township.into(), category.into(), Value::Count(it.n_listed())];
    row.extend(it.listed.map(Value::Count));
    row.extend([
        Value::Count(it.entitled.count),
        Value::Fen(Some(it.entitled.fen)),
        Value::Count(it.subsidised.count),
        Value::Fen(Some(it.subsidised.fen)),
        Value::Fen(Some(it.missing.fen)),
        Value::Fen(Some(it.undue.fen)),
    ]);
    row
}

//! Whom progress counts: who is to be insured, who is, who has paid.

use super::{Column, Lines, Values, line, persons};
use crate::{
    ledger::Verdict,
    policy::Insurance,
    report::progress::{Period, Rate, Tally},
};

/// What only the row of all insurances tells: who lives there, and by which verdict.
fn of_all(lines: &Lines<'_>, row: usize, value: impl Fn(&Tally) -> i64) -> Option<i64> {
    let line = line(lines, row);
    (line.insurance == Insurance::All).then(|| value(&line.tally))
}

/// What only the row of residents tells: payments.
fn of_payers(lines: &Lines<'_>, row: usize, value: impl Fn(&Tally) -> i64) -> Option<i64> {
    let line = line(lines, row);
    (line.insurance == Insurance::Resident).then(|| value(&line.tally))
}

fn insured_in(lines: &Lines<'_>, row: usize, period: Period) -> Option<i64> {
    let line = line(lines, row);
    Some(line.tally.insured_in(line.insurance, period))
}

fn verdict(lines: &Lines<'_>, row: usize, verdict: Verdict) -> Option<i64> {
    of_all(lines, row, |it| it.of_verdict(verdict))
}

pub(super) fn counts<'v>() -> Vec<Column<Lines<'v>>> {
    vec![
        persons(
            "population",
            "户籍人口：户籍在册、健在、未迁出（仅 all 行）",
            "registered here by the roster, alive, not moved away (rows of all insurances)",
            |it, row| of_all(it, row, |it| it.population),
        ),
        persons(
            "liable",
            "应保人数：all 行为应在本地参保的全部人员，resident 行为其中应缴居民费的（不含职工、灵活就业和异地参保）",
            "to be insured here; of residents: those whose fee is due, being neither employees nor insured elsewhere",
            |it, row| line(it, row).tally.base(line(it, row).insurance),
        ),
        persons(
            "covered",
            "应保人数中已参保的；all 行含职工、灵活就业和异地参保",
            "of the liable: insured, under all insurances also as employees or elsewhere",
            |it, row| line(it, row).tally.base_insured(line(it, row).insurance),
        ),
        Column::new(
            "cover_rate",
            "参保率＝covered÷liable，万分之一，四舍五入",
            "covered / liable in hundredths of a per cent, rounded half up",
            Values::Integer(|it: &Lines<'v>, row| {
                let line = line(it, row);
                let part = line.tally.base_insured(line.insurance)?;
                Rate::of(part, line.tally.base(line.insurance)?).map(|it| it.0)
            }),
        )
        .counted_in("0.01%"),
        Column::new(
            "cover_rate_of",
            "参保率的分母：liable 应保人数，owing 应缴居民费人数",
            "what the rate is of: liable, or owing (the resident fee)",
            Values::Text(|it: &Lines<'v>, row| match line(it, row).insurance {
                Insurance::All => "liable",
                Insurance::Resident => "owing",
                Insurance::Employee | Insurance::Flexible | Insurance::Maternity => "",
            }),
        ),
        persons(
            "insured",
            "参保人数：在本地参保的全部人员，含不在应保范围内的",
            "insured here, also those who need not be",
            |it, row| Some(line(it, row).tally.insured(line(it, row).insurance)),
        ),
        persons(
            "insured_last_day",
            "其中最近一天新增（见 last_day）",
            "of them on the last day",
            |it, row| insured_in(it, row, Period::Day),
        ),
        persons(
            "insured_last_week",
            "其中最近七天新增",
            "of them in the last seven days",
            |it, row| insured_in(it, row, Period::Week),
        ),
        persons(
            "insured_last_month",
            "其中最近一个月新增",
            "of them in the last month",
            |it, row| insured_in(it, row, Period::Month),
        ),
    ]
}

pub(super) fn verdicts<'v>() -> Vec<Column<Lines<'v>>> {
    vec![
        persons("unenrolled", "应保未保", "should be insured and are not", |it, row| {
            verdict(it, row, Verdict::Unenrolled)
        }),
        persons("registered_unpaid", "已登记未缴费", "registered and unpaid", |it, row| {
            verdict(it, row, Verdict::RegisteredUnpaid)
        }),
        persons("paid_unregistered", "已缴费未登记", "paid and unregistered", |it, row| {
            verdict(it, row, Verdict::PaidUnregistered)
        }),
        persons("review", "待核实", "to be verified", |it, row| {
            verdict(it, row, Verdict::Review)
        }),
        persons("elsewhere", "异地参保", "insured elsewhere", |it, row| {
            verdict(it, row, Verdict::Elsewhere)
        }),
        persons(
            "exempt",
            "不需参保（死亡、迁出等）",
            "dead, moved away …",
            |it, row| verdict(it, row, Verdict::Exempt),
        ),
    ]
}

pub(super) fn paid<'v>() -> Vec<Column<Lines<'v>>> {
    vec![
        persons(
            "paid",
            "缴费人数：有本年度有效缴费（含全额资助）的人，含缴费后转为职工等的（仅 resident 行，下同）",
            "with a payment that counts, whatever their verdict (rows of residents, as all below)",
            |it, row| of_payers(it, row, |it| it.paid),
        ),
        persons("paid_last_day", "其中最近一天", "of them on the last day", |it, row| {
            of_payers(it, row, |it| it.paid_in(Period::Day))
        }),
        persons(
            "paid_last_week",
            "其中最近七天",
            "of them in the last seven days",
            |it, row| of_payers(it, row, |it| it.paid_in(Period::Week)),
        ),
        persons(
            "paid_last_month",
            "其中最近一个月",
            "of them in the last month",
            |it, row| of_payers(it, row, |it| it.paid_in(Period::Month)),
        ),
        Column::new(
            "amount_fen",
            "个人缴费金额（分），已减退费",
            "paid by the persons themselves, net of refunds",
            Values::Integer(|it: &Lines<'v>, row| of_payers(it, row, |it| it.amount_fen)),
        ),
        Column::new(
            "subsidised_fen",
            "资助金额（分）",
            "paid by subsidies",
            Values::Integer(|it: &Lines<'v>, row| of_payers(it, row, |it| it.subsidised_fen)),
        ),
        persons(
            "accurate",
            "缴费人中税务明细的姓名、证件无误的（无 Q01–Q04、P03）",
            "of the payers: name and number in the feed are right (no Q01-Q04, P03)",
            |it, row| of_payers(it, row, |it| it.accurate),
        ),
    ]
}

//! `bulou history`: the nights published so far, in figures.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::count;
use crate::{
    columns,
    diagnostic::{Lang, Message},
    error::{Error, Result},
    history::{self, Kind, Night, Row},
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder of a pipeline's runs, such as runs/lengshi
    home: PathBuf,
    /// One figure night by night, with every place it is told of: E01, paid, unenrolled …
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let known = history::read(&args.home)?;
    if known.is_empty() {
        return Err(nothing(&args.home));
    }
    let is_wanted = |it: &&Night| args.from.is_none_or(|from| it.run.as_of >= from);
    let nights: Vec<&Night> = known.iter().filter(is_wanted).collect();
    let lines = match &args.of {
        None => {
            let rows = std::iter::once(head(lang)).chain(nights.iter().map(|it| cells(it)));
            let mut lines = columns::figures(&rows.collect::<Vec<_>>());
            lines.push(String::new());
            lines.extend(names(&known, lang));
            lines
        }
        Some(name) => series(&known, &nights, name, lang)?,
    };
    lines.iter().for_each(|it| println!("{it}"));
    Ok(0)
}

fn nothing(home: &Path) -> Error {
    let home = home.display();
    Error::NotFound(Message::new(
        format!("{home} 里没有历次结果；请给出流水线的结果文件夹，例如 runs/lengshi"),
        format!(
            "{home} has no history; name the folder of a pipeline's runs, such as runs/lengshi"
        ),
    ))
}

fn head(lang: Lang) -> Vec<String> {
    let words = match lang {
        Lang::Zh => {
            ["日期", "人数", "应保未保", "居民参保", "已缴费", "新问题", "校验不符", "用时（秒）"]
        }
        Lang::En => [
            "as of",
            "persons",
            "unenrolled",
            "insured",
            "paid",
            "new findings",
            "breached",
            "seconds",
        ],
    };
    words.map(str::to_string).into()
}

fn cells(night: &Night) -> Vec<String> {
    let figure = |kind, name| night.value(kind, name).map_or("—".to_string(), count);
    vec![
        night.run.to_string(),
        count(night.persons()),
        figure(Kind::Verdict, "unenrolled"),
        figure(Kind::Progress, "insured"),
        figure(Kind::Progress, "paid"),
        count(night.findings_of("new")),
        count(night.breached() as i64),
        format!("{:.1}", night.milliseconds() as f64 / 1000.0),
    ]
}

/// The names that `--of` takes, by kind; `E01.new` and the like, which it takes too, are left out.
fn names(nights: &[Night], lang: Lang) -> Vec<String> {
    let mut names: BTreeMap<Kind, BTreeSet<&str>> = BTreeMap::new();
    let rows = nights.iter().flat_map(|it| &it.rows);
    for row in rows.filter(|it| !it.name.contains('.')) {
        names.entry(row.kind).or_default().insert(&row.name);
    }
    let shown = |(kind, names): (Kind, BTreeSet<&str>)| {
        let word = if lang == Lang::Zh { kind.zh() } else { kind.code() };
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        format!("{word}{colon}{}", names.into_iter().collect::<Vec<_>>().join(" "))
    };
    names.into_iter().map(shown).collect()
}

/// One figure: for each scope a line a night, with what has changed since the night before.
fn series(known: &[Night], nights: &[&Night], name: &str, lang: Lang) -> Result<Vec<String>> {
    let is_of = |it: &&Row| it.name.eq_ignore_ascii_case(name);
    let found = || nights.iter().flat_map(|it| it.rows.iter().filter(is_of));
    if !known.iter().flat_map(|it| &it.rows).any(|it| is_of(&it)) {
        let [zh, en] = [Lang::Zh, Lang::En].map(|it| names(known, it).join("\n"));
        return Err(Error::NotFound(Message::new(
            format!("历次结果里没有 {name}；有这些：\n{zh}"),
            format!("no night tells of {name}; known are:\n{en}"),
        )));
    }
    let head = match lang {
        Lang::Zh => ["范围", "日期", "数值", "变化"],
        Lang::En => ["scope", "as of", "value", "change"],
    };
    let whole = if lang == Lang::Zh { "全部" } else { "all" };
    let scopes: BTreeSet<(Kind, &str)> = found().map(|it| (it.kind, it.scope.as_str())).collect();
    let mut rows = Vec::new();
    for (kind, scope) in scopes {
        let shown = if scope == history::AREA { whole } else { scope };
        let mut before = None;
        for night in nights {
            let mut of_night = night.rows.iter().filter(is_of);
            let value = of_night.find(|it| it.kind == kind && it.scope == scope).map(|it| it.value);
            let change = value.zip(before).map(|(value, before)| value - before);
            before = value;
            let sign = if change > Some(0) { "+" } else { "" };
            let change = change.map_or(String::new(), |it| format!("{sign}{}", count(it)));
            let value = value.map_or("—".to_string(), count);
            rows.push(vec![shown.to_string(), night.run.to_string(), value, change]);
        }
    }
    let head = head.map(str::to_string).to_vec();
    Ok(columns::figures(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(run: &str, paid: i64, of_township: Option<i64>) -> Night {
        let mut rows = vec![
            Row::of_area(Kind::Verdict, "unenrolled", 12),
            Row::of_area(Kind::Verdict, "resident", 1_000),
            Row::of_area(Kind::Timing, "ingest", 1_250),
            Row::of_area(Kind::Progress, "paid", paid),
        ];
        rows.extend(of_township.map(|it| Row::new(Kind::Progress, "paid", "430923109", it)));
        let run = history::RunName::parse(run).unwrap();
        Night { run, insurance_year: Some(2024), version: "0.1.0".into(), rows }
    }

    #[test]
    fn what_a_night_did_not_tell_is_a_dash_not_a_nought() {
        let cells = cells(&night("2023-12-20.2", 950, None));
        assert_eq!(cells, ["2023-12-20.2", "1,012", "12", "—", "950", "0", "0", "1.2"]);
    }

    #[test]
    fn a_figure_is_told_by_place_night_after_night() {
        let nights = [night("2023-12-19", 900, None), night("2023-12-20", 1_950, Some(3))];
        let lines = series(&nights, &[&nights[0], &nights[1]], "PAID", Lang::Zh).unwrap();
        assert_eq!(
            lines,
            [
                "范围             日期   数值    变化",
                "全部       2023-12-19    900        ",
                "全部       2023-12-20  1,950  +1,050",
                "430923109  2023-12-19      —        ",
                "430923109  2023-12-20      3        ",
            ]
        );
    }

    #[test]
    fn an_unknown_name_is_answered_with_those_that_are_known() {
        let nights = [night("2023-12-19", 900, None)];
        let error = series(&nights, &[], "nothing", Lang::En).unwrap_err();
        assert_eq!(error.exit_code(), 1);
        assert!(error.to_string().contains("verdict: resident unenrolled"), "{error}");
    }
}

//! Subsidies settled against payments, by category, and the bridge to the tax bureau's sum.

use serde::Serialize;

use crate::{
    diagnostic::Lang,
    publish::View,
    report::{
        settlement::{Cover, FeedLine, Figures, Sum, fund, standard},
        share::Heading,
    },
};

/// The section.
#[derive(Serialize)]
pub(super) struct Settlement {
    is_empty: bool,
    categories: Vec<Category>,
    total: Category,
    /// Those with any money, as the chart draws them.
    bars: Vec<Bar>,
    /// How those on the lists are covered.
    covers: Vec<&'static str>,
    feed: Vec<FeedRow>,
    /// All rows of the feed, and what they come to with refunds taken off.
    feed_rows: i64,
    feed_net_fen: i64,
}

#[derive(Serialize, Default)]
struct Category {
    code: String,
    name: String,
    fund: String,
    clause: String,
    standard_fen: Option<i64>,
    listed: i64,
    /// In the order of `covers`.
    covered: Vec<i64>,
    entitled: Pair,
    subsidised: Pair,
    matched: Pair,
    missing: Pair,
    undue: Pair,
    missing_moved_fen: i64,
    undue_moved_fen: i64,
}

/// What of a category's money was right, is missing and is undue, in fen.
#[derive(Serialize)]
struct Bar {
    name: String,
    fens: [i64; 3],
}

/// A count and its money.
#[derive(Clone, Copy, Serialize, Default)]
struct Pair {
    count: i64,
    fen: i64,
}

#[derive(Serialize)]
struct FeedRow {
    code: &'static str,
    name: String,
    rows: i64,
    fen: i64,
    is_refund: bool,
}

pub(super) fn settlement(view: &View<'_>) -> Settlement {
    let (it, lang) = (&view.night.reports.settlement, view.night.cx.lang);
    let categories: Vec<Category> =
        it.by_category.iter().map(|row| category(view, row.0, &row.1)).collect();
    Settlement {
        is_empty: it.is_empty(),
        bars: categories.iter().map(bar).filter(|it| it.fens != [0; 3]).collect(),
        categories,
        total: of_figures(&it.total()),
        covers: Cover::ALL
            .iter()
            .map(|it| if lang == Lang::Zh { it.zh() } else { it.code() })
            .collect(),
        feed: FeedLine::ALL.iter().map(|line| feed_row(lang, *line, it.feed(*line))).collect(),
        feed_rows: it.feed_gross().count,
        feed_net_fen: it.feed_net_fen(),
    }
}

fn category(view: &View<'_>, heading: Heading, figures: &Figures) -> Category {
    let cx = view.night.cx;
    let worth = standard(cx, heading);
    let code = match heading {
        Heading::Category(id) => cx.policy.categories.get(id).code.as_str(),
        Heading::Unstated => "",
    };
    Category {
        code: code.to_string(),
        name: view.heading(heading).to_string(),
        fund: fund(cx, heading).to_string(),
        clause: worth.map_or("", |it| view.clause(it.1)).to_string(),
        standard_fen: worth.map(|it| it.0),
        ..of_figures(figures)
    }
}

fn of_figures(it: &Figures) -> Category {
    Category {
        listed: it.n_listed(),
        covered: it.listed.to_vec(),
        entitled: pair(it.entitled),
        subsidised: pair(it.subsidised),
        matched: pair(it.matched),
        missing: pair(it.missing),
        undue: pair(it.undue),
        missing_moved_fen: it.missing_moved_fen,
        undue_moved_fen: it.undue_moved_fen,
        ..Category::default()
    }
}

fn bar(it: &Category) -> Bar {
    Bar { name: it.name.clone(), fens: [it.matched.fen, it.missing.fen, it.undue.fen] }
}

fn pair(it: Sum) -> Pair {
    Pair { count: it.count, fen: it.fen }
}

fn feed_row(lang: Lang, line: FeedLine, sum: Sum) -> FeedRow {
    let name = match lang {
        Lang::Zh => line.zh().to_string(),
        Lang::En => line.code().replace('-', " "),
    };
    FeedRow { code: line.code(), name, rows: sum.count, fen: sum.fen, is_refund: line.is_refund() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn the_page_says_what_the_settlement_says() {
        let world = World::with(300, 4, |tables| {
            for row in &mut tables.payments {
                row.subsidised_fen = 100;
            }
        });
        let cx = world.context();
        let shown = settlement(&View::first(&world.night(&cx)));
        let total = world.reports.settlement.total();
        assert!(total.undue.fen > 0 && total.missing.fen > 0);
        let fens = |it: &Category| {
            [it.entitled, it.subsidised, it.matched, it.missing, it.undue].map(|it| it.fen)
        };
        let ours = [total.entitled, total.subsidised, total.matched, total.missing, total.undue];
        assert_eq!(fens(&shown.total), ours.map(|it| it.fen));
        let sum = |at: usize| shown.categories.iter().map(|it| fens(it)[at]).sum::<i64>();
        assert_eq!([0, 1, 2, 3, 4].map(sum), fens(&shown.total));
        let [entitled, subsidised, _, missing, undue] = fens(&shown.total);
        assert_eq!(subsidised, entitled - missing + undue);
        assert_eq!(shown.feed[0].fen, subsidised, "the bridge begins with the table's sum");
        assert!(shown.categories.iter().any(|it| it.name == "低保对象" && it.listed == 30));
    }
}

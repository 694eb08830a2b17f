//! `report.html`: the page that is read each morning. One file that asks nobody for anything:
//! templates, style, script and charts are inlined. Counts and places only, never persons.
//!
//! A section is a file here that makes plain data, and a template of its name that shows them.

mod awards;
mod controls;
mod curve;
mod findings;
mod headline;
mod missing;
mod nights;
mod provenance;
mod ranking;
mod settlement;
mod spark;
mod suppliers;
mod words;

use minijinja::{Environment, Value, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use super::{Staging, View};
use crate::{
    diagnostic::Lang,
    error::{Error, Result},
};

const FILE: &str = "report.html";

/// Apache ECharts as its package has it; `assets/echarts/README.md` says which.
const ECHARTS: &str = include_str!("../../../assets/echarts/echarts.min.js");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("page.js");

const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("parts.html", include_str!("parts.html")),
    ("headline.html", include_str!("headline.html")),
    ("ranking.html", include_str!("ranking.html")),
    ("curve.html", include_str!("curve.html")),
    ("nights.html", include_str!("nights.html")),
    ("awards.html", include_str!("awards.html")),
    ("missing.html", include_str!("missing.html")),
    ("findings.html", include_str!("findings.html")),
    ("settlement.html", include_str!("settlement.html")),
    ("suppliers.html", include_str!("suppliers.html")),
    ("controls.html", include_str!("controls.html")),
    ("provenance.html", include_str!("provenance.html")),
    ("reading.html", include_str!("reading.html")),
];

/// What the templates are given.
#[derive(Serialize)]
struct Page {
    language: &'static str,
    headline: headline::Headline,
    ranking: ranking::Ranking,
    curve: curve::Curve,
    nights: nights::Nights,
    awards: awards::Awards,
    missing: missing::Missing,
    findings: findings::Findings,
    settlement: settlement::Settlement,
    suppliers: Vec<suppliers::Supplier>,
    controls: controls::Controls,
    provenance: provenance::Provenance,
}

pub(super) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    staging.write(FILE, page(view)?.as_bytes())
}

fn page(view: &View<'_>) -> Result<String> {
    let page = Page {
        language: match view.night.cx.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        },
        headline: headline::headline(view),
        ranking: ranking::ranking(view),
        curve: curve::curve(view),
        nights: nights::nights(view),
        awards: awards::awards(view),
        missing: missing::missing(view),
        findings: findings::findings(view),
        settlement: settlement::settlement(view),
        suppliers: suppliers::suppliers(view),
        controls: controls::controls(view),
        provenance: provenance::provenance(view)?,
    };
    render(view.night.cx.lang, &page)
        .map_err(|error| Error::Write { path: FILE.into(), reason: format!("{error:#}") })
}

fn render(lang: Lang, page: &Page) -> std::result::Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    templates.add_function("say", move |zh: String, en: String| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    });
    // As they are: they stand in elements of their own.
    for (name, text) in [("style", STYLE), ("script", SCRIPT), ("echarts", ECHARTS)] {
        templates.add_global(name, Value::from_safe_string(text.to_string()));
    }
    let dash = || "—".to_string();
    templates.add_filter("n", move |it: Option<i64>| it.map_or_else(dash, words::counted));
    templates.add_filter("change", words::change);
    templates.add_filter("yuan", move |it: Option<i64>| it.map_or_else(dash, words::yuan));
    for (name, text) in TEMPLATES {
        templates.add_template(name, text)?;
    }
    templates.get_template("page.html")?.render(Serde(page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{fixture::World, folder::sha256};

    const README: &str = include_str!("../../../assets/echarts/README.md");

    fn shown(lang: Lang) -> String {
        let world = World::new(300, 4);
        let cx = crate::ledger::Context { lang, ..world.context() };
        page(&View::first(&world.night(&cx))).unwrap()
    }

    #[test]
    fn the_charts_are_drawn_by_the_library_that_the_readme_names() {
        assert!(README.contains(&sha256(ECHARTS.as_bytes())), "assets/echarts was changed");
        let inlined = ECHARTS.to_lowercase();
        assert!(!inlined.contains("</script") && !inlined.contains("<!--"), "it cannot be inlined");
    }

    #[test]
    fn the_page_speaks_the_language_of_the_run() {
        let (zh, en) = (shown(Lang::Zh), shown(Lang::En));
        assert!(zh.contains("<html lang=\"zh-CN\"") && en.contains("<html lang=\"en\""));
        assert!(zh.contains("应保未保") && !zh.contains(">Findings<"));
        assert!(en.contains("Findings") && !en.contains("应保未保"));
    }

    #[test]
    fn nothing_that_comes_from_outside_becomes_markup() {
        let mut world = World::new(30, 4);
        world.ingested.tables.origins.parts[0].file = "</script><script>x()</script>.csv".into();
        world.pipeline.title = "<b>&".into();
        let cx = world.context();
        let page = page(&View::first(&world.night(&cx))).unwrap();
        assert!(page.contains("&lt;b&gt;&amp;"));
        assert!(!page.contains("<script>x()") && !page.contains("<b>&"));
    }
}

//! `notices/<township>-<name>.xlsx`: how far each village is (进度公示), one page a village, to be
//! put up in public. There is nobody on it: figures of the village only, and small figures of
//! groups of people not even so.

mod bar;
mod figures;
mod page;
mod style;
mod terms;

use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;

use super::{View, file_name, paper::Made, sheet_names::SheetNames, township::townships};
use crate::{error::Result, publish::folder::Staging, tables::DivisionId};
use figures::Figures;
use style::NoticeStyle;
use terms::Terms;

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let terms = Terms::new(view);
    let townships: Vec<DivisionId> = townships(view).into_iter().map(|it| it.0).collect();
    let one = |it: &DivisionId| write_one(view, staging, &terms, *it);
    townships.par_iter().map(one).collect::<Result<Vec<()>>>()?;
    Ok(())
}

fn write_one(
    view: &View<'_>,
    staging: &Staging,
    terms: &Terms,
    township: DivisionId,
) -> Result<()> {
    let villages = figures::of_township(view, township);
    if villages.is_empty() {
        return Ok(());
    }
    let division = view.night.cx.divisions.get(township);
    let name = view.township_name(Some(township)).unwrap_or(&division.shown);
    let path = format!("notices/{}-{}.xlsx", division.code, file_name(name));
    let title = format!("{name} {}年度居民医保参保缴费进度公示", view.night.cx.policy.year);
    super::publish(view, staging, &path, &title, sheets(&villages, terms))
}

fn sheets(villages: &[Figures], terms: &Terms) -> Made<Vec<Worksheet>> {
    let (style, mut names) = (NoticeStyle::new(), SheetNames::default());
    villages.iter().map(|it| page::sheet(it, terms, &names.take(&it.village), &style)).collect()
}

//! A notice as a sheet: one A4 page, to be read from a step away.

use rust_xlsxwriter::{Format, Worksheet};

use super::{
    bar::{CELLS, filled},
    figures::{Figures, Measure},
    style::{NoticeStyle, SENTENCE, SMALL},
    terms::Terms,
};
use crate::{
    policy::Counted,
    publish::workbook::{
        paper::{A4, Made, lines},
        style::POINTS,
    },
    report::progress::Rate,
};

/// Pixels of a column; the bar has one a cell, everything else takes several.
const PIXELS: u32 = 17;
/// From one line to the next, in heights of a character.
const STEP: f64 = 1.45;
/// The height of a row of a small table, in points.
const ROW: f64 = 25.0;
/// Hundredths of a per cent in a whole.
const WHOLE: f64 = 10_000.0;

/// A page in the making.
struct Page<'a> {
    sheet: Worksheet,
    style: &'a NoticeStyle,
    row: u32,
}

/// What stands in a row: how many columns wide, and what.
enum Part<'t> {
    Text(u16, &'t str),
    Number(u16, f64),
}

pub(super) fn sheet(
    village: &Figures,
    terms: &Terms,
    name: &str,
    style: &NoticeStyle,
) -> Made<Worksheet> {
    let mut page = Page::new(name, style)?;
    page.heading(village, terms)?;
    page.completion(village)?;
    page.counts(village)?;
    page.groups(village, terms)?;
    page.fee(terms)?;
    page.local()?;
    page.sheet.set_print_area(0, 0, page.row - 1, CELLS - 1)?;
    Ok(page.sheet)
}

impl<'a> Page<'a> {
    fn new(name: &str, style: &'a NoticeStyle) -> Made<Page<'a>> {
        let mut sheet = Worksheet::new();
        sheet
            .set_name(name)?
            .set_paper_size(A4)
            .set_portrait()
            .set_margins(0.5, 0.5, 0.5, 0.5, 0.25, 0.25)
            .set_print_fit_to_pages(1, 1)
            .set_print_center_horizontally(true)
            .set_screen_gridlines(false);
        for at in 0..CELLS {
            sheet.set_column_width_pixels(at, PIXELS)?;
        }
        Ok(Page { sheet, style, row: 0 })
    }

    fn heading(&mut self, village: &Figures, terms: &Terms) -> Made {
        let style = self.style;
        let title = format!("{}年度城乡居民基本医疗保险参保缴费进度公示", terms.year);
        self.line(40.0, &style.title, &title)?;
        self.line(52.0, &style.village, &format!("{}　{}", village.township, village.village))?;
        self.line(26.0, &style.centre, &format!("数据截止{}", terms.as_of))?;
        self.gap()
    }

    /// The share as a large figure and as a bar, and the rank beside.
    fn completion(&mut self, village: &Figures) -> Made {
        let (style, half) = (self.style, CELLS / 2);
        let rate = match village.rate {
            Some(Rate(it)) => Part::Number(half, it as f64 / WHOLE),
            None => Part::Text(half, "—"),
        };
        let rank = village.rank.map_or("—".to_string(), |it| format!("第{}名", it.0));
        let columns = self.part(0, &style.big, &rate)?;
        self.part(columns, &style.rank, &Part::Text(half, &rank))?;
        self.end_row(92.0)?;
        let what = match village.measure {
            Measure::Target(Counted::Paid) => "完成率（缴费人数÷任务数）",
            Measure::Target(Counted::Insured) => "完成率（参保人数÷任务数）",
            Measure::Share => "参保率（已参保人数÷应缴人数）",
        };
        let among = village.rank.map(|it| format!("在本乡镇{}个村（社区）中", it.1));
        let among = among.unwrap_or_default();
        self.parts(26.0, &style.centre, &[Part::Text(half, what), Part::Text(half, &among)])?;
        self.gap()?;
        self.bar(village.rate)
    }

    fn bar(&mut self, rate: Option<Rate>) -> Made {
        let (style, n_filled) = (self.style, rate.map_or(0, filled));
        for at in 0..CELLS {
            let format = match at < n_filled {
                true if n_filled == CELLS => &style.bar_full,
                true => &style.bar_filled,
                false => &style.bar_empty,
            };
            self.sheet.write_blank(self.row, at, format)?;
        }
        self.end_row(28.0)?;
        let quarter = CELLS / 4;
        let columns = self.part(0, &style.small, &Part::Text(quarter, "0%"))?;
        let columns = self.part(columns, &style.small_centre, &Part::Text(2 * quarter, "50%"))?;
        self.part(columns, &style.small_right, &Part::Text(quarter, "100%"))?;
        self.end_row(16.0)
    }

    /// Four figures in boxes.
    fn counts(&mut self, village: &Figures) -> Made {
        let (style, quarter) = (self.style, CELLS / 4);
        let (whole, left) = match village.measure {
            Measure::Target(_) => ("任务数（人）", "距任务还差（人）"),
            Measure::Share => ("应缴人数（人）", "尚未参保（人）"),
        };
        let boxes = [
            (whole, village.whole),
            ("已缴费（人）", village.paid),
            ("已参保（人）", village.insured),
            (left, village.left),
        ];
        let figure = |count: i64| Part::Number(quarter, count as f64);
        self.gap()?;
        self.parts(26.0, &style.head, &boxes.map(|it| Part::Text(quarter, it.0)))?;
        self.parts(50.0, &style.number, &boxes.map(|it| figure(it.1)))
    }

    fn groups(&mut self, village: &Figures, terms: &Terms) -> Made {
        if village.groups.is_empty() {
            return Ok(());
        }
        let style = self.style;
        let row = |texts: [&'static str; 3]| three(CELLS / 2, texts);
        self.section("重点人群参保情况")?;
        self.parts(ROW, &style.head, &row(["人群", "应保人数", "尚未参保人数"]))?;
        for it in &village.groups {
            let (liable, uninsured) = (it.liable.to_string(), it.uninsured.to_string());
            let texts = [it.group.zh(), &liable, &uninsured];
            self.parts(ROW, &style.cell, &three(CELLS / 2, texts))?;
        }
        let note = format!(
            "参保含职工、灵活就业和异地参保。为保护个人信息，少于{}人的数字不公布。",
            terms.smallest
        );
        self.wrapped(&note, &style.small, SMALL)
    }

    fn fee(&mut self, terms: &Terms) -> Made {
        let style = self.style;
        self.section("缴费标准和资助")?;
        self.wrapped(&terms.fee, &style.sentence, SENTENCE)?;
        if !terms.tiers.is_empty() {
            let wide = CELLS * 7 / 10;
            self.parts(ROW, &style.head, &three(wide, ["资助对象", "资助", "个人缴"]))?;
            for it in &terms.tiers {
                let height = height(&it.categories, wide, SENTENCE).max(ROW);
                let texts = [it.categories.as_str(), &it.subsidy, &it.left];
                self.parts(height, &style.cell, &three(wide, texts))?;
            }
        }
        self.section("缴费时间")?;
        terms.times.iter().try_for_each(|it| self.wrapped(it, &style.sentence, SENTENCE))
    }

    /// What only the village knows, to be filled in by hand.
    fn local(&mut self) -> Made {
        let style = self.style;
        self.section("缴费方式、地点和咨询电话（由村（社区）填写）")?;
        self.line(84.0, &style.cell, "")?;
        self.gap()?;
        let signed = "公示单位（盖章）：　　　　　　　　　　　　公示日期：　　　　年　　月　　日";
        self.line(28.0, &style.right, signed)
    }

    fn section(&mut self, text: &str) -> Made {
        self.gap()?;
        self.line(28.0, &self.style.section, text)?;
        self.end_row(4.0)
    }

    /// A sentence over the whole width, as high as it takes.
    fn wrapped(&mut self, text: &str, format: &Format, points: f64) -> Made {
        self.line(height(text, CELLS, points), format, text)
    }

    fn line(&mut self, height: f64, format: &Format, text: &str) -> Made {
        self.parts(height, format, &[Part::Text(CELLS, text)])
    }

    fn parts(&mut self, height: f64, format: &Format, parts: &[Part<'_>]) -> Made {
        let mut at = 0;
        for part in parts {
            at = self.part(at, format, part)?;
        }
        self.end_row(height)
    }

    /// Writes one part and says where the next begins.
    fn part(&mut self, at: u16, format: &Format, part: &Part<'_>) -> Made<u16> {
        let (Part::Text(columns, _) | Part::Number(columns, _)) = part;
        let text = if let Part::Text(_, text) = part { text } else { "" };
        self.sheet.merge_range(self.row, at, self.row, at + columns - 1, text, format)?;
        if let Part::Number(_, number) = part {
            self.sheet.write_number_with_format(self.row, at, *number, format)?;
        }
        Ok(at + columns)
    }

    fn gap(&mut self) -> Made {
        self.end_row(10.0)
    }

    fn end_row(&mut self, points: f64) -> Made {
        self.sheet.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }
}

/// Three texts: one so many columns wide, two that share the rest.
fn three(wide: u16, texts: [&str; 3]) -> [Part<'_>; 3] {
    let narrow = (CELLS - wide) / 2;
    [Part::Text(wide, texts[0]), Part::Text(narrow, texts[1]), Part::Text(narrow, texts[2])]
}

/// Points that a text takes in so many columns.
fn height(text: &str, columns: u16, points: f64) -> f64 {
    // Lines are counted at the size of lists.
    let pixels = f64::from(columns) * f64::from(PIXELS) * POINTS / points;
    f64::from(lines(text, pixels as u32)) * points * STEP + 4.0
}

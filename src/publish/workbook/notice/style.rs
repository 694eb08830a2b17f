//! How the cells of a notice look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::publish::workbook::style::{BODY, HEADING, LINE};

/// The size of sentences, in points.
pub(super) const SENTENCE: f64 = 14.0;
/// That of what explains a figure.
pub(super) const SMALL: f64 = 10.5;

const BLUE: Color = Color::RGB(0x2F_75_B5);
const GREEN: Color = Color::RGB(0x54_82_35);
const GREY: Color = Color::RGB(0xE7_E6_E6);
const HEAD: Color = Color::RGB(0xD9_E2_F3);

/// The formats of all notices of a workbook.
pub(super) struct NoticeStyle {
    pub title: Format,
    pub village: Format,
    pub centre: Format,
    pub big: Format,
    pub rank: Format,
    pub section: Format,
    pub head: Format,
    pub number: Format,
    pub cell: Format,
    pub sentence: Format,
    pub small: Format,
    pub small_centre: Format,
    pub small_right: Format,
    pub right: Format,
    pub bar_filled: Format,
    pub bar_full: Format,
    pub bar_empty: Format,
}

impl NoticeStyle {
    pub(super) fn new() -> NoticeStyle {
        let bar = |colour: Color| {
            let cell = Format::new().set_border(FormatBorder::Thin);
            cell.set_border_color(Color::White).set_background_color(colour)
        };
        let small = text(BODY, SMALL).set_text_wrap();
        NoticeStyle {
            title: centred(HEADING, 21.0),
            village: centred(HEADING, 34.0),
            centre: centred(BODY, SENTENCE),
            big: centred(HEADING, 72.0).set_font_color(BLUE).set_num_format("0.00%"),
            rank: centred(HEADING, 34.0),
            section: text(HEADING, 16.0).set_border_bottom(FormatBorder::Medium),
            head: boxed(centred(HEADING, SENTENCE)).set_background_color(HEAD),
            number: boxed(centred(HEADING, 32.0)).set_num_format("#,##0"),
            cell: boxed(centred(BODY, SENTENCE)).set_text_wrap(),
            sentence: text(BODY, SENTENCE).set_text_wrap(),
            small_centre: small.clone().set_align(FormatAlign::Center),
            small_right: small.clone().set_align(FormatAlign::Right),
            small,
            right: text(BODY, SENTENCE).set_align(FormatAlign::Right),
            bar_filled: bar(BLUE),
            bar_full: bar(GREEN),
            bar_empty: bar(GREY),
        }
    }
}

fn text(font: &str, points: f64) -> Format {
    Format::new().set_font_name(font).set_font_size(points).set_align(FormatAlign::VerticalCenter)
}

fn centred(font: &str, points: f64) -> Format {
    text(font, points).set_align(FormatAlign::Center)
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

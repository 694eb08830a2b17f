//! How cells look: readable at arm's length, black on white, one font.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The size of the text in lists, in points. Pages are laid out so that they print at 97 % or
/// more, that is at 9 points or more.
pub(super) const POINTS: f64 = 9.5;

/// The size of titles.
pub(super) const TITLE_POINTS: f64 = 16.0;

pub(super) const BODY: &str = "宋体";
pub(super) const HEADING: &str = "黑体";
pub(super) const LINE: Color = Color::RGB(0x80_80_80);
const HEAD: Color = Color::RGB(0xD9_E2_F3);
const STRIPE: Color = Color::RGB(0xF2_F2_F2);
const TO_FILL: Color = Color::RGB(0xFF_F9_E5);

/// As accountants write amounts.
const AMOUNT: &str = "#,##0.00";
/// A count of people, its thousands parted.
const COUNT: &str = "#,##0";
const RATE: &str = "0.00%";

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as text: `=1+1` stays what it is, even when somebody edits the cell.
    Text,
    /// Short text in the middle.
    Centre,
    Number,
    /// A count among many; nothing is shown for nothing.
    Tally,
    /// Yuan with two decimals.
    Money,
    /// The same, large: thousands are parted.
    Amount,
    Date,
    /// Empty, to be filled in by hand or keyboard.
    Answer,
    /// The same, for a date.
    AnswerDate,
    /// For machines: small and grey.
    Key,
    /// A large count.
    Count,
    /// A share in per cent with two decimals.
    Rate,
}

const KINDS: usize = 12;

/// Every format of a workbook.
pub(super) struct Style {
    pub title: Format,
    pub note: Format,
    pub head: Format,
    pub head_to_fill: Format,
    total: Format,
    cells: [[Format; 2]; KINDS],
}

impl Style {
    pub(super) fn new() -> Style {
        let kinds = [
            Kind::Text,
            Kind::Centre,
            Kind::Number,
            Kind::Tally,
            Kind::Money,
            Kind::Amount,
            Kind::Date,
            Kind::Answer,
            Kind::AnswerDate,
            Kind::Key,
            Kind::Count,
            Kind::Rate,
        ];
        let head = boxed(base(HEADING))
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(HEAD);
        Style {
            title: Format::new()
                .set_font_name(HEADING)
                .set_font_size(TITLE_POINTS)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            note: base(BODY).set_text_wrap(),
            head_to_fill: head.clone().set_background_color(Color::RGB(0xFF_E6_99)),
            head,
            total: boxed(base(HEADING)).set_background_color(HEAD),
            cells: kinds.map(|kind| [cell(kind), cell(kind).set_background_color(STRIPE)]),
        }
    }

    /// The format of a cell of the row of totals.
    pub(super) fn total(&self, kind: Kind) -> Format {
        let (total, align) = (self.total.clone(), FormatAlign::Center);
        match kind {
            Kind::Number | Kind::Tally => total.set_num_format("0").set_align(align),
            Kind::Money => total.set_num_format("0.00").set_align(FormatAlign::Right),
            Kind::Amount => total.set_num_format(AMOUNT).set_align(FormatAlign::Right),
            Kind::Count => total.set_num_format(COUNT).set_align(FormatAlign::Right),
            Kind::Rate => total.set_num_format(RATE).set_align(FormatAlign::Right),
            Kind::Centre => total.set_align(align),
            Kind::Date => total.set_num_format("yyyy-mm-dd").set_align(align),
            _ => total,
        }
    }

    /// The format of a cell; neighbouring households differ in their stripe.
    pub(super) fn cell(&self, kind: Kind, is_striped: bool) -> &Format {
        let is_answer = matches!(kind, Kind::Answer | Kind::AnswerDate);
        &self.cells[kind as usize][usize::from(is_striped && !is_answer)]
    }
}

fn base(font: &str) -> Format {
    Format::new().set_font_name(font).set_font_size(POINTS).set_align(FormatAlign::VerticalCenter)
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

fn cell(kind: Kind) -> Format {
    let cell = boxed(base(BODY)).set_text_wrap();
    match kind {
        Kind::Text => cell.set_num_format("@"),
        Kind::Centre => cell.set_num_format("@").set_align(FormatAlign::Center),
        Kind::Number => cell.set_num_format("0").set_align(FormatAlign::Center),
        Kind::Tally => cell.set_num_format("0;-0;;@").set_align(FormatAlign::Center),
        Kind::Money => cell.set_num_format("0.00").set_align(FormatAlign::Right),
        Kind::Amount => cell.set_num_format(AMOUNT).set_align(FormatAlign::Right),
        Kind::Count => cell.set_num_format(COUNT).set_align(FormatAlign::Right),
        Kind::Rate => cell.set_num_format(RATE).set_align(FormatAlign::Right),
        Kind::Date => cell.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Kind::Answer => cell.set_num_format("@").set_background_color(TO_FILL),
        Kind::AnswerDate => cell.set_num_format("yyyy-mm-dd").set_background_color(TO_FILL),
        Kind::Key => cell.set_num_format("@").set_font_size(7).set_font_color(LINE),
    }
}

//! Tables in markup → sheets: the HTML that many systems export under the name `.xls`, and the
//! XML spreadsheet of 2003. Tags are scanned, not parsed: such files are seldom well formed.

use super::{Region, Sheet};
use crate::clean::CellKind;

/// How far a single cell may reach; more is a mistake of the page.
const MAX_SPAN: usize = 1000;

/// Whether a text is a page with a table rather than delimited text.
pub fn is_markup(text: &str) -> bool {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return false;
    }
    let end = text.char_indices().map(|(at, _)| at).nth(1 << 16).unwrap_or(text.len());
    let head = text[..end].to_ascii_lowercase();
    head.contains("<table") || head.contains("<workbook") || head.contains("<ss:workbook")
}

/// The rows of all tables of a page as one sheet, or a sheet for each worksheet of an XML
/// spreadsheet.
pub fn read(text: &str) -> Vec<Sheet> {
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        reader.text(&rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |at| &comment[at + 3..]);
            continue;
        }
        let Some(close) = rest.find('>') else { break };
        reader.tag(&rest[1..close]);
        rest = &rest[close + 1..];
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    sheet: Sheet,
    row: u32,
    /// The text of the open cell.
    cell: Option<String>,
    is_number: bool,
    across: usize,
    down: usize,
    /// Cells that earlier rows reach down into: (rows left, columns from, to).
    reaching: Vec<(usize, usize, usize)>,
    hidden: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && self.hidden == 0
        {
            cell.push_str(&entities(text));
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, attributes) = tag.split_at(tag.find(char::is_whitespace).unwrap_or(tag.len()));
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        match name.strip_prefix("ss:").unwrap_or(&name) {
            "tr" | "row" => self.start_row(attributes),
            "td" | "th" | "cell" => {
                self.start_cell(attributes);
                if tag.ends_with('/') {
                    self.end_cell();
                }
            }
            "data" => {
                self.is_number = attribute(attributes, "type").is_some_and(|it| it == "Number");
            }
            "br" => self.text("\n"),
            "/td" | "/th" | "/cell" => self.end_cell(),
            "/tr" | "/row" => self.end_cell(),
            "style" | "script" if !tag.ends_with('/') => self.hidden += 1,
            "/style" | "/script" => self.hidden = self.hidden.saturating_sub(1),
            "worksheet" => {
                self.end_sheet();
                self.sheet.name = attribute(attributes, "name").map(entities).unwrap_or_default();
            }
            _ => {}
        }
    }

    fn start_row(&mut self, attributes: &str) {
        self.end_cell();
        let number = number(attributes, "index").map_or(self.row + 1, |it| it as u32);
        while self.row < number.clamp(self.row + 1, self.row + MAX_SPAN as u32) {
            self.row += 1;
            self.sheet.grid.start_row(self.row);
            self.reaching.iter_mut().for_each(|it| it.0 = it.0.saturating_sub(1));
            self.reaching.retain(|it| it.0 > 0);
        }
    }

    fn start_cell(&mut self, attributes: &str) {
        self.end_cell();
        if self.row == 0 {
            self.start_row("");
        }
        let least = number(attributes, "index").map_or(0, |it| it.min(MAX_SPAN).saturating_sub(1));
        loop {
            let at = self.sheet.grid.width_of_last();
            let taken = self.reaching.iter().any(|(_, from, to)| (*from..=*to).contains(&at));
            if !taken && at >= least {
                break;
            }
            self.sheet.grid.push_range(0, 0);
        }
        let span = |html, xml| match number(attributes, html) {
            Some(it) => it.clamp(1, MAX_SPAN) - 1,
            None => number(attributes, xml).unwrap_or(0).min(MAX_SPAN),
        };
        self.across = span("colspan", "mergeacross");
        self.down = span("rowspan", "mergedown");
        self.cell = Some(String::new());
        self.is_number = false;
    }

    fn end_cell(&mut self) {
        let Some(text) = self.cell.take() else { return };
        let column = self.sheet.grid.width_of_last();
        let kind = if self.is_number { CellKind::Number } else { CellKind::Text };
        self.sheet.grid.push_cell(text.trim(), kind);
        (0..self.across).for_each(|_| self.sheet.grid.push_range(0, 0));
        if self.across > 0 || self.down > 0 {
            let row = self.row as usize - 1;
            let columns = (column, column + self.across);
            self.sheet.merged.push(Region { rows: (row, row + self.down), columns });
        }
        if self.down > 0 {
            self.reaching.push((self.down + 1, column, column + self.across));
        }
    }

    fn end_sheet(&mut self) {
        self.end_cell();
        let done = std::mem::take(&mut self.sheet);
        if done.grid.len() > 0 {
            self.sheets.push(done);
        }
        self.row = 0;
        self.reaching.clear();
    }

    fn finish(mut self) -> Vec<Sheet> {
        self.end_sheet();
        self.sheets
    }
}

/// The value of an attribute, whatever the case of its name and its prefix.
fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let name = rest[..at].trim().rsplit([' ', '\t', '\n', ':']).next().unwrap_or("");
        let is_wanted = name.eq_ignore_ascii_case(wanted);
        let after = rest[at + 1..].trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if is_wanted {
            return Some(value.trim_end_matches('/'));
        }
        rest = next;
    }
    None
}

fn number(attributes: &str, wanted: &str) -> Option<usize> {
    attribute(attributes, wanted)?.trim().parse().ok()
}

/// The text with its entities as characters.
fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, it)| *it == ';').map(|(at, _)| at);
        let character = end.and_then(|end| entity(&rest[1..end]));
        match (character, end) {
            (Some(character), Some(end)) => {
                plain.push(character);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "middot" => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) -> Vec<Sheet> {
        assert!(is_markup(text));
        let sheets = read(text);
        let grid = &sheets[0].grid;
        let rows: Vec<String> = (0..grid.len())
            .map(|row| grid.cells(row).map(|it| it.text).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(rows, expected);
        sheets
    }

    #[test]
    fn a_page_of_html_is_a_sheet() {
        let page = "<html><head><style>td{x:y}</style></head><body><table border=1>
            <tr><th colspan='2'>名单</th></tr>
            <tr><td rowspan=2>南华村</td><td style=\"mso:'\\@'\">张&nbsp;三</td></tr>
            <tr><td>李<b>四</b><br/>（大）</td></tr></table>";
        let sheets = check(page, &["名单|", "南华村|张 三", "|李四\n（大）"]);
        assert_eq!(sheets[0].merged.len(), 2);
    }

    #[test]
    fn the_xml_spreadsheet_of_2003_is_read_too() {
        let page = "<?xml version=\"1.0\"?><Workbook><Worksheet ss:Name=\"一月\"><Table>
            <Row><Cell><Data ss:Type=\"String\">姓名</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">金额</Data></Cell></Row>
            <Row ss:Index=\"3\"><Cell><Data ss:Type=\"String\">张三</Data></Cell><Cell/><Cell><Data ss:Type=\"Number\">380</Data></Cell></Row>
            </Table></Worksheet></Workbook>";
        let sheets = check(page, &["姓名||金额", "", "张三||380"]);
        assert_eq!(sheets[0].name, "一月");
        assert_eq!(sheets[0].grid.cell(2, 2).kind, CellKind::Number);
    }

    #[test]
    fn broken_markup_does_not_panic() {
        for text in [
            "<table",
            "<table><tr><td>&#xzz;&;&",
            "<table><td colspan=99999999999>x<",
            "<table><tr><td rowspan=-1 =>",
        ] {
            read(text);
        }
    }
}

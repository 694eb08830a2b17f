//! What each row of a sheet is: data, or one of the things people put around data.

use super::{
    field::Field,
    grid::Grid,
    header::{Columns, Header, Matcher},
};
use crate::clean::{Cell, text};

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Data,
    /// Blank, or numbered and otherwise blank.
    Blank,
    /// Title, header, header repeated at a page break, numbering of columns.
    Heading,
    /// A line that stands alone, such as the village whose people follow.
    Lone,
    Total(Scope),
    /// Signatures, footnotes.
    Footer,
}

/// Which rows a total covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those since the last total of any kind.
    Since,
    /// All so far.
    All,
}

/// Says of every row what it is.
pub fn classify(grid: &Grid, header: &Header, matcher: &Matcher) -> Vec<RowKind> {
    let reader = Reader {
        grid,
        columns: &header.columns,
        matcher,
        id: header.columns.column(Field::IdNumber),
        sequence: header.columns.column(Field::Sequence),
    };
    (0..grid.len())
        .map(|row| match row < header.rows.end {
            true if grid.filled(row).next().is_none() => RowKind::Blank,
            true => RowKind::Heading,
            false => reader.kind(row),
        })
        .collect()
}

struct Reader<'a> {
    grid: &'a Grid,
    columns: &'a Columns,
    matcher: &'a Matcher,
    id: Option<usize>,
    sequence: Option<usize>,
}

impl Reader<'_> {
    fn kind(&self, row: usize) -> RowKind {
        if self.id.is_some_and(|column| is_long_number(self.grid.cell(row, column).text)) {
            return RowKind::Data;
        }
        let mut filled = self.grid.filled(row).filter(|(at, _)| Some(*at) != self.sequence);
        let Some((_, first)) = filled.next() else {
            // 合计 may stand in the column of the numbers, all alone.
            let cell = self.sequence.map_or(Cell::default(), |at| self.grid.cell(row, at));
            return total(cell.text).map_or(RowKind::Blank, RowKind::Total);
        };
        let rest = filled.take(64).collect::<Vec<_>>();
        let sequence = self.sequence.map_or("", |at| self.grid.cell(row, at).text);
        let mut leading = [sequence, first.text].into_iter().chain(rest.iter().map(|it| it.1.text));
        if let Some(scope) = leading.by_ref().take(5).find_map(total) {
            return RowKind::Total(scope);
        }
        let is_alone = rest.iter().all(|(_, cell)| cell.text == first.text);
        if is_footer(sequence) || is_footer(first.text) {
            return RowKind::Footer;
        }
        if is_alone && !self.is_person(row) {
            return RowKind::Lone;
        }
        match self.is_heading(row) {
            true => RowKind::Heading,
            false => RowKind::Data,
        }
    }

    /// Whether a lone cell is all that a list of names or numbers holds of a person.
    fn is_person(&self, row: usize) -> bool {
        let columns = [Field::IdNumber, Field::Name, Field::DisabilityCard, Field::Finding];
        let filled = |field: &Field| {
            self.columns
                .column(*field)
                .map(|at| text::fold(self.grid.cell(row, at).text).chars().count())
                .is_some_and(|length| (1..=24).contains(&length))
        };
        columns.iter().any(filled) && self.grid.filled(row).count() == 1
    }

    /// The header again, its English names below the Chinese ones, or columns numbered 1 2 3.
    fn is_heading(&self, row: usize) -> bool {
        let (mut cells, mut equal, mut meant, mut counted) = (0, 0, 0, 0);
        for (column, cell) in self.grid.filled(row) {
            cells += 1;
            let header = self.columns.headers.get(column).map_or("", String::as_str);
            let own = header.rsplit('/').next().unwrap_or(header);
            equal += usize::from(text::header_key(own) == text::header_key(cell.text));
            counted += usize::from(cell.text.trim().parse() == Ok(cells));
            let field = self.columns.fields.get(column).copied().flatten();
            // Only a word that is a header in its own right, never a value such as 缴费.
            if equal > 0 || cell.text.len() > 2 {
                let meaning = self.matcher.read("", cell.text);
                meant += usize::from(field.is_some() && meaning.map(|it| it.field) == field);
            }
        }
        (equal >= 2 && equal * 2 >= cells)
            || meant >= 3 && meant * 2 >= cells
            || counted >= 3 && counted == cells
    }
}

fn is_long_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 15 && bytes[..14].iter().all(u8::is_ascii_digit)
}

/// What a total row covers, if the cell says that the row is one.
pub fn total(cell: &str) -> Option<Scope> {
    if cell.len() > 60 {
        return None;
    }
    let folded = text::fold(cell);
    let mut key: String = folded.chars().filter(|it| !it.is_whitespace()).collect();
    if let Some(at) = key.find([':', '：']) {
        key.truncate(at);
    }
    let key = key.trim_matches(['(', ')', '-', '—', '*', '【', '】', '[', ']', '、', '.']);
    if ["本页合计", "本页小计", "小计", "分计", "本组合计", "页计"]
        .iter()
        .any(|it| key.ends_with(it))
    {
        return Some(Scope::Since);
    }
    let all = [
        "合计",
        "总计",
        "累计",
        "共计",
        "总合计",
        "合计数",
        "合计人数",
        "总数",
        "合计金额",
        "total",
        "总人数",
        "合共",
    ];
    let is_all = all.iter().any(|it| key.eq_ignore_ascii_case(it))
        || ["合计", "总计", "累计", "共计"].iter().any(|it| {
            key.ends_with(it)
                || (key.starts_with(it)
                    && key[it.len()..].starts_with(|c: char| c.is_ascii_digit()))
        });
    is_all.then_some(Scope::All)
}

fn is_footer(cell: &str) -> bool {
    let folded = text::fold(cell);
    let key: String = folded.chars().filter(|it| !it.is_whitespace()).take(24).collect();
    let starts = [
        "制表",
        "审核人",
        "审核:",
        "审批人",
        "填表",
        "填报",
        "经办人:",
        "单位负责人",
        "负责人",
        "盖章",
        "说明:",
        "注:",
        "注1",
        "备注:",
        "附注",
        "填报单位",
        "填表单位",
        "日期:",
        "单位(盖章",
        "单位:",
        "复核",
        "主管领导",
        "分管领导",
        "联系人:",
        "联系电话:",
        "打印时间",
        "打印日期",
        "导出时间",
        "制单",
        "会计:",
        "出纳:",
        "收款人:",
        "(盖章",
        "(公章",
        "村委会(盖章",
        "注意事项",
        "填写说明",
        "数据截止",
        "统计时间",
        "第1页",
        "经手人",
        "驻村",
        "书记:",
        "以下空白",
        "以下无正文",
        "——以下",
        "以上",
    ];
    starts.iter().any(|it| key.starts_with(it))
        || (key.starts_with('第') && key.contains('页'))
        || key.contains("(盖章)")
        || key.contains("签字:")
        || key.contains("签名:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_people() {
        for (cell, expected) in [
            ("合　计", Some(Scope::All)),
            ("总计：", Some(Scope::All)),
            ("合计：25人", Some(Scope::All)),
            ("南华村小计", Some(Scope::Since)),
            ("本页合计", Some(Scope::Since)),
            ("南华村合计", Some(Scope::All)),
            ("Total", Some(Scope::All)),
            ("张合", None),
            ("计生户", None),
            ("", None),
        ] {
            assert_eq!(total(cell), expected, "{cell}");
        }
    }

    #[test]
    fn signatures_and_notes_are_told_from_people() {
        for (cell, expected) in [
            ("制表人：张三", true),
            ("单位负责人（签字）：", true),
            ("填报单位：冷市镇（盖章）", true),
            ("注：本表一式两份", true),
            ("第 3 页 共 9 页", true),
            ("张三", false),
            ("日月", false),
        ] {
            assert_eq!(is_footer(cell), expected, "{cell}");
        }
    }
}

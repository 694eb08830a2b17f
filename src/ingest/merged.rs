//! Merged cells of the data: what stands once for several rows.

use super::{
    field::Field,
    grid::Grid,
    header::Header,
    open::{Region, Sheet},
};

/// Fills merged cells of the data downwards, and in no other column than the first. Money and
/// numbers of vouchers are not filled: what stands once for four people would be counted four times.
/// Nor is a finding's id: the others are somebody else's.
pub fn fill(sheet: &mut Sheet, header: &Header) {
    for region in std::mem::take(&mut sheet.merged) {
        let (first, column) = (region.rows.0, region.columns.0);
        let is_data = header.rows.end > 0 && first as u32 >= sheet.grid.number(header.rows.end - 1);
        if !is_data || is_line(&sheet.grid, &region) {
            continue;
        }
        // The search for the header has filled what it took for group heads.
        sheet.grid.keep_first(region.rows, region.columns);
        let field = header.columns.fields.get(column).copied().flatten();
        let once =
            [Field::Voucher, Field::Receipt, Field::Sequence, Field::RefersTo, Field::Finding];
        let fills = field.is_some_and(|it| !it.is_money() && !once.contains(&it));
        if fills && region.rows.1 > first {
            sheet.grid.repeat(region.rows, (column, column));
        }
    }
}

/// Whether a region is all there is in its row: a line such as the village whose people follow.
fn is_line(grid: &Grid, region: &Region) -> bool {
    let row = grid.row_numbered(region.rows.0);
    let covered = region.columns.0..=region.columns.1;
    let is_wide = region.columns.1 > region.columns.0 && region.rows.0 == region.rows.1;
    is_wide && row.is_some_and(|row| grid.filled(row).all(|it| covered.contains(&it.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::CellKind,
        config::Source,
        ingest::header::{self, Matcher},
    };

    /// First and last row, first and last column, from 0.
    type Merged = ((usize, usize), (usize, usize));

    /// The rows of a sheet of payments after its merged regions are filled.
    fn filled(regions: &[Merged]) -> Vec<String> {
        let rows = [
            "姓名|身份证号|缴费金额|缴费日期|备注",
            "甲|1|380|2023-10-08|同户",
            "乙|2|||",
            "丙|3|||",
            "南华村||||",
            "丁|4|380|2023-10-09|",
        ];
        let mut sheet = Sheet::default();
        for (number, row) in rows.iter().enumerate() {
            sheet.grid.start_row(number as u32 + 1);
            row.split('|').for_each(|it| sheet.grid.push_cell(it, CellKind::Text));
        }
        let region = |(rows, columns): &Merged| Region { rows: *rows, columns: *columns };
        sheet.merged = regions.iter().map(region).collect();
        let source: Source =
            toml::from_str("name='a'\nkind='payment'\nsupplier='s'\npath='p'").unwrap();
        let header = header::locate(&mut sheet, &Matcher::new(&source, 2024)).unwrap();
        fill(&mut sheet, &header);
        let text = |row: usize| {
            sheet.grid.cells(row).map(|it| it.text.to_string()).collect::<Vec<_>>().join("|")
        };
        (1..rows.len()).map(text).collect()
    }

    #[test]
    fn what_stands_once_for_three_rows_is_said_of_each_but_money_is_paid_once() {
        let rows = filled(&[((1, 3), (3, 3)), ((1, 3), (2, 2))]);
        assert_eq!(rows[0], "甲|1|380|2023-10-08|同户");
        assert_eq!(rows[1], "乙|2||2023-10-08|");
        assert_eq!(rows[2], "丙|3||2023-10-08|");
    }

    #[test]
    fn a_cell_that_covers_its_neighbours_says_nothing_in_their_columns() {
        let rows = filled(&[((5, 5), (3, 4)), ((1, 2), (3, 4))]);
        assert_eq!(rows[4], "丁|4|380|2023-10-09|");
        assert_eq!((&*rows[0], &*rows[1]), ("甲|1|380|2023-10-08|", "乙|2||2023-10-08|"));
    }

    #[test]
    fn a_village_across_the_sheet_is_a_line() {
        let rows = filled(&[((4, 4), (0, 4))]);
        assert_eq!(rows[3], "南华村|南华村|南华村|南华村|南华村");
    }
}

//! Any list of people, for whoever asks about those on it: what it shows, and whom each row means.
//!
//! It is opened and understood as the sources are; no row of it becomes a record.

use std::path::Path;

use chrono::NaiveDate;

use super::{
    field::Field,
    grid::Grid,
    header::{self, Columns, Header, Matcher},
    layout::{self, RowKind},
    merged,
    open::{self, Sheet},
    problem,
    rows::certificate_key,
    sheet,
};
use crate::{
    clean::{
        Cell,
        date::{self, Precision},
        id_number::{self, IdRead, IdState},
        name, place,
        sex::{self, Sex},
        text,
    },
    diagnostic::{Diagnostic, Place},
    error::{Error, Result},
};

/// A file that lists people.
pub struct PeopleList {
    pub sheets: Vec<ListSheet>,
    /// Sheets that were left out, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// A sheet of it; one without a header is a page of notes and has no people.
pub struct ListSheet {
    /// Empty for a file without sheets.
    pub name: String,
    /// How many rows from the top are titles and header; 0 where the people begin at once.
    pub n_header_rows: usize,
    pub is_list: bool,
    grid: Grid,
    /// By row of the grid; nothing where the row is nobody's.
    people: Vec<Option<Stated>>,
}

/// Whom a row means, as far as it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub id: IdRead,
    /// Normalised; empty where there is none.
    pub name: String,
    /// Only a whole day.
    pub birth: Option<NaiveDate>,
    pub sex: Option<Sex>,
    /// As written; empty where there is none.
    pub township: String,
    pub village: String,
    /// What stands alone above the row, or the sheet's name: perhaps the village.
    pub heading: String,
    /// Twelve digits, or empty.
    pub village_code: String,
}

impl ListSheet {
    /// How many rows the sheet has.
    pub fn n_rows(&self) -> usize {
        self.grid.len()
    }

    /// The cells of a row, as far as they go.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        self.grid.cells(row)
    }

    /// The columns of the widest row.
    pub fn width(&self) -> usize {
        (0..self.grid.len()).map(|row| self.grid.width(row)).max().unwrap_or(0)
    }

    /// Whom a row means.
    pub fn person(&self, row: usize) -> Option<&Stated> {
        self.people[row].as_ref()
    }

    /// Everybody of the sheet.
    pub fn people(&self) -> impl Iterator<Item = &Stated> {
        self.people.iter().flatten()
    }
}

/// Reads a list of people. Fails if it cannot be read, or if no sheet of it has a column of
/// certificate numbers or names.
pub fn read_list(path: &Path) -> Result<PeopleList> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let place = Place { file, ..Place::default() };
    let bytes = std::fs::read(path).map_err(Error::io("reading", path))?;
    let opened = open::open(path, bytes, None)
        .map_err(|refusal| Error::Inputs(vec![problem::refused(&place, refusal)]))?;
    let matcher = Matcher::of_people();
    let mut list = PeopleList { sheets: Vec::new(), diagnostics: Vec::new() };
    let mut seen = String::new();
    for sheet in opened.sheets {
        let place = Place { sheet: sheet.name.clone(), ..place.clone() };
        if sheet.hidden {
            list.diagnostics.push(problem::hidden_sheet(&place, sheet.grid.len()));
            continue;
        }
        if seen.is_empty() {
            seen = sheet::first_row(&sheet.grid);
        }
        let sheet = read_sheet(sheet, &matcher);
        // Beside a list, a sheet without one is a page of notes.
        if sheet.n_rows() > 0 {
            list.sheets.push(sheet);
        }
    }
    match list.sheets.iter().any(|it| it.is_list) {
        true => Ok(list),
        false => Err(Error::Inputs(vec![problem::no_people(&place, &seen)])),
    }
}

fn read_sheet(mut sheet: Sheet, matcher: &Matcher) -> ListSheet {
    let untouched = sheet.grid.clone();
    let found = header::locate(&mut sheet, matcher);
    let found = found.map(|mut it| {
        sheet::take_unnamed_ids(&sheet.grid, &mut it.columns, it.rows.end);
        it
    });
    let Some(header) = found.filter(names_somebody).or_else(|| headless(&sheet.grid, matcher))
    else {
        let people = vec![None; untouched.len()];
        let name = sheet.name;
        return ListSheet { name, n_header_rows: 0, is_list: false, grid: untouched, people };
    };
    merged::fill(&mut sheet, &header);
    let kinds = layout::classify(&sheet.grid, &header, matcher);
    let mut reader = Reader::new(&sheet.grid, &header.columns, sheet.name.trim());
    let people = kinds.iter().enumerate().map(|(row, kind)| reader.person(row, *kind)).collect();
    // What is merged over several people is shown to each; titles stay as they were.
    let grid = Grid::joined(&untouched, header.rows.start, sheet.grid);
    ListSheet { name: sheet.name, n_header_rows: header.rows.end, is_list: true, grid, people }
}

fn names_somebody(header: &Header) -> bool {
    header.columns.has_any(&[Field::IdNumber, Field::Name, Field::DisabilityCard])
}

/// A sheet without a header that is understood: one column of it must be certificate numbers.
fn headless(grid: &Grid, matcher: &Matcher) -> Option<Header> {
    let width = (0..grid.len()).map(|row| grid.width(row)).max().unwrap_or(0);
    let blank = vec![(String::new(), String::new()); width];
    let mut columns = Columns::assign(matcher, &blank);
    let is_id = |row: usize, at: usize| id_number::read(grid.cell(row, at)).number.is_some();
    let first = (0..grid.len()).find(|row| (0..width).any(|at| is_id(*row, at)))?;
    // The line above them may still say whose numbers they are; one that stands alone is a title.
    if let Some(above) = first.checked_sub(1).filter(|it| grid.filled(*it).count() > 1) {
        grid.filled(above).for_each(|(at, it)| columns.headers[at] = it.text.to_string());
    }
    sheet::take_unnamed_ids(grid, &mut columns, first);
    columns.column(Field::IdNumber)?;
    Some(Header { rows: 0..first, columns, title: String::new() })
}

/// Reads the rows of one sheet from top to bottom.
struct Reader<'a> {
    grid: &'a Grid,
    columns: &'a Columns,
    /// The line that stands alone above the people: it may be their village.
    heading: String,
}

impl<'a> Reader<'a> {
    fn new(grid: &'a Grid, columns: &'a Columns, sheet: &str) -> Reader<'a> {
        Reader { grid, columns, heading: sheet.to_string() }
    }

    fn cell(&self, row: usize, field: Field) -> Cell<'a> {
        self.columns.column(field).map_or(Cell::default(), |at| self.grid.cell(row, at))
    }

    fn words(&self, row: usize, field: Field) -> String {
        let cell = self.cell(row, field);
        if cell.is_blank() { String::new() } else { text::fold(cell.text).trim().to_string() }
    }

    fn person(&mut self, row: usize, kind: RowKind) -> Option<Stated> {
        if let Some(heading) = self.heading(row, kind) {
            self.heading = heading;
            return None;
        }
        if kind != RowKind::Data {
            return None;
        }
        let birth = date::read(self.cell(row, Field::Birth));
        let (address, own) = (self.words(row, Field::Address), self.words(row, Field::Village));
        let address = place::split(&address);
        let township = self.words(row, Field::Township);
        let township = if township.is_empty() { address.township.unwrap_or("") } else { &township };
        let own = if own.is_empty() { address.village.unwrap_or("") } else { &own };
        let code = self.words(row, Field::VillageCode);
        let is_code = code.len() == 12 && code.bytes().all(|it| it.is_ascii_digit());
        Some(Stated {
            id: self.id(row),
            name: self.name(row),
            birth: birth.filter(|it| it.precision == Precision::Day).map(|it| it.date),
            sex: sex::read(self.cell(row, Field::Sex)),
            township: township.to_string(),
            village: own.to_string(),
            heading: self.heading.clone(),
            village_code: if is_code { code } else { String::new() },
        })
    }

    /// The words of a line that stands alone; in the column of names only if they are a village.
    fn heading(&self, row: usize, kind: RowKind) -> Option<String> {
        let mut filled = self.grid.filled(row);
        let (Some((_, cell)), has_more) = (filled.next(), filled.next().is_some()) else {
            return None;
        };
        let folded = text::fold(cell.text);
        let words = folded.rsplit([':', '：']).next().unwrap_or("").trim();
        let is_village = ["村", "社区", "居委会", "村委会"].iter().any(|it| words.ends_with(it));
        let is_alone = kind == RowKind::Data && !has_more && self.grid.width(row) > 1;
        let is_heading = kind == RowKind::Lone || is_alone && is_village;
        is_heading.then(|| words.to_string())
    }

    fn name(&self, row: usize) -> String {
        let cell = self.cell(row, Field::Name);
        if cell.is_blank() { String::new() } else { name::read(cell.text).text.into_owned() }
    }

    fn id(&self, row: usize) -> IdRead {
        let fields = [Field::IdNumber, Field::DisabilityCard];
        let mut cells = fields.into_iter().map(|it| self.cell(row, it));
        let cell = cells.find(|it| !it.is_blank()).unwrap_or_default();
        let mut read = id_number::read(cell);
        if read.state == IdState::OtherCertificate {
            // One spelling for all, as the sources' certificates are kept.
            read.as_found = read.as_found.map(|it| certificate_key(&it));
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard's own sample.
    const WHOLE: &str = "11010519491231002X";

    fn read(text: &str) -> Result<PeopleList> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("名单.csv");
        std::fs::write(&path, text).unwrap();
        read_list(&path)
    }

    /// The names of those whom rows mean, with what they say of the village.
    fn named(text: &str) -> Vec<String> {
        let list = read(text).unwrap();
        let people = list.sheets[0].people();
        people.map(|it| format!("{}/{}{}", it.name, it.heading, it.village)).collect()
    }

    #[test]
    fn titles_headings_totals_and_signatures_are_nobody() {
        let text = format!(
            "2024年慰问名单,,\n姓名,身份证号,电话\n南华村,,\n王小莉,{WHOLE},138\n合计,1人,\n制表人：张三,,\n"
        );
        assert_eq!(named(&text), ["王小莉/南华村"]);
        let list = read(&text).unwrap();
        assert_eq!((list.sheets[0].n_header_rows, list.sheets[0].n_rows()), (2, 6));
        assert_eq!(list.sheets[0].cells(0).next().unwrap().text, "2024年慰问名单");
    }

    #[test]
    fn one_column_that_is_understood_is_enough() {
        assert_eq!(named("姓名,爱好\n王小莉,下棋\n李四,钓鱼\n"), ["王小莉/", "李四/"]);
        let list = read(&format!("身份证号码\n{WHOLE}\n")).unwrap();
        assert_eq!(list.sheets[0].people().count(), 1);
    }

    #[test]
    fn numbers_without_a_header_are_found() {
        let list = read(&format!("{WHOLE},138\n{WHOLE},139\n")).unwrap();
        assert_eq!(list.sheets[0].n_header_rows, 0);
        let states = list.sheets[0].people().map(|it| it.id.state);
        assert_eq!(states.collect::<Vec<_>>(), [IdState::Valid, IdState::Valid]);
    }

    #[test]
    fn a_list_without_numbers_or_names_is_refused() {
        let guardians = format!("母亲身份证号,村\n{WHOLE},南华村\n");
        for text in ["村,人数\n南华村,12\n", &guardians] {
            match read(text) {
                Err(Error::Inputs(problems)) => assert_eq!(problems[0].code, "D134"),
                _ => panic!("{text}"),
            }
        }
    }
}

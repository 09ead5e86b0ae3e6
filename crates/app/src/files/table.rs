//! Tables that people open in a spreadsheet, as CSV or as a workbook: written a row at a time, so that a long one takes no more
//! memory than what is already written.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::{File, plain};
use crate::{Error, Result};

/// What a table is fetched as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// A workbook: dates are dates, and numbers numbers.
    Xlsx,
    /// Semicolons, and UTF-8 that says so: a Norwegian spreadsheet opens it with a double click.
    Csv,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Words; never a formula, whatever they begin with.
    Text(String),
    /// How many.
    Count(usize),
    /// A day; empty where there is none.
    Day(Option<NaiveDate>),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A table that is being written.
pub(crate) struct Table {
    name: String,
    written: Written,
}

enum Written {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Xlsx(Box<Sheet>),
}

struct Sheet {
    book: Workbook,
    rows: u32,
    day: Format,
}

/// A column of a workbook is so wide, in letters.
const WIDTH: f64 = 22.0;

impl Table {
    /// Begins a table with its headings. A workbook says when it was made.
    pub(crate) fn begin(
        format: TableFormat,
        name: &str,
        headings: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let written = match format {
            TableFormat::Csv => {
                let bytes = "\u{feff}".as_bytes().to_vec();
                Written::Csv(Box::new(csv::WriterBuilder::new().delimiter(b';').from_writer(bytes)))
            }
            TableFormat::Xlsx => Written::Xlsx(Box::new(Sheet::begin(headings.len(), now)?)),
        };
        let mut table = Self { name: name.to_owned(), written };
        table.row(&headings.into_iter().map(Cell::Text).collect::<Vec<_>>())?;
        Ok(table)
    }

    /// Writes the next row.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        match &mut self.written {
            Written::Csv(table) => table
                .write_record(cells.iter().map(|cell| as_text(cell).into_owned()))
                .map_err(Error::internal),
            Written::Xlsx(sheet) => sheet.row(cells).map_err(Error::internal),
        }
    }

    /// The file.
    pub(crate) fn end(self) -> Result<File> {
        let name = plain(&self.name);
        Ok(match self.written {
            Written::Csv(table) => File {
                name: format!("{name}.csv"),
                media_type: "text/csv; charset=utf-8",
                bytes: table.into_inner().map_err(|error| Error::internal(error.into_error()))?,
            },
            Written::Xlsx(mut sheet) => File {
                name: format!("{name}.xlsx"),
                media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes: sheet.book.save_to_buffer().map_err(Error::internal)?,
            },
        })
    }
}

impl Sheet {
    fn begin(columns: usize, now: DateTime<Utc>) -> Result<Self> {
        let made = ExcelDateTime::from_timestamp(now.timestamp()).map_err(Error::internal)?;
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
        sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
        let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.set_column_range_width(0, last, WIDTH).map_err(Error::internal)?;
        Ok(Self { book, rows: 0, day: Format::new().set_num_format("dd.mm.yyyy") })
    }

    fn row(&mut self, cells: &[Cell]) -> std::result::Result<(), rust_xlsxwriter::XlsxError> {
        let (row, bold) = (self.rows, Format::new().set_bold());
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) if row == 0 => sheet.write_string_with_format(row, column, text, &bold)?,
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Count(count) => {
                    sheet.write_number(row, column, f64::from(u32::try_from(*count).unwrap_or(u32::MAX)))?
                }
                Cell::Day(Some(day)) => sheet.write_datetime_with_format(row, column, day, &self.day)?,
                Cell::Day(None) => continue,
            };
        }
        self.rows += 1;
        Ok(())
    }
}

/// As CSV holds it; a day as every spreadsheet reads one.
fn as_text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Count(count) => count.to_string().into(),
        Cell::Day(day) => day.map(|day| day.to_string()).unwrap_or_default().into(),
    }
}

/// A cell that a spreadsheet would take for a formula is kept a text.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn written(format: TableFormat) -> File {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let headings = vec!["Navn".to_owned(), "Møtt".to_owned(), "Antall".to_owned()];
        let mut table = Table::begin(format, "Kursoversikt for Åse", headings, now).unwrap();
        let day = "2027-02-15".parse().ok();
        table.row(&[Cell::Text("=1+1".to_owned()), Cell::Day(day), Cell::Count(3)]).unwrap();
        table.row(&[Cell::Text("Ås; Øyvind".to_owned()), Cell::Day(None), Cell::Count(0)]).unwrap();
        table.end().unwrap()
    }

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_a_formula() {
        let file = written(TableFormat::Csv);
        assert_eq!(file.name, "Kursoversikt-for-Aase.csv");
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(text, "\u{feff}Navn;Møtt;Antall\n'=1+1;2027-02-15;3\n\"Ås; Øyvind\";;0\n");
    }

    #[test]
    fn a_workbook_holds_texts_as_texts_and_days_as_days() {
        let file = written(TableFormat::Xlsx);
        assert_eq!(file.name, "Kursoversikt-for-Aase.xlsx");
        let mut book = Xlsx::new(std::io::Cursor::new(file.bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert!(book.worksheet_formula("Sheet1").unwrap().is_empty(), "no formula");
        assert_eq!(sheet.get((1, 0)), Some(&Data::String("=1+1".to_owned())));
        let Some(Data::DateTime(day)) = sheet.get((1, 1)) else { panic!("{:?}", sheet.get((1, 1))) };
        assert_eq!(day.as_datetime().map(|day| day.date().to_string()).as_deref(), Some("2027-02-15"));
        assert_eq!(sheet.get((1, 2)), Some(&Data::Float(3.0)));
        assert_eq!(sheet.get((2, 0)), Some(&Data::String("Ås; Øyvind".to_owned())));
        assert_eq!(written(TableFormat::Xlsx).bytes, written(TableFormat::Xlsx).bytes, "of no clock");
    }
}

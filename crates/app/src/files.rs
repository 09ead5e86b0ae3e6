//! Files that people fetch.

use std::borrow::Cow;

use varde_documents::Sheet;

use crate::{Error, Result};

/// What a table or a sheet is fetched as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// To read, print and show.
    Pdf,
    /// For a spreadsheet.
    Csv,
}

/// A file to be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called, with its ending.
    pub name: String,
    /// What kind of file.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

impl File {
    /// A sheet as PDF.
    pub(crate) fn pdf(sheet: &Sheet, name: &str) -> Result<Self> {
        let bytes = varde_documents::write(sheet).map_err(Error::internal)?;
        Ok(Self { name: format!("{}.pdf", plain(name)), media_type: "application/pdf", bytes })
    }

    /// Rows as CSV, the headings first, in the form that a Norwegian spreadsheet opens with a double click: semicolons, and
    /// UTF-8 that says so.
    pub(crate) fn csv(rows: impl IntoIterator<Item = Vec<String>>, name: &str) -> Result<Self> {
        let mut table = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
        for row in rows {
            table
                .write_record(row.iter().map(|cell| harmless(cell).into_owned()))
                .map_err(Error::internal)?;
        }
        let bytes = table.into_inner().map_err(|error| Error::internal(error.into_error()))?;
        Ok(Self { name: format!("{}.csv", plain(name)), media_type: "text/csv; charset=utf-8", bytes })
    }
}

/// A cell that a spreadsheet would take for a formula is kept a text.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

/// A name that every computer takes: letters and digits, everything else a hyphen.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for sign in name.chars() {
        match sign {
            'æ' | 'ä' => plain.push_str("ae"),
            'ø' | 'ö' => plain.push('o'),
            'å' => plain.push_str("aa"),
            'Æ' | 'Ä' => plain.push_str("Ae"),
            'Ø' | 'Ö' => plain.push('O'),
            'Å' => plain.push_str("Aa"),
            sign if sign.is_ascii_alphanumeric() => plain.push(sign),
            _ if plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    plain.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_a_formula() {
        let rows = [vec!["Kull".to_owned(), "Status".to_owned()], vec!["=1+1".to_owned(), "a;b".to_owned()]];
        let file = File::csv(rows, "Kursoversikt for Åse").unwrap();
        assert_eq!(file.name, "Kursoversikt-for-Aase.csv");
        assert_eq!(String::from_utf8(file.bytes).unwrap(), "\u{feff}Kull;Status\n'=1+1;\"a;b\"\n");
    }

    #[test]
    fn a_name_is_one_that_every_computer_takes() {
        assert_eq!(plain("Kursbevis for Åse Sæther/../x\"\r\n"), "Kursbevis-for-Aase-Saether-x");
        assert_eq!(plain("«»"), "");
    }
}

//! Files that people fetch.

mod table;

use varde_documents::Sheet;

pub use table::TableFormat;
pub(crate) use table::{Cell, Table};

use crate::{Error, Result};

/// What a table or a sheet is fetched as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// To read, print and show.
    Pdf,
    /// For a spreadsheet.
    Table(TableFormat),
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
    fn a_name_is_one_that_every_computer_takes() {
        assert_eq!(plain("Kursbevis for Åse Sæther/../x\"\r\n"), "Kursbevis-for-Aase-Saether-x");
        assert_eq!(plain("«»"), "");
    }
}

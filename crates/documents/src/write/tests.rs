use varde_model::Locale;

use super::*;
use crate::LogoFault;

/// A mark: three stones.
pub(crate) const DOT: &[u8] = include_bytes!("../../assets/sample-logo.png");

fn sheet(name: &str, details: usize) -> Sheet {
    let mut lines = vec![
        Line::Sender("Fjordheim helseforetak".to_owned()),
        Line::Heading("Kursbevis".to_owned()),
        Line::Name(name.to_owned()),
        Line::Text("har fullført".to_owned()),
        Line::Subject("Utviklingsprogram for erfarne ledere".to_owned()),
        Line::Rule,
    ];
    lines.extend((0..details).map(|place| Line::Pair(format!("Samling {place}"), "til stede".repeat(12))));
    let url = "https://varde.fjordheim.example/verify/ABCD-EFGH-JKLM-NPQR".to_owned();
    lines.push(Line::Address { lead: "Ektheten kan kontrolleres på".to_owned(), url });
    Sheet {
        locale: Locale::Nb,
        title: format!("Kursbevis for {name}"),
        author: "Fjordheim helseforetak".to_owned(),
        written_on: chrono::NaiveDate::from_ymd_opt(2027, 4, 9).unwrap(),
        logo: Some(Logo::read(DOT).unwrap()),
        lines,
    }
}

fn accessible(sheet: &Sheet) -> Result<Vec<u8>, Unwritten> {
    let ua = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().unwrap();
    written(sheet, ua)
}

#[test]
fn a_sheet_satisfies_the_rules_of_accessible_documents_on_any_number_of_pages() {
    for details in [0, 4, 120] {
        let pdf = accessible(&sheet("Åse Sæther Đorđević", details)).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"), "{:?}", &pdf[..8]);
        let pages = pdf
            .windows(12)
            .filter(|at| at.starts_with(b"/Type /Page\n") || at.starts_with(b"/Type/Page/"))
            .count();
        assert_eq!(pages > 1, details > 100, "{pages} pages of {details} details");
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let twice = [0, 1].map(|_| write(&sheet("Kari Nordmann", 5)).unwrap());
    assert_eq!(twice[0], twice[1]);
    assert_ne!(twice[0], write(&sheet("Ola Nordmann", 5)).unwrap());
}

#[test]
fn a_name_in_other_letters_still_gets_a_document() {
    let foreign = sheet("李 小龙", 1);
    assert!(accessible(&foreign).is_err());
    assert!(write(&foreign).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_is_no_image_is_no_mark() {
    assert_eq!(Logo::read(b"<svg/>").unwrap_err(), LogoFault::Unreadable);
    assert_eq!(Logo::read(&[]).unwrap_err(), LogoFault::Unreadable);
    assert_eq!(Logo::read(&DOT[..DOT.len() - 20]).unwrap_err(), LogoFault::Unreadable, "cut off");
    assert_eq!(Logo::read(&vec![0; crate::MOST_BYTES + 1]).unwrap_err(), LogoFault::TooLarge);
    for bit in 0..DOT.len() * 8 {
        let mut flawed = DOT.to_vec();
        flawed[bit / 8] ^= 1 << (bit % 8);
        // Whatever it is taken for, nothing breaks.
        let _ = Logo::read(&flawed);
    }
}

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

fn conversation(text: &str) -> Sheet {
    let values = [3.0, 2.5, 3.2, 2.0, 3.7, 1.0].map(Some).to_vec();
    let axes =
        ["Rammer", "Gjennomføring", "Relasjoner", "Utvikling", "Verdier", "Egenutvikling"].map(str::to_owned);
    let chart = crate::Chart {
        title: "Kompetanseprofil".to_owned(),
        description: "Seks akser".to_owned(),
        axes: axes.to_vec(),
        series: vec![crate::Series { name: "2027".to_owned(), values }],
    };
    let mut lines = vec![Line::Heading("Lederkravsamtale".to_owned()), Line::Part("Profil".to_owned())];
    lines.push(Line::Chart(chart));
    let head = vec!["Område".to_owned(), "2027".to_owned(), "2026".to_owned()];
    let rows = axes.iter().map(|axis| vec![axis.clone(), "2,7".to_owned(), String::new()]).collect();
    lines.push(Line::Table { head, rows });
    for requirement in 0..9 {
        lines.push(Line::Part(format!("{requirement}. Å utvikle ledere")));
        lines.push(Line::Section("Egen vurdering: på plass".to_owned()));
        lines.push(Line::Paragraph(text.to_owned()));
        lines.push(Line::Paragraph(String::new()));
    }
    Sheet { lines, ..sheet("Åse", 0) }
}

#[test]
fn running_text_a_table_and_a_chart_are_read_aloud_in_their_order() {
    let long = "Vi har gått gjennom avvikene hver uke. ".repeat(100);
    let endless = "å".repeat(4_000);
    for text in ["", "Kort.", &long, &endless] {
        let pdf = accessible(&conversation(text)).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
    }
    let layouts = [long, endless].map(|text| layout::pages(&conversation(&text)));
    for pages in layouts {
        assert!(pages.len() > 5, "{}", pages.len());
        for piece in pages.iter().flatten() {
            if let Piece::Text { x, y, text, look, .. } = piece {
                let right = x + layout::width_of(text.trim_end(), *look);
                assert!(right <= LEFT + ROOM + 0.5, "within the margins: {text}");
                assert!(*y <= PAGE.1 - LEFT, "above the lower margin");
            }
        }
    }
}

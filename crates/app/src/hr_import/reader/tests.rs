use proptest::prelude::*;
use varde_model::hr::{Known, check};

use super::*;

const NOVEMBER: &[u8] = include_bytes!("../../../../../config/demo/hr-export-2026-11.csv");
const FAULTY: &[u8] = include_bytes!("../../../../../config/demo/hr-export-faulty-cp1252.csv");

fn profile() -> ImportProfile {
    let defaults: toml::Table = include_str!("../../../../../config/default.toml").parse().unwrap();
    defaults["import"]["profiles"][0].clone().try_into().unwrap()
}

fn reading(bytes: &[u8]) -> Reading {
    read(bytes, &profile(), 250_000).unwrap()
}

/// Every fault, one a line, as far as the cells and the file itself tell.
fn faults(bytes: &[u8]) -> String {
    let checked = check(reading(bytes), &Known::default());
    let told = checked.faults.iter().map(|fault| {
        let line = fault.line.map_or("-".to_owned(), |line| line.to_string());
        let column = fault.column.as_deref().unwrap_or("-");
        format!("{line} | {column} | {} | {} | {}\n", fault.value, fault.code.kebab(), fault.hint)
    });
    told.collect()
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    check(reading(bytes), &Known::default()).faults.iter().map(|fault| fault.code.kebab()).collect()
}

/// The beginning of the good file as text.
fn good(rows: usize) -> String {
    let text = std::str::from_utf8(NOVEMBER).unwrap();
    text.trim_start_matches('\u{feff}').split_inclusive('\n').take(rows + 1).collect()
}

#[test]
fn the_faulty_file_names_every_planted_fault_and_nothing_that_is_right() {
    insta::assert_snapshot!(faults(FAULTY));
    let reading = reading(FAULTY);
    assert_eq!(reading.row_count, 120);
    let checked = check(reading, &Known::default());
    assert_eq!(checked.rows.len(), 108);
    assert!(checked.rows.iter().any(|row| row.family_name == "O'Brien; Lie"));
    assert!(checked.rows.iter().any(|row| row.given_name == "Åse"), "Windows-1252 is read as such");
}

#[test]
fn the_good_file_has_no_fault() {
    let reading = reading(NOVEMBER);
    assert_eq!((reading.row_count, reading.rows.len(), reading.faults.len()), (1097, 1097, 0));
    let checked = check(reading, &Known::default());
    assert_eq!((checked.rows.len(), checked.faults.len(), checked.notices.len()), (1097, 0, 0));
    let last = checked.rows.last().unwrap();
    assert_eq!(last.line, 1098);
}

#[test]
fn what_a_spreadsheet_writes_before_the_header_is_passed_over() {
    let text = good(3);
    let expected = reading(text.as_bytes()).rows;
    for before in ["sep=;\r\n", "\r\n\r\n", "\u{feff}sep=;\r\n", ";;;;\r\n  \r\n", "SEP=;\n"] {
        let added = before.matches('\n').count() as u64;
        let other = reading(format!("{before}{text}").as_bytes());
        assert_eq!(other.faults, [], "{before:?}");
        let lines: Vec<u64> = other.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2 + added, 3 + added, 4 + added], "{before:?}");
        let same =
            other.rows.into_iter().map(|row| varde_model::hr::StaffRow { line: row.line - added, ..row });
        assert_eq!(same.collect::<Vec<_>>(), expected, "{before:?}");
    }
    let commas = format!("sep=,\r\n{}", text.replace(';', ","));
    assert_eq!(reading(commas.as_bytes()).rows.len(), 3);
    let misspelt = format!("sep=;\r\n{}", text.replace("Fornavn", "Fornamn"));
    assert!(reading(misspelt.as_bytes()).faults.iter().all(|fault| fault.line == Some(2)));
    assert_eq!(codes(b"sep=;\r\n"), ["file-empty"]);
}

#[test]
fn letters_written_as_letter_and_mark_are_the_same() {
    use unicode_normalization::UnicodeNormalization;

    let text = good(200);
    let apart: String = text.nfd().collect();
    assert_ne!(apart, text, "the file has an å");
    let (one, other) = (reading(text.as_bytes()), reading(apart.as_bytes()));
    assert_eq!(other.faults, []);
    assert_eq!((one.rows, one.units, one.headers), (other.rows, other.units, other.headers));
}

#[test]
fn every_encoding_separator_and_line_end_gives_the_same_rows() {
    let text = good(40);
    let expected = reading(text.as_bytes()).rows;
    assert_eq!(expected.len(), 40);
    let (windows, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lossy);
    let with_mark = [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat();
    let commas = text.replace(';', ",");
    let tabs = text.replace(';', "\t");
    let line_feeds = text.replace("\r\n", "\n");
    let returns = text.replace("\r\n", "\r");
    let blank_lines = text.replace("\r\n", "\r\n\r\n;;;;;;;;;;;;;;;;;\r\n");
    for other in [
        &windows[..],
        &with_mark,
        commas.as_bytes(),
        tabs.as_bytes(),
        line_feeds.as_bytes(),
        returns.as_bytes(),
        blank_lines.as_bytes(),
    ] {
        let mut rows = reading(other).rows;
        for (row, expected) in rows.iter_mut().zip(&expected) {
            row.line = expected.line;
        }
        assert_eq!(rows, expected);
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n"] {
        let mut text = good(3).replace("\r\n", end);
        text = text.replacen("Jenny", &format!("\"Jen{end}ny\""), 1);
        text.push_str(end);
        text.push_str(&good(4).lines().last().unwrap().replace("@", " "));
        assert_eq!(
            faults(text.as_bytes())
                .lines()
                .map(|line| line.split('|').next().unwrap().trim())
                .collect::<Vec<_>>(),
            ["2", "7"],
            "the name with a line break, and the address"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let utf16: Vec<u8> = good(3).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_with_mark = [&[0xff, 0xfe][..], &utf16].concat();
    assert_eq!(codes(b""), ["file-empty"]);
    assert_eq!(codes(b"\xef\xbb\xbf"), ["file-empty"]);
    assert_eq!(codes(b"\r\n\r\n"), ["file-empty"]);
    assert_eq!(codes(good(0).as_bytes()), ["file-without-rows"]);
    assert_eq!(codes(&utf16), ["file-encoding"]);
    assert_eq!(codes(&utf16_with_mark), ["file-encoding"]);
    assert_eq!(codes(b"PK\x03\x04 and so on"), ["file-not-text"]);
    let three = read(good(3).as_bytes(), &profile(), 2).unwrap();
    assert_eq!(three.faults[0].code, FaultCode::FileTooManyRows);
}

#[test]
fn a_header_that_does_not_fit_says_what_is_missing_unknown_or_there_twice() {
    let text = good(3).replacen("Etternavn", "Fornavn", 1).replacen("Profesjon", "Profesion", 1);
    insta::assert_snapshot!(faults(text.as_bytes()), @r"
    1 | Fornavn | Fornavn | column-twice | 
    1 | Profesion | Profesion | column-unknown | Profesjon
    1 | Etternavn |  | column-missing |
    ");
}

#[test]
fn a_file_of_another_kind_is_told_as_that_and_not_column_by_column() {
    let faults = read("Konto;Beløp;Bilag\n1;2;3\n".as_bytes(), &profile(), 10).unwrap().faults;
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [FaultCode::FileOtherLayout]);
}

#[test]
fn a_profile_with_a_separator_of_its_own_says_when_the_file_has_another() {
    let asked = ImportProfile { delimiter: Some(','), ..profile() };
    let faults = read(good(3).as_bytes(), &asked, 10).unwrap().faults;
    assert_eq!((faults[0].code, faults[0].hint.as_str()), (FaultCode::FileDelimiter, ", ;"));
}

#[test]
fn columns_may_be_ignored_left_out_and_in_any_order() {
    let ignoring = ImportProfile { ignored_columns: vec!["Lønnstrinn".into()], ..profile() };
    let text: String = good(5)
        .lines()
        .enumerate()
        .map(|(index, line)| {
            let mut cells: Vec<&str> = line.split(';').collect();
            cells.pop();
            cells.insert(0, if index == 0 { "lønnstrinn" } else { "=42" });
            format!("{}\n", cells.join(";"))
        })
        .collect();
    let reading = read(text.as_bytes(), &ignoring, 10).unwrap();
    assert_eq!((reading.rows.len(), reading.faults.len()), (5, 0));
    assert_eq!(reading.rows[0].workplace, None);
}

#[test]
fn a_row_with_all_its_cells_wrong_tells_them_all_at_once() {
    let header = good(0);
    let row = "=1;;\u{202e}Lie;a@b;20100;Ortopedi;Avdelinga;20100;;;5;1.12.2026;31.11.2026;Kanskje;Samisk;;01.01.1999;\0\r\n";
    insta::assert_snapshot!(faults(format!("{header}{row}").as_bytes()));
}

#[test]
fn leadership_is_whole_or_not_there() {
    let header = good(0);
    let row = |number: u8, level: &str, from: &str, to: &str| {
        format!("{number};Kari;Lie;k{number}@x.example;1;Trust;HF;;;;{level};{from};{to};;;01.01.2020;;\n")
    };
    let text = [
        row(1, "4", "", ""),
        row(2, "", "01.01.2026", ""),
        row(3, "", "", "01.01.2026"),
        row(4, "4", "01.01.2026", "31.12.2025"),
        row(5, "4", "01.01.2026", "01.01.2026"),
    ];
    assert_eq!(
        codes(format!("{header}{}", text.concat()).as_bytes()),
        ["leader-from-missing", "level-missing", "level-missing", "dates-reversed"]
    );
}

#[test]
fn what_is_missing_is_told_beside_a_date_that_cannot_be_read() {
    let header = good(0);
    let row = |level: &str, from: &str, to: &str| {
        format!("1;Kari;Lie;kari@x.example;1;Trust;HF;;;;{level};{from};{to};;;01.01.2020;;\n")
    };
    let told = |level, from, to| codes(format!("{header}{}", row(level, from, to)).as_bytes());
    assert_eq!(told("", "2026-01-01", ""), ["date-format", "level-missing"]);
    assert_eq!(told("", "", "31.02.2026"), ["date-impossible", "level-missing"]);
    assert_eq!(told("", "2026-01-01", "31.02.2026"), ["date-format", "date-impossible", "level-missing"]);
    assert_eq!(told("4", "", "2026-01-01"), ["date-format", "leader-from-missing"]);
    assert_eq!(told("4", "2026-01-01", ""), ["date-format"]);
    assert_eq!(told("7", "2026-01-01", ""), ["level-unknown", "date-format"]);
}

#[test]
fn rows_contradict_each_other() {
    let header = good(0);
    let row = |number: u32, unit: &str, name: &str, parent: &str| {
        format!("{number};Kari;Lie;k{number}@x.example;{unit};{name};Enhet;{parent};;;;;;;;01.01.2020;;\n")
    };
    let text = [
        row(1, "1", "Trust", ""),
        row(2, "2", "Ortopedi", "1"),
        row(3, "2", "Ortopedisk", "1"),
        row(4, "2", "Ortopedi", "1"),
        row(5, "2", "", ""),
        row(6, "3", "Utenfor", "77"),
        row(7, "4", "Under utenfor", "3"),
        row(8, "5", "Ring", "6"),
        row(9, "6", "Ring", "5"),
        row(10, "7", "Under ringen", "6"),
    ];
    insta::assert_snapshot!(faults(format!("{header}{}", text.concat()).as_bytes()), @r"
    4 | Enhetsnavn | Ortopedisk | unit-described-twice | 3
    7 | Overordnet enhet | 77 | parent-unknown | 3
    8 | Overordnet enhet | 3 | parent-unknown | 4
    9 | Overordnet enhet | 6 | unit-circle | 5
    10 | Overordnet enhet | 5 | unit-circle | 6
    11 | Overordnet enhet | 6 | parent-unknown | 7
    ");
}

#[test]
fn two_leaders_of_a_unit_at_once_are_noticed_and_no_fault() {
    let header = good(0);
    let row = |number: u8, from: &str, to: &str, acting: &str| {
        format!("{number};Kari;Lie;k{number}@x.example;1;Trust;HF;;;;1;{from};{to};{acting};;01.01.2020;;\n")
    };
    let text = [
        row(1, "01.01.2020", "30.11.2026", "Nei"),
        row(2, "01.12.2026", "", "Nei"),
        row(3, "01.01.2027", "", "Ja"),
        row(4, "01.02.2027", "", "Nei"),
    ];
    let checked = check(reading(format!("{header}{}", text.concat()).as_bytes()), &Known::default());
    assert_eq!(checked.faults, []);
    let told: Vec<_> = checked.notices.iter().map(|notice| (notice.line, notice.hint.as_str())).collect();
    assert_eq!(told, [(Some(5), "3")]);
}

#[test]
fn a_cell_of_a_megabyte_is_a_fault_of_its_row_alone() {
    let text = good(3).replacen("Jenny", &"Å".repeat(500_000), 1);
    let reading = reading(text.as_bytes());
    assert_eq!((reading.rows.len(), reading.faults.len()), (2, 1));
    assert_eq!(reading.faults[0].code, FaultCode::CellTooLong);
    assert_eq!(reading.faults[0].value.chars().count(), 61);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told_on_its_line() {
    let text = good(30).replacen(";Kristin;", ";\"Kristin;", 1);
    let reading = reading(text.as_bytes());
    assert_eq!(reading.rows.len(), 1);
    assert_eq!((reading.faults[0].line, reading.faults[0].code), (Some(3), FaultCode::CellCount));
}

#[test]
fn bytes_that_are_no_letters_are_a_fault_of_their_row() {
    let mut bytes = good(3).into_bytes();
    let place = bytes.windows(4).position(|window| window == b"Holm").unwrap();
    bytes[place] = 0xff;
    let reading = reading(&bytes);
    assert_eq!((reading.rows.len(), reading.faults.len()), (2, 1));
    assert_eq!(reading.faults[0].code, FaultCode::CellEncoding);
}

#[test]
fn dates_are_read_as_the_profile_says_and_in_no_other_way() {
    let both = ImportProfile {
        date_formats: vec!["%d.%m.%Y".into(), "%Y-%m-%d".into()],
        open_end_dates: vec!["31.12.9999".into()],
        ..profile()
    };
    let header = good(0);
    let row = |from: &str, to: &str| {
        let text = format!("{header}1;Kari;Lie;k@x.example;1;Trust;HF;;;;;;;;;{from};{to};\n");
        let reading = read(text.as_bytes(), &both, 10).unwrap();
        let faults: Vec<_> = reading.faults.iter().map(|fault| fault.code.kebab()).collect();
        (reading.rows.first().map(|row| row.employed), faults)
    };
    assert!(row("01.02.2020", "31.12.9999").0.is_some_and(|employed| employed.to.is_none()));
    assert!(row("2020-02-29", "").0.is_some());
    for (odd, code) in [
        ("1.2.2020", "date-format"),
        ("01.02.20", "date-format"),
        ("01/02/2020", "date-format"),
        ("2020-02-30", "date-impossible"),
        ("00.13.2020", "date-impossible"),
        ("43862", "date-format"),
    ] {
        assert_eq!(row(odd, "").1, [code], "{odd}");
    }
}

proptest! {
    #[test]
    fn no_bytes_at_all_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let reading = reading(&bytes);
        prop_assert!(!reading.faults.is_empty());
        check(reading, &Known::default());
    }

    #[test]
    fn nothing_after_a_good_header_brings_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let reading = reading(&[good(0).as_bytes(), &bytes].concat());
        let lines: std::collections::BTreeSet<_> =
            reading.rows.iter().map(|row| row.line).chain(reading.faults.iter().filter_map(|fault| fault.line)).collect();
        prop_assert!(lines.len() as u64 <= reading.row_count);
        check(reading, &Known::default());
    }

    #[test]
    fn a_cell_put_in_another_ones_place_gives_a_row_or_a_fault_and_leaves_the_others_alone(
        line in 0..20usize,
        column in 0..18usize,
        cell in "\\PC{0,40}|[0-9.]{8,10}|[;\"\r\n=@]{1,5}",
    ) {
        let text = good(20);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut cells: Vec<String> = lines[line + 1].split(';').map(str::to_owned).collect();
        cells[column] = format!("\"{}\"", cell.replace('"', "\"\""));
        lines[line + 1] = cells.join(";");
        let reading = reading(lines.join("\n").as_bytes());
        prop_assert_eq!(reading.row_count, 20);
        let faulty: std::collections::BTreeSet<_> = reading.faults.iter().filter_map(|fault| fault.line).collect();
        prop_assert_eq!(reading.rows.len() + faulty.len(), 20);
        prop_assert!(faulty.iter().all(|faulty| *faulty == line as u64 + 2));
    }
}

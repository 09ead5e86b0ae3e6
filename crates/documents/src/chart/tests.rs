use super::*;

fn chart() -> Chart {
    let axes =
        ["Rammer og omgivelser", "Gjennomføring", "Relasjoner", "Utvikling", "Verdier", "Egenutvikling"];
    let series =
        |name: &str, values: [Option<f64>; 6]| Series { name: name.to_owned(), values: values.to_vec() };
    Chart {
        title: "Kompetanseprofil".to_owned(),
        description: "Figur med seks akser. Tallene står i tabellen.".to_owned(),
        axes: axes.map(str::to_owned).to_vec(),
        series: vec![
            series("2027, egen vurdering", [3.0, 2.5, 3.2, 2.0, 3.7, 1.0].map(Some)),
            series("2027, nærmeste leder", [2.0; 6].map(Some)),
            series("2026, egen vurdering", [Some(2.0), None, Some(3.0), Some(2.0), Some(3.0), Some(2.0)]),
        ],
    }
}

#[test]
fn a_chart_of_six_axes_with_the_years_laid_over() {
    insta::assert_snapshot!("profile", chart().svg("profile"));
}

#[test]
fn every_word_lies_within_the_drawing() {
    use crate::fonts::{Weight, width};
    let drawing = chart().drawing();
    for shape in &drawing.shapes {
        let Shape::Text { at: (x, y), anchor, size, text } = shape else { continue };
        let wide = width(text, Weight::Regular, *size);
        let left = match anchor {
            Anchor::Start => *x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        assert!(left >= 0.0 && left + wide <= drawing.wide, "{text}");
        assert!(y - size >= 0.0 && *y <= drawing.high, "{text}");
    }
}

#[test]
fn lines_are_told_apart_without_colour() {
    let svg = chart().svg("x");
    let colours: Vec<&str> =
        svg.split("stroke=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(colours.iter().all(|colour| ["currentColor", "none"].contains(colour)), "{colours:?}");
    for dash in ["\"7 3\"", "\"2 3\""] {
        assert!(svg.contains(dash), "{dash}");
    }
}

#[test]
fn what_people_write_is_no_part_of_the_drawing() {
    let mut bad = chart();
    bad.axes[0] = "<script>&\"".to_owned();
    bad.title = "</title><script>".to_owned();
    let svg = bad.svg("x");
    assert!(!svg.contains("<script"), "{svg}");
    assert!(svg.contains("&lt;/title&gt;"));
}

#[test]
fn more_lines_than_can_be_told_apart_are_not_drawn() {
    let mut many = chart();
    let one = many.series[0].clone();
    many.series = vec![one; 9];
    assert_eq!(many.svg("x").matches("2027, egen vurdering").count(), MOST_SERIES);
    many.series.clear();
    many.axes.clear();
    assert!(many.svg("x").ends_with("</svg>\n"));
}

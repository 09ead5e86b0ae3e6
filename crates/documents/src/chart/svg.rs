//! A drawing as SVG.

use std::fmt::Write;

use super::{Anchor, Chart, Shape};

pub(super) fn write(chart: &Chart, id: &str) -> String {
    let drawing = chart.drawing();
    let mut svg = String::new();
    // Writing into a string cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" class=\"chart\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"sans-serif\" fill=\"none\" stroke=\"currentColor\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        number(drawing.wide),
        number(drawing.high),
        escaped(&chart.title),
        escaped(&chart.description),
    );
    for shape in &drawing.shapes {
        let _ = match shape {
            Shape::Line { points, closed, width, dash } => {
                let dash: Vec<String> = dash.iter().map(|one| number(*one)).collect();
                let dashed = if dash.is_empty() {
                    String::new()
                } else {
                    format!(" stroke-dasharray=\"{}\"", dash.join(" "))
                };
                let element = if *closed { "polygon" } else { "polyline" };
                let points = places(points);
                writeln!(svg, "<{element} points=\"{points}\" stroke-width=\"{}\"{dashed}/>", number(*width))
            }
            Shape::Mark(points) => {
                writeln!(
                    svg,
                    "<polygon points=\"{}\" fill=\"currentColor\" stroke=\"none\"/>",
                    places(points)
                )
            }
            Shape::Text { at: (x, y), anchor, size, text } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" fill=\"currentColor\" \
                     stroke=\"none\">{}</text>",
                    number(*x),
                    number(*y),
                    number(*size),
                    escaped(text)
                )
            }
        };
    }
    svg.push_str("</svg>\n");
    svg
}

fn places(points: &[(f32, f32)]) -> String {
    let place = |(x, y): &(f32, f32)| format!("{},{}", number(*x), number(*y));
    points.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// One decimal, and none where it is nought.
fn number(number: f32) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// What was named by people cannot become a part of the drawing.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            sign if sign.is_control() => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

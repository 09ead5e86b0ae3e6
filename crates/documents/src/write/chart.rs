//! A chart in a PDF: the same shapes as in SVG, in ink.

use krilla::{
    color::rgb,
    geom::{Path, PathBuilder, Point},
    paint::{Fill, Stroke, StrokeDash},
    surface::Surface,
    text::TextDirection,
};

use super::Unwritten;
use crate::{
    chart::{Anchor, Drawing, Shape},
    fonts::{Weight, font, width},
};

pub(super) fn draw(surface: &mut Surface<'_>, drawing: &Drawing) -> Result<(), Unwritten> {
    let font = font(Weight::Regular).ok_or_else(|| Unwritten("the font".to_owned()))?;
    let ink = rgb::Color::new(0x1b, 0x26, 0x22);
    let fill = || Some(Fill { paint: ink.into(), ..Fill::default() });
    for shape in &drawing.shapes {
        match shape {
            Shape::Line { points, closed, width, dash } => {
                let Some(path) = path(points, *closed) else { continue };
                let dash = (!dash.is_empty()).then(|| StrokeDash { array: dash.to_vec(), offset: 0.0 });
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: ink.into(),
                    width: *width,
                    dash,
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
            }
            Shape::Mark(points) => {
                let Some(path) = path(points, true) else { continue };
                surface.set_stroke(None);
                surface.set_fill(fill());
                surface.draw_path(&path);
            }
            Shape::Text { at: (x, y), anchor, size, text } => {
                let wide = width(text, Weight::Regular, *size);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - wide / 2.0,
                    Anchor::End => x - wide,
                };
                surface.set_stroke(None);
                surface.set_fill(fill());
                let at = Point::from_xy(left, *y);
                surface.draw_text(at, font.clone(), *size, text, false, TextDirection::LeftToRight);
            }
        }
    }
    Ok(())
}

fn path(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

//! Where each line, mark and word of a chart stands.

use std::f32::consts::{FRAC_PI_2, TAU};

use super::{Chart, MOST_SERIES, SCALE, Series};
use crate::fonts::{Weight, broken};

/// Narrow enough that its letters stay readable on the smallest phone.
const WIDE: f32 = 300.0;
const CENTRE: (f32, f32) = (WIDE / 2.0, 150.0);
const RADIUS: f32 = 92.0;
const LETTERS: f32 = 13.0;
const LINE: f32 = 16.0;
/// The room of an axis's name.
const NAME: f32 = 104.0;
/// Where the key to the lines begins, and where its words do.
const KEY: (f32, f32) = (296.0, 52.0);

/// Shapes on a ground of a size.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawing {
    pub(crate) wide: f32,
    pub(crate) high: f32,
    pub(crate) shapes: Vec<Shape>,
}

/// Where a word stands about its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A line from point to point.
    Line { points: Vec<(f32, f32)>, closed: bool, width: f32, dash: &'static [f32] },
    /// A filled mark.
    Mark(Vec<(f32, f32)>),
    /// A word, by its base line.
    Text { at: (f32, f32), anchor: Anchor, size: f32, text: String },
}

/// What tells the lines apart: the dash, and the corners and the turn of the marks.
const STYLES: [(&[f32], u8, f32); MOST_SERIES] = [
    (&[], 12, 0.0),
    (&[7.0, 3.0], 4, 0.125),
    (&[2.0, 3.0], 3, -0.25),
    (&[8.0, 3.0, 2.0, 3.0], 4, 0.0),
    (&[4.0, 2.0, 1.0, 2.0, 1.0, 2.0], 3, 0.25),
];

pub(super) fn draw(chart: &Chart) -> Drawing {
    let mut shapes = Vec::new();
    grid(chart, &mut shapes);
    for (series, style) in chart.series.iter().zip(STYLES) {
        line(chart, series, style, &mut shapes);
    }
    let high = key(chart, &mut shapes);
    Drawing { wide: WIDE, high, shapes }
}

/// A share of a whole that is small enough to be exact.
fn small(number: usize) -> f32 {
    f32::from(u8::try_from(number).unwrap_or(u8::MAX))
}

/// The point of a figure on an axis. The centre is nought, so that the least figure has a length too.
fn point(chart: &Chart, axis: usize, figure: f32) -> (f32, f32) {
    let turn = small(axis) / small(chart.axes.len().max(1)) * TAU - FRAC_PI_2;
    let far = RADIUS * figure / f32::from(SCALE.1);
    (CENTRE.0 + far * turn.cos(), CENTRE.1 + far * turn.sin())
}

fn grid(chart: &Chart, shapes: &mut Vec<Shape>) {
    let all = || 0..chart.axes.len();
    for step in SCALE.0..=SCALE.1 {
        let points = all().map(|axis| point(chart, axis, f32::from(step))).collect();
        shapes.push(Shape::Line { points, closed: true, width: 0.4, dash: &[] });
    }
    for axis in all() {
        let points = vec![CENTRE, point(chart, axis, f32::from(SCALE.1))];
        shapes.push(Shape::Line { points, closed: false, width: 0.4, dash: &[] });
    }
    for step in SCALE.0..=SCALE.1 {
        let (x, y) = point(chart, 0, f32::from(step));
        let at = (x - 3.0, y + 10.0);
        shapes.push(Shape::Text { at, anchor: Anchor::End, size: 9.0, text: step.to_string() });
    }
    for (axis, name) in chart.axes.iter().enumerate() {
        axis_name(point(chart, axis, f32::from(SCALE.1)), name, shapes);
    }
}

/// The name of an axis: beyond its end, on the right against the right edge and on the left against the left one.
fn axis_name((x, y): (f32, f32), name: &str, shapes: &mut Vec<Shape>) {
    let rows = broken(name, Weight::Regular, LETTERS, NAME);
    let (anchor, at) = if (x - CENTRE.0).abs() < 1.0 {
        (Anchor::Middle, x)
    } else if x > CENTRE.0 {
        (Anchor::End, WIDE)
    } else {
        (Anchor::Start, 0.0)
    };
    let above = y < CENTRE.1;
    let first = if above { y - 8.0 - LINE * (small(rows.len()) - 1.0) } else { y + LINE + 2.0 };
    for (place, text) in rows.into_iter().enumerate() {
        let at = (at, first + LINE * small(place));
        shapes.push(Shape::Text { at, anchor, size: LETTERS, text });
    }
}

fn line(
    chart: &Chart,
    series: &Series,
    (dash, corners, turn): (&'static [f32], u8, f32),
    shapes: &mut Vec<Shape>,
) {
    #[expect(clippy::cast_possible_truncation, reason = "figures of one decimal")]
    let at = |axis: usize| {
        let figure = series.values.get(axis).copied().flatten()?;
        Some(point(chart, axis, figure as f32))
    };
    let axes = chart.axes.len();
    let points: Vec<Option<(f32, f32)>> = (0..axes).map(at).collect();
    let width = 1.8;
    if let Some(points) = points.iter().copied().collect::<Option<Vec<_>>>() {
        shapes.push(Shape::Line { points, closed: true, width, dash });
    } else {
        for (axis, one) in points.iter().enumerate() {
            if let (Some(one), Some(next)) = (one, points[(axis + 1) % axes]) {
                shapes.push(Shape::Line { points: vec![*one, next], closed: false, width, dash });
            }
        }
    }
    shapes.extend(points.into_iter().flatten().map(|at| mark(at, corners, turn)));
}

fn mark((x, y): (f32, f32), corners: u8, turn: f32) -> Shape {
    let corner = |place: u8| {
        let turn = (f32::from(place) / f32::from(corners) + turn) * TAU;
        (x + 4.5 * turn.cos(), y + 4.5 * turn.sin())
    };
    Shape::Mark((0..corners).map(corner).collect())
}

/// What each line is called, below the chart. How high all of it is.
fn key(chart: &Chart, shapes: &mut Vec<Shape>) -> f32 {
    let mut y = KEY.0;
    for (series, (dash, corners, turn)) in chart.series.iter().zip(STYLES) {
        let points = vec![(4.0, y), (44.0, y)];
        shapes.push(Shape::Line { points, closed: false, width: 1.8, dash });
        shapes.push(mark((24.0, y), corners, turn));
        for text in broken(&series.name, Weight::Regular, LETTERS, WIDE - KEY.1) {
            let at = (KEY.1, y + 4.5);
            shapes.push(Shape::Text { at, anchor: Anchor::Start, size: LETTERS, text });
            y += LINE;
        }
        y += 4.0;
    }
    y
}

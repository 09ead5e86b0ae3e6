//! A chart of axes around a centre, one line a series, laid over one another. Lines are told apart by dash and mark, never
//! by colour. It is drawn once, as shapes, and written as SVG or into a PDF.

mod radar;
mod svg;

pub(crate) use radar::{Anchor, Drawing, Shape};

/// Series that are drawn at the most: more lines in one chart cannot be told apart.
pub const MOST_SERIES: usize = 5;

/// The least and the highest figure of an axis.
pub const SCALE: (u8, u8) = (1, 4);

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it is called.
    pub title: String,
    /// What is to be seen in it, for those who do not see it.
    pub description: String,
    /// What each axis is called, clockwise from the top.
    pub axes: Vec<String>,
    /// The lines, the most important one first; only the first [`MOST_SERIES`] are drawn.
    pub series: Vec<Series>,
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Its figure on each axis; None where there is none, and the line is broken.
    pub values: Vec<Option<f64>>,
}

impl Chart {
    /// The chart as SVG, to stand in a page or alone. It has the colour of the text around it, so it is readable on light and on
    /// dark ground. `id` tells it from other charts of the page.
    pub fn svg(&self, id: &str) -> String {
        svg::write(self, id)
    }

    pub(crate) fn drawing(&self) -> Drawing {
        radar::draw(self)
    }
}

#[cfg(test)]
mod tests;

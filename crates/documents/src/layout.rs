//! Where on which page each line stands. A4, measured in points from the upper left corner.

use crate::{
    Line, Logo, Sheet,
    chart::Drawing,
    fonts::{Weight, broken, width},
};

pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
pub(crate) const LEFT: f32 = 64.0;
const TOP: f32 = 64.0;
const BOTTOM: f32 = 777.0;
/// The room between the margins.
pub(crate) const ROOM: f32 = PAGE.0 - 2.0 * LEFT;
/// Where the value of a detail begins.
const VALUE: f32 = 150.0;

/// The widest and the highest that a mark becomes.
const LOGO: (f32, f32) = (200.0, 60.0);

/// Something that stands on a page.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// The trust's mark, by its upper left corner.
    Logo { logo: Logo, size: (f32, f32), y: f32 },
    /// A line across the page.
    Rule { y: f32 },
    /// A chart, by its upper left corner.
    Chart { line: usize, drawing: Drawing, x: f32, y: f32 },
    /// A line of letters, by where its base line begins.
    Text { line: usize, part: Part, x: f32, y: f32, text: String, look: Look },
}

/// Which part of a line a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The line, or what a detail is.
    Whole,
    /// The value of a detail.
    Value,
    /// An address to follow.
    Link,
    /// A cell of a table, by row and column; the row of headings is the first.
    Cell(usize, usize),
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) ink: Ink,
}

/// What colour letters have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Quiet,
    Accent,
}

const fn look(size: f32, weight: Weight, ink: Ink) -> Look {
    Look { size, weight, ink }
}

impl Line {
    /// The look of its letters, and the room above it.
    const fn style(&self) -> (Look, f32) {
        match self {
            Line::Sender(_) => (look(13.0, Weight::Bold, Ink::Quiet), 10.0),
            Line::Heading(_) => (look(34.0, Weight::Bold, Ink::Accent), 72.0),
            Line::Part(_) => (look(14.0, Weight::Bold, Ink::Accent), 22.0),
            Line::Section(_) => (look(11.0, Weight::Bold, Ink::Text), 12.0),
            Line::Paragraph(_) => (look(11.0, Weight::Regular, Ink::Text), 5.0),
            Line::Table { .. } => (look(10.5, Weight::Regular, Ink::Text), 10.0),
            Line::Chart(_) => (look(0.0, Weight::Regular, Ink::Text), 12.0),
            Line::Name(_) => (look(26.0, Weight::Bold, Ink::Text), 10.0),
            Line::Subject(_) => (look(19.0, Weight::Bold, Ink::Text), 10.0),
            Line::Text(_) => (look(12.0, Weight::Regular, Ink::Text), 26.0),
            Line::Pair(..) => (look(11.0, Weight::Regular, Ink::Text), 7.0),
            Line::Remark(_) | Line::Address { .. } => (look(9.5, Weight::Regular, Ink::Quiet), 6.0),
            Line::Rule => (look(0.0, Weight::Regular, Ink::Quiet), 36.0),
        }
    }
}

/// The pages of a sheet with what stands on each.
pub(crate) fn pages(sheet: &Sheet) -> Vec<Vec<Piece>> {
    let mut flow = Flow { pages: vec![Vec::new()], y: TOP };
    if let Some(logo) = &sheet.logo {
        let size = logo.within(LOGO.0, LOGO.1);
        flow.put(Piece::Logo { logo: logo.clone(), size, y: flow.y });
        flow.y += size.1;
    }
    for (line, what) in sheet.lines.iter().enumerate() {
        let (look, above) = what.style();
        flow.y += above;
        // A heading stays with what follows it.
        let together = match what {
            Line::Part(_) => 4.0,
            Line::Section(_) => 3.0,
            _ => 1.0,
        };
        flow.make_room(look.size * 1.4 * together);
        match what {
            Line::Rule => flow.put(Piece::Rule { y: flow.y }),
            Line::Pair(label, value) => {
                let quiet = Look { ink: Ink::Quiet, ..look };
                let rows = [(label, VALUE - 12.0), (value, ROOM - VALUE)]
                    .map(|(text, room)| broken(text, look.weight, look.size, room).len());
                #[expect(clippy::cast_precision_loss, reason = "a few rows")]
                flow.make_room(look.size * 1.4 * rows[0].max(rows[1]) as f32);
                let begin = flow.y;
                flow.text(line, Part::Whole, LEFT, VALUE - 12.0, label, quiet);
                let after = std::mem::replace(&mut flow.y, begin);
                flow.text(line, Part::Value, LEFT + VALUE, ROOM - VALUE, value, look);
                flow.y = flow.y.max(after);
            }
            Line::Address { lead, url } => {
                flow.text(line, Part::Whole, LEFT, ROOM, lead, look);
                flow.text(line, Part::Link, LEFT, ROOM, url, Look { ink: Ink::Accent, ..look });
            }
            Line::Table { head, rows } => flow.table(line, head, rows, look),
            Line::Chart(chart) => {
                let drawing = chart.drawing();
                flow.make_room(drawing.high);
                let (x, y) = (LEFT + (ROOM - drawing.wide) / 2.0, flow.y);
                flow.y += drawing.high;
                flow.put(Piece::Chart { line, drawing, x, y });
            }
            Line::Sender(text)
            | Line::Heading(text)
            | Line::Part(text)
            | Line::Section(text)
            | Line::Paragraph(text)
            | Line::Name(text)
            | Line::Subject(text)
            | Line::Text(text)
            | Line::Remark(text) => flow.text(line, Part::Whole, LEFT, ROOM, text, look),
        }
    }
    flow.pages
}

/// Where each column of a table begins, and the room in it: the first is wider, as it says what a row is about.
fn columns(count: usize) -> Vec<(f32, f32)> {
    const FIRST: f32 = 0.34;
    const GAP: f32 = 8.0;
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let others = ROOM * (1.0 - FIRST) / count.saturating_sub(1).max(1) as f32;
    let mut columns = vec![(0.0, ROOM * FIRST - GAP)];
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    columns.extend((1..count).map(|at| (ROOM * FIRST + others * (at - 1) as f32, others - GAP)));
    columns
}

struct Flow {
    pages: Vec<Vec<Piece>>,
    /// Where the next line's upper edge stands.
    y: f32,
}

impl Flow {
    fn put(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    /// Goes on on the next page where so much does not fit on this one.
    fn make_room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// Rows stay whole: one that does not fit any more goes on the next page.
    fn table(&mut self, line: usize, head: &[String], rows: &[Vec<String>], look: Look) {
        for (row, cells) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            let columns = columns(head.len());
            let look = if row == 0 { Look { weight: Weight::Bold, ..look } } else { look };
            let high =
                |(cell, (_, room)): (&String, &(f32, f32))| broken(cell, look.weight, look.size, *room).len();
            let highest = cells.iter().zip(&columns).map(high).max().unwrap_or_default();
            #[expect(clippy::cast_precision_loss, reason = "a few rows")]
            self.make_room(look.size * 1.4 * highest as f32 + 8.0);
            self.y += 4.0;
            let (begin, mut end) = (self.y, self.y);
            for (column, (cell, (x, room))) in cells.iter().zip(&columns).enumerate() {
                self.y = begin;
                self.text(line, Part::Cell(row, column), LEFT + x, *room, cell, look);
                end = end.max(self.y);
            }
            self.y = end + 4.0;
            self.put(Piece::Rule { y: self.y });
        }
    }

    fn text(&mut self, line: usize, part: Part, x: f32, room: f32, text: &str, look: Look) {
        let rows = broken(text, look.weight, look.size, room);
        let last = rows.len().saturating_sub(1);
        for (place, mut row) in rows.into_iter().enumerate() {
            self.make_room(look.size * 1.4);
            self.y += look.size * 1.4;
            if place < last && part != Part::Link {
                // What is read aloud has a space where the line was broken.
                row.push(' ');
            }
            self.put(Piece::Text { line, part, x, y: self.y - look.size * 0.35, text: row, look });
        }
    }
}

/// How wide a piece of text is.
pub(crate) fn width_of(text: &str, look: Look) -> f32 {
    width(text, look.weight, look.size)
}

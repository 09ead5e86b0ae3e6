//! A laid-out sheet becomes a tagged PDF.

mod chart;

use std::num::NonZeroU16;

use chrono::Datelike;
use krilla::{
    Document, SerializeSettings,
    action::LinkAction,
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::{Page, PageSettings},
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
    },
    text::TextDirection,
};

use crate::{
    Line, Logo, Sheet,
    fonts::font,
    layout::{self, Ink, LEFT, Look, PAGE, Part, Piece, ROOM},
};

/// A document that could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document cannot be written: {0}")]
pub struct Unwritten(String);

/// Writes a sheet as PDF.
///
/// # Errors
/// The program's own fonts, or the trust's mark, cannot be drawn.
pub fn write(sheet: &Sheet) -> Result<Vec<u8>, Unwritten> {
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let accessible = accessible.map_err(|error| Unwritten(format!("{error:?}")))?;
    // A name in letters that the font lacks is no reason to have no certificate.
    written(sheet, accessible).or_else(|_| written(sheet, Configuration::default()))
}

/// Draws a mark alone: whether all of it can be read.
pub(crate) fn only_a_logo(logo: &Logo) -> Result<(), Unwritten> {
    let mut document = Document::new();
    let mut page = document.start_page_with(a4()?);
    let mut surface = page.surface();
    draw_logo(&mut surface, logo, logo.within(100.0, 100.0), 0.0)?;
    surface.finish();
    page.finish();
    document.finish().map(drop).map_err(|error| Unwritten(format!("{error:?}")))
}

fn written(sheet: &Sheet, configuration: Configuration) -> Result<Vec<u8>, Unwritten> {
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut tags = Tags::of(sheet);
    let pages = layout::pages(sheet);
    for pieces in &pages {
        let mut page = document.start_page_with(a4()?);
        let mut surface = page.surface();
        for piece in pieces {
            draw(&mut surface, piece, &mut tags)?;
        }
        surface.finish();
        for piece in pieces {
            tags.follow(sheet, piece, &mut page);
        }
        page.finish();
    }
    document.set_metadata(metadata(sheet));
    document.set_outline(outline(sheet, &pages));
    document.set_tag_tree(tags.tree(sheet));
    document.finish().map_err(|error| Unwritten(format!("{error:?}")))
}

/// The headings, by which a reader's program leads through the pages.
fn outline(sheet: &Sheet, pages: &[Vec<Piece>]) -> Outline {
    let mut outline = Outline::new();
    let mut seen = None;
    for (place, pieces) in pages.iter().enumerate() {
        for piece in pieces {
            let Piece::Text { line, x, y, look, .. } = piece else { continue };
            let Some(Line::Heading(text) | Line::Part(text)) = sheet.lines.get(*line) else { continue };
            if seen.replace(*line) != Some(*line) {
                let to = XyzDestination::new(place, Point::from_xy(*x, *y - look.size));
                outline.push_child(OutlineNode::new(text.clone(), to));
            }
        }
    }
    outline
}

fn a4() -> Result<PageSettings, Unwritten> {
    PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| Unwritten("the size of the page".to_owned()))
}

fn metadata(sheet: &Sheet) -> Metadata {
    let on = sheet.written_on;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let written_on =
        DateTime::new(u16::try_from(on.year()).unwrap_or(0)).month(part(on.month())).day(part(on.day()));
    Metadata::new()
        .title(sheet.title.clone())
        .language(sheet.locale.tag().to_owned())
        .authors(vec![sheet.author.clone()])
        .creator("Varde".to_owned())
        .producer("Varde".to_owned())
        .creation_date(written_on)
}

fn draw(surface: &mut Surface<'_>, piece: &Piece, tags: &mut Tags) -> Result<(), Unwritten> {
    match piece {
        Piece::Logo { logo, size, y } => {
            tags.logo = Some(surface.start_tagged(ContentTag::Other));
            draw_logo(surface, logo, *size, *y)?;
            surface.end_tagged();
        }
        Piece::Rule { y } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            let mut path = PathBuilder::new();
            path.move_to(LEFT, *y);
            path.line_to(LEFT + ROOM, *y);
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: rgb::Color::new(0xc9, 0xd3, 0xcf).into(),
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
            }
            surface.end_tagged();
        }
        Piece::Chart { line, drawing, x, y } => {
            tags.charts.push((*line, surface.start_tagged(ContentTag::Other)));
            surface.push_transform(&Transform::from_translate(*x, *y));
            chart::draw(surface, drawing)?;
            surface.pop();
            surface.end_tagged();
        }
        Piece::Text { line, part, x, y, text, look } => {
            let font = font(look.weight).ok_or_else(|| Unwritten("the font".to_owned()))?;
            let tag = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: colour(*look).into(), ..Fill::default() }));
            surface.draw_text(
                Point::from_xy(*x, *y),
                font,
                look.size,
                text,
                false,
                TextDirection::LeftToRight,
            );
            surface.end_tagged();
            tags.texts.push((*line, *part, tag));
        }
    }
    Ok(())
}

fn draw_logo(
    surface: &mut Surface<'_>,
    logo: &Logo,
    (wide, high): (f32, f32),
    y: f32,
) -> Result<(), Unwritten> {
    let size = Size::from_wh(wide, high).ok_or_else(|| Unwritten("the size of the mark".to_owned()))?;
    surface.push_transform(&Transform::from_translate(LEFT, y));
    surface.draw_image(logo.0.clone(), size);
    surface.pop();
    Ok(())
}

/// Each has a contrast of more than 7 to 1 on white.
fn colour(look: Look) -> rgb::Color {
    match look.ink {
        Ink::Text => rgb::Color::new(0x1b, 0x26, 0x22),
        Ink::Quiet => rgb::Color::new(0x4a, 0x5a, 0x54),
        Ink::Accent => rgb::Color::new(0x0b, 0x5d, 0x4b),
    }
}

/// What a screen reader follows: the pieces by line, in the order of the sheet.
struct Tags {
    logo: Option<Identifier>,
    texts: Vec<(usize, Part, Identifier)>,
    links: Vec<(usize, Identifier)>,
    charts: Vec<(usize, Identifier)>,
    author: String,
}

impl Tags {
    fn of(sheet: &Sheet) -> Self {
        let author = sheet.author.clone();
        Self { logo: None, texts: Vec::new(), links: Vec::new(), charts: Vec::new(), author }
    }

    /// Lays what can be clicked over an address.
    fn follow(&mut self, sheet: &Sheet, piece: &Piece, page: &mut Page<'_>) {
        let Piece::Text { line, part: Part::Link, x, y, text, look } = piece else { return };
        let Some(Line::Address { lead, url }) = sheet.lines.get(*line) else { return };
        let wide = layout::width_of(text, *look);
        let Some(over) = Rect::from_xywh(*x, *y - look.size, wide.max(1.0), look.size * 1.3) else { return };
        let target = Target::Action(LinkAction::new(url.clone()).into());
        let link = Annotation::new_link(LinkAnnotation::new(over, target), Some(format!("{lead} {url}")));
        self.links.push((*line, page.add_tagged_annotation(link)));
    }

    fn of_part(&self, line: usize, part: Part) -> impl Iterator<Item = Identifier> {
        self.texts.iter().filter(move |(at, of, _)| *at == line && *of == part).map(|(_, _, tag)| *tag)
    }

    fn table(&self, line: usize, columns: usize, rows: usize) -> TagGroup {
        let mut table = TagGroup::new(Tag::Table);
        for row in 0..rows {
            let mut tags = TagGroup::new(Tag::TR);
            for column in 0..columns {
                let mut cell = match (row, column) {
                    (0, _) => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
                    (_, 0) => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
                    _ => TagGroup::new(Tag::TD),
                };
                for tag in self.of_part(line, Part::Cell(row, column)) {
                    cell.push(tag);
                }
                tags.push(cell);
            }
            table.push(tags);
        }
        table
    }

    fn tree(&self, sheet: &Sheet) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(sheet.locale.tag().to_owned()));
        if let Some(logo) = self.logo {
            let mut figure = TagGroup::new(Tag::Figure(Some(self.author.clone())));
            figure.push(logo);
            tree.push(figure);
        }
        for (place, line) in sheet.lines.iter().enumerate() {
            let level = |level: u16, text: &str| {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text.to_owned()))
            };
            let mut group = match line {
                Line::Rule => continue,
                Line::Heading(text) => TagGroup::new(level(1, text)),
                Line::Part(text) => TagGroup::new(level(2, text)),
                Line::Section(text) => TagGroup::new(level(3, text)),
                Line::Table { head, rows } => {
                    tree.push(self.table(place, head.len(), rows.len() + 1));
                    continue;
                }
                Line::Chart(chart) => {
                    let mut figure = TagGroup::new(Tag::Figure(Some(chart.description.clone())));
                    for (_, tag) in self.charts.iter().filter(|(at, _)| *at == place) {
                        figure.push(*tag);
                    }
                    tree.push(figure);
                    continue;
                }
                _ => TagGroup::new(Tag::P),
            };
            for part in [Part::Whole, Part::Value] {
                for tag in self.of_part(place, part) {
                    group.push(tag);
                }
            }
            let links = self.links.iter().filter(|(at, _)| *at == place).map(|(_, link)| *link);
            for (text, link) in self.of_part(place, Part::Link).zip(links) {
                let mut around = TagGroup::new(Tag::Link);
                around.push(text);
                around.push(link);
                group.push(around);
            }
            tree.push(group);
        }
        tree
    }
}

#[cfg(test)]
mod tests;

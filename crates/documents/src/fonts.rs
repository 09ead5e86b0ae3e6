//! The two fonts inside the program, and how wide their letters are.

use std::sync::{Arc, LazyLock};

use krilla::text::Font;
use ttf_parser::Face;

/// Open Sans has the letters of every language written in Latin, Greek or Cyrillic letters. Its licence lies beside it.
static REGULAR: &[u8] = include_bytes!("../assets/open-sans/OpenSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../assets/open-sans/OpenSans-Bold.ttf");

static FONTS: LazyLock<Option<[Loaded; 2]>> =
    LazyLock::new(|| Some([Loaded::of(REGULAR)?, Loaded::of(BOLD)?]));

struct Loaded {
    font: Font,
    face: Face<'static>,
}

impl Loaded {
    fn of(data: &'static [u8]) -> Option<Self> {
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data);
        Some(Self { font: Font::new(shared.into(), 0)?, face: Face::parse(data, 0).ok()? })
    }
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

fn loaded(weight: Weight) -> Option<&'static Loaded> {
    FONTS.as_ref().map(|fonts| match weight {
        Weight::Regular => &fonts[0],
        Weight::Bold => &fonts[1],
    })
}

/// The font itself; None where the program's own file cannot be read, which a test rules out.
pub(crate) fn font(weight: Weight) -> Option<Font> {
    loaded(weight).map(|loaded| loaded.font.clone())
}

/// How wide a text is at a size.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let Some(loaded) = loaded(weight) else { return 0.0 };
    let advance = |sign: char| {
        let glyph = loaded.face.glyph_index(sign).unwrap_or_default();
        f32::from(loaded.face.glyph_hor_advance(glyph).unwrap_or(0))
    };
    text.chars().map(advance).sum::<f32>() * size / f32::from(loaded.face.units_per_em())
}

/// A text in lines that are no wider than the room: broken between words, and within a word that is wider by itself.
pub(crate) fn broken(text: &str, weight: Weight, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, weight, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for sign in word.chars() {
            let mut longer = line.clone();
            longer.push(sign);
            if width(&longer, weight, size) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(sign);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_are_there_with_every_letter_of_the_countrys_languages() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = &loaded(weight).unwrap().face;
            assert!(font(weight).is_some());
            // Norwegian, the Sami languages, Kven, and the neighbours'.
            for letter in "æøåÆØÅäöüÄÖÜßáčđŋšŧžÁČĐŊŠŦŽéèêóòôàñłąęśźżțș–«»’·".chars()
            {
                assert!(face.glyph_index(letter).is_some(), "{letter}");
            }
        }
    }

    #[test]
    fn a_line_is_no_wider_than_its_room() {
        let text = "Introduksjonsprogram for nye ledere ved Fjordheim sykehus, Klinikk for medisin og rehabilitering";
        let lines = broken(text, Weight::Bold, 20.0, 300.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width(line, Weight::Bold, 20.0) <= 300.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        let endless = "å".repeat(200);
        let lines = broken(&endless, Weight::Regular, 20.0, 300.0);
        assert!(lines.iter().all(|line| width(line, Weight::Regular, 20.0) <= 300.0));
        assert_eq!(lines.concat(), endless);
        assert!(broken("  ", Weight::Regular, 10.0, 300.0).is_empty());
    }
}

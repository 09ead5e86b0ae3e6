//! A trust's mark: a PNG or JPEG that has been read once, so that a document is never spoilt by it.

use krilla::image::Image;

/// The largest file.
pub const MOST_BYTES: usize = 512 * 1024;

/// The most pixels in either direction.
pub const MOST_PIXELS: u32 = 2000;

/// A mark that can be drawn.
#[derive(Clone, Debug)]
pub struct Logo(pub(crate) Image);

/// Why an image cannot serve as a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoFault {
    /// It takes too many bytes.
    #[error("larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// It has too many pixels.
    #[error("wider or higher than {MOST_PIXELS} pixels")]
    TooManyPixels,
    /// It is neither PNG nor JPEG, or is broken.
    #[error("not a PNG or JPEG that can be read")]
    Unreadable,
}

impl Logo {
    /// Reads an image to its last pixel.
    ///
    /// # Errors
    /// It is too large, or no image that can be drawn.
    pub fn read(bytes: &[u8]) -> Result<Self, LogoFault> {
        if bytes.len() > MOST_BYTES {
            return Err(LogoFault::TooLarge);
        }
        let logo = Self::look(bytes)?;
        let (wide, high) = logo.0.size();
        if wide > MOST_PIXELS || high > MOST_PIXELS {
            return Err(LogoFault::TooManyPixels);
        }
        // The pixels themselves are only read when they are drawn.
        crate::write::only_a_logo(&logo).map_err(|_| LogoFault::Unreadable)?;
        Ok(logo)
    }

    /// An image that was read before.
    ///
    /// # Errors
    /// It is no image.
    pub fn look(bytes: &[u8]) -> Result<Self, LogoFault> {
        let data = bytes.to_vec().into();
        let image = match media_type(bytes) {
            Some("image/png") => Image::from_png(data, false),
            Some(_) => Image::from_jpeg(data, false),
            None => return Err(LogoFault::Unreadable),
        };
        let image = image.map_err(|_| LogoFault::Unreadable)?;
        let (wide, high) = image.size();
        if wide == 0 || high == 0 { Err(LogoFault::Unreadable) } else { Ok(Self(image)) }
    }

    /// Width and height within a room of so much, the proportions kept.
    pub(crate) fn within(&self, widest: f32, highest: f32) -> (f32, f32) {
        let (wide, high) = self.0.size();
        #[expect(clippy::cast_precision_loss, reason = "at most some thousand pixels")]
        let (wide, high) = (wide as f32, high as f32);
        let scale = (widest / wide).min(highest / high);
        (wide * scale, high * scale)
    }
}

/// What kind of image a file begins like.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else {
        None
    }
}

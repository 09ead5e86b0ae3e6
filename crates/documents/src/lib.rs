//! Documents to keep, as PDF: what a sheet says comes in, its bytes go out. Nothing is read from a clock or drawn at
//! random, so the same sheet gives the same bytes.
//!
//! A sheet is tagged throughout (PDF/UA-1): a screen reader follows it as it follows a page.

mod chart;
mod fonts;
mod layout;
mod logo;
mod sheet;
mod write;

pub use chart::{Chart, MOST_SERIES, SCALE, Series};
pub use logo::{Logo, LogoFault, MOST_BYTES, MOST_PIXELS, media_type};
pub use sheet::{Line, Sheet};
pub use write::{Unwritten, write};

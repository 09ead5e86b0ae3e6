//! Letters in, mail out: templates in three languages, calendar invitations, and the ways to send.
//!
//! [`render()`] turns a letter into words, [`compose()`] makes a MIME message of them, and a [`Transport`] hands it
//! over and says honestly what became of it. One folder under `templates/` is one letter.

mod calendar;
mod check;
mod clean;
mod compose;
mod render;
mod samples;
mod templates;
mod transport;

pub use calendar::{Calendar, Method};
pub use check::{TemplateFault, check_templates};
pub use compose::{ComposeError, Sender, compose};
pub use render::{RenderError, Rendered, render};
pub use samples::{sample_head, samples};
pub use transport::{
    Delivery, FileTransport, MemoryTransport, Posted, SmtpOptions, SmtpTransport, Transport, TransportError,
};

/// The message type that [`compose()`] makes and [`Transport::send`] takes.
pub use lettre::Message;

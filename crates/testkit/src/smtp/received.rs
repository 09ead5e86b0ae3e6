//! A mail as it arrived.

use mail_parser::{Message, MessageParser};

/// One mail and its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The mail itself, with CR LF and without SMTP's doubled dots.
    pub raw: Vec<u8>,
    /// Whether it came over TLS.
    pub encrypted: bool,
}

impl Received {
    /// The mail, read as a mail program reads it. None when it is not a mail at all.
    pub fn message(&self) -> Option<Message<'_>> {
        MessageParser::default().parse(&self.raw)
    }

    /// The decoded subject; empty when there is none.
    pub fn subject(&self) -> String {
        self.message().and_then(|mail| mail.subject().map(str::to_owned)).unwrap_or_default()
    }

    /// The Message-ID without its angle brackets; empty when there is none.
    pub fn message_id(&self) -> String {
        self.message().and_then(|mail| mail.message_id().map(str::to_owned)).unwrap_or_default()
    }

    /// The decoded plain text; empty when there is none.
    pub fn text(&self) -> String {
        self.message().and_then(|mail| mail.body_text(0).map(|text| text.into_owned())).unwrap_or_default()
    }

    /// The decoded HTML; empty when there is none.
    pub fn html(&self) -> String {
        self.message().and_then(|mail| mail.body_html(0).map(|text| text.into_owned())).unwrap_or_default()
    }
}

//! Mail as its reader's program shows it.

use chrono::{DateTime, TimeZone, Utc};
use mail_parser::{MessageParser, MimeHeaders};

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Whom it comes from: name and address.
    pub from: (String, String),
    /// The address that answers go to.
    pub reply_to: Option<String>,
    /// The address it went to.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When it was sent.
    pub date: DateTime<Utc>,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The calendar part, if there is one.
    pub calendar: Option<String>,
    /// The Message-ID.
    pub message_id: String,
    /// The one-click unsubscribe, if there is one.
    pub unsubscribe: Option<String>,
}

impl Mail {
    /// Reads a whole message.
    pub fn read(raw: &[u8]) -> Self {
        let parsed = MessageParser::default().parse(raw).unwrap_or_default();
        let to = parsed.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
        let seconds = parsed.date().map_or(0, mail_parser::DateTime::to_timestamp);
        let calendar = parsed.parts.iter().find(|part| part.is_content_type("text", "calendar"));
        let header = |name: &str| {
            parsed
                .header_raw(name)
                .map(|value| value.split_whitespace().collect::<String>().replace(['<', '>'], ""))
        };
        let from = parsed.from().and_then(|from| from.first());
        let from = from.map(|from| (from.name().unwrap_or_default(), from.address().unwrap_or_default()));
        let (name, address) = from.unwrap_or_default();
        let reply_to = parsed.reply_to().and_then(|to| to.first()).and_then(|to| to.address());
        Self {
            from: (name.to_owned(), address.to_owned()),
            reply_to: reply_to.map(str::to_owned),
            to: to.to_owned(),
            subject: parsed.subject().unwrap_or_default().to_owned(),
            date: Utc.timestamp_opt(seconds, 0).single().unwrap_or_default(),
            text: parsed.body_text(0).unwrap_or_default().into_owned(),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
            calendar: calendar.and_then(|part| part.text_contents()).map(str::to_owned),
            message_id: parsed.message_id().unwrap_or_default().to_owned(),
            unsubscribe: header("List-Unsubscribe"),
        }
    }

    /// The path of the first link in the text that leads to a page of the product, such as `/answer/...`.
    pub fn link(&self) -> Option<String> {
        self.link_to("/answer/")
    }

    /// The path of the first link in the text that leads to such a page, as `/certificate/`.
    pub fn link_to(&self, page: &str) -> Option<String> {
        let start = self.text.find(page)?;
        let rest = self.text.get(start..)?;
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == ')').unwrap_or(rest.len());
        rest.get(..end).map(str::to_owned)
    }
}

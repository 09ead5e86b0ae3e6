//! A rendered letter becomes a MIME message. The same outbox row always gives the same Message-ID, so that a
//! second copy after a crash can be known as such.

use std::time::SystemTime;

use lettre::{
    Address, Message,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use varde_model::letter::{Head, Letter};

use crate::{Calendar, RenderError, clean, render};

/// Where mail comes from when a trust has no address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The address of the settings.
    pub email: String,
    /// The right half of every Message-ID: must not change, or copies can no longer be known.
    pub message_id_host: String,
}

impl Sender {
    /// The trust's own address, else the one of the settings.
    pub fn email_for<'a>(&'a self, head: &'a Head) -> &'a str {
        head.sender_email.as_deref().unwrap_or(&self.email)
    }
}

/// Why no message could be made. None of the texts holds an address.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A template does not render.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// An address is not one; trying again cannot help before it is corrected.
    #[error("the address of the {0} is not a mail address")]
    Address(&'static str),
    /// The MIME library refuses the message.
    #[error("the message cannot be built: {0}")]
    Message(String),
}

/// Renders a letter and makes the message that a transport sends.
///
/// # Errors
/// When a template does not render, or sender or recipient has no valid address.
pub fn compose(letter: &Letter, head: &Head, sender: &Sender) -> Result<Message, ComposeError> {
    let rendered = render(letter, head, sender)?;
    let from = mailbox(&head.organisation_name, sender.email_for(head), "sender")?;
    let to = mailbox(&head.recipient_name, &head.recipient_email, "recipient")?;
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", head.outbox_id, clean::address(&sender.message_id_host))))
        .date(SystemTime::from(head.now))
        .from(from)
        .to(to)
        .subject(&rendered.subject)
        .raw_header(fixed("Auto-Submitted", "auto-generated".into())?)
        .raw_header(fixed("Content-Language", head.locale.tag().into())?)
        .raw_header(fixed("X-Varde-Letter", letter.kind().to_string())?);
    if let Some(reply_to) = &head.reply_to {
        builder = builder.reply_to(mailbox(&reply_to.name, &reply_to.email, "reply")?);
    }
    if let Some(url) = head.unsubscribe_url.as_deref().map(clean::address).filter(|url| url.is_ascii()) {
        builder = builder
            .raw_header(fixed("List-Unsubscribe", format!("<{url}>"))?)
            .raw_header(fixed("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into())?);
    }
    let id = head.outbox_id.0.simple();
    let alternative = MultiPart::alternative()
        .boundary(format!("varde-words-{id}"))
        .singlepart(SinglePart::plain(rendered.text))
        .singlepart(SinglePart::html(rendered.html));
    let parts = match rendered.calendar {
        None => alternative,
        Some(calendar) => {
            let invite = Attachment::new("invite.ics".into());
            MultiPart::mixed()
                .boundary(format!("varde-parts-{id}"))
                .multipart(alternative.singlepart(calendar_part(&calendar)?))
                .singlepart(invite.body(encoded(&calendar)?, calendar_type(&calendar)?))
        }
    };
    builder.multipart(parts).map_err(|error| ComposeError::Message(error.to_string()))
}

fn mailbox(name: &str, email: &str, whose: &'static str) -> Result<Mailbox, ComposeError> {
    let address: Address = email.trim().parse().map_err(|_| ComposeError::Address(whose))?;
    let name = clean::display_name(name);
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

/// A header that goes out as it stands: ASCII of our own making, not to be folded or encoded.
fn fixed(name: &'static str, value: String) -> Result<HeaderValue, ComposeError> {
    let name = HeaderName::new_from_ascii(name.to_owned())
        .map_err(|error| ComposeError::Message(error.to_string()))?;
    Ok(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value))
}

fn calendar_type(calendar: &Calendar) -> Result<ContentType, ComposeError> {
    let text = format!("text/calendar; charset=utf-8; method={}", calendar.method.as_str());
    ContentType::parse(&text).map_err(|error| ComposeError::Message(error.to_string()))
}

/// Base64 keeps the CRLF and the folds exactly as they were written.
fn encoded(calendar: &Calendar) -> Result<Body, ComposeError> {
    Body::new_with_encoding(calendar.body.clone().into_bytes(), ContentTransferEncoding::Base64)
        .map_err(|_| ComposeError::Message("the calendar part cannot be encoded".into()))
}

fn calendar_part(calendar: &Calendar) -> Result<SinglePart, ComposeError> {
    Ok(SinglePart::builder().header(calendar_type(calendar)?).body(encoded(calendar)?))
}

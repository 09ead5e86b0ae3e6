//! A mail as it lies in the mailbox, read the way a mail program reads it.

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, MessageParser, MimeHeaders};
use serde::Serialize;

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterSummary {
    /// What it is read by.
    pub id: String,
    /// Addresses of the recipients.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// When it was sent, by the demo's clock.
    pub date: Option<DateTime<Utc>>,
    /// Which letter it is, where the mail tells.
    pub kind: Option<String>,
    /// The addresses that its text leads to, in order.
    pub links: Vec<String>,
}

/// A mail with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceivedLetter {
    /// What the list shows of it.
    #[serde(flatten)]
    pub summary: LetterSummary,
    /// Names and values as they were sent.
    pub headers: Vec<(String, String)>,
    /// The text for programs that show no HTML.
    pub text: String,
    /// The HTML.
    pub html: String,
    /// The calendar entry.
    pub calendar: Option<String>,
}

/// Reads a mail from its bytes; None when they are none.
pub fn read_letter(id: &str, bytes: &[u8]) -> Option<ReceivedLetter> {
    let message = MessageParser::default().parse(bytes)?;
    let text = message.body_text(0).unwrap_or_default().into_owned();
    let to = message.to().into_iter().flat_map(|list| list.iter());
    let to = to.filter_map(|address| address.address.as_deref().map(str::to_owned)).collect();
    let calendar = message
        .parts
        .iter()
        .find(|part| part.content_type().is_some_and(|kind| kind.subtype() == Some("calendar")))
        .and_then(|part| part.text_contents().map(str::to_owned).or_else(|| utf8(part.contents())));
    let kind = match message.header("X-Varde-Letter") {
        Some(HeaderValue::Text(kind)) => Some(kind.trim().to_owned()),
        _ => None,
    };
    let date = message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));
    let headers = message.headers_raw().map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Some(ReceivedLetter {
        summary: LetterSummary {
            id: id.to_owned(),
            to,
            subject: message.subject().unwrap_or_default().to_owned(),
            date,
            kind,
            links: links(&text),
        },
        headers: headers.collect(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        calendar,
        text,
    })
}

fn utf8(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// Web addresses in a text, each once.
fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»')) {
        let word = word.trim_start_matches('(');
        if word.starts_with("http://") || word.starts_with("https://") {
            let link = word.trim_end_matches(['.', ',', ';', ':', ')']);
            if !found.iter().any(|known| known == link) {
                found.push(link.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_where_the_sentence_goes_on() {
        let text = "Svar her:\nhttp://127.0.0.1:8080/answer/a-b_c\n(se https://a.example/x). Igjen: https://a.example/x";
        assert_eq!(links(text), ["http://127.0.0.1:8080/answer/a-b_c", "https://a.example/x"]);
    }

    #[test]
    fn a_mail_is_read_with_its_parts() {
        let mail = "Date: Tue, 12 Jan 2027 09:00:00 +0100\r\nFrom: a@b.example\r\nTo: Kari <kari@b.example>\r\n\
            Subject: =?utf-8?q?S=C3=A5?=\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
            --x\r\nContent-Type: text/plain\r\n\r\nhttp://h/answer/t\r\n\
            --x\r\nContent-Type: text/html\r\n\r\n<p>hei</p>\r\n\
            --x\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nQkVHSU46VkNBTEVOREFSDQo=\r\n--x--\r\n";
        let letter = read_letter("1", mail.as_bytes()).unwrap();
        assert_eq!(letter.summary.to, ["kari@b.example"]);
        assert_eq!(letter.summary.subject, "Så");
        assert_eq!(letter.summary.date.unwrap().to_rfc3339(), "2027-01-12T08:00:00+00:00");
        assert_eq!(letter.summary.links, ["http://h/answer/t"]);
        assert_eq!(letter.html.trim(), "<p>hei</p>");
        assert_eq!(letter.calendar.as_deref(), Some("BEGIN:VCALENDAR\r\n"));
        assert!(letter.headers.iter().any(|(name, value)| name == "From" && value == "a@b.example"));
    }
}

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use varde_mail::compose;
use varde_model::letter::{Head, LetterKind};

use crate::{sample, sender};

fn content_type(message: &Message<'_>, part: usize) -> String {
    let kind = message.parts[part].content_type().unwrap();
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
}

#[test]
fn a_calendar_entry_stands_among_the_alternatives_and_is_attached() {
    let (letter, head) = sample(LetterKind::GatheringMoved);
    let bytes = compose(&letter, &head, &sender()).unwrap().formatted();
    assert!(bytes.is_ascii());
    let message = MessageParser::default().parse(&bytes).unwrap();
    let PartType::Multipart(outer) = &message.parts[0].body else { panic!("not multipart") };
    assert_eq!(content_type(&message, 0), "multipart/mixed");
    let inner = outer[0] as usize;
    assert_eq!(content_type(&message, inner), "multipart/alternative");
    let PartType::Multipart(words) = &message.parts[inner].body else { panic!("not multipart") };
    let kinds: Vec<String> = words.iter().map(|part| content_type(&message, *part as usize)).collect();
    assert_eq!(kinds, ["text/plain", "text/html", "text/calendar"]);
    let calendar = &message.parts[words[2] as usize];
    assert_eq!(calendar.content_type().unwrap().attribute("method"), Some("REQUEST"));
    let attached = &message.parts[outer[1] as usize];
    assert_eq!(attached.attachment_name(), Some("invite.ics"));
    assert_eq!(attached.contents(), calendar.contents());
    assert!(attached.text_contents().unwrap().contains("METHOD:REQUEST\r\n"));
}

#[test]
fn a_letter_without_calendar_is_text_and_html() {
    let (letter, head) = sample(LetterKind::Invitation);
    let bytes = compose(&letter, &head, &sender()).unwrap().formatted();
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(content_type(&message, 0), "multipart/alternative");
    assert_eq!(message.attachment_count(), 0);
    assert!(message.body_text(0).unwrap().contains("svar/3f9c"));
    assert!(message.body_html(0).unwrap().contains("href=\"https://varde.fjordheim.example/svar/3f9c\""));
}

#[test]
fn the_headers_tell_who_when_and_that_nobody_typed_it() {
    let (letter, head) = sample(LetterKind::InvitationReminder);
    let head = Head { unsubscribe_url: Some("https://varde.example/av/1".into()), ..head };
    let bytes = compose(&letter, &head, &sender()).unwrap().formatted();
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.message_id(), Some("01935a00-0000-7000-8000-000000000001@post.example"));
    assert_eq!(message.date().unwrap().to_timestamp(), head.now.timestamp());
    assert_eq!(message.from().unwrap().first().unwrap().address(), Some("lederprogram@fjordheim.example"));
    assert_eq!(message.reply_to().unwrap().first().unwrap().address(), Some("ingrid.lie@fjordheim.example"));
    let raw = String::from_utf8(bytes.clone()).unwrap();
    assert!(raw.contains("Auto-Submitted: auto-generated\r\n"));
    assert!(raw.contains("List-Unsubscribe: <https://varde.example/av/1>\r\n"));
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

#[test]
fn mandatory_mail_cannot_be_unsubscribed_from() {
    let (letter, head) = sample(LetterKind::SeatOffered);
    let raw = String::from_utf8(compose(&letter, &head, &sender()).unwrap().formatted()).unwrap();
    assert!(!raw.contains("List-Unsubscribe"));
}

#[test]
fn the_same_row_gives_the_same_message() {
    let (letter, head) = sample(LetterKind::GatheringInvitation);
    let once = compose(&letter, &head, &sender()).unwrap().formatted();
    assert_eq!(once, compose(&letter, &head, &sender()).unwrap().formatted());
}

#[test]
fn an_address_that_is_none_is_refused_without_being_repeated() {
    let (letter, head) = sample(LetterKind::Invitation);
    let head = Head { recipient_email: "kari nordmann@@fjordheim".into(), ..head };
    let error = compose(&letter, &head, &sender()).unwrap_err().to_string();
    assert_eq!(error, "the address of the recipient is not a mail address");
}

//! The mail as a reader's program meets it: words, MIME, calendar, and what becomes of it on the way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod calendar;
mod files;
mod hostile;
mod mime;
mod server;
mod smtp;
mod words;

use varde_mail::{Sender, sample_head, samples};
use varde_model::{
    Locale,
    letter::{Head, Letter, LetterKind},
};

fn sender() -> Sender {
    Sender { email: "varde@post.example".into(), message_id_host: "post.example".into() }
}

fn sample(kind: LetterKind) -> (Letter, Head) {
    let letter = samples(Locale::Nb).into_iter().find(|letter| letter.kind() == kind).unwrap();
    (letter, sample_head(Locale::Nb))
}

fn message() -> varde_mail::Message {
    let (letter, head) = sample(LetterKind::EnrolmentConfirmed);
    varde_mail::compose(&letter, &head, &sender()).unwrap()
}

use std::{fs, path::Path};

use varde_mail::{Delivery, SmtpOptions, Transport};
use varde_model::letter::LetterKind;

use crate::{message, sample};

fn mails(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn transport(folder: &Path) -> Transport {
    let url = format!("file://{}", folder.join("mail").display());
    Transport::from_url(&url.into(), SmtpOptions::default()).unwrap()
}

#[tokio::test]
async fn one_row_is_one_file_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (_, head) = sample(LetterKind::EnrolmentConfirmed);
    let later = head.now + chrono::TimeDelta::minutes(5);
    let first = transport(folder.path());
    assert_eq!(first.send(head.outbox_id, head.now, &message()).await, Delivery::Sent);
    assert_eq!(first.send(head.outbox_id, later, &message()).await, Delivery::Sent);
    let second = transport(folder.path());
    assert_eq!(second.send(head.outbox_id, later, &message()).await, Delivery::Sent);
    let names = mails(&folder.path().join("mail"));
    assert_eq!(names, ["20261221T070000000Z-01935a00-0000-7000-8000-000000000001.eml"]);
    let written = fs::read(folder.path().join("mail").join(&names[0])).unwrap();
    assert_eq!(written, message().formatted());
}

#[tokio::test]
async fn an_unfinished_file_is_not_taken_for_a_mail() {
    let folder = tempfile::tempdir().unwrap();
    let (_, head) = sample(LetterKind::EnrolmentConfirmed);
    let mail = folder.path().join("mail");
    fs::create_dir(&mail).unwrap();
    fs::write(mail.join(format!(".{}.unfinished", head.outbox_id)), "half").unwrap();
    assert_eq!(transport(folder.path()).send(head.outbox_id, head.now, &message()).await, Delivery::Sent);
    assert_eq!(mails(&mail).len(), 1);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mail"), "a file").unwrap();
    let transport = transport(folder.path());
    assert!(transport.check().await.is_err());
    let (_, head) = sample(LetterKind::EnrolmentConfirmed);
    let delivery = transport.send(head.outbox_id, head.now, &message()).await;
    assert!(matches!(delivery, Delivery::Refused { permanent: false, .. }), "{delivery:?}");
}

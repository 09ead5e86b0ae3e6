//! Mail that failed for good, or of which nobody knows whether it arrived.

use varde_model::{
    delivery::MailState,
    inbox::{InboxKind, InboxReason},
    work::{About, Recipient},
};
use varde_persistence::{Conn, outbox};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

/// The latest so many: when the mail server was down, `mails` lists them all.
const MOST: u64 = 500;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let states = [MailState::Failed, MailState::DeliveryUnknown];
    let mails = outbox::page(conn, floor.org(), &states, None, MOST).await?;
    let item = |mail: varde_model::delivery::OutboxRow| {
        let reason = match mail.state {
            MailState::DeliveryUnknown => InboxReason::MailUnknown,
            _ => InboxReason::MailFailed,
        };
        let (person, name) = match mail.recipient {
            Recipient::Person { person } => (Some(person), Said::Person(person)),
            Recipient::Account { account } => (None, Said::Account(account)),
        };
        let again = vec![
            ("mailIds", ActValue::Ids("Mail", vec![mail.id.0])),
            ("errorPolicy", ActValue::Text("REJECT_FAILED".to_owned())),
        ];
        Item {
            said: vec![("letter", Said::Letter(mail.request.letter)), ("person", name)],
            person,
            cohort: match mail.request.about {
                About::Cohort { cohort } => Some(cohort),
                _ => None,
            },
            subject: Some(("Mail", mail.id.0)),
            since: Some(mail.queued_at),
            due: mail.not_after,
            act: Some(Act::run("send-mails-again", again)),
            // A mail that was sent again and failed again is news.
            ..Item::new(
                floor.org(),
                InboxKind::Mail,
                reason,
                format!("{}|{}", mail.id, mail.due_at.timestamp()),
            )
        }
    };
    Ok(mails.into_iter().map(item).collect())
}

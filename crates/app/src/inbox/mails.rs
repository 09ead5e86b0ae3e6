//! Mail that failed for good, or of which nobody knows whether it arrived.

use std::collections::BTreeMap;

use varde_model::{
    check_in::CheckIn,
    delivery::{MailState, OutboxRow},
    ids::CheckInId,
    inbox::{InboxKind, InboxReason},
    people::LineManager,
    work::{About, Recipient},
};
use varde_persistence::{Conn, check_ins, outbox};

use super::{Act, ActValue, Floor, Item, Said};
use crate::Result;

/// The latest so many: when the mail server was down, `mails` lists them all.
const MOST: u64 = 500;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let states = [MailState::Failed, MailState::DeliveryUnknown];
    let mails = outbox::page(conn, floor.org(), &states, None, MOST).await?;
    let reviewers = reviewers(floor, conn, &mails).await?;
    let item = |mail: OutboxRow| {
        let reason = match mail.state {
            MailState::DeliveryUnknown => InboxReason::MailUnknown,
            _ => InboxReason::MailFailed,
        };
        let (person, name) = match mail.recipient {
            Recipient::Person { person } => (Some(person), Said::Person(person)),
            Recipient::Account { account } => (None, Said::Account(account)),
            Recipient::Reviewer { check_in } => {
                (None, Said::Text(reviewers.get(&check_in).cloned().unwrap_or_default()))
            }
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

/// What those from outside the tree are called whom mail did not reach.
async fn reviewers(
    floor: &Floor,
    conn: &impl Conn,
    mails: &[OutboxRow],
) -> Result<BTreeMap<CheckInId, String>> {
    let ids = mails.iter().filter_map(|mail| match mail.recipient {
        Recipient::Reviewer { check_in } => Some(check_in),
        _ => None,
    });
    let ids: Vec<CheckInId> = ids.collect();
    let found = check_ins::find_many(conn, floor.org(), &ids).await?;
    let name = |one: CheckIn| match one.manager {
        Some(LineManager::Outside(outsider)) => Some((one.id, outsider.name)),
        _ => None,
    };
    Ok(found.into_iter().filter_map(name).collect())
}

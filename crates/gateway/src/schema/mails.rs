//! Mail that a change causes, as payloads and dry runs list it.

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use varde_app::post::Planned;
use varde_model::work::{About, Recipient};

use super::{errors::whole, loaders::Loaders, mail_queue::reviewer_name};
use crate::relay;

/// A letter that goes out because of a change.
#[derive(Debug, Clone)]
pub struct PlannedMail(Planned);

/// A letter that goes out because of a change.
#[Object]
impl PlannedMail {
    /// Which letter, such as `invitation`.
    async fn letter(&self) -> &'static str {
        self.0.letter.as_str()
    }

    /// When it goes out.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// The name of the one who gets it.
    async fn recipient_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(match self.0.recipient {
            Recipient::Person { person } => {
                whole(context, loaders.one(person).await)?.map(|person| person.name())
            }
            Recipient::Account { account } => {
                whole(context, loaders.one(account).await)?.map(|a| a.display_name)
            }
            Recipient::Reviewer { check_in } => reviewer_name(context, check_in).await?,
        })
    }

    /// The place in a cohort that it is about, where it is about one.
    async fn enrolment_id(&self) -> Option<async_graphql::ID> {
        match self.0.about {
            About::Enrolment { enrolment } | About::Gathering { enrolment, .. } => {
                Some(relay::encode("Enrolment", enrolment.0))
            }
            _ => None,
        }
    }

    /// The gathering that it is about, where it is about one.
    async fn gathering_id(&self) -> Option<async_graphql::ID> {
        match self.0.about {
            About::Gathering { gathering, .. } => Some(relay::encode("Gathering", gathering.0)),
            _ => None,
        }
    }
}

pub(crate) fn mails(planned: Vec<Planned>) -> Vec<PlannedMail> {
    planned.into_iter().map(PlannedMail).collect()
}
